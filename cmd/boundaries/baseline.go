package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// A baselineFlag is what check is told about the baseline.
type baselineFlag struct {
	use   string // "": the one beside the configuration, "true": that one and no run without it, "false": none, else a file
	write bool
	grow  bool
}

func (b *baselineFlag) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&b.use, "baseline", "", "use this `FILE` instead of "+config.BaselineFile+", =false for none")
	f.Lookup("baseline").NoOptDefVal = "true"
	f.BoolVar(&b.write, "write-baseline", false, "make the baseline what is found, if that does not grow it")
	f.BoolVar(&b.grow, "grow", false, "let --write-baseline add findings")
}

// apply sets the options of a run. After a space, the file stands among the
// patterns.
func (b *baselineFlag) apply(opt *check.Options) error {
	if b.use == "true" {
		if i := slices.IndexFunc(opt.Patterns, func(p string) bool { return strings.HasSuffix(p, ".toml") }); i >= 0 {
			b.use = opt.Patterns[i]
			opt.Patterns = slices.Delete(slices.Clone(opt.Patterns), i, i+1)
		}
	}
	switch {
	case b.grow && !b.write:
		return errors.New("--grow says nothing without --write-baseline")
	case b.use == "false" && b.write:
		return errors.New("--write-baseline needs a baseline; leave out --baseline=false")
	case b.use == "false":
		opt.NoBaseline = true
	case b.use == "true":
		opt.Baseline = filepath.Join(filepath.Dir(opt.Config), config.BaselineFile)
	default:
		opt.Baseline = b.use
	}
	opt.NewBaseline = b.write
	return nil
}

// rewrite makes the baseline what a run found, and prints how it changed. If
// that would grow it, or is not all there is, the run is answered as any.
func (b *baselineFlag) rewrite(cmd *cobra.Command, format, wd string, res *check.Result) error {
	l, idle := res.Ledger, 0
	if l.Exists && !b.grow {
		idle = l.LeaveIdle()
	}
	switch {
	case res.Incomplete:
		fmt.Fprintln(cmd.ErrOrStderr(), "boundaries: baseline not written, since the answer is incomplete")
		return answer(cmd, format, wd, res)
	case l.Exists && !b.grow && l.Growth() > 0:
		res.DropStale()
		if err := write(cmd.OutOrStdout(), format, wd, res); err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "boundaries: the baseline would grow by %s; mend what is new, or say --grow\n", count(l.Growth(), "finding"))
		return exit(findings)
	case !l.Exists && len(l.New) == 0:
		fmt.Fprintln(cmd.OutOrStdout(), "no findings, and so no baseline")
		return nil
	}
	if err := l.Write(); err != nil {
		return fmt.Errorf("baseline not written: %w", err)
	}
	res.Accept(idle > 0)
	totals := cmd.ErrOrStderr()
	if format == "text" || format == "short" {
		totals = cmd.OutOrStdout()
	}
	if totals != cmd.OutOrStdout() || idle > 0 {
		if err := write(cmd.OutOrStdout(), format, wd, res); err != nil {
			return err
		}
	}
	if err := writeTotals(totals, l); err != nil {
		return err
	}
	if idle > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "boundaries: %s about what nothing needs any more stayed out of the baseline; remove that, depends_on with boundaries sync\n", count(idle, "finding"))
	}
	return verdict(res)
}

// writeTotals prints how many findings are known and what has changed, in
// all, for each rule and for each module.
func writeTotals(w io.Writer, l check.Ledger) error {
	var b bytes.Buffer
	before, after := total(l.Old, all), total(l.New, all)
	fmt.Fprintf(&b, "baseline %s\n", change(after[""], before[""], l.Exists))
	for _, of := range []func(check.Owed) string{ofRule, ofModule} {
		before, after := total(l.Old, of), total(l.New, of)
		names := maps.Clone(after)
		maps.Copy(names, before)
		fmt.Fprintln(&b)
		for _, name := range slices.SortedFunc(maps.Keys(names), func(a, b string) int {
			return cmp.Or(cmp.Compare(after[b], after[a]), cmp.Compare(a, b))
		}) {
			fmt.Fprintf(&b, "  %-32s %s\n", name, change(after[name], before[name], l.Exists))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func all(check.Owed) string           { return "" }
func ofRule(owed check.Owed) string   { return owed.Rule }
func ofModule(owed check.Owed) string { return cmp.Or(owed.Module, "configuration") }

func total(owed []check.Owed, of func(check.Owed) string) map[string]int {
	sums := map[string]int{}
	for _, o := range owed {
		sums[of(o)] += o.Count
	}
	return sums
}

// change writes a count and by how much it changed, as in "61 (-3)".
func change(now, before int, known bool) string {
	if !known || now == before {
		return fmt.Sprint(now)
	}
	return fmt.Sprintf("%d (%+d)", now, now-before)
}
