--- How the plugin is installed and told what to do.

local TEXT = 'It is worth noting that the retry limit, which was raised on Monday, is now 5.\n'
local FILES = { ['notes.md'] = TEXT, ['project/.git/HEAD'] = 'ref: main\n', ['project/a.md'] = TEXT }

return {
  ['starts nothing by itself'] = function(editor)
    local nvim = editor.start({ files = FILES, open = 'notes.md' })
    nvim:type('ggvj')
    editor.same(nvim:lua('return #vim.lsp.get_clients({ _uninitialized = true })'), 0)
    editor.same(nvim:lua('return package.loaded["compression-layer.client"] == nil'), true)
  end,

  ['the first use needs no network: what is needed is within the program'] = function(editor)
    if vim.env.TESTS_OFFLINE then
      local names = vim.tbl_map(function(address)
        return address.name
      end, vim.tbl_values(vim.uv.interface_addresses()))
      editor.same(vim.tbl_filter(function(name)
        return name ~= 'lo'
      end, names), {})
    end
    local cache = vim.fn.tempname()
    local nvim = editor.start({ files = FILES, open = 'notes.md', env = { COMPRESSION_LAYER_CACHE = cache } })
    editor.same(vim.uv.fs_stat(cache), nil)
    nvim:type(':CompressionLayer copy x<CR>')
    editor.has(nvim:register('x'), 'retry limit')
    nvim:said('0 atoms lost')
    assert(vim.uv.fs_stat(cache), 'the model was not unpacked there')
    vim.fn.delete(cache, 'rf')
  end,

  ['serves every file after setup, with one server for all projects'] = function(editor)
    local nvim = editor.start({ files = FILES, open = false, setup = '{}' })
    nvim:command('edit notes.md')
    nvim:wait('the first', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    nvim:command('edit project/a.md')
    nvim:wait('the second', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    editor.same(nvim:lua('return #vim.lsp.get_clients()'), 1)
    nvim:type(':CompressionLayer chat x<CR>')
    -- The path is that within its project.
    editor.has(nvim:register('x'), '`a.md:1`')
  end,

  ['serves no file by itself where it should not'] = function(editor)
    local nvim = editor.start({ files = FILES, open = 'notes.md', setup = '{ attach = false }' })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    nvim:command('edit project/a.md')
    editor.same(nvim:lua('return #vim.lsp.get_clients({ bufnr = 0 })'), 0)
  end,

  ['works through vim.lsp.enable and vim.lsp.config alone'] = function(editor)
    local nvim = editor.start({ files = FILES, open = false })
    if nvim:lua('return vim.fn.has("nvim-0.11")') == 0 then
      return print('skipped: neovim: vim.lsp.enable: this Neovim has none')
    end
    nvim:lua([[
      vim.lsp.config('compression_layer', { settings = { compressionLayer = { chat = { header = false } } } })
      vim.lsp.enable('compression_layer')
    ]])
    nvim:command('edit notes.md')
    nvim:wait('attached', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    nvim:type(':CompressionLayer chat x<CR>')
    local copied = nvim:register('x')
    editor.has_not(copied, 'notes.md')
    editor.same(nvim:lua('return #vim.lsp.get_clients()'), 1)
  end,

  ['hands settings to the server, also by an expression for one register'] = function(editor)
    local nvim = editor.start({
      files = FILES,
      open = 'notes.md',
      setup = "{ register = 'z', settings = { level = 'safe', chat = { header = false } } }",
    })
    nvim:type(':CompressionLayer chat<CR>')
    editor.has_not(nvim:register('z'), 'notes.md')
    nvim:said('safe')
  end,

  ['works from a folder of the packpath'] = function(editor)
    local nvim = editor.start({
      files = FILES,
      open = 'notes.md',
      plugin = false,
      commands = {
        'set packpath^=~/packs',
        'call mkdir(expand("~/packs/pack/x/start"), "p")',
        ('call system(["ln", "-s", %q, expand("~/packs/pack/x/start/compression-layer")])'):format(editor.PLUGIN),
      },
    })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
  end,

  ['works where a plugin manager loads it late, as lazy.nvim does after VeryLazy'] = function(editor)
    local nvim = editor.start({ files = FILES, open = 'notes.md', plugin = false, commands = { 'filetype on' } })
    nvim:lua(
      [[
      vim.opt.runtimepath:prepend(...)
      vim.cmd.source((...) .. '/plugin/compression-layer.lua')
      require('compression-layer').setup({ keys = { copy = 'g!' } })
    ]],
      editor.PLUGIN
    )
    nvim:wait('the file that was open', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
    nvim:type('"xg!!')
    editor.has(nvim:register('x'), 'retry limit')
  end,

  ['works through vim.pack, as the README says'] = function(editor)
    local nvim = editor.start({ files = FILES, open = false, plugin = false })
    if nvim:lua('return vim.fn.has("nvim-0.12")') == 0 or vim.fn.executable('git') == 0 then
      return print('skipped: neovim: vim.pack: it is of Neovim 0.12, and needs git')
    end
    local repository = nvim.folder .. '/repository'
    vim.fn.mkdir(repository .. '/editors', 'p')
    for _, command in ipairs({
      { 'cp', '-r', editor.PLUGIN, 'editors/neovim' },
      { 'git', 'init', '--quiet' },
      { 'git', 'add', '.' },
      { 'git', '-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message', 'plugin' },
    }) do
      editor.same(vim.system(command, { cwd = repository }):wait().code, 0)
    end
    nvim:lua(
      [[
      vim.pack.add({ { src = ..., name = 'compression-layer' } }, { confirm = false })
      vim.opt.runtimepath:append(vim.fn.stdpath('data') .. '/site/pack/core/opt/compression-layer/editors/neovim')
      require('compression-layer').setup({})
      vim.cmd.runtime('plugin/compression-layer.lua')
    ]],
      'file://' .. repository
    )
    nvim:command('edit notes.md')
    nvim:type(':CompressionLayer copy x<CR>')
    editor.has(nvim:register('x'), 'retry limit')
  end,

  ['names options that it does not know or that are of another kind'] = function(editor)
    local nvim = editor.start({
      files = FILES,
      open = 'notes.md',
      setup = "{ pth = 'x', delay = 'long', keys = { fly = 'gf', copy = 5 } }",
    })
    nvim:said('`pth` is no option: use one of attach, delay,')
    nvim:said('`delay` is a number, not a string')
    nvim:said('`keys.fly` is no operator')
    nvim:said('`keys.copy` is a string such as g!, not a number')
    nvim:lua([[require('compression-layer').setup('/usr/bin/compression-layer')]])
    nvim:said('the options are a table, not a string')
  end,

  ['names settings that the server does not take, as the plugin itself would'] = function(editor)
    local nvim = editor.start({ files = FILES, open = 'notes.md', setup = "{ settings = { level = 'extreme' } }" })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    editor.has_not(nvim:said('but must be one of `safe`'), 'LSP[')
  end,
}
