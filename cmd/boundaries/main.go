// Command boundaries keeps the products of a Go monorepo apart.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:])) }

// The exit codes.
const (
	clean      = 0
	findings   = 1 // of severity error
	unanswered = 2 // the question could not be answered
)

// An exit is an error that is only an exit code: everything is said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func run(args []string) int {
	if code, asked := vetTool(args); asked {
		return code
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code exit
	switch {
	case err == nil:
		return clean
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	fmt.Fprintln(os.Stderr, "boundaries:", err)
	return unanswered
}

// command is the tree of verbs.
func command() *cobra.Command {
	var dir string
	root := &cobra.Command{
		Use:           "boundaries",
		Short:         "Keep the products of a Go monorepo apart",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			cmd.SetOut(cmd.ErrOrStderr())
			_ = cmd.Help()
			return exit(unanswered)
		},
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return nil
			}
			return os.Chdir(dir)
		},
	}
	root.PersistentFlags().StringVarP(&dir, "chdir", "C", "", "change to `DIR` before anything else")
	root.AddCommand(checkCommand(), explainCommand(), whyCommand(), graphCommand(), reportCommand(), versionCommand())
	root.AddCommand(initCommand(), syncCommand(), productCommand())
	root.AddCommand(lspCommand(), goplsCommand(), golangciCommand())
	return root
}
