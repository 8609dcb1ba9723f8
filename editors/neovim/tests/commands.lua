--- `:CompressionLayer`, typed as a person types it.

local PROSE = table.concat({
  'It is worth noting that the retry limit, which was raised on Monday, is now 5.',
  'The gateway will, as far as we know, try again 5 times before it finally gives up.',
  'Please make sure that you do not change the file src/gateway.toml in the meantime.',
  '',
}, '\n')

local SHOP = [[
def used(text):
    parts = text.split(",")
    for part in parts:
        print(part, len(part))
    return [int(part) for part in parts]


def login(name):
    numbers = used(name)
    print(len(numbers))
    return sum(numbers)


def other(name):
    for part in name.split(";"):
        print(part, len(part))
    return None
]]

local function prose(editor, wish)
  return editor.start(vim.tbl_extend('force', { files = { ['notes.md'] = PROSE } }, wish or {}))
end

return {
  ['copies lines into the register that was named, and into no other'] = function(editor)
    local nvim = prose(editor)
    nvim:type('ggyy')
    nvim:type('Vj:CompressionLayer copy x<CR>')
    local copied = nvim:register('x')
    editor.has(copied, 'retry limit')
    editor.has(copied, '5')
    editor.has_not(copied, 'gateway.toml')
    assert(#copied < 160, copied)
    nvim:said('to "x: ')
    nvim:said('0 atoms lost')
    editor.same(nvim:lua('return vim.fn.getreg("0")'), PROSE:match('^[^\n]*\n'))
    editor.same(nvim:lua('return vim.fn.getregtype("x")'), 'V')
  end,

  ['copies the whole file where no range is typed, and appends to a capital register'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer copy x<CR>')
    local once = nvim:register('x')
    editor.has(once, 'src/gateway.toml')
    nvim:type(':CompressionLayer copy X<CR>')
    nvim:wait('the second copy', 'return #vim.fn.getreg("x") > ...', #once)
    editor.same(nvim:register('x'), once .. once)
  end,

  ['copies to the clipboard where there is one, else to the unnamed register'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer copy<CR>')
    local plain = nvim:register('"')
    nvim:said('to "" (no clipboard): ')
    nvim = prose(editor, {
      commands = {
        'let g:board = []',
        "let g:clipboard = #{name: 'test', copy: {'+': {lines, kind -> extend(g:, #{board: lines})}, '*': {_, k -> 0}}, "
          .. "paste: {'+': {-> g:board}, '*': {-> g:board}}}",
      },
    })
    nvim:type(':CompressionLayer copy<CR>')
    nvim:said('to the clipboard: ')
    editor.same(table.concat(nvim:lua('return vim.g.board'), '\n'), plain)
  end,

  ['copies for a chat, under path and lines'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':2,3CompressionLayer chat x<CR>')
    local copied = nvim:register('x')
    editor.has(copied, 'notes.md:2-3')
    editor.has(copied, '```markdown\n')
  end,

  ['two copies at once go to their own registers'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':1CompressionLayer copy x<CR>:2CompressionLayer copy y<CR>')
    editor.has(nvim:register('x'), 'retry')
    editor.has(nvim:register('y'), 'gateway')
    editor.same(nvim:lua("return vim.fn.getreg('\"')"), '')
  end,

  ['what a code action copies goes where results go'] = function(editor)
    local nvim = prose(editor)
    nvim:command('CompressionLayer status')
    nvim:server()
    nvim:lua([[require('compression-layer').attach()]])
    nvim:wait('attached', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    nvim:lua([[vim.lsp.buf.code_action({
      range = { start = { 1, 0 }, ['end'] = { 3, 0 } },
      context = { only = { 'refactor.compress.copy' } },
      filter = function(action)
        local run = (action.command or {}).arguments
        if vim.g.chosen or not run or run[1].act ~= 'copy' then return false end
        vim.g.chosen = true
        return true
      end,
      apply = true,
    })]])
    editor.has(nvim:register('"'), 'retry')
  end,

  ['replaces, and one undo brings the text back'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer replace<CR>')
    local short = nvim:text_other_than(PROSE)
    assert(#short < #PROSE)
    nvim:said('replaced: ')
    nvim:type('u')
    editor.same(nvim:text_other_than(short), PROSE)
  end,

  ['replaces lines only, at the level that was named'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':1CompressionLayer replace tight<CR>')
    local short = nvim:text_other_than(PROSE)
    editor.same(short:match('\n(.*)$'), PROSE:match('\n(.*)$'))
    nvim:said('tight')
  end,

  ['says why where nothing can be shortened'] = function(editor)
    local nvim = editor.start({ files = { ['a.md'] = 'Five.\n' } })
    nvim:type(':CompressionLayer replace<CR>')
    nvim:said('compression-layer: nothing can be shortened')
    editor.same(nvim:text(), 'Five.\n')
    editor.has_not(nvim:messages(), 'replaced')
    -- Neovim's own name for the server is not put before it.
    editor.has_not(nvim:messages(), 'LSP[')
  end,

  ['a text that may not be changed is not replaced'] = function(editor)
    local nvim = prose(editor)
    nvim:command('set nomodifiable')
    nvim:type(':CompressionLayer replace<CR>')
    nvim:said('cannot be changed')
  end,

  ['expands a compressed block byte for byte'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':1,2CompressionLayer replace<CR>')
    nvim:text_other_than(PROSE)
    nvim:type('gg:CompressionLayer expand<CR>')
    nvim:said('the original is back')
    editor.same(nvim:text(), PROSE)
    nvim:type('G:CompressionLayer expand<CR>')
    nvim:said('there is no compressed block here')
  end,

  ['meets a size that is typed, and one that is asked for'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer budget 70% x<CR>')
    nvim:register('x')
    nvim:type(':CompressionLayer budget<CR>')
    nvim:wait_for_mode('c')
    nvim:type('40<CR>')
    local copied = nvim:register('"')
    assert(#copied < #PROSE, copied)
    nvim:type(':CompressionLayer budget half<CR>')
    for _, wrong in ipairs({ 'half', '-5', '1.5', '1.2.3%' }) do
      nvim:type((':CompressionLayer budget %s<CR>'):format(wrong))
      nvim:said(('`%s` is no size'):format(wrong))
    end
    nvim:type(':CompressionLayer! budget 80%<CR>')
    nvim:text_other_than(PROSE)
    nvim:said('replaced: ')
  end,

  ['says where a size cannot be reached, and where there is nothing to copy'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer budget 3 x<CR>')
    nvim:register('x')
    nvim:said('a budget of 3 tokens is not reached')
    nvim:type(':CompressionLayer! budget 3<CR>')
    nvim:text_other_than(PROSE)
    nvim:command('enew')
    nvim:command('file blank.md')
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:said('there is nothing to compress here')
    assert(nvim:register('x') ~= '')
    for _, act in ipairs({ 'replace', 'preview', 'open' }) do
      nvim:command('messages clear')
      nvim:type((':CompressionLayer %s<CR>'):format(act))
      nvim:said('there is nothing to compress here')
    end
    editor.same(nvim:lua('return #vim.api.nvim_list_wins()'), 1)
  end,

  ['copies the file with a definition whole: by its name, by its lines, or by the cursor'] = function(editor)
    local nvim = editor.start({ files = { ['shop.py'] = SHOP }, setup = "{ register = 'x' }" })
    local function copied(keys)
      nvim:command("call setreg('x', '')")
      nvim:type(keys)
      return nvim:register('x')
    end
    for _, keys in ipairs({
      ':CompressionLayer focus login<CR>',
      ':10,11CompressionLayer focus<CR>',
      '11gg:CompressionLayer focus<CR>',
    }) do
      local text = copied(keys)
      editor.has(text, 'return sum(numbers)')
      editor.has(text, 'for part in parts')
      editor.has(text, 'def other(name): ... # 3 lines')
      nvim:said('tight')
    end
    nvim:type(':CompressionLayer focus login y<CR>')
    editor.same(nvim:register('y'), nvim:register('x'))
    nvim:type(':CompressionLayer focus logon<CR>')
    nvim:said('nothing is defined under the name `logon`')
    nvim:command('new')
    nvim:type(':CompressionLayer focus login x<CR>')
    nvim:said('this buffer is no file')
  end,

  ['a file with bytes of no text is copied whole, too'] = function(editor)
    local text = ('one  \0two\n'):rep(3)
    local nvim = editor.start({ files = { ['mixed.txt'] = text }, setup = "{ settings = { level = 'safe' } }" })
    nvim:type(':CompressionLayer copy x<CR>')
    -- A NUL is a newline within a line of a register.
    editor.has(nvim:register('x'), 'one')
    editor.same(nvim:lua('return vim.fn.getregtype("x")'), 'V')
    editor.has(nvim:lua('return vim.fn.getreg("x", 1, true)[1]'), '\ntwo')
  end,

  ['asks for a question through vim.ui.input, also where a plugin answers later'] = function(editor)
    local nvim = prose(editor)
    nvim:lua([[vim.ui.input = function(opts, on_confirm)
      vim.g.prompt = opts.prompt
      vim.defer_fn(function() on_confirm('what is the retry limit?') end, 20)
    end]])
    nvim:type(':CompressionLayer ask<CR>')
    editor.has(nvim:register('"'), 'retry limit')
    editor.has(nvim:lua('return vim.g.prompt'), 'What do you want to ask')
    nvim:type(':CompressionLayer! ask what is the retry limit?<CR>')
    nvim:text_other_than(PROSE)
  end,

  ['does nothing where the person declines to answer'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer ask<CR>')
    nvim:wait_for_mode('c')
    nvim:type('<Esc>')
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    editor.same(nvim:lua("return vim.fn.getreg('\"')"), '')
  end,

  ['opens the result in a window beside'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer open<CR>')
    nvim:wait('a window', 'return #vim.api.nvim_list_wins() == 2')
    editor.has(nvim:text(), 'retry limit')
    editor.same(nvim:lua('return { vim.bo.buftype, vim.bo.filetype }'), { 'nofile', 'markdown' })
  end,

  ['a buffer that is no file can be copied from'] = function(editor)
    local nvim = prose(editor)
    nvim:command('new')
    nvim:request('nvim_buf_set_lines', 0, 0, -1, false, vim.split(PROSE, '\n'))
    nvim:type('gg:1,2CompressionLayer copy x<CR>')
    editor.has(nvim:register('x'), 'retry limit')
    nvim:type(':CompressionLayer chat y<CR>')
    editor.has(nvim:register('y'), '```')
    nvim:type(':CompressionLayer budget 3 z<CR>')
    nvim:register('z')
    nvim:said('a budget of 3 tokens is not reached')
    nvim:type(':CompressionLayer preview<CR>')
    nvim:said('this buffer is no file')
  end,

  ['lines that end as on Windows are lines in a register'] = function(editor)
    local nvim = editor.start({ files = { ['notes.md'] = (PROSE:gsub('\n', '\r\n')) } })
    editor.same(nvim:lua('return vim.bo.fileformat'), 'dos')
    nvim:type(':CompressionLayer copy x<CR>')
    editor.has_not(nvim:register('x'), '\r')
    nvim:type(':CompressionLayer replace<CR>')
    editor.has_not(nvim:text_other_than(PROSE), '\r')
  end,

  ['a text that changes meanwhile is not written over'] = function(editor)
    local long = editor.source('demo/incident.md'):rep(20)
    local nvim = editor.start({ files = { ['long.md'] = long } })
    nvim:type(':CompressionLayer replace<CR>')
    nvim:wait('work', 'local c = require("compression-layer.client").get() return c and next(c.requests) ~= nil')
    nvim:type('ggxi')
    nvim:type('Typed meanwhile. <Esc>')
    nvim:said('changed')
    editor.same(nvim:text(), 'Typed meanwhile. ' .. long:sub(2))
  end,

  ['work can be cancelled'] = function(editor)
    local long = editor.source('demo/incident.md'):rep(40)
    local nvim = editor.start({ files = { ['long.md'] = long } })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:wait('work', 'local c = require("compression-layer.client").get() return c and next(c.requests) ~= nil')
    nvim:type(':CompressionLayer cancel<CR>')
    nvim:said('cancelled: 1')
    nvim:type(':1,3CompressionLayer copy y<CR>')
    nvim:register('y')
    editor.same(nvim:lua('return vim.fn.getreg("x")'), '')
  end,

  ['lists and exchanges models'] = function(editor)
    local nvim = prose(editor, {
      files = { ['notes.md'] = PROSE, ['home/compression-layer/models/broken/manifest.toml'] = 'nonsense' },
      open = 'notes.md',
    })
    nvim:lua([[vim.ui.select = function(items, opts, on_choice)
      vim.g.offered = vim.tbl_map(opts.format_item, items)
      on_choice(items[2], 2)
    end]])
    nvim:type(':CompressionLayer model<CR>')
    local offered = nvim:wait('models', 'return vim.g.offered')
    editor.has(offered[1], '* minilm')
    editor.has(offered[2], 'broken')
    nvim:said('manifest')
    nvim:type(':CompressionLayer model reload<CR>')
    nvim:said('the model was loaded anew')
    nvim:type(':CompressionLayer model none<CR>')
    nvim:said('there is no model none: use one of')
    editor.same(nvim:lua('return vim.fn.getcompletion("CompressionLayer model ", "cmdline")')[1], 'reload')
  end,

  ['says how the server is'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    nvim:type(':CompressionLayer status<CR>')
    local said = nvim:said('last: ')
    editor.has(said, 'bin/compression-layer')
    editor.has(said, 'loaded')
  end,

  ['opens the log'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer log<CR>')
    nvim:wait('a tab', 'return #vim.api.nvim_list_tabpages() == 2')
    editor.has(nvim:text(), 'lsp.log')
  end,

  ['completes subcommands and their arguments, and names what is unknown'] = function(editor)
    local nvim = prose(editor)
    local function completed(line)
      return nvim:lua('return vim.fn.getcompletion(..., "cmdline")', line)
    end
    editor.same(completed('CompressionLayer b'), { 'basket', 'budget' })
    -- The server is asked for its levels, and started for that.
    editor.same(nvim:lua('return #vim.lsp.get_clients({ _uninitialized = true })'), 0)
    editor.same(completed("'<,'>CompressionLayer! copy ba"), { 'balanced' })
    local levels = nvim:lua('return require("compression-layer.client").levels()')
    editor.same(completed('CompressionLayer replace '), levels)
    editor.same(completed('CompressionLayer basket c'), { 'copy', 'clear' })
    nvim:type(':CompressionLayer shrink<CR>')
    nvim:said('`shrink` is unknown: use one of ask, basket,')
    nvim:type(':CompressionLayer copy extreme<CR>')
    nvim:said('unknown level `extreme`: use one of safe, ')
  end,

  ['stops and starts the server'] = function(editor)
    local nvim = prose(editor)
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    local first = nvim:server()
    nvim:type(':CompressionLayer restart<CR>')
    nvim:wait(
      'another server',
      'local c = require("compression-layer.client").get() return c and c.id ~= ... and c.initialized',
      first
    )
    nvim:type(':CompressionLayer copy y<CR>')
    nvim:register('y')
    nvim:type(':CompressionLayer stop<CR>')
    nvim:wait('no server', 'return #vim.lsp.get_clients() == 0')
    editor.has_not(nvim:messages(), 'again')
  end,
}
