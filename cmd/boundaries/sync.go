package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/declare"
	"github.com/boundaries-dev/boundaries/internal/report"
)

func syncCommand() *cobra.Command {
	var (
		opt   declare.Options
		file  string
		check bool
	)
	cmd := &cobra.Command{
		Use:   "sync [flags]",
		Short: "Make depends_on say what the imports say",
		Long: `Sync adds to depends_on what a module imports without declaring it, and
removes what no import needs, in boundaries.toml and the product.toml files.
Comments, order and layout stay as they are. A module without depends_on may
depend on anything; it stays without, unless --declare is given.

Where several modules share an entry, only what all of them need is added to
it. A module that needs more gets an entry of its own.

Exit status: 0 if depends_on is true, 1 if --check finds that it is not, 2 if
the question could not be answered.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSync(cmd, file, opt, check)
		},
	}
	f := cmd.Flags()
	f.StringVar(&file, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.BoolVar(&check, "check", false, "only say what would change; exit 1 if something would")
	f.BoolVar(&opt.Keep, "add", false, "only add, remove nothing")
	f.BoolVar(&opt.Declare, "declare", false, "also write depends_on for modules that have none")
	return cmd
}

func runSync(cmd *cobra.Command, file string, opt declare.Options, check bool) error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	if file, err = configFile(file, wd); err != nil {
		return err
	}
	if !check {
		// Who comes second reads what the first has written.
		unlock, err := atomicfile.Lock(file)
		if err != nil {
			return err
		}
		defer unlock()
	}
	plan, err := declare.Make(cmd.Context(), file, opt)
	if problems, ok := errors.AsType[config.Invalid](err); ok {
		fmt.Fprintln(cmd.ErrOrStderr(), problems)
		return exit(unanswered)
	}
	if err != nil {
		return err
	}
	if !check {
		if err := atomicfile.Apply(plan.Files...); err != nil {
			return err
		}
	}
	return sayPlan(cmd, wd, plan, check)
}

// sayPlan prints what changed, or would.
func sayPlan(cmd *cobra.Command, wd string, plan *declare.Plan, check bool) error {
	added, removed := 0, 0
	for _, c := range plan.Changes {
		added, removed = added+len(c.Added), removed+len(c.Removed)
		sayChange(cmd.OutOrStdout(), report.Text{Root: plan.Root, Dir: wd}.Path(c.File), c)
	}
	if len(plan.Changes) == 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "depends_on is true; nothing to change")
		return nil
	}
	format := "%d added, %d removed\n"
	if check {
		format = "%d to add, %d to remove; run boundaries sync\n"
	}
	fmt.Fprintf(cmd.ErrOrStderr(), format, added, removed)
	if check {
		return exit(findings)
	}
	return nil
}

func sayChange(w io.Writer, file string, c declare.Change) {
	var words []string
	for _, name := range c.Added {
		words = append(words, "+"+name)
	}
	for _, name := range c.Removed {
		words = append(words, "-"+name)
	}
	if len(words) == 0 {
		words = append(words, "depends_on = []")
	}
	fmt.Fprintf(w, "%s: %s: %s\n", file, c.Module, strings.Join(words, " "))
}
