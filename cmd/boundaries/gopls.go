package main

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/hosted"
)

func goplsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "gopls",
		Short: "Build a gopls with the suite inside",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_ = cmd.Help()
			return exit(unanswered)
		},
	}
	cmd.AddCommand(goplsBuildCommand())
	return cmd
}

func goplsBuildCommand() *cobra.Command {
	output, version := "gopls", ""
	if runtime.GOOS == "windows" {
		output += ".exe"
	}
	cmd := &cobra.Command{
		Use:   "build [flags]",
		Short: "Build a gopls with the suite inside, and test it",
		Long: `Build builds a gopls that shows the findings of boundaries among its own, for
editors that run one server for Go. It is the gopls of the module proxy,
unchanged, with our analyzers in its list, and is put in its place only after
it has passed a test in a session of its own.

Without --gopls-version it builds the version of the gopls on PATH or, without
one, the newest that your Go can build. See docs/editors.md for how to tell
your editor of it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			wd, err := os.Getwd()
			if err != nil {
				return err
			}
			suite, err := hosted.FindSource(wd)
			if err != nil {
				return err
			}
			out, err := filepath.Abs(output)
			if err != nil {
				return err
			}
			return hosted.BuildGopls(cmd.Context(), suite, version, out, cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", output, "write the program to `FILE`")
	f.StringVar(&version, "gopls-version", "", "build this `VERSION` of gopls")
	return cmd
}
