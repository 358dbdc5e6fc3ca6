//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// runs reports whether there is a process of that id.
func runs(process int) bool { return !errors.Is(syscall.Kill(process, 0), syscall.ESRCH) }
