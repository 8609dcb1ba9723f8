-- Defines the command and the <Plug> mappings. No server is started until one of them is used.

if vim.g.loaded_compression_layer then
  return
end
vim.g.loaded_compression_layer = true

if vim.fn.has('nvim-0.10') == 0 then
  local tell = vim.notify_once or vim.notify
  tell(require('compression-layer').TOO_OLD, vim.log.levels.WARN)
  return
end

vim.api.nvim_create_user_command('CompressionLayer', function(typed)
  require('compression-layer.commands').run(typed)
end, {
  nargs = '*',
  range = true,
  bang = true,
  desc = 'Shorten text for an LLM',
  complete = function(...)
    return require('compression-layer.commands').complete(...)
  end,
})

require('compression-layer.operator').define()
