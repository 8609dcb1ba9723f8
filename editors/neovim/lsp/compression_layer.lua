--- For `vim.lsp.enable('compression_layer')` of Neovim 0.11.
---@type vim.lsp.Config
return require('compression-layer.client').config()
