--- The preview: what would change, the receipt, and what can be done from there.

local TEXT = table.concat({
  'It is worth noting that the retry limit, which was raised on Monday, is now 5.',
  'The gateway will, as far as we know, try again 5 times before it finally gives up.',
  '',
}, '\n')

local function preview(editor, command)
  local nvim = editor.start({ files = { ['notes.md'] = TEXT } })
  nvim:type((command or ':CompressionLayer preview') .. '<CR>')
  nvim:wait('a float', 'return vim.api.nvim_win_get_config(0).relative ~= ""')
  return nvim
end

local DROPPED = [[
  local space = vim.api.nvim_get_namespaces()['compression-layer.preview']
  local words = {}
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
    if mark[4].end_col then
      table.insert(words, vim.api.nvim_buf_get_text(0, mark[2], mark[3], mark[2], mark[4].end_col, {})[1])
    end
  end
  return #words > 0 and table.concat(words, '|')
]]

return {
  ['shows the original with what goes marked, above the receipt'] = function(editor)
    local nvim = preview(editor)
    editor.same(nvim:text(), TEXT)
    local dropped = nvim:wait('marks', DROPPED)
    editor.has(dropped, 'worth noting')
    editor.has_not(dropped, '5')
    local windows = nvim:lua([[return vim.tbl_map(function(window)
      local config = vim.api.nvim_win_get_config(window)
      local buffer = vim.api.nvim_win_get_buf(window)
      local title = config.title and config.title[1][1] or ''
      return title .. table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    end, vim.api.nvim_list_wins())]])
    local all = table.concat(windows, '\n')
    editor.has(all, 'notes.md (preview)')
    editor.has(all, ' receipt ')
    editor.has(all, '0 atoms lost of')
    editor.has(all, 'model: minilm')
  end,

  ['the receipt tells what was left out of code'] = function(editor)
    local nvim = editor.start({ files = { ['token_bucket.py'] = editor.source('demo/token_bucket.py') } })
    nvim:type(':CompressionLayer preview skeleton<CR>')
    nvim:wait('a float', 'return vim.api.nvim_win_get_config(0).relative ~= ""')
    local all = nvim:lua([[return table.concat(vim.tbl_map(function(window)
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end, vim.api.nvim_list_wins()), '\n')]])
    editor.has(all, 'left out, bodies: 4 on 26 lines')
  end,

  ['closes, and leaves nothing behind'] = function(editor)
    local nvim = preview(editor)
    local buffers = nvim:lua('return #vim.api.nvim_list_bufs()')
    nvim:type('q')
    nvim:wait('no float', 'return #vim.api.nvim_list_wins() == 1')
    assert(nvim:lua('return #vim.api.nvim_list_bufs()') < buffers)
    editor.same(nvim:text(), TEXT)
    nvim:type(':CompressionLayer preview<CR>')
    nvim:wait('a float', 'return vim.api.nvim_win_get_config(0).relative ~= ""')
    nvim:type(':close<CR>')
    nvim:wait('no float', 'return #vim.api.nvim_list_wins() == 1')
  end,

  ['shows the result, and copies it'] = function(editor)
    local nvim = preview(editor)
    nvim:type('<Tab>')
    nvim:wait('the result', 'return #vim.api.nvim_get_current_line() < 70')
    local result = nvim:text()
    nvim:type('<Tab>')
    nvim:wait('the original', 'return #vim.api.nvim_get_current_line() > 70')
    nvim:type('y')
    editor.same(nvim:register('"'), result)
  end,

  ['replaces from there'] = function(editor)
    local nvim = preview(editor, ':1CompressionLayer preview')
    nvim:type('r')
    nvim:wait('the document', 'return vim.api.nvim_win_get_config(0).relative == ""')
    local now = nvim:text_other_than(TEXT)
    editor.same(now:match('\n(.*)$'), TEXT:match('\n(.*)$'))
    nvim:said('replaced: ')
    nvim:type('u')
    editor.same(nvim:text_other_than(now), TEXT)
  end,

  ['does not replace a text that has changed since'] = function(editor)
    local nvim = preview(editor)
    nvim:lua([[vim.api.nvim_buf_set_lines(vim.fn.bufnr('notes.md'), 0, 0, false, { 'new' })]])
    nvim:type('r')
    nvim:said('changed')
    editor.same(nvim:text(), 'new\n' .. TEXT)
  end,

  ['what is shown by a code action can be copied from there'] = function(editor)
    local nvim = editor.start({ files = { ['notes.md'] = TEXT }, setup = '{}' })
    nvim:command('edit')
    nvim:wait('attached', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    nvim:lua([[vim.lsp.buf.code_action({
      range = { start = { 1, 0 }, ['end'] = { 2, 20 } },
      context = { only = { 'refactor.compress.preview' } },
      apply = true,
    })]])
    nvim:wait('a float', 'return vim.api.nvim_win_get_config(0).relative ~= ""')
    nvim:type('r')
    nvim:said('close this, and use :CompressionLayer replace')
    nvim:type('y')
    nvim:register('"')
  end,

  ['words that are put in place of others are shown'] = function(editor)
    local nvim = editor.start({})
    local difference = nvim:lua([[
      return require('compression-layer.difference').of(
        { 'one two three', 'four  five' },
        { 'one 2 three four', 'six' }
      )
    ]])
    editor.same(difference.dropped, { { row = 0, from = 4, to = 7 }, { row = 1, from = 6, to = 10 } })
    editor.same(difference.added, {
      { row = 0, column = 7, text = '2' },
      { row = 1, column = 10, text = 'six' },
    })
    local same = nvim:lua([[
      local before, after, done = { 'one two three', '', 'four  five' }, { 'one 2 three four', '', 'six' }, nil
      local difference = require('compression-layer.difference')
      difference.later(before, after, function(found) done = found end)
      vim.wait(180000, function() return done end, 1)
      return vim.deep_equal(done, difference.of(before, after))
    ]])
    assert(same, 'a thread finds another difference')
    local marks = nvim:lua([[
      return require('compression-layer.difference').of({ 'It was lost, but (as usual) found.' }, { 'lost (found, again).' })
    ]])
    editor.same(marks.dropped, {
      { row = 0, from = 0, to = 6 },
      { row = 0, from = 11, to = 16 },
      { row = 0, from = 18, to = 27 },
    })
    editor.same(marks.added, { { row = 0, column = 33, text = ', again)' } })
    editor.same(
      nvim:lua([[return require('compression-layer.difference').of({ '' }, { '' })]]),
      { dropped = {}, added = {} }
    )
  end,
}
