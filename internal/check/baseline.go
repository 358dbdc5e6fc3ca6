package check

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Ledger is the baseline before and after a run.
type Ledger struct {
	File   string // absolute
	Exists bool
	Old    []Owed
	New    []Owed // what the run found, and what it did not look for
}

// An Owed is an entry of the baseline, with the module that owes it.
type Owed struct {
	config.Known
	Module string
}

// Growth is the number of findings that the new baseline has and the old one
// has not. Of loops only the number counts: where one is cut, the next longer
// one comes to light.
func (l Ledger) Growth() int {
	old := map[debt.Key]int{}
	grown, loops := 0, 0
	for _, owed := range l.Old {
		old[debt.KeyOf(owed.Known)] = owed.Count
		if owed.Rule == rule.ModuleCycle {
			loops--
		}
	}
	for _, owed := range l.New {
		if owed.Rule == rule.ModuleCycle {
			loops++
			continue
		}
		grown += max(0, owed.Count-old[debt.KeyOf(owed.Known)])
	}
	return grown + max(0, loops)
}

// LeaveIdle keeps out of the new baseline what has come to be idle since the
// old one: where a debt is paid, what it needed is needed no more, and that is
// removed and not owed. It returns for how many findings that holds.
func (l *Ledger) LeaveIdle() int {
	old := map[debt.Key]int{}
	for _, owed := range l.Old {
		old[debt.KeyOf(owed.Known)] = owed.Count
	}
	left := 0
	kept := l.New[:0]
	for _, owed := range l.New {
		if was := old[debt.KeyOf(owed.Known)]; isIdle(owed.Rule) && owed.Count > was {
			left += owed.Count - was
			owed.Count = was
		}
		if owed.Count > 0 {
			kept = append(kept, owed)
		}
	}
	l.New = kept
	return left
}

// isIdle reports whether a rule is about what can simply go.
func isIdle(name string) bool {
	return name == rule.UnusedDependency || name == rule.DeadConfig || name == rule.UnusedIgnore
}

// Write makes the new baseline the one on disk, unless it is that already.
func (l Ledger) Write() error {
	var known []config.Known
	for _, owed := range l.New {
		known = append(known, owed.Known)
	}
	content := config.FormatBaseline(known)
	if old, err := os.ReadFile(l.File); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return atomicfile.Write(l.File, content)
}

// load reads the configuration, with the baseline that is wanted.
func load(opt Options) (*config.Config, []config.Problem) {
	if opt.Baseline == "" && !opt.NoBaseline && !opt.NewBaseline {
		return config.Load(opt.Config, opt.Overlay)
	}
	overlay := map[string][]byte{}
	maps.Copy(overlay, opt.Overlay)
	overlay[config.BaselineFile] = config.FormatBaseline(nil)
	c, problems := config.Load(opt.Config, overlay)
	c.Baseline = nil
	if opt.NoBaseline {
		return c, problems
	}
	name, file, parse := baselineName(c, opt), opt.Baseline, config.ParseBaseline
	if file == "" {
		file = filepath.Join(c.Dir, config.BaselineFile)
	}
	if opt.NewBaseline {
		parse = config.MergeBaseline
	}
	src, err := os.ReadFile(file)
	switch {
	case opt.NewBaseline && errors.Is(err, fs.ErrNotExist):
		return c, problems
	case err != nil:
		at := config.Pos{File: name, Line: 1, Column: 1, EndColumn: 1}
		return c, append(problems, config.Problem{Pos: at, Message: "cannot be read: " + reason(err)})
	}
	known, bad := parse(name, src)
	c.Baseline = known
	return c, append(problems, bad...)
}

// reason drops what the place of a complaint says already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// baselineName is the path of the baseline relative to the root.
func baselineName(c *config.Config, opt Options) string {
	if opt.Baseline == "" {
		return config.BaselineFile
	}
	abs, err := filepath.Abs(opt.Baseline)
	if err != nil {
		return filepath.ToSlash(opt.Baseline)
	}
	rel, err := filepath.Rel(realPath(c.Dir), realPrefix(abs))
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// absorb takes what the baseline knows out of a run's findings, adds what it
// knows and is gone, and draws up the ledger.
func (r *run) absorb(found []report.Finding, selected map[string]bool, res *Result) []report.Finding {
	name := baselineName(r.config, r.opt)
	res.Ledger = Ledger{File: filepath.Join(r.config.Dir, filepath.FromSlash(name)), Exists: r.config.Baseline != nil}
	incomplete := slices.ContainsFunc(found, func(f report.Finding) bool { return f.Rule == rule.Incomplete })

	baseline, met, id := debt.NewBaseline(r.config.Baseline, ""), map[debt.Key]Owed{}, r.newIdentifier()
	var open []report.Finding
	for _, f := range found {
		key := id.key(&f)
		if f.Rule != rule.Incomplete {
			owed := met[key]
			met[key] = Owed{config.Known{Package: key.Package, Rule: key.Rule, Subject: key.Subject, Count: owed.Count + 1}, f.Module}
		}
		if baseline.Knows(key) {
			res.Known = append(res.Known, f)
			res.Summary.Baselined++
			continue
		}
		open = append(open, f)
	}
	for _, k := range r.config.Baseline {
		owed := Owed{k, r.ownerOf(k)}
		res.Ledger.Old = append(res.Ledger.Old, owed)
		left := baseline.Left(debt.KeyOf(k))
		switch {
		case incomplete || !r.looked(k, selected):
			met[debt.KeyOf(k)] = owed
		case left > 0 && r.whole && r.wants(rule.StaleBaseline):
			open = append(open, stale(k, owed.Module, left))
		}
	}
	for _, owed := range met {
		res.Ledger.New = append(res.Ledger.New, owed)
	}
	slices.SortFunc(res.Ledger.New, func(a, b Owed) int { return a.Compare(b.Known) })
	report.Sort(open)
	report.Sort(res.Known)
	return open
}

// DropStale leaves the findings that are no entries of the baseline.
func (res *Result) DropStale() {
	res.drop(func(f report.Finding) bool { return f.Rule == rule.StaleBaseline })
}

// drop leaves the findings of which something does not hold.
func (res *Result) drop(is func(report.Finding) bool) {
	res.Findings = slices.DeleteFunc(res.Findings, func(f report.Finding) bool {
		if !is(f) {
			return false
		}
		if f.Severity == rule.Error {
			res.Summary.Errors--
		} else {
			res.Summary.Warnings--
		}
		return true
	})
}

// Accept makes the result what it would be under the new baseline. idle says
// that [Ledger.LeaveIdle] left out what is idle.
func (res *Result) Accept(idle bool) {
	res.DropStale()
	res.drop(func(f report.Finding) bool {
		open := idle && isIdle(f.Rule)
		if !open {
			res.Known = append(res.Known, f)
		}
		return !open
	})
	report.Sort(res.Known)
	res.Summary.Baselined = len(res.Known)
}

// stale is the finding that an entry of the baseline is, or is in part, gone.
func stale(k config.Known, module string, left int) report.Finding {
	what := k.Rule
	if k.Subject != "" {
		what += " about " + k.Subject
	}
	gone := "is gone"
	if k.Count > left {
		gone = fmt.Sprintf("is gone in %d of %d places", left, k.Count)
	}
	f := at(rule.StaleBaseline, k.Pos, fmt.Sprintf("%s in %s %s; run boundaries check --write-baseline", what, k.Package, gone))
	f.Package, f.Module, f.Subject = k.Package, module, k.Rule+" "+k.Subject
	return f
}
