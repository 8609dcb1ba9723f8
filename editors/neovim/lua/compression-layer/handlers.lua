--- What the server asks of the editor: docs/PROTOCOL.md, "server, a request".

local null = require('compression-layer.null')
local say = require('compression-layer.say')

local M = {}

--- Puts a text into a register.
M['compressionLayer/copy'] = function(_, params)
  require('compression-layer.register').offered(params.text, params.summary)
  return vim.NIL
end

--- Shows a text, or a comparison.
M['compressionLayer/show'] = function(_, params)
  require('compression-layer.preview').show(null.left_out(params))
  return vim.NIL
end

--- Asks the person, in Neovim's own way; plugins that replace `vim.ui.input` are served later or at once.
M['compressionLayer/input'] = function(_, params)
  local thread, main = coroutine.running()
  local answer, answered, waiting = nil, false, false
  vim.ui.input({ prompt = params.prompt .. ' ' }, function(typed)
    answer, answered = typed, true
    if waiting then
      coroutine.resume(thread)
    end
  end)
  if not answered then
    if not thread or main then
      say.problem('this Neovim cannot ask in the middle of a request: type it with the command')
      return vim.NIL
    end
    waiting = true
    coroutine.yield()
  end
  return answer == nil and vim.NIL or answer
end

--- Tells what the server has to say as the plugin itself does: Neovim would write its own name for the server before that.
M['window/showMessage'] = function(_, params)
  local kinds = vim.lsp.protocol.MessageType
  local tell = ({ [kinds.Error] = say.problem, [kinds.Warning] = say.warning })[params.type] or say.remark
  local text = params.message:gsub('^compression%-layer: ', '')
  tell(text)
end

--- Learns how the server is.
M['compressionLayer/statusChanged'] = function(_, params)
  require('compression-layer.statusline').changed(null.left_out(params))
end

return M
