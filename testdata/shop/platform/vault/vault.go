// Package vault reads secrets. Few may: see visibility in boundaries.toml.
package vault

import (
	"fmt"
	"io/fs"
	"strings"
)

// Vault is a directory of secrets, a file each.
type Vault struct {
	dir fs.FS
}

// New returns the vault in dir.
func New(dir fs.FS) *Vault { return &Vault{dir} }

// Secret returns the secret of that name.
func (v *Vault) Secret(name string) (string, error) {
	data, err := fs.ReadFile(v.dir, name)
	if err != nil {
		return "", fmt.Errorf("vault: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}
