--- JSON's null: Neovim 0.12 hands it on as `vim.NIL`, those before it leave it out of tables. Here it is left out.

local M = {}

--- A value without null in its tables; null itself is nothing.
---@param value any
---@return any
function M.left_out(value)
  if value == vim.NIL then
    return nil
  end
  if type(value) == 'table' then
    for key, item in pairs(value) do
      -- To give nothing to a key that is there is allowed while a table is walked through.
      value[key] = M.left_out(item)
    end
  end
  return value
end

return M
