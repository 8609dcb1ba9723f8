--- What goes wrong, and what is said of it.

local TEXT = 'It is worth noting that the retry limit, which was raised on Monday, is now 5.\n'
local FILES = { ['notes.md'] = TEXT }

--- Writes a program into a folder.
local function script(folder, name, text)
  local path = folder .. '/' .. name
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
  assert(vim.uv.fs_chmod(path, 448))
  return path
end

--- The process of the server.
local PROCESS = [[
  for _, process in ipairs(vim.api.nvim_get_proc_children(vim.uv.os_getpid())) do
    local facts = vim.api.nvim_get_proc(process)
    if facts and facts.name:find('compression') then return process end
  end
]]

local function crash(nvim)
  local process = nvim:wait('the process', PROCESS)
  assert(vim.uv.kill(process, 'sigkill'))
  return process
end

--- Another process than that which is gone, with the document open in it.
local function come_back(nvim, gone)
  nvim:wait(
    'another process',
    ([[
    local process = (function() %s end)()
    local client = require('compression-layer.client').get()
    return process and process ~= ... and client and client.initialized
  ]]):format(PROCESS),
    gone
  )
end

return {
  ['a missing program is spoken of once, and again for each command'] = function(editor)
    local nvim = editor.start({ files = FILES, path = '/usr/bin:/bin', setup = '{}' })
    nvim:command('edit other.md')
    nvim:command('edit third.md')
    local said =
      nvim:said('is not on the PATH: build it with `make build`, then put it there, or name it with setup({ path = ... })')
    editor.same(select(2, said:gsub('is not on the PATH', '')), 1)
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('is not on the PATH')
    editor.has_not(nvim:messages(), 'E5')
    editor.has_not(nvim:messages(), 'stack')
  end,

  ['a wrong path is spoken of, by the place that named it'] = function(editor)
    local nvim = editor.start({ files = FILES, setup = "{ path = '/nowhere/compression-layer' }" })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('`path` of setup() is /nowhere/compression-layer, which is not there')
    nvim = editor.start({ files = FILES, setup = "{ path = '/tmp' }" })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('which is a folder')
    nvim = editor.start({ files = FILES, env = { COMPRESSION_LAYER_SERVER = editor.ROOT .. '/README.md' } })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('$COMPRESSION_LAYER_SERVER is ')
    nvim:said('which may not be run')
  end,

  ['the program may be named by the environment'] = function(editor)
    local nvim = editor.start({
      files = FILES,
      path = '/usr/bin:/bin',
      env = { COMPRESSION_LAYER_SERVER = editor.SERVER },
    })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
  end,

  ['another program is spoken of'] = function(editor)
    local nvim = editor.start({ files = FILES, setup = "{ path = '/bin/false' }" })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('/bin/false ended before it answered (exit code 1): is it compression-layer?')
    -- It may be mended without leaving.
    nvim:lua([[require('compression-layer').setup({ path = '' })]])
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
  end,

  ['a program that does not answer is spoken of, and ended'] = function(editor)
    local nvim = editor.start({ files = FILES })
    local path = script(nvim.folder, 'silent', '#!/bin/sh\nexec cat >/dev/null\n')
    nvim:lua([[require('compression-layer').setup({ path = ... })]], path)
    nvim:lua([[require('compression-layer.client').patience = 100]])
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('silent does not answer: is it compression-layer?')
    nvim:wait('its end', 'return #vim.lsp.get_clients({ _uninitialized = true }) == 0')
    nvim:lua([[require('compression-layer').setup({ path = '' })]])
    nvim:lua([[require('compression-layer.client').patience = 20000]])
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
  end,

  ['a server of another version is spoken of, and serves'] = function(editor)
    local nvim = editor.start({ files = FILES })
    -- The same length, so that frames stay whole.
    local path = script(
      nvim.folder,
      'other',
      ([[#!/bin/sh
exec python3 -c '
import subprocess, sys, threading
child = subprocess.Popen([sys.argv[1], "lsp"], stdin=sys.stdin, stdout=subprocess.PIPE)
while data := child.stdout.read1(65536):
    sys.stdout.buffer.write(data.replace(b"\"version\":\"0.1", b"\"version\":\"7.3"))
    sys.stdout.buffer.flush()
' %s
]]):format(editor.SERVER)
    )
    nvim:lua([[require('compression-layer').setup({ path = ... })]], path)
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    local said = nvim:said('the server is version 7.3.0, this plugin is for 0.1.0: update the older one')
    editor.has(said, path)
    editor.same(select(2, said:gsub('this plugin is for', '')), 1)
  end,

  ['the version is that of the program'] = function(editor)
    local cargo = editor.source('Cargo.toml')
    local version = cargo:match('%[workspace%.package%].-version = "([^"]+)"')
    local nvim = editor.start({})
    editor.same(nvim:lua('return require("compression-layer.program").VERSION'), version)
    editor.same(nvim:lua('return require("compression-layer.program").mismatch(...)', version), vim.NIL)
    editor.has(nvim:lua('return require("compression-layer.program").mismatch(nil)'), 'unknown')
  end,

  ['a server that crashes is started again, and knows the documents'] = function(editor)
    local nvim = editor.start({ files = FILES, setup = '{}' })
    nvim:type(':1CompressionLayer basket<CR>')
    nvim:said('in the basket: 1')
    local gone = crash(nvim)
    local said = nvim:said('the server ended (signal 9) and is started again; the basket is empty')
    editor.has_not(said, 'Client compression_layer')
    come_back(nvim, gone)
    nvim:type(':CompressionLayer replace<CR>')
    nvim:text_other_than(TEXT)
  end,

  ['who waits when it crashes is told'] = function(editor)
    local long = editor.source('demo/incident.md'):rep(40)
    local nvim = editor.start({ files = { ['long.md'] = long } })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:wait('work', 'local c = require("compression-layer.client").get() return c and next(c.requests) ~= nil')
    crash(nvim)
    nvim:said('the server ended meanwhile (signal 9): do it again')
    nvim:type(':1,3CompressionLayer copy y<CR>')
    nvim:register('y')
    -- What came too late is not put anywhere.
    editor.same(nvim:lua('return vim.fn.getreg("x")'), '')
  end,

  ['a server that crashes again and again stays off until it is wanted'] = function(editor)
    local nvim = editor.start({ files = FILES, setup = '{}' })
    for _ = 1, 3 do
      nvim:server()
      come_back(nvim, crash(nvim))
    end
    crash(nvim)
    nvim:said('the server ended 4 times')
    nvim:said(':CompressionLayer restart')
    editor.same(nvim:lua('return #vim.lsp.get_clients()'), 0)
    nvim:type(':CompressionLayer restart<CR>')
    nvim:server()
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
  end,

  ['leaving Neovim is no crash, and leaves no process'] = function(editor)
    local nvim = editor.start({ files = FILES, setup = '{}' })
    nvim:server()
    local process = nvim:wait('the process', PROCESS)
    -- It may be gone before it has said that it took the keys, and then nothing is left to wait for.
    pcall(nvim.type, nvim, ':qall!<CR>')
    vim.wait(editor.DEADLINE, function()
      return nvim.code ~= nil
    end, 20)
    editor.same(nvim.code, 0)
    local gone = vim.wait(editor.DEADLINE, function()
      return vim.uv.kill(process, 0) ~= 0
    end, 20)
    assert(gone, 'the server is still there')
  end,

  ['an old Neovim says one thing'] = function(editor)
    -- A Neovim that says of itself that it is old; NVIM_OLD names a real one.
    local old = vim.env.NVIM_OLD
    local nvim = editor.start({
      files = FILES,
      program = old,
      commands = {
        not old and [[lua local has = vim.fn.has; vim.fn.has = function(what)
        return what:find('^nvim%-') and 0 or has(what)
      end]] or 'let g:real = 1',
      },
    })
    nvim:lua([[require('compression-layer').setup({})]])
    local said = nvim:said('compression-layer needs Neovim 0.10 or later')
    editor.same(select(2, said:gsub('compression%-layer', '')), 2)
    editor.same(nvim:lua('return vim.fn.exists(":CompressionLayer")'), 0)
  end,
}
