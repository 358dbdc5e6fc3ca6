//go:build !unix

package lsp

// runs reports whether there is a process of that id: that is for all we know.
func runs(int) bool { return true }
