--- The statusline's part: what the selection counts and about what would be left of it; else how the server is, where that
--- is worth a word.
---
--- Invariants
--- - the server is asked only after a moment of rest, and never started from here (tests/statusline.lua).

local client = require('compression-layer.client')
local options = require('compression-layer.options')
local region = require('compression-layer.region')
local say = require('compression-layer.say')

local M = {}

--- How the server is, as it said last.
---@type table?
M.server = nil

local shown = {
  ---@type string? The estimate of what is selected.
  estimate = nil,
  ---@type table<string|integer, integer|false> Work under way by its token, with its percentage.
  work = {},
}

---@type uv.uv_timer_t?
local timer
--- Which question was asked last; older answers do not count.
local asked = 0
local watching = false

local function redraw()
  vim.schedule(function()
    vim.cmd.redrawstatus()
  end)
end

--- Asks about the selection.
local function ask()
  asked = asked + 1
  local question = asked
  local part = region.selected()
  local started = client.get()
  if not part or not started or not started.attached_buffers[part.bufnr] then
    if shown.estimate then
      shown.estimate = nil
      redraw()
    end
    return
  end
  local params = { document = region.place(part, started) }
  client.ask_quietly(started, part.bufnr, 'compressionLayer/estimate', params, function(result)
    if question ~= asked then
      return
    end
    shown.estimate = nil
    if result then
      local about = result.exact and '' or 'about '
      shown.estimate = ('%s%s -> about %s tokens'):format(about, say.grouped(result.before), say.grouped(result.after))
    end
    redraw()
  end)
end

local function later()
  timer = timer or assert(vim.uv.new_timer())
  timer:stop()
  timer:start(options.current.delay, 0, vim.schedule_wrap(ask))
end

--- Begins to look at what is selected; a Neovim without our part in its statusline has none of this.
local function watch()
  watching = true
  local group = vim.api.nvim_create_augroup('compression-layer.statusline', {})
  vim.api.nvim_create_autocmd({ 'ModeChanged', 'CursorMoved' }, {
    group = group,
    callback = function()
      local mode = vim.api.nvim_get_mode().mode
      if mode == 'v' or mode == 'V' or mode == '\22' or shown.estimate then
        later()
      end
    end,
  })
  vim.api.nvim_create_autocmd('LspProgress', {
    group = group,
    callback = function(event)
      local started = vim.lsp.get_client_by_id(event.data.client_id)
      local params = event.data.params
      if not started or started.name ~= client.NAME or type(params) ~= 'table' then
        return
      end
      local value = params.value
      if value.kind == 'end' then
        shown.work[params.token] = nil
      else
        shown.work[params.token] = value.percentage or shown.work[params.token] or false
      end
      redraw()
    end,
  })
end

--- Takes in how the server is.
---@param status table
function M.changed(status)
  local before = M.server
  M.server = status
  if before and before.snippets ~= status.snippets then
    vim.schedule(require('compression-layer.basket').changed)
  end
  redraw()
end

--- What to show; often nothing.
---@return string
function M.text()
  if not watching then
    watch()
  end
  if shown.estimate then
    return shown.estimate
  end
  local started = client.get()
  if not started then
    -- What was under way went with its server.
    shown.work = {}
    return ''
  end
  local _, percentage = next(shown.work)
  if percentage ~= nil then
    -- Without a percent sign, which means something in a statusline.
    return percentage and ('compressing %d/100'):format(percentage) or 'compressing'
  end
  local status = M.server
  if not status then
    return ''
  end
  if status.modelProblem then
    return 'compressor: no model'
  end
  if status.modelState == 'loading' then
    return 'compressor: loading'
  end
  return status.snippets > 0 and ('basket: %d'):format(status.snippets) or ''
end

return M
