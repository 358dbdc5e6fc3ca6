package main

import (
	"fmt"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A fixFlag is what check is to do about what it finds.
type fixFlag struct{ fix, diff bool }

func (f *fixFlag) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.fix, "fix", false, "mend what can be mended safely, and report what is left")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "show what --fix would change, and change nothing")
}

func (f *fixFlag) asked() bool { return f.fix || f.diff }

// mend applies the fixes of a run's findings, or shows them.
func (f *fixFlag) mend(cmd *cobra.Command, opt check.Options, format, wd string) error {
	opt.Fixes = true
	res, err := runWithProgress(cmd, opt)
	if err != nil {
		return err
	}
	changed, err := res.Fix(cmd.Context())
	if err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	if f.diff {
		return showDiff(cmd, wd, res, changed)
	}
	for i, c := range changed {
		changed[i].Name = filepath.Join(res.Root, filepath.FromSlash(c.Name))
	}
	if err := atomicfile.Apply(changed...); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	if len(changed) > 0 {
		opt.Fixes = false
		before := len(res.Findings)
		if res, err = runWithProgress(cmd, opt); err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "mended %s in %s\n", count(before-len(res.Findings), "finding"), count(len(changed), "file"))
	}
	return answer(cmd, format, wd, res)
}

// showDiff prints what would change.
func showDiff(cmd *cobra.Command, wd string, res *check.Result, changed []atomicfile.Change) error {
	text := report.Text{Root: res.Root, Dir: wd}
	for _, c := range changed {
		shown := filepath.ToSlash(text.Path(c.Name))
		if _, err := cmd.OutOrStdout().Write(diff.Diff(shown, c.Old, shown, c.New)); err != nil {
			return err
		}
	}
	return verdict(res)
}
