// The extension starts `boundaries lsp` and leaves the rest to it.

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { documents, governed, serverOptions } = require('./server');

let client;

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('boundaries.restart', restart),
    vscode.workspace.onDidChangeWorkspaceFolders(startIfGoverned),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration('boundaries.path') && restart()),
    vscode.workspace.createFileSystemWatcher('**/boundaries.toml', false, true, true).onDidCreate(startIfGoverned),
  );
  await startIfGoverned();
}

const folders = () => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

// startIfGoverned starts the server unless no folder has a boundaries.toml in
// it, below it or above it.
async function startIfGoverned() {
  if (client) {
    return;
  }
  const below = await vscode.workspace.findFiles('**/boundaries.toml', '**/node_modules/**', 1);
  if (below.length > 0 || folders().some(governed)) {
    await start();
  }
}

async function start() {
  const setting = vscode.workspace.getConfiguration('boundaries').get('path');
  const options = serverOptions(setting, folders()[0]);
  client = new LanguageClient('boundaries', 'Boundaries', options, { documentSelector: documents });
  try {
    await client.start();
  } catch (err) {
    client = undefined;
    vscode.window.showErrorMessage(
      `Boundaries: cannot run ${options.command} lsp: ${err.message ?? err}. ` +
        'Install it by: go install github.com/boundaries-dev/boundaries/cmd/boundaries@latest, or set boundaries.path.',
    );
  }
}

async function restart() {
  await deactivate();
  await startIfGoverned();
}

async function deactivate() {
  const old = client;
  client = undefined;
  await old?.stop();
}

module.exports = { activate, deactivate };
