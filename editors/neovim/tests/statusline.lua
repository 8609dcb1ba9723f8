--- The statusline's part: quiet, and asked for only after a rest.

local TEXT = ('It is worth noting that the retry limit, which was raised on Monday, is now 5.\n'):rep(30)
local SHOWN = 'return vim.api.nvim_eval_statusline(vim.o.statusline, {}).str'
local LINE = [[set statusline=%{%v:lua.require'compression-layer'.statusline()%}]]

local function start(editor, setup)
  local nvim = editor.start({ files = { ['notes.md'] = TEXT }, open = false, setup = setup or '{ delay = 30 }' })
  nvim:command(LINE)
  nvim:command('edit notes.md')
  return nvim
end

local function attached(nvim)
  nvim:wait('attached', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
end

return {
  ['shows the tokens of the selection, and about how many would be left'] = function(editor)
    local nvim = start(editor)
    attached(nvim)
    editor.same(nvim:lua(SHOWN), '')
    nvim:type('ggV9j')
    local first = nvim:wait('an estimate', SHOWN .. ':match("^[%d,]+ %-> about [%d,]+ tokens$")')
    nvim:type('9j')
    nvim:wait(
      'another',
      'local now = vim.api.nvim_eval_statusline(vim.o.statusline, {}).str return now ~= ... and now',
      first
    )
    nvim:type('<Esc>')
    nvim:wait('quiet', SHOWN .. ' == ""')
  end,

  ['asks once for a selection that is being made, not at each step'] = function(editor)
    -- Longer than a loaded machine holds the keys up.
    local nvim = start(editor, '{ delay = 2000 }')
    attached(nvim)
    nvim:lua([[
      vim.g.asked = 0
      local client = require('compression-layer.client')
      local ask = client.ask_quietly
      client.ask_quietly = function(...)
        vim.g.asked = vim.g.asked + 1
        return ask(...)
      end
    ]])
    nvim:lua(SHOWN)
    nvim:type('ggVjjjjjjjjjj')
    nvim:wait('an estimate', SHOWN .. ':find("tokens")')
    editor.same(nvim:lua('return vim.g.asked'), 1)
  end,

  ['starts no server'] = function(editor)
    local nvim = start(editor, '{ attach = false, delay = 1 }')
    editor.same(nvim:lua(SHOWN), '')
    nvim:type('ggVjj')
    editor.same(nvim:lua(SHOWN), '')
    editor.same(nvim:lua('return #vim.lsp.get_clients({ _uninitialized = true })'), 0)
  end,

  ['shows work under way, and what is in the basket'] = function(editor)
    local nvim = start(editor)
    attached(nvim)
    nvim:lua(SHOWN)
    nvim:lua([[
      vim.g.progress = 0
      vim.api.nvim_create_autocmd('LspProgress', { callback = function() vim.g.progress = vim.g.progress + 1 end })
    ]])
    nvim:request('nvim_buf_set_lines', 0, -1, -1, false, vim.split(editor.source('demo/incident.md'):rep(20), '\n'))
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:wait('work', SHOWN .. ':find("compressing %d+/100")')
    nvim:register('x')
    nvim:wait('quiet', SHOWN .. ' == ""')
    assert(nvim:lua('return vim.g.progress') >= 2)
    nvim:type(':1CompressionLayer basket<CR>')
    nvim:wait('the basket', SHOWN .. ' == "basket: 1"')
  end,
}
