--- The log: what the server wrote into Neovim's file for all language servers, its last part only.

local M = {}

--- How much of the end of that file is looked through, in bytes.
local MOST = 512 * 1024

--- Reads the end of a file without waiting for it.
---@param path string
---@param done fun(text?: string)
local function tail(path, done)
  done = vim.schedule_wrap(done)
  vim.uv.fs_open(path, 'r', 384, function(_, file)
    if not file then
      return done(nil)
    end
    vim.uv.fs_fstat(file, function(_, facts)
      local size = facts and facts.size or 0
      vim.uv.fs_read(file, math.min(size, MOST), math.max(0, size - MOST), function(_, text)
        vim.uv.fs_close(file, function()
          done(text)
        end)
      end)
    end)
  end)
end

--- Opens the lines that are the server's.
function M.open()
  local path = vim.lsp.get_log_path()
  local program = require('compression-layer.client').path() or 'compression-layer'
  tail(path, function(text)
    local lines = { ('# of %s; COMPRESSION_LAYER_LOG=debug makes the server say more'):format(path), '' }
    for line in (text or ''):gmatch('[^\n]+') do
      if line:find('compression', 1, true) or line:find(program, 1, true) then
        table.insert(lines, line)
      end
    end
    if #lines == 2 then
      table.insert(lines, 'The server had nothing to say.')
    end
    vim.cmd.tabnew()
    local bufnr = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
    vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden = 'nofile', 'wipe'
    vim.bo[bufnr].modifiable, vim.bo[bufnr].swapfile = false, false
    vim.api.nvim_win_set_cursor(0, { #lines, 0 })
  end)
end

return M
