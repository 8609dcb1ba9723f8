--- What the server shows: a comparison in a float above its receipt, or a compressed text in a window beside.
---
--- Invariants
--- - no file is written from here: a replacement is asked of the server, for the version that was shown
---   (tests/preview.lua).

local client = require('compression-layer.client')
local options = require('compression-layer.options')

local M = {}

local namespace = vim.api.nvim_create_namespace('compression-layer.preview')

--- Words that go are struck out, in a colour of the scheme that is in use.
local function colours()
  local red = vim.api.nvim_get_hl(0, { name = 'DiagnosticError', link = false })
  vim.api.nvim_set_hl(0, 'CompressionLayerDropped', {
    default = true,
    strikethrough = true,
    fg = red.fg,
    ctermfg = red.ctermfg,
  })
  vim.api.nvim_set_hl(0, 'CompressionLayerAdded', { default = true, link = 'Added' })
end

local KEYS = ' r replace  y copy  <Tab> result  q close '

---@class compression-layer.Preview
---@field params table Of `compressionLayer/show`.
---@field windows integer[]
---@field buffers { marked: integer, result: integer }
---@field run? table The request that asked for it.
---@field bufnr? integer The document.
---@field wanted? boolean Whether it is to be done once the request is known.

---@type compression-layer.Preview?
local current

--- Previews that were asked for and not answered: the server has a text shown before it answers.
local under_way = 0

---@param text string
---@return string[]
local function lines(text)
  local split = vim.split(text, '\r?\n')
  if #split > 1 and split[#split] == '' then
    table.remove(split)
  end
  return split
end

---@param text string[]
---@param filetype? string
---@return integer
local function scratch(text, filetype)
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, text)
  vim.bo[bufnr].modifiable, vim.bo[bufnr].bufhidden = false, 'hide'
  if filetype and filetype ~= '' then
    -- Colours, without starting what a file of this kind starts.
    if not pcall(vim.treesitter.start, bufnr, vim.treesitter.language.get_lang(filetype) or filetype) then
      vim.bo[bufnr].syntax = filetype
    end
  end
  return bufnr
end

--- The receipt, as a person reads it.
---@param params table
---@return string[]
local function receipt(params)
  local text = { params.summary }
  local facts = type(params.receipt) == 'table' and params.receipt or {}
  for category, counts in vim.spairs(facts.atoms or {}) do
    if #(counts.lost or {}) > 0 then
      table.insert(text, ('lost, %s: %s'):format(category, (table.concat(counts.lost, ', '):gsub('\n', ' '))))
    end
  end
  for kind, counts in vim.spairs(facts.omitted or {}) do
    table.insert(text, ('left out, %s: %d on %d lines'):format(kind, counts.count, counts.lines))
  end
  for _, note in ipairs(facts.notes or {}) do
    table.insert(text, 'note: ' .. note)
  end
  local model = vim.tbl_get(facts, 'model', 'name')
  if model then
    table.insert(text, 'model: ' .. model)
  end
  return text
end

--- How many marks are set before keys are looked at again.
local SLICE = 400

---@param bufnr integer
---@param original string[]
---@param result string[]
local function mark(bufnr, original, result)
  require('compression-layer.difference').later(original, result, function(difference)
    local marks = {}
    for _, word in ipairs(difference.dropped) do
      table.insert(marks, { word.row, word.from, { end_col = word.to, hl_group = 'CompressionLayerDropped' } })
    end
    for _, place in ipairs(difference.added) do
      local text = { { ' ' .. place.text, 'CompressionLayerAdded' } }
      table.insert(marks, { place.row, place.column, { virt_text = text, virt_text_pos = 'inline' } })
    end
    local function slice(first)
      if not vim.api.nvim_buf_is_valid(bufnr) then
        return
      end
      for index = first, math.min(first + SLICE - 1, #marks) do
        vim.api.nvim_buf_set_extmark(bufnr, namespace, unpack(marks[index]))
      end
      if first + SLICE <= #marks then
        vim.defer_fn(function()
          slice(first + SLICE)
        end, 1)
      end
    end
    slice(1)
  end)
end

--- Closes the preview.
function M.close()
  local closing = current
  current = nil
  if not closing then
    return
  end
  for _, window in ipairs(closing.windows) do
    if vim.api.nvim_win_is_valid(window) then
      vim.api.nvim_win_close(window, true)
    end
  end
  for _, bufnr in pairs(closing.buffers) do
    if vim.api.nvim_buf_is_valid(bufnr) then
      vim.api.nvim_buf_delete(bufnr, { force = true })
    end
  end
end

--- Writes what is shown in place of the original.
local function replace()
  local shown = current
  if shown and not shown.run and under_way > 0 then
    shown.wanted = true
    return
  end
  if not shown or not shown.run then
    return require('compression-layer.say').warning('close this, and use :CompressionLayer replace')
  end
  M.close()
  local params = vim.tbl_extend('force', shown.run, { act = 'replace' })
  client.request(shown.bufnr, 'compressionLayer/run', params, function()
    require('compression-layer.say').done('replaced: ' .. shown.params.summary)
  end)
end

local function copy()
  local shown = current
  if shown then
    M.close()
    require('compression-layer.register').put(nil, shown.params.text, shown.params.summary)
  end
end

--- Shows the result instead of the comparison, and back.
local function switch()
  local shown = current
  if shown and vim.api.nvim_win_is_valid(shown.windows[1]) then
    local marked = vim.api.nvim_win_get_buf(shown.windows[1]) == shown.buffers.marked
    vim.api.nvim_win_set_buf(shown.windows[1], marked and shown.buffers.result or shown.buffers.marked)
  end
end

---@param bufnr integer
local function map(bufnr)
  local keys = { q = M.close, ['<Esc>'] = M.close, r = replace, y = copy, ['<Tab>'] = switch }
  for key, action in pairs(keys) do
    vim.keymap.set('n', key, action, { buffer = bufnr, nowait = true })
  end
end

---@param params table
local function float(params)
  M.close()
  colours()
  local original, result = lines(params.original), lines(params.text)
  local buffers = {
    marked = scratch(original, params.language),
    result = scratch(result, params.language),
  }
  mark(buffers.marked, original, result)
  map(buffers.marked)
  map(buffers.result)
  local wish = options.current.preview
  local columns, rows = vim.o.columns, vim.o.lines - vim.o.cmdheight - 1
  local facts = receipt(params)
  local width = math.max(20, math.min(columns - 2, math.floor(columns * wish.width)))
  local below = math.min(#facts, 6)
  -- Both windows have borders.
  local height = math.max(1, math.min(rows - below - 4, math.floor(rows * wish.height) - below))
  local place = {
    relative = 'editor',
    row = math.max(0, math.floor((rows - height - below - 4) / 2)),
    col = math.max(0, math.floor((columns - width - 2) / 2)),
    width = width,
    height = height,
    style = 'minimal',
    border = wish.border,
    title = ' ' .. params.title .. ' ',
    footer = KEYS,
    footer_pos = 'right',
  }
  local main = vim.api.nvim_open_win(buffers.marked, true, place)
  vim.wo[main].wrap, vim.wo[main].linebreak = true, true
  local note = scratch(facts)
  vim.bo[note].bufhidden = 'wipe'
  place.row, place.height, place.focusable = place.row + height + 2, below, false
  place.title, place.footer, place.footer_pos = ' receipt ', nil, nil
  local side = vim.api.nvim_open_win(note, false, place)
  current = { params = params, windows = { main, side }, buffers = buffers }
  vim.api.nvim_create_autocmd('WinClosed', {
    pattern = tostring(main),
    once = true,
    callback = function()
      vim.schedule(M.close)
    end,
  })
end

--- Opens a compressed text beside. It is a document of its own and no file yet.
---@param params table
local function beside(params)
  vim.cmd('vertical new')
  local bufnr = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines(params.text))
  vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden, vim.bo[bufnr].swapfile = 'nofile', 'wipe', false
  pcall(vim.api.nvim_buf_set_name, bufnr, ('compression-layer://%d/%s'):format(bufnr, params.title))
  local filetype = params.language or (params.uri and vim.filetype.match({ filename = params.uri })) or ''
  vim.bo[bufnr].filetype = filetype
  require('compression-layer.say').done(params.summary)
end

--- Serves `compressionLayer/show`.
---@param params table
function M.show(params)
  if params.original then
    float(params)
  else
    beside(params)
  end
end

--- Begins a preview. The function that is returned ends it: with the request that it came from, which can be done now, or
--- without, where it failed.
---@param bufnr integer
---@return fun(run?: table, result?: table)
function M.expect(bufnr)
  under_way = under_way + 1
  return function(run, result)
    under_way = under_way - 1
    if run and result and current and current.params.text == result.text then
      current.run, current.bufnr = run, bufnr
    end
    if current and current.wanted then
      current.wanted = false
      replace()
    end
  end
end

return M
