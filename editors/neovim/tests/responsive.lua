--- A person can go on typing while a large file is compressed. The times are printed; what a busy machine may do to them is
--- not the plugin's, so that the limits here are generous.

--- 5,000 lines of prose and code.
local function large(editor)
  local lines = vim.split(editor.source('demo/incident.md') .. editor.source('server/src/lsp/session/run.rs'), '\n')
  local text = {}
  while #text < 5000 do
    table.insert(text, lines[#text % #lines + 1])
  end
  return table.concat(text, '\n') .. '\n'
end

--- The most that a key may take, in milliseconds, for the test to pass.
local MOST = 2000

--- Notes when keys take effect, and how long the loop is busy with anything else.
local MEASURE = [[
  _G.seen, _G.gap = {}, 0
  vim.api.nvim_create_autocmd('TextChangedI', {
    callback = function() table.insert(_G.seen, vim.uv.hrtime()) end,
  })
  local last = vim.uv.hrtime()
  vim.uv.new_timer():start(0, 2, function()
    local now = vim.uv.hrtime()
    _G.gap, last = math.max(_G.gap, (now - last) / 1e6), now
  end)
]]

--- Types until something is done, and tells how long keys took to be seen, in milliseconds.
local function typed_until(nvim, done)
  nvim:lua('_G.seen, _G.gap = {}, 0')
  local sent = {}
  repeat
    table.insert(sent, vim.uv.hrtime())
    nvim:type('x')
    nvim:wait('the key', 'return #_G.seen >= ...', #sent)
  until nvim:lua(done)
  local seen, times = nvim:lua('return _G.seen'), {}
  for index, time in ipairs(sent) do
    table.insert(times, (seen[index] - time) / 1e6)
  end
  table.sort(times)
  return times
end

local function tell(what, nvim, times)
  local function within(share)
    return times[math.ceil(#times * share)]
  end
  local line =
    '  %s: %d keys; half within %.1f ms, 99 %% within %.1f ms, all within %.1f ms; the loop was busy for %.1f ms at most'
  print(line:format(what, #times, within(0.5), within(0.99), within(1), nvim:lua('return _G.gap')))
  assert(times[#times] < MOST, 'keys have to wait')
end

local function start(editor)
  local nvim = editor.start({
    files = { ['large.md'] = large(editor), ['notes.txt'] = '' },
    open = 'large.md',
    setup = '{}',
  })
  nvim:wait('attached', 'return #vim.lsp.get_clients({ bufnr = 0 }) == 1')
  nvim:lua(MEASURE)
  return nvim
end

return {
  ['keys are seen at once while 5,000 lines are compressed and copied'] = function(editor)
    local nvim = start(editor)
    nvim:type('Go')
    tell('beforehand', nvim, typed_until(nvim, 'return #_G.seen >= 200'))
    nvim:type('<Esc>:1,5000CompressionLayer copy x<CR>A')
    local times = typed_until(nvim, 'return vim.fn.getreg("x") ~= ""')
    tell('copy', nvim, times)
    assert(#times > 3, 'it was over before a key was typed')
  end,

  ['keys are seen at once while 5,000 lines are compressed and previewed'] = function(editor)
    local nvim = start(editor)
    nvim:type(':CompressionLayer preview<CR>:edit notes.txt<CR>i')
    local times = typed_until(nvim, 'return #vim.api.nvim_list_wins() > 1')
    tell('preview', nvim, times)
    assert(#times > 3, 'it was over before a key was typed')
  end,
}
