--- Where the server's program is, and whether it fits this plugin.

local options = require('compression-layer.options')

local M = {}

--- The version that this plugin was made for: that of the workspace's Cargo.toml (tests/failures.lua compares them).
M.VERSION = '0.1.0'

--- Names the program if neither the options nor the PATH do.
M.VARIABLE = 'COMPRESSION_LAYER_SERVER'

local NAME = 'compression-layer'

---@param path string
---@param origin string
---@return string? path, string? problem
local function checked(path, origin)
  local expanded = vim.fn.expand(path)
  if vim.fn.isdirectory(expanded) == 1 then
    return nil, ('%s is %s, which is a folder: name the program in it'):format(origin, path)
  end
  if vim.fn.executable(expanded) == 1 then
    return vim.fn.exepath(expanded)
  end
  local what = vim.uv.fs_stat(expanded) and 'may not be run: chmod +x it' or 'is not there: correct it, or leave it out'
  return nil, ('%s is %s, which %s'):format(origin, path, what)
end

--- The program: from the options, else from the environment, else from the PATH.
---@return string? path
---@return string? problem What is wrong, and what to do.
function M.find()
  local named = options.current.path
  if named and named ~= '' then
    return checked(named, '`path` of setup()')
  end
  local variable = vim.env[M.VARIABLE]
  if variable and variable ~= '' then
    return checked(variable, '$' .. M.VARIABLE)
  end
  local found = vim.fn.exepath(NAME)
  if found ~= '' then
    return found
  end
  return nil,
    'the program `compression-layer` is not on the PATH: build it with `make build`, then put it there, '
      .. 'or name it with setup({ path = ... })'
end

--- What is to be said where a server of another version answers; nothing where it fits.
---@param version? string
---@param path? string
---@return string?
function M.mismatch(version, path)
  local function series(text)
    return (text or ''):match('^(%d+%.%d+)%.')
  end
  if series(version) == series(M.VERSION) then
    return nil
  end
  return ('the server is version %s, this plugin is for %s: update the older one (the server is %s)'):format(
    version or 'unknown',
    M.VERSION,
    path or 'unknown'
  )
end

return M
