--- What can be done with a region, whether it was named by a range, a motion or a selection: one function each, which turns it
--- into a request and tells of the answer.
---
--- Invariants
--- - no text is written from here but by an edit of the server, for the version that was meant (tests/commands.lua).

local client = require('compression-layer.client')
local region = require('compression-layer.region')
local register = require('compression-layer.register')
local say = require('compression-layer.say')

local M = {}

--- How a person wants it done.
---@class compression-layer.Wish
---@field level? string
---@field budget? { tokens: integer }|{ ratio: number }
---@field query? string
---@field ask? 'budget'|'query' What the person is to be asked for.
---@field focus? string|compression-layer.Region What stays whole: a definition by its name, or a part of the buffer.
---@field register? string Where a copy goes.
---@field replace? boolean Write the result in place of the text, instead of copying it.

--- What stays whole, as the protocol names it.
---@param wish compression-layer.Wish
---@param started vim.lsp.Client
---@return table?
local function focus(wish, started)
  if type(wish.focus) == 'table' then
    return { range = region.place(wish.focus, started).range }
  end
  return wish.focus and { name = wish.focus }
end

--- The params of `compressionLayer/run`.
---@param act string
---@param part compression-layer.Region
---@param wish compression-layer.Wish
---@return fun(client: vim.lsp.Client): table
local function run(act, part, wish)
  return function(started)
    return {
      act = act,
      what = part.first and 'selection' or 'file',
      document = region.place(part, started),
      level = wish.level,
      budget = wish.budget,
      query = wish.query,
      ask = wish.ask,
      focus = focus(wish, started),
    }
  end
end

--- Tells what a receipt remarks, where a person asked for something: a size may not be reached, a name not be found.
---@param wish compression-layer.Wish
---@param result any
local function remark(wish, result)
  if wish.budget or wish.query or wish.ask or wish.focus then
    for _, note in ipairs(type(result) == 'table' and vim.tbl_get(result, 'receipt', 'notes') or {}) do
      say.warning(note)
    end
  end
end

--- A buffer that is no file, such as a terminal: its text is sent along, for it can only be copied.
---@param form 'plain'|'chat'
---@param part compression-layer.Region
---@param wish compression-layer.Wish
local function copy_text(form, part, wish)
  local text = region.text(part)
  local params = { text = text, form = form, level = wish.level, budget = wish.budget, query = wish.query }
  client.request(nil, 'compressionLayer/compress', params, function(result)
    register.put(wish.register, result.text, result.summary)
    remark(wish, result)
  end)
end

--- Whether there is nothing to compress, which is said then; registers and texts stay as they are.
---@param part compression-layer.Region
---@return boolean
local function is_blank(part)
  local blank = not region.text(part):find('%S')
  if blank then
    say.warning('there is nothing to compress here')
  end
  return blank
end

---@param act 'copy'|'copyForChat'
---@param part compression-layer.Region
---@param wish compression-layer.Wish
local function copy(act, part, wish)
  if is_blank(part) then
    return
  end
  if not region.is_document(part.bufnr) then
    return copy_text(act == 'copy' and 'plain' or 'chat', part, wish)
  end
  local finish = register.expect(wish.register)
  -- Nothing comes where the person declined to answer.
  client.request(part.bufnr, 'compressionLayer/run', run(act, part, wish), function(result)
    finish(result)
    remark(wish, result)
  end, finish)
end

--- Whether a buffer can be served; says so if it cannot.
---@param bufnr integer
---@return boolean
local function served(bufnr)
  if not region.is_document(bufnr) then
    say.problem('this buffer is no file: give it a name with :file NAME, or copy from it')
    return false
  end
  return true
end

--- Copies the compressed text into a register.
function M.copy(part, wish)
  copy('copy', part, wish)
end

--- Copies it in a block under its path and lines.
function M.chat(part, wish)
  copy('copyForChat', part, wish)
end

--- Writes the compressed text in place of the text: one undo brings it back.
function M.replace(part, wish)
  if not served(part.bufnr) then
    return
  end
  if not vim.bo[part.bufnr].modifiable then
    return say.problem('this buffer cannot be changed: copy from it instead')
  end
  if is_blank(part) then
    return
  end
  client.request(part.bufnr, 'compressionLayer/run', run('replace', part, wish), function(result)
    local tokens = type(result) == 'table' and vim.tbl_get(result, 'receipt', 'tokens')
    -- Where nothing can be shortened, the server says so.
    if tokens and tokens.after < tokens.before then
      say.done('replaced: ' .. result.summary)
    end
    remark(wish, result)
  end)
end

--- Shows what would change, and the receipt.
function M.preview(part, wish)
  if not served(part.bufnr) or is_blank(part) then
    return
  end
  local params
  local finish = require('compression-layer.preview').expect(part.bufnr)
  client.request(part.bufnr, 'compressionLayer/run', function(started)
    params = run('preview', part, wish)(started)
    return params
  end, function(result)
    finish(params, result)
  end, finish)
end

--- Opens the compressed text in a window beside.
function M.open(part, wish)
  if served(part.bufnr) and not is_blank(part) then
    client.request(part.bufnr, 'compressionLayer/run', run('open', part, wish))
  end
end

--- A size to meet, or a question: the result is copied, or written in place.
---@param kind 'budget'|'query'
local function steered(kind)
  return function(part, wish)
    if wish[kind] then
      return (wish.replace and M.replace or M.copy)(part, wish)
    end
    wish = vim.tbl_extend('force', wish, { ask = kind })
    if region.is_document(part.bufnr) then
      return (wish.replace and M.replace or M.copy)(part, wish)
    end
    say.problem(
      ('this buffer is no file: type the %s with the command'):format(kind == 'query' and 'question' or 'size')
    )
  end
end

M.budget = steered('budget')
M.ask = steered('query')

--- Copies the file with a place in it whole: what is named, or the region, or else what the cursor is in. What it uses
--- stays, and of the code around it the skeleton.
function M.focus(part, wish)
  if not served(part.bufnr) then
    return
  end
  local place = wish.focus or (part.first and part) or region.at_cursor()
  copy('copy', region.file(part.bufnr), vim.tbl_extend('force', wish, { focus = place }))
end

--- Puts the text into the basket.
function M.basket(part)
  if served(part.bufnr) then
    require('compression-layer.basket').add(part)
  end
end

--- Brings the original of the compressed block at the cursor back.
function M.expand()
  local bufnr = vim.api.nvim_get_current_buf()
  if not served(bufnr) then
    return
  end
  client.request(bufnr, 'compressionLayer/blockAt', function(started)
    return { uri = vim.uri_from_bufnr(bufnr), position = region.cursor(started) }
  end, function(block, started)
    if not block then
      return say.warning('there is no compressed block here: only what was compressed in this session is known')
    end
    if not block.handle then
      return say.warning('the original of this block was not kept: see the setting store.megabytes')
    end
    client.request(nil, 'compressionLayer/expand', { handle = block.handle }, function(original)
      if vim.lsp.util.buf_versions[bufnr] ~= block.version then
        return say.warning('the text changed meanwhile: do it again')
      end
      local edit = { range = block.range, newText = original.text }
      vim.lsp.util.apply_text_edits({ edit }, bufnr, started.offset_encoding)
      say.done('the original is back')
    end)
  end)
end

return M
