package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/lsp"
)

// hungUp is what the protocol wants a server to exit with if nobody said
// shutdown.
const hungUp = 1

func lspCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor: diagnostics and quick fixes as code is typed",
		Long: `Lsp speaks the Language Server Protocol on standard input and output. It is
started by an editor, beside gopls or any other server for Go, and shows the
findings of check in Go files and in boundaries.toml before they are saved.
See docs/editors.md for how to set up your editor.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := lsp.Serve(cmd.Context(), os.Stdin, os.Stdout, version()); err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "boundaries lsp:", err)
				return exit(hungUp)
			}
			return nil
		},
	}
}
