-- Neovim edits a file, shows what the server says of it, and applies a fix.
-- The arguments come by the environment: SERVER, a command, and ROOT.
local root = vim.env.ROOT
vim.cmd('filetype on')
vim.cmd('edit ' .. root .. '/products/billing/logic/logic.go')
vim.bo.filetype = 'go'
local client = vim.lsp.start_client({
  name = 'boundaries',
  cmd = vim.split(vim.env.SERVER, ' '),
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
  init_options = vim.env.SETTINGS and vim.fn.json_decode(vim.env.SETTINGS) or nil,
})
assert(vim.lsp.buf_attach_client(0, client))

local function shown()
  local lines = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(lines, string.format('%d:%d %s %s', d.lnum + 1, d.col + 1, d.code or d.user_data.lsp.code, d.message))
  end
  return table.concat(lines, '\n')
end

local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then
    io.stderr:write('not seen: ' .. what .. '; shown: ' .. shown() .. '\n')
    vim.cmd('cquit 1')
  end
  print('seen: ' .. what)
end

wait('the server', function() return vim.lsp.buf_get_clients(0)[client] ~= nil end)
vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'import facade "example.com/mono/products/users/models"' })
wait('a finding in the unsaved buffer', function() return shown():find('^3:8 private%-import') ~= nil end)
if vim.env.FIX then
  vim.api.nvim_win_set_cursor(0, { 3, 10 })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  local replies = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 10000)
  for _, action in ipairs(replies[client].result) do
    if action.title:find('^Import') then
      vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    end
  end
  wait('the fix', function() return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]:find('users/facade"') ~= nil and shown() == '' end)
end
vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'import "example.com/mono/products/users/facade"' })
wait('its end', function() return shown() == '' end)
local toml = io.open(root .. '/boundaries.toml', 'w')
toml:write('products = ["products/*"]\n[[modules]]\npath = "products/billing"\ndepends_on = []\n')
toml:close()
wait('an edit of the configuration, which nobody watches', function() return shown():find('^3:8 undeclared%-dependency') ~= nil end)
vim.lsp.stop_client(client)
wait('its shutdown', function() return vim.lsp.get_client_by_id(client) == nil end)
vim.cmd('qall!')
