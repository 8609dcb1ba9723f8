--- Regions: the part of a buffer that is meant, as the protocol names it.

local M = {}

--- A part of a buffer. Rows and columns count from 0, columns are bytes, the end is exclusive. Without `first` the whole
--- buffer is meant.
---@class compression-layer.Region
---@field bufnr integer
---@field first? { [1]: integer, [2]: integer }
---@field last? { [1]: integer, [2]: integer }

---@param bufnr integer
---@return compression-layer.Region
function M.file(bufnr)
  return { bufnr = bufnr }
end

--- Lines, from 1, both included.
---@param bufnr integer
---@param first integer
---@param last integer
---@return compression-layer.Region
function M.lines(bufnr, first, last)
  return { bufnr = bufnr, first = { first - 1, 0 }, last = { last, 0 } }
end

--- What stands between two marks, from 1 and inclusive, as `getpos()` gives them. A block stands for its lines, since the
--- server's ranges are of running text.
---@param bufnr integer
---@param first integer[]
---@param last integer[]
---@param kind 'char'|'line'|'block'
---@param exclusive? boolean Whether the later one stands behind what is meant; a mark of an operator never does.
---@return compression-layer.Region
function M.between(bufnr, first, last, kind, exclusive)
  if last[2] < first[2] or (last[2] == first[2] and last[3] < first[3]) then
    first, last = last, first
  end
  if kind ~= 'char' then
    return M.lines(bufnr, first[2], last[2])
  end
  local row, column = last[2] - 1, last[3] - 1
  local line = vim.api.nvim_buf_get_lines(bufnr, row, row + 1, false)[1] or ''
  if column >= #line then
    -- The end of the line is selected, too.
    return { bufnr = bufnr, first = { first[2] - 1, first[3] - 1 }, last = { row + 1, 0 } }
  end
  -- With all the marks that are put upon the last character.
  local width = exclusive and 0 or #vim.fn.strpart(line, column, 1, true)
  return { bufnr = bufnr, first = { first[2] - 1, first[3] - 1 }, last = { row, column + width } }
end

--- What is selected at this moment, in Visual mode.
---@return compression-layer.Region?
function M.selected()
  local mode = vim.api.nvim_get_mode().mode
  local kinds = { v = 'char', V = 'line', ['\22'] = 'block' }
  local kind = kinds[mode]
  if kind then
    local exclusive = vim.o.selection == 'exclusive'
    return M.between(vim.api.nvim_get_current_buf(), vim.fn.getpos('v'), vim.fn.getpos('.'), kind, exclusive)
  end
end

--- Where the cursor is in a buffer, as a region of nothing.
---@return compression-layer.Region
function M.at_cursor()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  return { bufnr = vim.api.nvim_get_current_buf(), first = { row - 1, column }, last = { row - 1, column } }
end

--- Whether a buffer is a document that a server can know: a file, written or not.
---@param bufnr integer
---@return boolean
function M.is_document(bufnr)
  return vim.bo[bufnr].buftype == '' and vim.api.nvim_buf_get_name(bufnr) ~= ''
end

--- Bytes from the start of a line in the units of an encoding. That of `vim.lsp.util` compares bytes with the length of the line
--- in other units, in Neovim 0.10: near the end of a line with wide characters it gives the end.
---@param line string
---@param bytes integer
---@param encoding 'utf-16'|'utf-32'
---@return integer
local function units(line, bytes, encoding)
  if vim.fn.has('nvim-0.11') == 1 then
    return vim.str_utfindex(line, encoding, bytes)
  end
  local characters, code_units = vim.str_utfindex(line, bytes)
  return encoding == 'utf-16' and code_units or characters
end

---@param bufnr integer
---@param place { [1]: integer, [2]: integer }
---@param encoding string
---@return lsp.Position
local function position(bufnr, place, encoding)
  local row, column = place[1], place[2]
  if column > 0 and encoding ~= 'utf-8' then
    local line = vim.api.nvim_buf_get_lines(bufnr, row, row + 1, false)[1] or ''
    column = units(line, math.min(column, #line), encoding)
  end
  return { line = row, character = column }
end

--- Where the cursor is.
---@param client vim.lsp.Client
---@return lsp.Position
function M.cursor(client)
  return position(0, M.at_cursor().first, client.offset_encoding)
end

--- The region as the protocol's place, as of this moment.
---@param region compression-layer.Region
---@param client vim.lsp.Client
---@return table
function M.place(region, client)
  local bufnr, encoding = region.bufnr, client.offset_encoding
  local place = { uri = vim.uri_from_bufnr(bufnr), version = vim.lsp.util.buf_versions[bufnr] }
  if region.first then
    place.range = {
      start = position(bufnr, region.first, encoding),
      ['end'] = position(bufnr, region.last, encoding),
    }
  end
  return place
end

--- The text of a region, for buffers that are no documents.
---@param region compression-layer.Region
---@return string
function M.text(region)
  local bufnr = region.bufnr
  if not region.first then
    return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n') .. '\n'
  end
  local first, last = region.first, region.last
  if last[2] == 0 then
    return table.concat(vim.api.nvim_buf_get_lines(bufnr, first[1], last[1], false), '\n') .. '\n'
  end
  return table.concat(vim.api.nvim_buf_get_text(bufnr, first[1], first[2], last[1], last[2], {}), '\n')
end

return M
