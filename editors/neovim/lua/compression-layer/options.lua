--- Options of the plugin: what `setup()` takes. What the server can be told stands in docs/CONFIG.md and is passed on
--- untouched, in `settings`.

local M = {}

---@class compression-layer.Options
---@field path? string The server's program; otherwise $COMPRESSION_LAYER_SERVER, then `compression-layer` on the PATH.
---@field attach? boolean Whether every file is served as it is opened; otherwise a buffer is from its first command on.
---@field register? string Where results go; otherwise the clipboard, and the unnamed register where there is none.
---@field keys? table<string, string> Keys of operators, by what they do: `{ copy = 'g!', replace = 'g!r' }`.
---@field settings? table Options of the server: docs/CONFIG.md.
---@field init_options? table Options of the server that count from its start only, such as `trustedWorkspace`.
---@field preview? compression-layer.PreviewOptions
---@field delay? integer Milliseconds of rest before the statusline asks for an estimate.

---@class compression-layer.PreviewOptions
---@field border? string|string[] As of `nvim_open_win()`.
---@field width? number Share of the columns.
---@field height? number Share of the lines.

---@type compression-layer.Options
local defaults = {
  path = nil,
  attach = true,
  register = nil,
  keys = {},
  settings = {},
  init_options = {},
  preview = { border = 'rounded', width = 0.8, height = 0.7 },
  delay = 200,
}

local KINDS = {
  path = 'string',
  attach = 'boolean',
  register = 'string',
  keys = 'table',
  settings = 'table',
  init_options = 'table',
  preview = 'table',
  delay = 'number',
}

---@type compression-layer.Options
M.current = vim.deepcopy(defaults)

--- Takes over options, and says what is wrong with them; wrong ones do not count.
---@param given? compression-layer.Options
---@return string[] problems
function M.set(given)
  local problems, right = {}, {}
  if given ~= nil and type(given) ~= 'table' then
    table.insert(problems, ('setup(): the options are a table, not a %s'):format(type(given)))
    given = nil
  end
  for key, value in pairs(given or {}) do
    local kind = KINDS[key]
    if not kind then
      local known = vim.tbl_keys(KINDS)
      table.sort(known)
      table.insert(problems, ('setup(): `%s` is no option: use one of %s'):format(key, table.concat(known, ', ')))
    elseif type(value) ~= kind then
      table.insert(problems, ('setup(): `%s` is a %s, not a %s'):format(key, kind, type(value)))
    else
      right[key] = value
    end
  end
  M.current = vim.tbl_deep_extend('force', vim.deepcopy(defaults), right)
  table.sort(problems)
  return problems
end

return M
