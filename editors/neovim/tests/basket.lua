--- The basket: filled from several files, edited as a list, copied as one.

local A =
  'It is worth noting that the retry limit, which was raised on Monday, is now 5.\n\nThe second part of it is perhaps 7.\n'
local B = 'The gateway will, as far as we know, try again 9 times before it finally gives up.\n'
local FILES = { ['a.md'] = A, ['b.md'] = B }

--- A Neovim with three snippets in its basket, which is open.
local function filled(editor)
  local nvim = editor.start({ files = FILES, open = 'a.md', setup = "{ register = 'z' }" })
  nvim:type('gg:1CompressionLayer basket<CR>')
  nvim:said('in the basket: 1 snippets')
  nvim:type(':3CompressionLayer basket<CR>')
  nvim:said('in the basket: 2 snippets')
  nvim:type(':edit b.md<CR>:CompressionLayer basket add<CR>')
  nvim:said('in the basket: 3 snippets')
  nvim:type(':CompressionLayer basket<CR>')
  nvim:wait(
    'the basket',
    'return vim.bo.filetype == "compression-layer-basket" and vim.api.nvim_buf_line_count(0) == 3'
  )
  return nvim
end

local function listed(nvim)
  local list = nvim:lua([[
    local done
    require('compression-layer.client').request(nil, 'compressionLayer/basket/list', vim.empty_dict(), function(answer)
      done = answer
    end)
    vim.wait(180000, function() return done end)
    return vim.tbl_map(function(snippet) return snippet.id end, done.snippets)
  ]])
  return list
end

return {
  ['lists what was added, with sizes and their sum'] = function(editor)
    local nvim = filled(editor)
    editor.same(nvim:text(), '1 a.md:1-1\n2 a.md:3-3\n3 b.md:1-1\n')
    local shown = nvim:lua([[
      local space = vim.api.nvim_get_namespaces()['compression-layer.basket']
      local text = {}
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
        for _, line in ipairs(vim.list_extend({ mark[4].virt_text }, mark[4].virt_lines or {})) do
          for _, chunk in ipairs(line) do table.insert(text, chunk[1]) end
        end
      end
      return table.concat(text, ' ')
    ]])
    editor.has(shown, 'tokens')
    editor.has(shown, '3 snippets, ')
    editor.same(nvim:lua('return vim.bo.modified'), false)
  end,

  ['a line that is deleted and written is a snippet that is gone; until then it can be undone'] = function(editor)
    local nvim = filled(editor)
    nvim:type('2ggdd')
    editor.same(listed(nvim), { 1, 2, 3 })
    nvim:type('u')
    editor.same(nvim:text(), '1 a.md:1-1\n2 a.md:3-3\n3 b.md:1-1\n')
    nvim:type('2ggdd:w<CR>')
    nvim:wait('two lines', 'return not vim.bo.modified and vim.api.nvim_buf_line_count(0) == 2')
    editor.same(nvim:text(), '1 a.md:1-1\n3 b.md:1-1\n')
    editor.same(listed(nvim), { 1, 3 })
  end,

  ['lines that are moved are snippets in another order'] = function(editor)
    local nvim = filled(editor)
    nvim:type('3ggddggP')
    nvim:type('gy')
    local copied = nvim:register('z')
    local b, first, second =
      copied:find('b.md', 1, true), copied:find('a.md:1', 1, true), copied:find('a.md:3', 1, true)
    assert(b and first and second and b < first and first < second, copied)
    nvim:wait('written', 'return not vim.bo.modified')
    -- What is added later comes last, and the order stays.
    nvim:type('gr')
    editor.same(nvim:text(), '3 b.md:1-1\n1 a.md:1-1\n2 a.md:3-3\n')
    nvim:type(':CompressionLayer basket copy x<CR>')
    editor.same(nvim:register('x'), copied)
  end,

  ['copies all at once'] = function(editor)
    local nvim = filled(editor)
    nvim:type(':CompressionLayer basket copy x<CR>')
    local copied = nvim:register('x')
    for _, part in ipairs({ 'a.md:1', 'a.md:3', 'b.md:1', '5', '7', '9', '```' }) do
      editor.has(copied, part)
    end
    nvim:said('of 3 snippets')
  end,

  ['a line that names no snippet is left out'] = function(editor)
    local nvim = filled(editor)
    nvim:type('Gonot a snippet<Esc>yyP:w<CR>')
    nvim:said('2 lines name no snippet')
    nvim:wait('three lines', 'return not vim.bo.modified and vim.api.nvim_buf_line_count(0) == 3')
    editor.same(listed(nvim), { 1, 2, 3 })
  end,

  ['opens the place of a snippet'] = function(editor)
    local nvim = filled(editor)
    nvim:type('2gg<CR>')
    nvim:wait('the file', 'return vim.fn.expand("%:t") == "a.md"')
    editor.same(nvim:request('nvim_win_get_cursor', 0), { 3, 0 })
  end,

  ['shows what changed since it was added'] = function(editor)
    local nvim = filled(editor)
    nvim:type(':wincmd p<CR>ggxx:wincmd p<CR>')
    nvim:type('gr')
    nvim:wait(
      'a mark',
      [[
      local space = vim.api.nvim_get_namespaces()['compression-layer.basket']
      return vim.inspect(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })):find('changed')
    ]]
    )
  end,

  ['is emptied'] = function(editor)
    local nvim = filled(editor)
    nvim:type(':CompressionLayer basket clear<CR>')
    nvim:said('the basket is empty')
    nvim:wait('nothing', 'return vim.api.nvim_buf_line_count(0) == 1 and vim.api.nvim_get_current_line() == ""')
    editor.same(listed(nvim), {})
    nvim:type(':CompressionLayer basket shake<CR>')
    nvim:said('`basket shake` is unknown')
  end,

  ['is open and follows what is added elsewhere'] = function(editor)
    local nvim = filled(editor)
    nvim:type(':wincmd p<CR>:edit a.md<CR>:2CompressionLayer basket add<CR>')
    nvim:type(':1,3CompressionLayer basket add<CR>')
    nvim:wait(
      'merged',
      'return #vim.api.nvim_buf_get_lines(vim.fn.bufnr("compression-layer://basket"), 0, -1, false) == 2'
    )
  end,
}
