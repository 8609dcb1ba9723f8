--- The server's life: started when first needed, one for all files of this Neovim, started again after a crash.
---
--- Invariants
--- - nothing here waits: what needs the server is given a function (tests/responsive.lua);
--- - whoever asked is answered, also when the server ends meanwhile (tests/failures.lua).

local null = require('compression-layer.null')
local options = require('compression-layer.options')
local program = require('compression-layer.program')
local say = require('compression-layer.say')

local M = {}

--- The name of the configuration: `vim.lsp.config('compression_layer', ...)`.
M.NAME = 'compression_layer'

--- What shows where a project begins.
local MARKERS = { '.compression-layer.toml', '.git' }

--- How long a program may take to answer for the first time, in milliseconds.
M.patience = 20000

--- So many crashes within so many milliseconds, and the server is not started again by itself.
local CRASHES, WITHIN = 3, 180000

local modern = vim.fn.has('nvim-0.11') == 1

---@class compression-layer.Running
---@field client vim.lsp.Client
---@field id integer
---@field answer fun(problem?: lsp.ResponseError, result?: any)

local state = {
  ---@type (fun(client?: vim.lsp.Client))[]
  waiting = {},
  ---@type table<table, compression-layer.Running>
  running = {},
  ---@type integer[]
  crashes = {},
  ---@type string?
  path = nil,
  leaving = false,
}

--- Calls a method of a client as this version of Neovim wants it.
local function call(client, name, ...)
  if modern then
    return client[name](client, ...)
  end
  return client[name](...)
end

--- The client, if it is ready.
---@return vim.lsp.Client?
function M.get()
  for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
    if not call(client, 'is_stopped') then
      return client
    end
  end
end

--- The levels that the server has, mildest first; nothing until it runs.
---@return string[]?
function M.levels()
  local client = M.get()
  return client and vim.tbl_get(client, 'server_capabilities', 'experimental', 'compressionLayer', 'levels')
end

--- The program that was started last.
---@return string?
function M.path()
  return state.path
end

---@param bufnr integer
---@return string?
local function root(bufnr)
  return vim.fs.root(bufnr, MARKERS)
end

--- Ends all that waits for an answer.
---@param message string
local function give_up(message)
  local waiting = state.waiting
  state.waiting = {}
  for _, done in ipairs(waiting) do
    done(nil)
  end
  for _, request in ipairs(vim.tbl_values(state.running)) do
    request.answer({ code = -32603, message = message })
  end
end

---@param code integer
---@param signal integer
---@return string
local function ending(code, signal)
  return signal ~= 0 and ('signal %d'):format(signal) or ('exit code %d'):format(code)
end

--- What to do when the server's process is gone.
---@param code integer
---@param signal integer
---@param was_ready boolean
---@param buffers integer[]
local function exited(code, signal, was_ready, buffers)
  -- Asked to leave, by whomever.
  local asked = state.leaving or (code == 0 and signal == 0 and was_ready) or signal == 15
  if asked then
    return give_up('the server was stopped')
  end
  local how = ending(code, signal)
  if not was_ready then
    give_up('the server did not start')
    local hint = 'is it compression-layer? Try `%s doctor`, and see :CompressionLayer log'
    return say.problem(('%s ended before it answered (%s): ' .. hint):format(state.path, how, state.path))
  end
  give_up(('the server ended meanwhile (%s): do it again'):format(how))
  local now = vim.uv.now()
  state.crashes = vim.tbl_filter(function(time)
    return now - time < WITHIN
  end, state.crashes)
  table.insert(state.crashes, now)
  if #state.crashes > CRASHES then
    return say.problem(
      ('the server ended %d times (%s), and stays off: see :CompressionLayer log, then :CompressionLayer restart'):format(
        #state.crashes,
        how
      )
    )
  end
  local status = require('compression-layer.statusline').server
  local lost = status and status.snippets > 0 and '; the basket is empty' or ''
  say.warning(('the server ended (%s) and is started again%s'):format(how, lost))
  M.attach(buffers)
end

--- Starts the process: the `cmd` of the configuration.
---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
function M.spawn(dispatchers)
  local path, problem = program.find()
  if not path then
    error(problem, 0)
  end
  state.path, state.leaving = path, false
  local on_exit = dispatchers.on_exit
  local watched = vim.tbl_extend('force', dispatchers, {
    on_exit = function(code, signal)
      local client = M.started
      M.started = nil
      local buffers = client and vim.tbl_keys(client.attached_buffers) or {}
      -- What happened is said below, and what follows from it: Neovim need not say so, too.
      on_exit(0, 0)
      vim.schedule(function()
        exited(code, signal, client ~= nil, buffers)
      end)
    end,
  })
  return vim.lsp.rpc.start({ path, 'lsp' }, watched, { detached = true })
end

--- The client whose server answered.
---@type vim.lsp.Client?
M.started = nil

---@param client vim.lsp.Client
---@param result lsp.InitializeResult
local function ready(client, result)
  M.started = client
  -- Neovim opens the documents right after this.
  vim.schedule(function()
    local mismatch = program.mismatch(vim.tbl_get(result, 'serverInfo', 'version'), state.path)
    if mismatch then
      say.warning(mismatch)
    end
    local waiting = state.waiting
    state.waiting = {}
    for _, done in ipairs(waiting) do
      done(client)
    end
  end)
end

--- Every project is a folder of the one server's workspace.
---@param client vim.lsp.Client
---@param bufnr integer
local function add_folder(client, bufnr)
  local folder = root(bufnr)
  if not folder then
    return
  end
  local uri = vim.uri_from_fname(folder)
  client.workspace_folders = client.workspace_folders or {}
  for _, known in ipairs(client.workspace_folders) do
    if known.uri == uri then
      return
    end
  end
  local added = { uri = uri, name = folder }
  table.insert(client.workspace_folders, added)
  call(client, 'notify', 'workspace/didChangeWorkspaceFolders', { event = { added = { added }, removed = {} } })
end

--- Whether the program is there, for what nobody asked for: says so once, and not for every file.
---@return boolean
local function is_there()
  local path, problem = program.find()
  if not path and state.told ~= problem then
    state.told = problem
    say.problem(problem)
  end
  return path ~= nil
end

--- The configuration for `vim.lsp.config` and `vim.lsp.start`.
---@return vim.lsp.Config
function M.config()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = vim.tbl_deep_extend('force', capabilities.experimental or {}, {
    compressionLayer = { copy = true, show = true, input = true, status = true },
  })
  local init_options = options.current.init_options
  return {
    name = M.NAME,
    cmd = M.spawn,
    capabilities = capabilities,
    handlers = require('compression-layer.handlers'),
    settings = next(options.current.settings) and { compressionLayer = options.current.settings } or {},
    init_options = next(init_options) and init_options or nil,
    reuse_client = M.reuse,
    on_init = ready,
    root_dir = function(bufnr, on_dir)
      if is_there() then
        on_dir(root(bufnr))
      end
    end,
  }
end

--- One server for all projects, since one basket holds snippets of all.
function M.reuse(client, config)
  return client.name == config.name and not call(client, 'is_stopped')
end

--- Gives the client once it is ready; nothing where there is none, which has been said then.
---@param bufnr? integer The document that the server is to know.
---@param done fun(client?: vim.lsp.Client)
function M.with(bufnr, done)
  local client = M.get()
  if client and (not bufnr or client.attached_buffers[bufnr]) then
    return done(client)
  end
  local path, problem = program.find()
  if not client and not path then
    say.problem(problem)
    return done(nil)
  end
  local config = modern and vim.deepcopy(vim.lsp.config[M.NAME]) or M.config()
  if type(config.root_dir) == 'function' then
    config.root_dir = root(bufnr or vim.api.nvim_get_current_buf())
  end
  local attach = bufnr ~= nil or not modern
  local id = vim.lsp.start(config, { bufnr = bufnr, reuse_client = M.reuse, attach = attach, silent = true })
  client = id and vim.lsp.get_client_by_id(id)
  if not client then
    say.problem(('%s could not be started: see :CompressionLayer log'):format(path))
    return done(nil)
  end
  if client.initialized then
    return done(client)
  end
  table.insert(state.waiting, done)
  vim.defer_fn(function()
    if vim.tbl_contains(state.waiting, done) then
      say.problem(('%s does not answer: is it compression-layer? See :CompressionLayer log'):format(path))
      give_up('the server does not answer')
      call(client, 'stop', true)
    end
  end, M.patience)
end

--- Asks the server. The answer goes to a function; what is wrong is said before it is called with nothing.
---@param bufnr? integer The document that the question is about.
---@param method string
---@param params table|fun(client: vim.lsp.Client): table
---@param done? fun(result: any, client: vim.lsp.Client)
---@param failed? fun()
function M.request(bufnr, method, params, done, failed)
  M.with(bufnr, function(client)
    if not client then
      return failed and failed()
    end
    if type(params) == 'function' then
      params = params(client)
    end
    local key = {}
    local function answer(problem, result)
      if state.running[key] == nil then
        return
      end
      state.running[key] = nil
      if not problem then
        return done and done(null.left_out(result), client)
      end
      if failed then
        failed()
      end
      if problem.message ~= '' then
        say.problem(problem.message)
      end
    end
    state.running[key] = { client = client, id = -1, answer = answer }
    local sent, id = call(client, 'request', method, params, answer, bufnr)
    if sent and state.running[key] then
      state.running[key].id = id
    elseif not sent then
      answer({ code = -32603, message = 'the server is gone: do it again' })
    end
  end)
end

--- Asks without a word to anybody: for what is shown by the way.
---@param client vim.lsp.Client
---@param bufnr integer
---@param method string
---@param params table
---@param done fun(result?: any)
function M.ask_quietly(client, bufnr, method, params, done)
  call(client, 'request', method, params, function(_, result)
    done(null.left_out(result))
  end, bufnr)
end

--- Cancels all that is under way.
---@return integer count
function M.cancel()
  local count = 0
  for _, request in ipairs(vim.tbl_values(state.running)) do
    count = count + 1
    call(request.client, 'cancel_request', request.id)
    request.answer({ code = -32800, message = '' })
  end
  return count
end

--- Has the server know these buffers.
---@param buffers integer[]
function M.attach(buffers)
  if not M.get() and not is_there() then
    return
  end
  for _, bufnr in ipairs(buffers) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      M.with(bufnr, function() end)
    end
  end
end

--- Ends the server; with a function, that is called once it is gone.
---@param gone? fun(buffers: integer[])
function M.stop(gone)
  local client = M.get()
  state.leaving, state.crashes = true, {}
  if not client then
    return gone and gone({})
  end
  local buffers = vim.tbl_keys(client.attached_buffers)
  call(client, 'stop')
  if not gone then
    return
  end
  local timer = assert(vim.uv.new_timer())
  timer:start(
    20,
    20,
    vim.schedule_wrap(function()
      if not timer:is_closing() and call(client, 'is_stopped') and not vim.lsp.get_client_by_id(client.id) then
        timer:close()
        gone(buffers)
      end
    end)
  )
end

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('compression-layer.client', {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == M.NAME then
      add_folder(client, event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('VimLeavePre', {
  group = vim.api.nvim_create_augroup('compression-layer.leave', {}),
  callback = function()
    state.leaving = true
  end,
})

return M
