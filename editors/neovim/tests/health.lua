--- `:checkhealth compression-layer` and `:help compression-layer`.

local function health(nvim)
  nvim:type(':checkhealth compression-layer<CR>')
  nvim:wait('the report', 'return vim.bo.filetype == "checkhealth" and vim.api.nvim_buf_line_count(0) > 5')
  return nvim:text()
end

return {
  ['all is well where all is well'] = function(editor)
    local nvim = editor.start({ setup = '{}' })
    nvim:type(':CompressionLayer copy x<CR>')
    nvim:register('x')
    local report = health(nvim)
    for _, part in ipairs({
      'Neovim 0.',
      'bin/compression-layer',
      'as this plugin needs',
      'model',
      'is loaded',
      'tokenizers',
      '1 buffers',
    }) do
      editor.has(report, part)
    end
    editor.has_not(report, 'ERROR')
    -- There is none where tests run.
    editor.has(report, 'no clipboard')
  end,

  ['says what to do where there is no program'] = function(editor)
    local nvim = editor.start({ path = '/usr/bin:/bin' })
    local report = health(nvim)
    editor.has(report, 'is not on the PATH')
    editor.has(report, 'make build')
  end,

  ['says so where the program is another one'] = function(editor)
    local nvim = editor.start({ setup = "{ path = '/bin/echo' }" })
    editor.has(health(nvim), 'does not answer as compression-layer does')
  end,

  ['says what is wrong with the machine'] = function(editor)
    local nvim = editor.start({ env = { COMPRESSION_LAYER_CACHE = '/dev/null/x' } })
    editor.has(health(nvim), 'ERROR')
  end,

  ['the help is found'] = function(editor)
    local nvim = editor.start({})
    editor.has(editor.source('editors/neovim/README.md'), ':helptags ~/src/compression-layer/editors/neovim/doc')
    nvim:command('helptags ' .. editor.PLUGIN .. '/doc')
    for _, tag in ipairs({
      'compression-layer',
      ':CompressionLayer',
      'compression-layer-basket',
      'compression-layer-setup',
    }) do
      nvim:command('help ' .. tag)
      editor.same(nvim:lua('return vim.fn.expand("%:t")'), 'compression-layer.txt')
    end
    local text = nvim:text()
    for _, name in ipairs(nvim:lua('return vim.tbl_keys(require("compression-layer.commands").subcommands)')) do
      editor.has(text, '*:CompressionLayer-' .. name .. '*')
    end
    for _, name in ipairs(nvim:lua('return require("compression-layer.operator").ACTS')) do
      editor.has(text, '<Plug>(compression-layer-' .. name .. ')')
    end
    os.remove(editor.PLUGIN .. '/doc/tags')
  end,
}
