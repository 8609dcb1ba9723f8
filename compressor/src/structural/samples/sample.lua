#!/usr/bin/env lua
-- Copyright (c) 2024 The Authors
--[[ A module for sessions
     and how they are kept. ]]
local M = {}
local json = require("json")
local LIMIT = 20   -- at most

---Adds an item to the session.
---@param item table the item
---@return number
function M.add( item, count )
  if count == nil then
    count = 1
  end
  -- TODO: check
  local t = { a = 1, [ "b" ] = 2,
    c = 3 }
  for i = 1, #t do print( t[ i ] ) end
  return item .. "x" .. [[
 long  string ]] .. 1 .. - -count
end

function M:method(x) return x end
local function helper(a, b)
  return a+b
end
M.handler = function(e)
  local y = e
  return y
end
local data = {
  1, 2, 3,
}
print(M.add({}, 3)); goto done
::done::
--[==[ long
 comment ]==]
return M
