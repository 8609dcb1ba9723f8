--- A person can go on typing while a large file is compressed: a key is handled within 50 ms. The times are printed. What a busy
--- machine does to them is not the plugin's: where keys are late beforehand, too, they may be that late, and one may be later.

--- 5,000 lines of prose and code.
local function large(editor)
  local lines = vim.split(editor.source('demo/incident.md') .. editor.source('server/src/lsp/session/run.rs'), '\n')
  local text = {}
  while #text < 5000 do
    table.insert(text, lines[#text % #lines + 1])
  end
  return table.concat(text, '\n') .. '\n'
end

--- The most that 95 % of the keys may take, and the most that any may, in milliseconds.
local BOUND, MOST = 50, 2000

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

--- The time that a share of the keys was handled within.
local function within(times, share)
  return times[math.ceil(#times * share)]
end

local function tell(what, nvim, times)
  local line =
    '  %s: %d keys; half within %.1f ms, 95 %% within %.1f ms, all within %.1f ms; the loop was busy for %.1f ms at most'
  local half, most, all = within(times, 0.5), within(times, 0.95), within(times, 1)
  print(line:format(what, #times, half, most, all, nvim:lua('return _G.gap')))
end

--- Types beforehand, as a measure of the machine.
local function type_alone(nvim)
  local times = typed_until(nvim, 'return #_G.seen >= 200')
  tell('beforehand', nvim, times)
  return within(times, 0.95)
end

--- Types until something is done, and fails where keys have to wait for it.
local function type_beside(what, nvim, alone, done)
  local times = typed_until(nvim, done)
  tell(what, nvim, times)
  assert(#times > 3, 'it was over before a key was typed')
  local bound = math.max(BOUND, 3 * alone)
  assert(within(times, 0.95) <= bound, ('keys have to wait: more than %.0f ms'):format(bound))
  assert(within(times, 1) < MOST, 'a key has to wait')
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
    local alone = type_alone(nvim)
    nvim:type('<Esc>:1,5000CompressionLayer copy x<CR>A')
    type_beside('copy', nvim, alone, 'return vim.fn.getreg("x") ~= ""')
  end,

  ['keys are seen at once while 5,000 lines are compressed and previewed'] = function(editor)
    local nvim = start(editor)
    nvim:type('Go')
    local alone = type_alone(nvim)
    nvim:type('<Esc>:CompressionLayer preview<CR>:edit notes.txt<CR>i')
    type_beside('preview', nvim, alone, 'return #vim.api.nvim_list_wins() > 1')
  end,
}
