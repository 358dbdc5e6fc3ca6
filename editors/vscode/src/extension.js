// The extension starts `boundaries lsp` and leaves the rest to it.

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { inTurn } = require('./turn');
const { documents, governed, serverOptions } = require('./server');

let client; // undefined unless it runs
let turn; // in which the server is started and stopped

async function activate(context) {
  turn = inTurn();
  context.subscriptions.push(
    vscode.commands.registerCommand('boundaries.restart', restart),
    vscode.workspace.onDidChangeWorkspaceFolders(startIfGoverned),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration('boundaries.path') && restart()),
    vscode.workspace.createFileSystemWatcher('**/boundaries.toml', false, true, true).onDidCreate(startIfGoverned),
  );
  await startIfGoverned();
}

const startIfGoverned = () => turn(start);

const restart = () => turn(async () => {
  await stop();
  await start();
});

const deactivate = () => turn?.(stop);

const folders = () => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

// start starts the server unless it runs, or no folder has a boundaries.toml
// in it, below it or above it.
async function start() {
  if (client) {
    return;
  }
  const below = await vscode.workspace.findFiles('**/boundaries.toml', '**/node_modules/**', 1);
  if (below.length === 0 && !folders().some(governed)) {
    return;
  }
  const setting = vscode.workspace.getConfiguration('boundaries').get('path');
  const options = serverOptions(setting, folders()[0]);
  const starting = new LanguageClient('boundaries', 'Boundaries', options, { documentSelector: documents });
  try {
    await starting.start();
    client = starting;
  } catch (err) {
    vscode.window.showErrorMessage(
      `Boundaries: cannot run ${options.command} lsp: ${err.message ?? err}. ` +
        'Install it by: go install github.com/boundaries-dev/boundaries/cmd/boundaries@latest, or set boundaries.path.',
    );
  }
}

async function stop() {
  const old = client;
  client = undefined;
  try {
    await old?.stop();
  } catch {
    // It has crashed, or does not answer: then the library has ended it.
  }
}

module.exports = { activate, deactivate };
