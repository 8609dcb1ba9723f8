--- Which words of an original are not in its compressed form, and which are new: for display only.
--- A large text takes a while, so that the comparison has a thread of its own.
---
--- Invariants
--- - linear in the text but for the comparison itself, which is Neovim's (tests/responsive.lua);
--- - `of` uses nothing that threads do not have (tests/preview.lua).

local M = {}

--- A word and where it stands: row and columns from 0, the end exclusive.
---@class compression-layer.Word
---@field row integer
---@field from integer
---@field to integer

---@class compression-layer.Difference
---@field dropped compression-layer.Word[] Stretches of the original, in order.
---@field added { row: integer, column: integer, text: string }[] What stands in their place.

--- What is compared: words, and the marks between them.
local WORD, MARKS = '^[%w_\128-\255]+', '^[^%w_%s\128-\255]'

---@param lines string[]
---@return compression-layer.Word[] words
---@return string column One word a line.
local function words(lines)
  local found, texts = {}, {}
  for row, line in ipairs(lines) do
    local from = line:find('%S')
    while from do
      local _, last = line:find(WORD, from)
      if not last then
        _, last = line:find(MARKS, from)
      end
      found[#found + 1] = { row = row - 1, from = from - 1, to = last }
      texts[#texts + 1] = line:sub(from, last)
      from = line:find('%S', last + 1)
    end
  end
  texts[#texts + 1] = ''
  return found, table.concat(texts, '\n')
end

--- What stands from one word to another, in one line.
---@param lines string[]
---@param all compression-layer.Word[]
---@param first integer
---@param last integer
---@return string
local function between(lines, all, first, last)
  local texts = {}
  for index = first, last do
    local word, before = all[index], all[index - 1]
    local together = index > first and before.row == word.row
    texts[#texts + 1] = (index > first and not together and ' ' or '')
      .. lines[word.row + 1]:sub((together and before.to or word.from) + 1, word.to)
  end
  return table.concat(texts)
end

--- Compares word by word; spaces and line breaks do not count.
---@param original string[] Lines.
---@param result string[] Lines.
---@return compression-layer.Difference
function M.of(original, result)
  local before, before_text = words(original)
  local after, after_text = words(result)
  local hunks = vim.diff(before_text, after_text, { result_type = 'indices', algorithm = 'histogram' })
  local difference = { dropped = {}, added = {} }
  for _, hunk in
    ipairs(hunks --[[@as integer[][] ]])
  do
    local first, count, new_first, new_count = unpack(hunk)
    local last
    for index = first, first + count - 1 do
      local word = before[index]
      if last and last.row == word.row then
        last.to = word.to
      else
        last = { row = word.row, from = word.from, to = word.to }
        difference.dropped[#difference.dropped + 1] = last
      end
    end
    if new_count > 0 then
      -- After what it replaces; without that, after the word that stands before it.
      local anchor = last or before[first]
      local place = { row = anchor and anchor.row or 0, column = anchor and anchor.to or 0 }
      place.text = between(result, after, new_first, new_first + new_count - 1)
      table.insert(difference.added, place)
    end
  end
  return difference
end

--- Compares without holding anything up.
---@param original string[] Lines.
---@param result string[] Lines.
---@param done fun(difference: compression-layer.Difference)
function M.later(original, result, done)
  local work = vim.uv.new_work(function(file, before, after)
    local function lines(text)
      local found = {}
      for line in (text .. '\n'):gmatch('([^\n]*)\n') do
        found[#found + 1] = line
      end
      return found
    end
    return vim.mpack.encode(dofile(file).of(lines(before), lines(after)))
  end, function(packed)
    if packed then
      vim.schedule(function()
        done(vim.mpack.decode(packed))
      end)
    end
  end)
  local file = debug.getinfo(1, 'S').source:sub(2)
  work:queue(file, table.concat(original, '\n'), table.concat(result, '\n'))
end

return M
