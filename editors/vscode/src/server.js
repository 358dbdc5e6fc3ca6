// How the server is found and what it is told, without a word of VS Code, so
// that it can be tested without one.

const fs = require('node:fs');
const path = require('node:path');

const configFiles = ['boundaries.toml', 'product.toml', 'boundaries.baseline.toml'];

// governed reports whether a boundaries.toml lies in a directory or above it.
function governed(dir) {
  for (;;) {
    if (fs.existsSync(path.join(dir, 'boundaries.toml'))) {
      return true;
    }
    const parent = path.dirname(dir);
    if (parent === dir) {
      return false;
    }
    dir = parent;
  }
}

// command returns the program to run, given the setting boundaries.path.
function command(setting, folder) {
  const name = (setting || 'boundaries').replaceAll('${workspaceFolder}', folder ?? '');
  const isPath = name.includes('/') || name.includes('\\');
  return isPath && folder && !path.isAbsolute(name) ? path.join(folder, name) : name;
}

// serverOptions returns how to start the server.
function serverOptions(setting, folder) {
  return { command: command(setting, folder), args: ['lsp'], options: { cwd: folder } };
}

// documents are those that the server has something to say about.
const documents = [
  { scheme: 'file', language: 'go' },
  ...configFiles.map((name) => ({ scheme: 'file', pattern: `**/${name}` })),
];

module.exports = { command, documents, governed, serverOptions };
