// The extension in an editor and with a client that are made up: what is
// tested is that however its user and its workspace push it, one server runs.

const assert = require('node:assert');
const Module = require('node:module');
const test = require('node:test');

// begin loads the extension afresh. What it does is counted in the world that
// begin returns, where `fails` and `below` can be set.
function begin(t) {
  const world = { starts: 0, live: 0, most: 0, said: [], fails: false, below: [1] };
  const nap = () => new Promise((resolve) => setTimeout(resolve, 5));
  class LanguageClient {
    async start() {
      world.starts++;
      await nap();
      if (world.fails) {
        throw new Error('no such file');
      }
      this.running = true;
      world.most = Math.max(world.most, ++world.live);
    }
    async stop() {
      if (!this.running) {
        throw new Error('Client is not running');
      }
      this.running = false;
      await nap();
      world.live--;
    }
  }
  const disposable = { dispose() {} };
  const vscode = {
    commands: { registerCommand: (_, f) => ((world.restart = f), disposable) },
    window: { showErrorMessage: (m) => world.said.push(m) },
    workspace: {
      workspaceFolders: [],
      getConfiguration: () => ({ get: () => 'boundaries' }),
      findFiles: async () => (await nap(), world.below),
      onDidChangeWorkspaceFolders: (f) => ((world.foldersChange = f), disposable),
      onDidChangeConfiguration: (f) => ((world.settingsChange = f), disposable),
      createFileSystemWatcher: () => ({ ...disposable, onDidCreate: (f) => ((world.created = f), disposable) }),
    },
  };
  const load = Module._load;
  Module._load = (name, ...rest) =>
    name === 'vscode' ? vscode : name === 'vscode-languageclient/node' ? { LanguageClient } : load(name, ...rest);
  t.after(() => (Module._load = load));
  const file = require.resolve('../src/extension.js');
  delete require.cache[file];
  world.extension = require(file);
  world.activate = () => world.extension.activate({ subscriptions: [] });
  return world;
}

test('a workspace that changes while the server starts gets no second one', async (t) => {
  const w = begin(t);
  const starting = w.activate();
  await Promise.all([starting, w.foldersChange(), w.created()]);
  assert.deepEqual([w.starts, w.live], [1, 1]);
  await w.extension.deactivate();
  assert.equal(w.live, 0);
});

test('restarts at the same time, and while it starts, leave one server', async (t) => {
  const w = begin(t);
  await Promise.all([w.activate(), w.restart(), w.restart(), w.settingsChange({ affectsConfiguration: () => true })]);
  assert.deepEqual([w.live, w.most], [1, 1]);
  await w.extension.deactivate();
  assert.equal(w.live, 0);
});

test('ending while it starts leaves none', async (t) => {
  const w = begin(t);
  await Promise.all([w.activate(), w.extension.deactivate()]);
  assert.deepEqual([w.starts, w.live], [1, 0]);
});

test('a server that cannot be started is said to be so, and tried again', async (t) => {
  const w = begin(t);
  w.fails = true;
  await w.activate();
  assert.match(w.said.join(), /cannot run boundaries lsp: no such file/);
  w.fails = false;
  await w.restart();
  assert.deepEqual([w.said.length, w.live], [1, 1]);
  await w.extension.deactivate();
});

test('a boundaries.toml that is made later starts it', async (t) => {
  const w = begin(t);
  w.below = [];
  await w.activate();
  assert.equal(w.starts, 0);
  w.below = [1];
  await w.created();
  assert.equal(w.live, 1);
  await w.extension.deactivate();
});

test('what is asked to end before it has begun ends', async (t) => {
  await begin(t).extension.deactivate();
});
