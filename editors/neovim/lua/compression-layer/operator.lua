--- Operators: acts that wait for a motion, a text object or a selection. They take a register, and `.` repeats them.

local options = require('compression-layer.options')
local region = require('compression-layer.region')
local say = require('compression-layer.say')

local M = {}

--- What can be done with a motion.
M.ACTS = { 'copy', 'chat', 'replace', 'preview', 'open', 'budget', 'ask', 'focus', 'basket' }

---@type { act: string, wish: compression-layer.Wish }?
local pending

--- For an `<expr>` mapping: waits for a motion, then acts.
---@param act string
---@param wish? compression-layer.Wish
---@return string keys
function M.expr(act, wish)
  if not vim.tbl_contains(M.ACTS, act) then
    say.problem(('`%s` is no operator: use one of %s'):format(act, table.concat(M.ACTS, ', ')))
    return ''
  end
  wish = vim.deepcopy(wish or {})
  local named = vim.v.register
  if named ~= '"' and named ~= '' then
    wish.register = named
  end
  pending = { act = act, wish = wish }
  vim.o.operatorfunc = "v:lua.require'compression-layer.operator'.act"
  return 'g@'
end

--- The `operatorfunc`.
---@param kind 'char'|'line'|'block'
function M.act(kind)
  if pending then
    local part = region.between(vim.api.nvim_get_current_buf(), vim.fn.getpos("'["), vim.fn.getpos("']"), kind)
    require('compression-layer.acts')[pending.act](part, pending.wish)
  end
end

--- Maps `<Plug>(compression-layer-copy)` and so on, which do nothing until a key is mapped to them.
function M.define()
  for _, act in ipairs(M.ACTS) do
    vim.keymap.set({ 'n', 'x' }, ('<Plug>(compression-layer-%s)'):format(act), function()
      return M.expr(act)
    end, { expr = true, desc = 'compression-layer: ' .. act })
  end
  vim.keymap.set('n', '<Plug>(compression-layer-expand)', function()
    require('compression-layer.acts').expand()
  end, { desc = 'compression-layer: expand' })
end

--- Maps the keys of the options. The last character of an operator's keys, typed twice, stands for the line.
function M.map()
  for act, keys in pairs(options.current.keys) do
    local plug = ('<Plug>(compression-layer-%s)'):format(act)
    local description = { desc = 'compression-layer: ' .. act, remap = true }
    if type(keys) ~= 'string' then
      say.problem(('setup(): `keys.%s` is a string such as g!, not a %s'):format(act, type(keys)))
    elseif act == 'expand' then
      vim.keymap.set('n', keys, plug, description)
    elseif not vim.tbl_contains(M.ACTS, act) then
      say.problem(('setup(): `keys.%s` is no operator: use one of %s'):format(act, table.concat(M.ACTS, ', ')))
    else
      vim.keymap.set({ 'n', 'x' }, keys, plug, description)
      local last = keys:match('<[^<>]+>$') or vim.fn.strcharpart(keys, vim.fn.strchars(keys) - 1)
      vim.keymap.set('n', keys .. last, plug .. '_', description)
    end
  end
end

return M
