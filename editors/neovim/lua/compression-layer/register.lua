--- Registers: where a compressed text goes.
---
--- The server gives the text of each copy with `compressionLayer/copy`, which knows of no register, and then answers the
--- request that asked. While a copy with a register of its own is under way, what comes is kept for that answer.
---
--- Invariants
--- - a copy for one register leaves all others as they were (tests/commands.lua);
--- - whatever else is copied meanwhile goes where results go (tests/commands.lua).

local options = require('compression-layer.options')
local say = require('compression-layer.say')

local M = {}

--- Copies of ours that are under way, and what came meanwhile.
local under_way = 0
---@type { text: string, summary: string }[]
local kept = {}

--- Where results go: the clipboard if there is one.
---@return string
function M.default()
  return options.current.register or (vim.fn.has('clipboard') == 1 and '+' or '"')
end

---@param name string
---@return boolean
function M.is_register(name)
  return name:match('^["%w%-+*_/]$') ~= nil
end

--- A text as `setreg()` takes it. A register holds lines, whatever ends them in the file; a NUL in a line is a newline there.
---@param text string
---@return string|string[] value, string? kind
local function value(text)
  text = text:gsub('\r\n', '\n')
  if not text:find('%z') then
    return text
  end
  local lines = vim.split((text:gsub('\n$', '')), '\n')
  for row, line in ipairs(lines) do
    lines[row] = line:gsub('%z', '\n')
  end
  return lines, text:sub(-1) == '\n' and 'V' or 'v'
end

--- Puts a text into a register and says so.
---@param name? string
---@param text string
---@param summary string
function M.put(name, text, summary)
  -- Who reads of a register where the clipboard was meant is told why.
  local fallen_back = not name and not options.current.register and vim.fn.has('clipboard') == 0
  name = name or M.default()
  local ok, problem = pcall(vim.fn.setreg, name, value(text))
  if ok then
    local where = name == '+' and 'the clipboard' or '"' .. name .. (fallen_back and ' (no clipboard)' or '')
    say.done(('to %s: %s'):format(where, summary))
  else
    say.problem(('register %s cannot be written: %s'):format(name, problem))
  end
end

--- A text that the server offers.
---@param text string
---@param summary string
function M.offered(text, summary)
  if under_way > 0 then
    table.insert(kept, { text = text, summary = summary })
  else
    M.put(nil, text, summary)
  end
end

--- Begins a copy for a register. The function that is returned ends it, with the text or, if there is none, without.
---@param name? string
---@return fun(result?: { text: string, summary: string })
function M.expect(name)
  under_way = under_way + 1
  return function(result)
    under_way = under_way - 1
    for index, item in ipairs(kept) do
      if result and item.text == result.text then
        table.remove(kept, index)
        break
      end
    end
    if result then
      M.put(name, result.text, result.summary)
    end
    if under_way == 0 then
      local others = kept
      kept = {}
      for _, item in ipairs(others) do
        M.put(nil, item.text, item.summary)
      end
    end
  end
end

return M
