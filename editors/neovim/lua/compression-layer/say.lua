--- What a person is told.
---
--- Deliberately absent: text of documents. Messages can be read again with `:messages`.

local M = {}

local TITLE = 'compression-layer'

---@param text string
---@param level integer
local function notify(text, level)
  vim.schedule(function()
    vim.notify(TITLE .. ': ' .. text, level, { title = TITLE })
  end)
end

--- What was done, in one line that never asks for Enter.
---@param text string
function M.done(text)
  vim.schedule(function()
    local room = vim.v.echospace
    local line = TITLE .. ': ' .. text:gsub('\n', ' ')
    if room > 1 and vim.fn.strdisplaywidth(line) > room then
      line = text:gsub('\n', ' ')
      while vim.fn.strdisplaywidth(line) >= room do
        line = vim.fn.strcharpart(line, 0, vim.fn.strchars(line) - 1)
      end
    end
    vim.notify(line, vim.log.levels.INFO, { title = TITLE })
  end)
end

--- What is to be read, in as many lines as it needs.
---@param text string
function M.remark(text)
  notify(text, vim.log.levels.INFO)
end

--- What needs attention.
---@param text string
function M.warning(text)
  notify(text, vim.log.levels.WARN)
end

--- What did not work, and what to do about it.
---@param text string
function M.problem(text)
  notify(text, vim.log.levels.ERROR)
end

--- A number as a person reads it: 1,243.
---@param number integer
---@return string
function M.grouped(number)
  local text = tostring(number):reverse():gsub('(%d%d%d)', '%1,'):reverse()
  return (text:gsub('^,', ''))
end

return M
