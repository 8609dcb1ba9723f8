--- compression-layer: shortens what is pasted into an LLM, on this machine. A thin client of `compression-layer lsp`.
---
--- Everything works without `setup()`; it is for options, keys, and for files to be served as they are opened.
---
--- Deliberately absent: compression, and what the protocol means. Both are the server's.

local M = {}

--- What is said where Neovim is too old, once.
M.TOO_OLD =
  'compression-layer needs Neovim 0.10 or later: update Neovim, or use `compression-layer compress` in a terminal'

---@param given? compression-layer.Options
function M.setup(given)
  if vim.fn.has('nvim-0.10') == 0 then
    return (vim.notify_once or vim.notify)(M.TOO_OLD, vim.log.levels.WARN)
  end
  local options = require('compression-layer.options')
  local problems = options.set(given)
  for _, problem in ipairs(problems) do
    require('compression-layer.say').problem(problem)
  end
  require('compression-layer.operator').map()
  if not options.current.attach then
    return
  end
  local name = require('compression-layer.client').NAME
  if vim.fn.has('nvim-0.11') == 1 then
    return vim.lsp.enable(name)
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('compression-layer.attach', {}),
    callback = function(event)
      M.attach(event.buf)
    end,
  })
  -- Those that were opened before, as with a plugin manager that comes late.
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.bo[bufnr].filetype ~= '' then
      M.attach(bufnr)
    end
  end
end

--- Has the server know a buffer.
---@param bufnr? integer
function M.attach(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  if require('compression-layer.region').is_document(bufnr) then
    require('compression-layer.client').attach({ bufnr })
  end
end

--- For an `<expr>` mapping: an operator, such as `operator('copy', { level = 'tight' })`.
---@param act string
---@param wish? compression-layer.Wish
---@return string
function M.operator(act, wish)
  return require('compression-layer.operator').expr(act, wish)
end

--- For a statusline: the tokens of the selection and about how many would be left, or how the server is. Often empty.
---@return string
function M.statusline()
  return require('compression-layer.statusline').text()
end

return M
