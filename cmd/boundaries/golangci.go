package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/hosted"
)

func golangciCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "golangci",
		Short: "Run the suite inside of golangci-lint",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_ = cmd.Help()
			return exit(unanswered)
		},
	}
	cmd.AddCommand(golangciBuildCommand())
	return cmd
}

func golangciBuildCommand() *cobra.Command {
	var output, version string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build a golangci-lint with the suite inside",
		Long: `Build builds a golangci-lint that has one linter more, boundaries, and tests
that it works. It needs the module proxy and no git. Inside a checkout of
boundaries the suite is built from that, elsewhere from the version that is
running.

Enable the linter in .golangci.yml:

  version: "2"
  linters:
    enable: [boundaries]
    settings:
      custom:
        boundaries:
          type: module`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if output, err = filepath.Abs(output); err != nil {
				return err
			}
			if info, err := os.Stat(output); err == nil && info.IsDir() {
				return fmt.Errorf("%s is a directory; name a file to write the program to", output)
			}
			wd, err := os.Getwd()
			if err != nil {
				return err
			}
			suite, err := hosted.FindSource(wd)
			if err != nil {
				return err
			}
			return hosted.BuildGolangci(cmd.Context(), suite, version, output, cmd.ErrOrStderr())
		},
	}
	name := "golangci-lint"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd.Flags().StringVarP(&output, "output", "o", name, "write the program to this `FILE`")
	cmd.Flags().StringVar(&version, "golangci-version", hosted.GolangciVersion, "the golangci-lint to build")
	return cmd
}
