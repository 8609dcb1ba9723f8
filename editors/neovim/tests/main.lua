--- Runs the tests: each in a Neovim of its own, which a person's keys drive. `tests/run` starts this.

local here = vim.fs.dirname(vim.fs.normalize(vim.fn.fnamemodify(arg[0], ':p')))
package.path = here .. '/?.lua;' .. package.path

local editor = require('editor')

local FILES = { 'setup', 'commands', 'operator', 'preview', 'basket', 'statusline', 'health', 'failures', 'responsive' }

local pattern = arg[1] or ''
local passed, failed = 0, {}

for _, file in ipairs(FILES) do
  local cases = dofile(('%s/%s.lua'):format(here, file))
  for name, case in vim.spairs(cases) do
    local title = file .. ': ' .. name
    if title:find(pattern) then
      local began = vim.uv.hrtime()
      local ok, problem = xpcall(case, debug.traceback, editor)
      editor.end_all()
      local milliseconds = (vim.uv.hrtime() - began) / 1e6
      if ok then
        passed = passed + 1
        print(('ok %s (%.0f ms)'):format(title, milliseconds))
      else
        table.insert(failed, title)
        print(('FAILED %s\n%s'):format(title, problem))
      end
    end
  end
end

print(('neovim %s: %d passed, %d failed'):format(tostring(vim.version()), passed, #failed))
for _, title in ipairs(failed) do
  print('FAILED ' .. title)
end
os.exit(#failed == 0 and passed > 0 and 0 or 1)
