package main

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// look runs a check for a command that shows rather than judges.
func look(cmd *cobra.Command, opt check.Options) (res *check.Result, wd string, err error) {
	if wd, err = os.Getwd(); err != nil {
		return nil, "", err
	}
	if opt.Config, err = configFile(opt.Config, wd); err != nil {
		return nil, wd, err
	}
	if opt.Dir, err = filepath.Abs(filepath.Dir(opt.Config)); err != nil {
		return nil, wd, err
	}
	if res, err = runWithProgress(cmd, opt); err != nil || res.Law() == nil {
		return res, wd, err
	}
	missing := slices.DeleteFunc(slices.Clone(res.Findings), func(f report.Finding) bool { return f.Rule != rule.Incomplete })
	return res, wd, report.Text{Root: res.Root, Dir: wd}.Write(cmd.ErrOrStderr(), missing)
}

// whole is the exit code of a command that has shown what there is: whether
// that is all.
func whole(res *check.Result) error {
	if res.Incomplete {
		return exit(unanswered)
	}
	return nil
}

// orAnswer returns an error, or without one what a configuration says that
// stopped the run.
func orAnswer(err error, cmd *cobra.Command, wd string, res *check.Result) error {
	if err != nil {
		return err
	}
	text := report.Text{Root: res.Root, Dir: wd}
	if err := text.Write(cmd.ErrOrStderr(), res.Findings); err != nil {
		return err
	}
	return exit(unanswered)
}
