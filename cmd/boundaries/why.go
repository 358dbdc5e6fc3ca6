package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/graph"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func whyCommand() *cobra.Command {
	var configFlag string
	cmd := &cobra.Command{
		Use:   "why A B",
		Short: "Show how A comes to depend on B, and what the rules say",
		Long: `Why shows the shortest chain of imports by which A comes to depend on B, and
for each import of it what the rules say.

A and B are modules, by their path or the name of a product, packages, by their
directory or import path, or directories of packages. B may also lie outside
the tree: "gorm.io/gorm". Only if nothing else leads there, the tests of A
count.

Exit status: 0 if no import of the chain breaks a rule, or there is no chain,
1 if one does, 2 if A or B is nothing we know.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runWhy(cmd, configFlag, args[0], args[1])
		},
	}
	cmd.Flags().StringVar(&configFlag, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	return cmd
}

func runWhy(cmd *cobra.Command, configFlag, a, b string) error {
	res, wd, err := look(cmd, check.Options{Config: configFlag, Imports: true})
	if err != nil || res.Law() == nil {
		return orAnswer(err, cmd, wd, res)
	}
	from, err := graph.Find(res, wd, a)
	if err != nil {
		return err
	}
	to, err := graph.Find(res, wd, b)
	if err != nil {
		return err
	}
	if from.Name == to.Name {
		return fmt.Errorf("%s and %s are the same", a, b)
	}
	imports := slices.Collect(res.Imports())
	chain := graph.Chain(imports, from.Has, to.Has, false)
	if chain == nil {
		chain = graph.Chain(imports, from.Has, to.Has, true)
	}
	if chain == nil {
		fmt.Fprintf(cmd.OutOrStdout(), "%s does not depend on %s\n", from.Name, to.Name)
		return whole(res)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s %s\n", from.Name, summary(chain, imports, from, to))
	wrong, err := writeChain(cmd.OutOrStdout(), report.Text{Root: res.Root, Dir: wd}, res, chain)
	if err == nil && wrong && !res.Incomplete {
		return exit(findings)
	}
	return cmp.Or(err, whole(res))
}

// summary says how long the chain is, and of how many a direct import is the
// first.
func summary(chain, imports []check.Import, from, to graph.Spot) string {
	if len(chain) > 1 {
		return fmt.Sprintf("depends on %s by a chain of %d imports:", to.Name, len(chain))
	}
	direct := 0
	for _, i := range imports {
		if from.Has(i.From) && to.Has(i.To) && i.Test == chain[0].Test {
			direct++
		}
	}
	where := "directly, in one place:"
	if direct > 1 {
		where = fmt.Sprintf("directly, in %d places; the first:", direct)
	}
	if chain[0].Test {
		where = "in tests alone, " + where
	}
	return fmt.Sprintf("imports %s %s", to.Name, where)
}

// writeChain prints a chain, and reports whether an import of it is wrong.
func writeChain(w io.Writer, text report.Text, res *check.Result, chain []check.Import) (wrong bool, err error) {
	verdicts := graph.Verdicts(res)
	law := res.Law()
	var b bytes.Buffer
	for i, step := range chain {
		if i == 0 || step.From.Dir != chain[i-1].From.Dir {
			fmt.Fprintf(&b, "\n%s\n", label(step.From.Dir, step.From.InTree, step.From.Path))
		}
		fmt.Fprintf(&b, "  imports %s at %s:%d:%d\n", label(step.To.Dir, step.To.InTree, step.To.Path), text.Path(step.File), step.At.Line, step.At.Column)
		found := verdicts.At(step)
		for _, v := range found {
			fmt.Fprintf(&b, "    %s: %s (%s)\n", v.Status, report.Line(v.Message), v.Rule)
			wrong = wrong || v.Status == string(rule.Error)
		}
		if len(found) == 0 {
			fmt.Fprintf(&b, "    allowed: %s\n", law.Reason(step.Edge))
		}
	}
	_, err = w.Write(b.Bytes())
	return wrong, err
}

// label names a package for people: by its directory, or if it lies elsewhere
// by its import path.
func label(dir string, inTree bool, importPath string) string {
	if !inTree || dir == "." {
		return importPath
	}
	return dir
}
