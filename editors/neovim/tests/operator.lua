--- Operators: motions, text objects, selections, registers and `.`.

local TEXT = table.concat({
  'It is worth noting that the retry limit, which was raised on Monday, is now 5.',
  'The gateway will, as far as we know, try again 5 times before it finally gives up.',
  '',
  'Please make sure that you do not change the file src/gateway.toml in the meantime.',
  'It should perhaps also be noted that the coöperative größe of the pool is very much 12 😀 wide.',
  '',
}, '\n')

local KEYS = [[{ register = 'z', keys = { copy = 'g!', replace = 'g!r', chat = '<Space>c' } }]]

local function start(editor)
  return editor.start({ files = { ['notes.md'] = TEXT }, setup = KEYS })
end

return {
  ['no key is mapped unless it is asked for'] = function(editor)
    local nvim = editor.start({ files = { ['notes.md'] = TEXT } })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    editor.same(
      nvim:lua([[return vim.tbl_filter(function(map)
      return map.lhs:find('compression', 1, true) == nil and tostring(map.desc):find('compression', 1, true) ~= nil
    end, vim.api.nvim_get_keymap('n'))]]),
      {}
    )
  end,

  ['copies a text object, and into a register that is named before it'] = function(editor)
    local nvim = start(editor)
    nvim:type('ggg!ip')
    local copied = nvim:register('z')
    editor.has(copied, 'gateway')
    editor.has_not(copied, 'toml')
    nvim:type('G"xg!ip')
    editor.has(nvim:register('x'), 'src/gateway.toml')
  end,

  ['doubled, stands for the line, and takes a count'] = function(editor)
    local nvim = start(editor)
    nvim:type('ggg!!')
    local copied = nvim:register('z')
    editor.has(copied, 'retry')
    editor.has_not(copied, 'gateway')
    nvim:type('gg<Space>cc')
    nvim:wait('a block', 'return vim.fn.getreg("z"):find("notes.md:1`", 1, true)')
    nvim:type('gg2<Space>cc')
    nvim:wait('two lines', 'return vim.fn.getreg("z"):find("notes.md:1-2`", 1, true)')
  end,

  ['takes what is selected, to the character'] = function(editor)
    -- At this level prose of one line stays as it is.
    local nvim = editor.start({
      files = { ['notes.md'] = TEXT },
      setup = "{ register = 'z', keys = { copy = 'g!' }, settings = { level = 'safe' } }",
    })
    local function copied(keys)
      nvim:command("call setreg('z', '')")
      nvim:type(keys)
      return nvim:register('z')
    end
    -- Characters of more than one byte stay whole.
    editor.same(copied('5gg0fcvf😀g!'), TEXT:match('coöperative.*😀'))
    editor.same(copied('5gg0fcg!e'), 'coöperative')
    editor.same(copied('5gg0fcg!fö'), 'coö')
    editor.same(copied('5gg0fcg!tö'), 'co')
    editor.same(copied('5gg$hhhv$g!'), 'ide.')
    editor.same(copied('5ggVg!'), TEXT:match('[^\n]*\n$'))
    -- As Neovim itself yanks it.
    local function yanked(keys)
      nvim:command("call setreg('y', '')")
      nvim:type(keys .. '"yy')
      return nvim:register('y')
    end
    for _, selection in ipairs({ 'exclusive', 'old' }) do
      nvim:command('set selection=' .. selection)
      for _, keys in ipairs({ '5gg0fcvfö', '5gg0fcvtö', '5gg0f2vFö', '5gg0fcve' }) do
        editor.same(copied(keys .. 'g!'), yanked(keys))
      end
    end
  end,

  ['a block stands for its lines'] = function(editor)
    local nvim = start(editor)
    nvim:type('gg<C-v>jg!')
    local copied = nvim:register('z')
    editor.has(copied, 'Monday')
    editor.has(copied, 'gateway')
    editor.has_not(copied, 'toml')
  end,

  ['replaces a sentence in the middle of a line, and leaves the rest'] = function(editor)
    local nvim = start(editor)
    nvim:type('ggwg!r$')
    local now = nvim:text_other_than(TEXT)
    assert(vim.startswith(now, 'It '), now)
    editor.same(now:match('\n(.*)$'), TEXT:match('\n(.*)$'))
  end,

  ['is repeated by a dot'] = function(editor)
    local nvim = start(editor)
    nvim:type('ggg!rr')
    local once = nvim:text_other_than(TEXT)
    nvim:type('j.')
    local twice = nvim:text_other_than(once)
    editor.same(twice:match('\n[^\n]*\n(.*)$'), TEXT:match('\n[^\n]*\n(.*)$'))
    assert(#twice < #once)
  end,

  ["is at hand for mappings of one's own"] = function(editor)
    local nvim = editor.start({ files = { ['notes.md'] = TEXT } })
    nvim:lua([[
      vim.keymap.set({ 'n', 'x' }, 'gt', function()
        return require('compression-layer').operator('copy', { level = 'tight', register = 'y' })
      end, { expr = true })
      vim.keymap.set('n', 'gB', '<Plug>(compression-layer-basket)')
    ]])
    nvim:type('gggtip')
    nvim:register('y')
    nvim:said('tight')
    nvim:type('gBip')
    nvim:said('in the basket: 1 snippets')
  end,
}
