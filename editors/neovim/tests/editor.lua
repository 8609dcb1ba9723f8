--- A Neovim for one test: a fresh process with a home of its own, driven by keys, with this plugin and the true server.
---
--- Invariants
--- - nothing is read or written outside the test's folder but the plugin, the program and the unpacked model;
--- - no wait is for a time: each is for something that should happen, and ends with what was seen instead.

local M = {}

--- The most that anything may take, in milliseconds: generous, since models load and machines are busy.
M.DEADLINE = 180000

local here = vim.fs.dirname(vim.fs.normalize(vim.fn.fnamemodify(arg[0], ':p')))
M.PLUGIN = vim.fs.dirname(here)
M.ROOT = vim.fs.dirname(vim.fs.dirname(M.PLUGIN))
M.SERVER = vim.fn.fnamemodify(assert(vim.env.TESTS_SERVER), ':p')
local CACHE = vim.fn.fnamemodify(assert(vim.env.TESTS_CACHE), ':p')

local running = {}

---@class Editor
---@field channel integer
---@field code? integer What it ended with.
---@field folder string
local Editor = {}
Editor.__index = Editor

--- The text of a file of the repository.
function M.source(path)
  return assert(io.open(M.ROOT .. '/' .. path)):read('*a')
end

--- Starts Neovim in a folder with files.
---@param wish? { files?: table<string, string>, open?: string, path?: string, env?: table, commands?: string[], setup?: string, plugin?: boolean, program?: string }
---@return Editor
function M.start(wish)
  wish = wish or {}
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. '/home', 'p')
  -- The program by its name, on the PATH, as people have it.
  vim.fn.mkdir(folder .. '/bin', 'p')
  vim.uv.fs_symlink(M.SERVER, folder .. '/bin/compression-layer')
  local files = wish.files or { ['incident.md'] = M.source('demo/incident.md') }
  for name, text in pairs(files) do
    vim.fn.mkdir(vim.fs.dirname(folder .. '/' .. name), 'p')
    local file = assert(io.open(folder .. '/' .. name, 'wb'))
    file:write(text)
    file:close()
  end
  local home = folder .. '/home'
  local env = {
    HOME = home,
    PATH = wish.path or (folder .. '/bin:/usr/bin:/bin'),
    LANG = 'C.UTF-8',
    COMPRESSION_LAYER_CACHE = CACHE,
  }
  for _, name in ipairs({ 'CONFIG', 'DATA', 'STATE', 'CACHE', 'RUNTIME' }) do
    env['XDG_' .. name .. (name == 'RUNTIME' and '_DIR' or '_HOME')] = home
  end
  env = vim.tbl_extend('force', env, wish.env or {})
  local command = { wish.program or vim.v.progpath, '--embed', '--headless', '--clean', '-n' }
  if wish.plugin ~= false then
    vim.list_extend(command, { '--cmd', 'set runtimepath^=' .. vim.fn.fnameescape(M.PLUGIN) })
  end
  for _, line in ipairs(wish.commands or {}) do
    vim.list_extend(command, { '--cmd', line })
  end
  vim.list_extend(command, { '-c', 'set columns=120 lines=40' })
  if wish.setup then
    vim.list_extend(command, { '-c', ("lua require('compression-layer').setup(%s)"):format(wish.setup) })
  end
  local started = setmetatable({ folder = folder }, Editor)
  local channel = vim.fn.jobstart(command, {
    rpc = true,
    clear_env = true,
    env = env,
    cwd = folder,
    on_exit = function(_, code)
      started.code = code
    end,
  })
  assert(channel > 0, 'Neovim does not start')
  started.channel = channel
  table.insert(running, started)
  if wish.open ~= false then
    started:command('edit ' .. (wish.open or next(files)))
  end
  return started
end

--- Ends every Neovim of a test.
function M.end_all()
  for _, started in ipairs(running) do
    pcall(vim.rpcnotify, started.channel, 'nvim_command', 'qall!')
    -- One that hangs has failed its test already.
    if vim.fn.jobwait({ started.channel }, 20000)[1] == -1 then
      vim.fn.jobstop(started.channel)
    end
    vim.fn.delete(started.folder, 'rf')
  end
  running = {}
end

function Editor:request(method, ...)
  return vim.rpcrequest(self.channel, method, ...)
end

--- Types keys, as a person does.
function Editor:type(keys)
  local left = keys
  while left ~= '' do
    left = left:sub(self:request('nvim_input', left) + 1)
  end
end

function Editor:command(line)
  return self:request('nvim_command', line)
end

--- Runs Lua there; `...` are its arguments.
function Editor:lua(code, ...)
  return self:request('nvim_exec_lua', code, { ... })
end

--- Waits until a piece of Lua there gives something, and gives that.
function Editor:wait(what, code, ...)
  local arguments, found = { ... }, nil
  local ok = vim.wait(M.DEADLINE, function()
    found = self:lua(code, unpack(arguments))
    return found ~= nil and found ~= vim.NIL and found ~= false
  end, 10)
  if not ok then
    error(('in vain waited for %s; messages:\n%s'):format(what, self:messages()), 2)
  end
  return found
end

--- Waits for a mode, such as `c` while a question is asked.
function Editor:wait_for_mode(mode)
  local ok = vim.wait(M.DEADLINE, function()
    return self:request('nvim_get_mode').mode == mode
  end, 10)
  assert(ok, 'no mode ' .. mode)
end

--- All that was said.
function Editor:messages()
  return self:request('nvim_call_function', 'execute', { 'messages' })
end

--- Waits until something was said that has this text, and gives all messages.
function Editor:said(text)
  local seen
  local ok = vim.wait(M.DEADLINE, function()
    seen = self:messages()
    return seen:find(text, 1, true) ~= nil
  end, 10)
  if not ok then
    error(('nobody said %q, but:\n%s'):format(text, seen), 2)
  end
  return seen
end

--- Waits until a register is filled, and gives its text.
function Editor:register(name)
  return self:wait('register ' .. name, 'local text = vim.fn.getreg(...) return text ~= "" and text', name)
end

--- The text of a buffer.
function Editor:text(bufnr)
  return table.concat(self:request('nvim_buf_get_lines', bufnr or 0, 0, -1, false), '\n') .. '\n'
end

--- Waits until the text of the buffer is another one, and gives it.
function Editor:text_other_than(old)
  local now
  local ok = vim.wait(M.DEADLINE, function()
    now = self:text()
    return now ~= old
  end, 10)
  if not ok then
    error('the text stays as it is; messages:\n' .. self:messages(), 2)
  end
  return now
end

--- Waits for the server to be ready.
function Editor:server()
  return self:wait('the server', 'local c = require("compression-layer.client").get() return c and c.id')
end

--- Fails unless a text has a part.
function M.has(text, part)
  if not text:find(part, 1, true) then
    error(('%q is not in:\n%s'):format(part, text), 2)
  end
end

--- Fails if a text has a part.
function M.has_not(text, part)
  if text:find(part, 1, true) then
    error(('%q is in:\n%s'):format(part, text), 2)
  end
end

--- Fails unless both are the same.
function M.same(seen, expected)
  if not vim.deep_equal(seen, expected) then
    error(('seen: %s\nexpected: %s'):format(vim.inspect(seen), vim.inspect(expected)), 2)
  end
end

return M
