--- `:CompressionLayer`: its subcommands, their arguments and their completion.

local client = require('compression-layer.client')
local region = require('compression-layer.region')
local register = require('compression-layer.register')
local say = require('compression-layer.say')

local M = {}

--- How long completion waits for a server that is starting, in milliseconds.
local MOMENT = 500

--- The levels, which the server knows: it is started where there is none, for a command that is being typed will need it.
---@return string[]
local function levels()
  if not client.levels() and require('compression-layer.program').find() then
    client.with(nil, function() end)
    vim.wait(MOMENT, function()
      return client.levels() ~= nil
    end, 5)
  end
  return client.levels() or {}
end

---@class compression-layer.Call
---@field part compression-layer.Region
---@field ranged boolean Whether a range was typed.
---@field words string[]
---@field rest string What was typed after the subcommand.
---@field bang boolean

---@class compression-layer.Subcommand
---@field run fun(call: compression-layer.Call)
---@field complete? string[]|fun(): string[]

--- Sorts words into a level and a register: `copy tight x`, `copy x`.
---@param words string[]
---@return compression-layer.Wish
local function wish(words)
  local found = {}
  for _, word in ipairs(words) do
    found[register.is_register(word) and 'register' or 'level'] = word
  end
  return found
end

---@param act string
---@return compression-layer.Subcommand
local function acting(act)
  return {
    run = function(call)
      require('compression-layer.acts')[act](call.part, wish(call.words))
    end,
    complete = levels,
  }
end

--- A size as a person types it, as the protocol has it.
---@param typed? string
---@return table?
local function budget(typed)
  local share = typed and tonumber(typed:match('^([%d.]+)%%$'))
  if share then
    return { ratio = share / 100 }
  end
  local tokens = typed and tonumber(typed:gsub('[,_]', ''):match('^%d+$'))
  return tokens and { tokens = tokens }
end

---@param chosen table
local function select_model(chosen)
  client.request(nil, 'compressionLayer/models/select', { path = chosen.path }, function()
    say.done(('model %s is in use'):format(chosen.name))
  end)
end

--- What models there were when last looked.
---@type string[]
local known_models = {}

---@param name? string
local function choose_model(name)
  client.request(nil, 'compressionLayer/models/list', vim.empty_dict(), function(answer)
    known_models = vim.tbl_map(function(model)
      return model.name
    end, answer.models)
    if name then
      for _, model in ipairs(answer.models) do
        if model.name == name then
          return select_model(model)
        end
      end
      return say.problem(('there is no model %s: use one of %s'):format(name, table.concat(known_models, ', ')))
    end
    vim.ui.select(answer.models, {
      prompt = 'Model',
      format_item = function(model)
        local remark = model.problem or model.path or 'within the program'
        return ('%s %s (%s)'):format(model.selected and '*' or ' ', model.name, remark)
      end,
    }, function(chosen)
      if chosen and not chosen.selected then
        select_model(chosen)
      end
    end)
  end)
end

---@param status table
local function tell_status(status)
  local lines = {
    ('compression-layer %s: %s'):format(status.version, client.path() or 'started elsewhere'),
    ('model: %s'):format(status.model and ('%s, %s'):format(status.model, status.modelState) or status.modelState),
    ('waiting: %d, open documents: %d, in the basket: %d'):format(status.queue, status.documents, status.snippets),
  }
  if status.modelProblem then
    table.insert(lines, 2, 'model problem: ' .. status.modelProblem)
  end
  if status.lastReceipt then
    table.insert(lines, 'last: ' .. status.lastReceipt)
  end
  vim.api.nvim_echo({ { table.concat(lines, '\n') } }, true, {})
end

---@param basket table
---@param call compression-layer.Call
local function on_basket(basket, call)
  local what = call.words[1]
  if what == 'add' or (call.ranged and not what) then
    require('compression-layer.acts').basket(call.part)
  elseif not what then
    basket.open()
  elseif what == 'copy' then
    basket.copy(call.words[2])
  elseif what == 'clear' then
    basket.clear()
  else
    say.problem(('`basket %s` is unknown: use add, copy or clear, or nothing to open it'):format(what))
  end
end

---@type table<string, compression-layer.Subcommand>
M.subcommands = {
  copy = acting('copy'),
  chat = acting('chat'),
  replace = acting('replace'),
  preview = acting('preview'),
  open = acting('open'),
  budget = {
    run = function(call)
      local size = budget(call.words[1])
      if call.words[1] and not size then
        local message = '`%s` is no size: type tokens such as 800, or a share such as 50%%'
        return say.problem(message:format(call.words[1]))
      end
      local wanted = wish(vim.list_slice(call.words, 2))
      wanted.budget, wanted.replace = size, call.bang
      require('compression-layer.acts').budget(call.part, wanted)
    end,
    complete = { '50%', '1000', '2000' },
  },
  ask = {
    run = function(call)
      local question = call.rest ~= '' and call.rest or nil
      require('compression-layer.acts').ask(call.part, { query = question, replace = call.bang })
    end,
  },
  focus = {
    run = function(call)
      -- A range says what stays; otherwise a name does, or else the cursor.
      local name = not call.ranged and call.words[1] or nil
      local wanted = wish(name and vim.list_slice(call.words, 2) or call.words)
      wanted.focus = name
      require('compression-layer.acts').focus(call.part, wanted)
    end,
  },
  basket = {
    run = function(call)
      on_basket(require('compression-layer.basket'), call)
    end,
    complete = { 'add', 'copy', 'clear' },
  },
  expand = {
    run = function()
      require('compression-layer.acts').expand()
    end,
  },
  model = {
    run = function(call)
      if call.rest == 'reload' then
        return client.request(nil, 'compressionLayer/models/reload', vim.empty_dict(), function()
          say.done('the model was loaded anew')
        end)
      end
      choose_model(call.rest ~= '' and call.rest or nil)
    end,
    complete = function()
      return vim.list_extend({ 'reload' }, known_models)
    end,
  },
  status = {
    run = function()
      client.request(nil, 'compressionLayer/status', vim.empty_dict(), tell_status)
    end,
  },
  cancel = {
    run = function()
      local count = client.cancel()
      say.done(count == 0 and 'nothing is under way' or ('cancelled: %d'):format(count))
    end,
  },
  restart = {
    run = function()
      client.stop(function(buffers)
        client.attach(#buffers > 0 and buffers or { vim.api.nvim_get_current_buf() })
      end)
    end,
  },
  stop = {
    run = function()
      client.stop()
    end,
  },
  log = {
    run = function()
      require('compression-layer.log').open()
    end,
  },
  doctor = {
    run = function()
      vim.cmd.checkhealth('compression-layer')
    end,
  },
}

---@return string[]
local function names()
  local all = vim.tbl_keys(M.subcommands)
  table.sort(all)
  return all
end

--- Runs `:CompressionLayer`.
---@param typed vim.api.keyset.create_user_command.command_args
function M.run(typed)
  local name, rest = typed.args:match('^%s*(%S*)%s*(.-)%s*$')
  if name == '' then
    return vim.ui.select(names(), { prompt = 'CompressionLayer' }, function(chosen)
      if chosen then
        M.run(vim.tbl_extend('force', typed, { args = chosen }))
      end
    end)
  end
  local subcommand = M.subcommands[name]
  if not subcommand then
    return say.problem(('`%s` is unknown: use one of %s'):format(name, table.concat(names(), ', ')))
  end
  local bufnr = vim.api.nvim_get_current_buf()
  local ranged = typed.range > 0
  subcommand.run({
    part = ranged and region.lines(bufnr, typed.line1, typed.line2) or region.file(bufnr),
    ranged = ranged,
    words = vim.split(rest, '%s+', { trimempty = true }),
    rest = rest,
    bang = typed.bang,
  })
end

--- Completes `:CompressionLayer`.
---@param lead string
---@param line string
---@param position integer
---@return string[]
function M.complete(lead, line, position)
  local before = line:sub(1, position):match('CompressionLayer!?%s+(.*)$') or ''
  local name = before:match('^(%S+)%s')
  local found = names()
  if name then
    local complete = vim.tbl_get(M.subcommands, name, 'complete') or {}
    found = type(complete) == 'function' and complete() or complete
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, found)
end

return M
