-- A person in Neovim: opens a file, compresses, looks, undoes, copies, types, leaves. Neovim runs this as its init file;
-- FOLDER has the files, PROGRAM starts the server, RECORD takes the params of `initialize`.

local DEADLINE = 60000
local folder, program = vim.env.FOLDER, vim.env.PROGRAM
local TOKEN = 'ghp_' .. 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'

local function until_true(what, condition)
  assert(vim.wait(DEADLINE, condition, 5), 'in vain waited for: ' .. what)
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, true), '\n') .. '\n'
end

local function ask(client, method, params)
  local answer, problem = client:request_sync(method, params, DEADLINE)
  assert(answer, method .. ': ' .. tostring(problem))
  assert(not answer.err, method .. ': ' .. vim.inspect(answer.err))
  return answer.result
end

-- Two rulers, one text: what the server has is what the buffer has.
local function same_text(client)
  local seen = ask(client, 'compressionLayer/viewText', { uri = vim.uri_from_bufnr(0) })
  assert(seen.text == text(), 'the server has another text than the buffer')
end

-- Nobody is there to be asked.
vim.ui.select = function(items) error('a choice between ' .. vim.inspect(items)) end

-- Chooses the first action that does this with the selection, through Neovim's own list.
local function choose(act, range)
  local offered, found = {}, nil
  vim.lsp.buf.code_action({
    filter = function(action)
      local run = action.data or action.command.arguments[1]
      table.insert(offered, action.title)
      if found or run.act ~= act or run.what ~= 'selection' or run.masked then
        return false
      end
      found = action.title
      return true
    end,
    apply = true,
    range = range,
  })
  until_true('a list of actions', function() return #offered > 0 end)
  return assert(found, 'no ' .. act .. ' in ' .. vim.inspect(offered))
end

-- The params of `initialize`, with what differs from machine to machine made the same.
local function record(params)
  local same = vim.json.encode(params):gsub('\\/', '/'):gsub(vim.pesc(folder), '/project')
  same = vim.json.decode(same)
  same.processId, same.workDoneToken = 1, '1'
  vim.fn.writefile({ vim.json.encode(same) }, vim.env.RECORD)
end

-- The receipt of what stands at the cursor, in a window of Neovim's own.
local function hovered()
  local windows = #vim.api.nvim_list_wins()
  vim.lsp.buf.hover()
  until_true('the window of the hover', function() return #vim.api.nvim_list_wins() > windows end)
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local shown = text(vim.api.nvim_win_get_buf(window))
      vim.api.nvim_win_close(window, true)
      return shown
    end
  end
end

local function session()
  vim.cmd.edit(folder .. '/incident.md')
  local home, original = vim.api.nvim_get_current_buf(), text()
  local id = assert(vim.lsp.start({
    name = 'compression-layer',
    cmd = { program },
    root_dir = folder,
    before_init = record,
  }))
  local client = assert(vim.lsp.get_client_by_id(id))
  until_true('the answer to initialize', function() return client.initialized end)
  same_text(client)

  -- Compress, through Neovim's own list, resolve and edit.
  local selection = { start = { 1, 0 }, ['end'] = { 18, 0 } }
  local title = choose('replace', selection)
  assert(title:find('^Compress selection %(balanced%): [%d,]+ %-> about [%d,]+ tokens$'), title)
  until_true('an edited buffer', function() return text() ~= original end)
  local compressed = text()
  assert(#compressed < #original)
  for _, atom in ipairs({ '2026-0417', '6.4 %', '`eu-central-1`', '4.18.2', '`PRICING_POOL_MAX`' }) do
    assert(compressed:find(atom, 1, true), atom .. ' is gone')
  end
  same_text(client)

  vim.api.nvim_win_set_cursor(0, { 3, 4 })
  local receipt = hovered()
  assert(receipt:find('o200k_base', 1, true), receipt)

  -- One step back and forth.
  vim.cmd.undo()
  assert(text() == original, 'undo does not bring the original back')
  same_text(client)
  vim.cmd.redo()
  assert(text() == compressed)
  same_text(client)
  assert(hovered() == receipt, 'redo brings the text back, and not its receipt')

  -- Without our plug-in a copy opens as a document of its own.
  choose('copy', { start = { 16, 0 }, ['end'] = { 30, 0 } })
  until_true('the scratch document', function()
    return vim.api.nvim_buf_get_name(0):find('/scratch/', 1, true) ~= nil and #text() > 1
  end)
  assert(text():find('PRICING_POOL_MAX=64', 1, true), text())
  vim.cmd.buffer(home)

  -- A command, as a key binding would run it.
  local counted
  client:exec_cmd({
    title = 'count',
    command = 'compressionLayer.count',
    arguments = { { document = { uri = vim.uri_from_bufnr(home) } } },
  }, { bufnr = home }, function(problem, result)
    counted = problem or result
  end)
  until_true('the count', function() return counted ~= nil end)
  assert(counted.exact and counted.tokens > 100, vim.inspect(counted))

  -- A secret is marked where it stands once it was copied, and masked on request.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { 'export GITHUB_TOKEN=' .. TOKEN })
  local last = vim.api.nvim_buf_line_count(0)
  local marked = { start = { 1, 0 }, ['end'] = { last, 50 } }
  choose('copy', marked)
  until_true('a diagnostic', function() return #vim.diagnostic.get(home) == 1 end)
  vim.cmd.buffer(home)
  assert(vim.diagnostic.get(home)[1].lnum == last - 1)
  choose('mask', marked)
  until_true('a masked secret', function() return not text():find(TOKEN, 1, true) end)
  until_true('no diagnostic', function() return #vim.diagnostic.get(home) == 0 end)
  same_text(client)

  -- A hundred changes of all kinds, at places that a fixed seed chooses.
  math.randomseed(7)
  local pieces = { 'x', 'größe', '😀', '', 'a\tb', '\n', 'one\ntwo\n', '日本語 ', "it's " }
  for step = 1, 100 do
    local row = math.random(0, vim.api.nvim_buf_line_count(0) - 1)
    local line = vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]
    local starts = vim.str_utf_pos(line)
    table.insert(starts, #line + 1)
    local from = math.random(1, #starts)
    local to = math.min(#starts, from + math.random(0, 3))
    local piece = vim.split(pieces[math.random(#pieces)], '\n')
    vim.api.nvim_buf_set_text(0, row, starts[from] - 1, row, starts[to] - 1, piece)
    if step % 20 == 0 then
      vim.cmd.undo()
    end
    if step % 10 == 0 then
      same_text(client)
    end
  end
  vim.cmd('%delete')
  same_text(client)
end

vim.api.nvim_create_autocmd('VimEnter', {
  callback = vim.schedule_wrap(function()
    local done, problem = xpcall(session, debug.traceback)
    if not done then
      io.stderr:write(problem .. '\n')
      vim.cmd.cquit()
    end
    vim.cmd('qa!')
  end),
})
