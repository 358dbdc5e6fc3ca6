// The server is started as the extension would start it, and spoken to with
// the protocol library that VS Code's client is made of. BOUNDARIES names the
// command; without it the test builds one.

const assert = require('node:assert');
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { pathToFileURL } = require('node:url');
const rpc = require('vscode-languageserver-protocol/node');
const { command, documents, governed, serverOptions } = require('../src/server');

test('the command is a name, or a path below the folder', () => {
  assert.equal(command('', '/work'), 'boundaries');
  assert.equal(command('boundaries', '/work'), 'boundaries');
  assert.equal(command('${workspaceFolder}/.bin/boundaries', '/work'), '/work/.bin/boundaries');
  assert.equal(command('.bin/boundaries', '/work'), path.join('/work', '.bin/boundaries'));
  assert.equal(command('/usr/bin/boundaries', undefined), '/usr/bin/boundaries');
});

test('a folder below the root is governed, one elsewhere is not', (t) => {
  const dir = tree(t);
  assert.ok(governed(dir));
  assert.ok(governed(path.join(dir, 'products', 'b')));
  assert.ok(!governed(os.tmpdir()));
});

test('the manifest activates on boundaries.toml and names what exists', () => {
  const manifest = require('../package.json');
  assert.ok(manifest.activationEvents.includes('workspaceContains:**/boundaries.toml'));
  assert.ok(fs.existsSync(path.join(__dirname, '..', manifest.main)), 'built');
  const source = fs.readFileSync(path.join(__dirname, '..', 'src', 'extension.js'), 'utf8');
  for (const c of manifest.contributes.commands) {
    assert.ok(source.includes(`'${c.command}'`), c.command);
  }
});

test('the bundle activates without a boundaries.toml, and does nothing', async () => {
  const calls = [];
  const disposable = { dispose() {}, onDidCreate: () => disposable };
  const vscode = new Proxy({
    commands: { registerCommand: (name) => (calls.push(name), disposable) },
    window: { showErrorMessage: (m) => calls.push(m) },
    workspace: {
      workspaceFolders: [],
      findFiles: async () => [],
      onDidChangeWorkspaceFolders: () => disposable,
      onDidChangeConfiguration: () => disposable,
      createFileSystemWatcher: () => disposable,
    },
  }, {
    get: (known, name) => known[name] ?? class { static from() {} },
  });
  const Module = require('node:module');
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
  try {
    const extension = require('../dist/extension.js');
    await extension.activate({ subscriptions: [] });
    await extension.deactivate();
  } finally {
    Module._load = load;
  }
  assert.deepEqual(calls, ['boundaries.restart']);
});

test('the server shows a finding in an unsaved file, and a fix for it', async (t) => {
  const dir = tree(t);
  const options = serverOptions(boundaries(t), dir);
  const server = spawn(options.command, options.args, { ...options.options, stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => server.kill());
  const exited = new Promise((resolve) => server.on('exit', resolve));
  const connection = rpc.createProtocolConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  connection.listen();
  const said = new Promise((resolve) =>
    connection.onNotification(rpc.PublishDiagnosticsNotification.type, (p) => p.diagnostics.length > 0 && resolve(p)));
  await connection.sendRequest(rpc.InitializeRequest.type, {
    processId: process.pid, rootUri: pathToFileURL(dir).href, capabilities: {}, workspaceFolders: [{ uri: pathToFileURL(dir).href, name: 'x' }],
  });
  await connection.sendNotification(rpc.InitializedNotification.type, {});
  const uri = pathToFileURL(path.join(dir, 'products', 'b', 'logic.go')).href;
  await connection.sendNotification(rpc.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'go', version: 1, text: 'package b\n\nimport _ "example.com/mono/products/a/models"\n' },
  });
  const { diagnostics: [d] } = await said;
  assert.equal(d.code, 'private-import');
  assert.equal(d.source, 'boundaries');
  const actions = await connection.sendRequest(rpc.CodeActionRequest.type, { textDocument: { uri }, range: d.range, context: { diagnostics: [d] } });
  assert.ok(actions.some((a) => a.title.endsWith('"example.com/mono/products/a/facade" instead')), JSON.stringify(actions));
  await connection.sendRequest(rpc.ShutdownRequest.type);
  await connection.sendNotification(rpc.ExitNotification.type);
  assert.equal(await exited, 0);
  connection.dispose();
});

test('what the extension sends are Go files and the configuration', () => {
  assert.deepEqual(documents.map((d) => d.language ?? d.pattern), ['go', '**/boundaries.toml', '**/product.toml', '**/boundaries.baseline.toml']);
});

function tree(t) {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'boundaries-')));
  t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({
    'go.mod': 'module example.com/mono\n\ngo 1.24\n',
    'boundaries.toml': 'products = ["products/*"]\n',
    'products/a/models/m.go': 'package models\n',
    'products/a/facade/f.go': 'package facade\n',
    'products/b/logic.go': 'package b\n',
  })) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), content);
  }
  return dir;
}

function boundaries(t) {
  if (process.env.BOUNDARIES) {
    return process.env.BOUNDARIES;
  }
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'boundaries-'));
  t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  const program = path.join(dir, 'boundaries.exe');
  execFileSync('go', ['build', '-o', program, './cmd/boundaries'], { cwd: path.join(__dirname, '..', '..', '..'), stdio: 'inherit' });
  return program;
}
