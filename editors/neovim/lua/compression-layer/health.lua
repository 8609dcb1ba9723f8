--- `:checkhealth compression-layer`: what is there, what is wrong, and what to do.

local M = {}

--- How long the program may take, in milliseconds: it loads its model once.
local PATIENCE = 60000

---@param path string
---@param arguments string[]
---@return string? out, string? problem
local function output(path, arguments)
  local ok, done = pcall(function()
    return vim.system(vim.list_extend({ path }, arguments), { text = true }):wait(PATIENCE)
  end)
  if not ok then
    return nil, tostring(done)
  end
  if done.code == 124 then
    return nil, ('no answer within %d s'):format(PATIENCE / 1000)
  end
  return done.stdout, done.code ~= 0 and ('exit code %d'):format(done.code) or nil
end

---@param health table
---@param path string
local function check_version(health, path)
  local program = require('compression-layer.program')
  local said, problem = output(path, { '--version' })
  local version = said and said:match('^compression%-layer (%S+)')
  if not version then
    local advice = 'name the right program with setup({ path = ... }), or put it on the PATH'
    return health.error(
      ('%s does not answer as compression-layer does (%s)'):format(path, problem or 'no version'),
      advice
    )
  end
  local mismatch = program.mismatch(version, path)
  if mismatch then
    health.warn(mismatch, 'update the plugin, or build the program of the same version')
  else
    health.ok(('version %s, as this plugin needs'):format(version))
  end
  return true
end

---@param health table
---@param path string
local function check_machine(health, path)
  local said = output(path, { 'doctor', '--json' })
  local ok, report = pcall(vim.json.decode, said or '')
  if not ok or type(report) ~= 'table' then
    return health.warn('`compression-layer doctor` gave no answer', 'run it in a terminal')
  end
  for _, check in ipairs(report.checks or {}) do
    local text = ('%s: %s'):format(check.name, check.found)
    local remedy = check.remedy ~= vim.NIL and check.remedy or nil
    if check.status == 'ok' then
      health.ok(text)
    elseif check.status == 'warning' or check.status == 'warn' then
      health.warn(text, remedy)
    else
      health.error(text, remedy)
    end
  end
end

local function check_server(health)
  local client = require('compression-layer.client')
  local started = client.get()
  if not started then
    local advice = 'it is started by the first :CompressionLayer command'
    if not package.loaded['compression-layer'] then
      advice = advice .. ", or for every file by require('compression-layer').setup()"
    end
    return health.info('the server is not running: ' .. advice)
  end
  health.ok(('the server is running: %s, %d buffers'):format(client.path(), vim.tbl_count(started.attached_buffers)))
  local status = require('compression-layer.statusline').server
  if not status then
    return
  end
  if status.modelProblem then
    health.error('model: ' .. status.modelProblem, 'choose another with :CompressionLayer model')
  elseif status.modelState == 'loaded' then
    health.ok(('model: %s is loaded'):format(status.model))
  else
    health.ok(('model: %s, which is loaded when first needed'):format(status.modelState))
  end
end

function M.check()
  local health = vim.health
  health.start('compression-layer: Neovim')
  if vim.fn.has('nvim-0.10') == 0 then
    return health.error(require('compression-layer').TOO_OLD)
  end
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. version)
  else
    health.ok('Neovim ' .. version .. '; with 0.11 it can be configured with vim.lsp.config, too')
  end
  if vim.fn.has('clipboard') == 1 then
    health.ok('there is a clipboard')
  else
    health.warn('there is no clipboard: results go to the unnamed register', 'see :help clipboard, or name a register')
  end
  health.start('compression-layer: program')
  local path, problem = require('compression-layer.program').find()
  if not path then
    return health.error(problem or 'no program', 'build it with `make build`; it is target/release/compression-layer')
  end
  health.ok(path)
  if check_version(health, path) then
    check_machine(health, path)
    health.start('compression-layer: server')
    check_server(health)
  end
end

return M
