--- The basket as a buffer: a line for each snippet. What is edited there counts from `:write` on: a line that is gone is a
--- snippet that is gone, and the order of the lines is the order of the snippets.
---
--- Invariants
--- - the number at the start of a line says which snippet it is, wherever the line is moved (tests/basket.lua);
--- - a line that names no snippet is left out, and said so (tests/basket.lua).

local client = require('compression-layer.client')
local region = require('compression-layer.region')
local register = require('compression-layer.register')
local say = require('compression-layer.say')

local M = {}

local URI = 'compression-layer://basket'
local HELP =
  ':w applies what you edit here: delete lines, move lines.  <CR> opens a snippet, gy copies all compressed, gr reads again'

local namespace = vim.api.nvim_create_namespace('compression-layer.basket')

local state = {
  ---@type table<integer, table> Snippets by their numbers.
  snippets = {},
  tokens = 0,
  ---@type integer[] The order that a person gave, if one did.
  order = nil,
}

---@return integer?
local function buffer()
  local bufnr = vim.fn.bufnr('^' .. URI .. '$')
  return bufnr ~= -1 and vim.api.nvim_buf_is_loaded(bufnr) and bufnr or nil
end

--- The numbers in the buffer, in order; and the lines that name no snippet.
---@param bufnr integer
---@return integer[] ids, string[] strange
local function written(bufnr)
  local ids, strange, seen = {}, {}, {}
  for _, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    local id = tonumber(line:match('^%s*(%d+)%s'))
    if id and state.snippets[id] then
      if not seen[id] then
        table.insert(ids, id)
      end
      seen[id] = true
    elseif line:match('%S') then
      table.insert(strange, line)
    end
  end
  return ids, strange
end

--- Writes sizes and states behind the lines, wherever these were moved.
---@param bufnr integer
local function decorate(bufnr)
  vim.api.nvim_buf_clear_namespace(bufnr, namespace, 0, -1)
  local tokens, count = 0, 0
  for row, line in ipairs(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)) do
    local snippet = state.snippets[tonumber(line:match('^%s*(%d+)%s')) or -1]
    if snippet then
      tokens, count = tokens + snippet.tokens, count + 1
      local text = { { ('  %s tokens'):format(say.grouped(snippet.tokens)), 'Comment' } }
      if snippet.state ~= 'fresh' then
        table.insert(text, { '  ' .. snippet.state, 'WarningMsg' })
      end
      vim.api.nvim_buf_set_extmark(bufnr, namespace, row - 1, 0, { virt_text = text })
    elseif line:match('%S') then
      local text = { { '  no snippet', 'ErrorMsg' } }
      vim.api.nvim_buf_set_extmark(bufnr, namespace, row - 1, 0, { virt_text = text })
    end
  end
  local sum = count == 0 and 'The basket is empty.' or ('%d snippets, %s tokens'):format(count, say.grouped(tokens))
  vim.api.nvim_buf_set_extmark(bufnr, namespace, vim.api.nvim_buf_line_count(bufnr) - 1, 0, {
    virt_lines = { { { '' } }, { { sum, 'Title' } }, { { HELP, 'Comment' } } },
  })
end

--- Takes in what the server says is in the basket; a number that is new comes last.
---@param answer table
local function take(answer)
  state.snippets, state.tokens = {}, answer.tokens
  local present = {}
  for _, snippet in ipairs(answer.snippets) do
    state.snippets[snippet.id] = snippet
    table.insert(present, snippet.id)
  end
  if state.order then
    local kept = vim.tbl_filter(function(id)
      return state.snippets[id] ~= nil
    end, state.order)
    for _, id in ipairs(present) do
      if not vim.tbl_contains(kept, id) then
        table.insert(kept, id)
      end
    end
    state.order = #kept > 0 and kept or nil
  end
  return state.order or present
end

---@param bufnr integer
---@param answer table
local function render(bufnr, answer)
  local lines = {}
  for _, id in ipairs(take(answer)) do
    local snippet = state.snippets[id]
    local path = vim.fn.fnamemodify(snippet.path, ':~:.')
    table.insert(lines, ('%d %s:%d-%d'):format(id, path, snippet.firstLine, snippet.lastLine))
  end
  -- What the server says is no edit to be undone.
  local levels = vim.bo[bufnr].undolevels
  vim.bo[bufnr].undolevels = -1
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.bo[bufnr].undolevels = levels
  vim.bo[bufnr].modified = false
  decorate(bufnr)
end

--- Reads the basket anew.
local function read()
  client.request(nil, 'compressionLayer/basket/list', vim.empty_dict(), function(answer)
    local bufnr = buffer()
    if bufnr then
      render(bufnr, answer)
    end
  end)
end

--- Removes snippets, one after the other, then goes on.
---@param ids integer[]
---@param done fun()
local function remove(ids, done)
  local id = table.remove(ids)
  if not id then
    return done()
  end
  client.request(nil, 'compressionLayer/basket/remove', { id = id }, function()
    remove(ids, done)
  end)
end

--- Has the edits of the buffer count, then goes on.
---@param done fun()
local function apply(done)
  local bufnr = buffer()
  if not bufnr or not vim.bo[bufnr].modified then
    return done()
  end
  local ids, strange = written(bufnr)
  if #strange > 0 then
    say.warning(('%d lines name no snippet and are left out'):format(#strange))
  end
  local gone = vim.tbl_filter(function(id)
    return not vim.tbl_contains(ids, id)
  end, vim.tbl_keys(state.snippets))
  state.order = ids
  vim.bo[bufnr].modified = false
  remove(gone, done)
end

--- Opens the snippet of the line at the cursor.
local function visit()
  local id = tonumber(vim.api.nvim_get_current_line():match('^%s*(%d+)%s'))
  local snippet = state.snippets[id or -1]
  if not snippet then
    return
  end
  local bufnr = vim.uri_to_bufnr(snippet.uri)
  vim.bo[bufnr].buflisted = true
  vim.cmd('rightbelow split')
  vim.api.nvim_win_set_buf(0, bufnr)
  local last = vim.api.nvim_buf_line_count(bufnr)
  vim.api.nvim_win_set_cursor(0, { math.max(1, math.min(snippet.firstLine, last)), 0 })
end

---@return integer bufnr
local function create()
  local bufnr = vim.fn.bufadd(URI)
  vim.fn.bufload(bufnr)
  vim.bo[bufnr].buftype, vim.bo[bufnr].swapfile, vim.bo[bufnr].bufhidden = 'acwrite', false, 'hide'
  vim.bo[bufnr].filetype = 'compression-layer-basket'
  local group = vim.api.nvim_create_augroup('compression-layer.basket', {})
  local function on(events, callback)
    vim.api.nvim_create_autocmd(events, { group = group, buffer = bufnr, callback = callback })
  end
  on('BufWriteCmd', function()
    apply(read)
    vim.bo[bufnr].modified = false
  end)
  on({ 'TextChanged', 'InsertLeave' }, function()
    decorate(bufnr)
  end)
  on('BufReadCmd', read)
  for key, action in pairs({ ['<CR>'] = visit, gy = M.copy, gr = read }) do
    vim.keymap.set('n', key, function()
      action()
    end, { buffer = bufnr, nowait = true })
  end
  return bufnr
end

--- Opens the basket in a window below.
function M.open()
  local bufnr = buffer() or create()
  local window = vim.fn.bufwinid(bufnr)
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('botright 10split')
    vim.api.nvim_win_set_buf(0, bufnr)
  end
  if not vim.bo[bufnr].modified then
    read()
  end
end

--- Puts a part of a document into the basket.
---@param part compression-layer.Region
function M.add(part)
  client.request(part.bufnr, 'compressionLayer/basket/add', function(started)
    return { document = region.place(part, started) }
  end, function(answer)
    local bufnr = buffer()
    if bufnr and not vim.bo[bufnr].modified then
      render(bufnr, answer)
    else
      take(answer)
    end
    say.done(('in the basket: %d snippets, %s tokens'):format(#answer.snippets, say.grouped(answer.tokens)))
  end)
end

--- Copies all snippets, compressed together, in the order of the buffer.
---@param name? string A register.
function M.copy(name)
  apply(function()
    local finish = register.expect(name)
    local params = { act = 'basketCopy', what = 'basket', ids = state.order }
    client.request(nil, 'compressionLayer/run', params, finish, finish)
  end)
end

--- Empties the basket.
function M.clear()
  state.order = nil
  client.request(nil, 'compressionLayer/basket/clear', vim.empty_dict(), function(answer)
    local bufnr = buffer()
    if bufnr then
      render(bufnr, answer)
    else
      take(answer)
    end
    say.done('the basket is empty')
  end)
end

--- Reads anew what is shown, since something changed.
function M.changed()
  local bufnr = buffer()
  if bufnr and vim.fn.bufwinid(bufnr) ~= -1 and not vim.bo[bufnr].modified then
    read()
  end
end

return M
