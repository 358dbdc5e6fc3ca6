// Package check is the whole run: it reads the tree, asks the law about every
// import, and looks for what only the whole tree can show.
package check

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Options say what is checked, and by which rules.
type Options struct {
	Config   string   // the configuration file
	Dir      string   // the directory that patterns are relative to
	Patterns []string // of directories; none means ./...
	Rules    []string // only these rules; nil: all
	Skip     []string // not these rules
	Imports  bool     // only what the imports show: no types, no file bodies
	Tags     string   // build tags, as the go command takes them, for the rules that ask for types

	Tool     string             // the program that answers go vet; "" is this one
	Progress func(done, of int) // told of the packages that are type-checked

	// Fixes asks for fixes of imports, too, which take some looking around.
	Fixes bool

	// Overlay holds, by path below the root, the content of files as an
	// editor has it. It counts instead of what is on the disk.
	Overlay map[string][]byte

	// Baseline is a file to take for the one beside the configuration, and
	// NewBaseline lets it be missing. NoBaseline takes none.
	Baseline    string
	NewBaseline bool
	NoBaseline  bool
}

// A Result is what a run found.
type Result struct {
	Root     string // absolute directory that the findings' files are relative to
	Findings []report.Finding
	Known    []report.Finding // those that the baseline hides
	Ignored  []report.Finding // those that comments hide
	Summary  report.Summary
	Ledger   Ledger
	// Incomplete says that the question could not be answered in full:
	// the configuration is wrong, or something could not be read.
	Incomplete bool

	run *run // nil if the configuration stopped it
}

// Run checks a tree. Its error says why there is no answer at all; what could
// be answered only in part is a finding of rule incomplete.
func Run(ctx context.Context, opt Options) (*Result, error) {
	c, problems := load(opt)
	if len(problems) > 0 {
		return badConfig(c, problems), nil
	}
	tree, excluded, err := scan(ctx, c, opt)
	if err != nil {
		return nil, err
	}
	selected, whole, err := choose(c.Dir, opt.Dir, opt.Patterns, tree)
	if err != nil {
		return nil, err
	}
	r := &run{
		opt: opt, config: c, tree: tree, excluded: excluded, whole: whole,
		law:     lawOf(c, tree),
		ignores: map[string]*debt.Ignores{},
		left:    &sync.Map{},
	}
	r.incompletes(selected)
	r.judgeTree(selected)
	if !opt.Imports {
		r.typedRules(ctx, selected)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if whole {
		r.treeRules()
	}
	if opt.Fixes {
		r.offerSwaps()
	}
	return r.result(selected), nil
}

// lawOf makes the law of a configuration for a tree.
func lawOf(c *config.Config, tree *imports.Tree) *policy.Law {
	law := policy.New(c, tree.GoModules)
	law.HasDir = tree.HasDir
	return law
}

// scan reads the tree, and notes which exclude patterns found something.
func scan(ctx context.Context, c *config.Config, opt Options) (*imports.Tree, *excludes, error) {
	excluded := newExcludes(c.Exclude)
	tree, err := imports.Scan(ctx, c.Dir, imports.Options{Skip: excluded.skip, Whole: !opt.Imports, Overlay: opt.Overlay})
	return tree, excluded, err
}

// badConfig is the result of a run that the configuration stopped.
func badConfig(c *config.Config, problems []config.Problem) *Result {
	res := &Result{Root: c.Dir, Incomplete: true}
	for _, p := range problems {
		f := at(rule.BadConfig, p.Pos, p.Message)
		f.Severity = rule.Error
		res.Findings = append(res.Findings, f)
	}
	report.Sort(res.Findings)
	res.Summary.Errors = len(problems)
	return res
}

// at returns a finding at a place in the configuration.
func at(name string, pos config.Pos, message string) report.Finding {
	return report.Finding{
		Rule: name, File: pos.File, Line: pos.Line, Column: pos.Column, EndLine: pos.Line, EndColumn: pos.EndColumn,
		Message: message, Help: report.Help(message), URL: rule.URL(name),
	}
}

// A run is the state of one check.
type run struct {
	opt      Options
	config   *config.Config
	law      *policy.Law
	tree     *imports.Tree
	excluded *excludes
	whole    bool // the run is over the whole root

	packages []judged
	findings []report.Finding         // before ignoring and severities
	ignores  map[string]*debt.Ignores // by file, of the selected packages
	types    *types                   // nil until the rules that ask for types have run
	left     *sync.Map                // by directory, what is imported by packages that the scan has left out
}

// A judged is a package with its place, and the edges of its imports.
type judged struct {
	*imports.Package
	place policy.Place
	edges []edge
}

// An edge is one import, with the spec it comes from.
type edge struct {
	policy.Edge
	file *imports.File
	spec *imports.Import
}

// wants reports whether a rule is looked for in this run.
func (r *run) wants(name string) bool {
	if f, ok := rule.Find(name); ok && f.Fixed {
		return true
	}
	return r.config.Severity(name) != rule.Off &&
		(r.opt.Rules == nil || slices.Contains(r.opt.Rules, name)) && !slices.Contains(r.opt.Skip, name)
}

// incompletes reports what the scan could not read, where it was asked to.
func (r *run) incompletes(selected map[string]bool) {
	badModule := false
	for _, p := range r.tree.Problems {
		ofModule := filepath.Base(p.File) == "go.mod" || filepath.Base(p.File) == "go.work"
		badModule = badModule || ofModule
		if r.whole || ofModule || selected[dirOf(p.File)] {
			r.findings = append(r.findings, incomplete(p))
		}
	}
	without := slices.IndexFunc(r.tree.Packages, func(p *imports.Package) bool { return p.GoModule < 0 && selected[p.Dir] })
	if without < 0 || badModule {
		return
	}
	r.findings = append(r.findings, incomplete(imports.Problem{
		File:    r.tree.Packages[without].Files[0].Path,
		Message: "no go.mod governs this directory, so its import path is unknown; run go mod init",
	}))
}

func dirOf(file string) string { return filepath.ToSlash(filepath.Dir(file)) }

func incomplete(p imports.Problem) report.Finding {
	return report.Finding{
		Rule: rule.Incomplete, File: p.File, Line: max(p.Line, 1), Column: max(p.Column, 1),
		Message: p.Message, Help: report.Help(p.Message), URL: rule.URL(rule.Incomplete),
	}
}

// result applies ignore comments, the baseline and severities, and counts.
func (r *run) result(selected map[string]bool) *Result {
	res := &Result{Root: r.config.Dir, Findings: []report.Finding{}, run: r}
	found := r.unignored(res)
	for _, f := range r.absorb(found, selected, res) {
		f.Severity = r.config.Severity(f.Rule)
		switch {
		case f.Rule == rule.Incomplete:
			res.Incomplete = true
			fallthrough
		case f.Severity == rule.Error:
			res.Summary.Errors++
		default:
			res.Summary.Warnings++
		}
		res.Findings = append(res.Findings, f)
	}
	modules := map[*policy.Module]bool{}
	for _, p := range r.packages {
		if !selected[p.Dir] {
			continue
		}
		res.Summary.Packages++
		res.Summary.Files += len(p.Files)
		if p.place.Module != nil {
			modules[p.place.Module] = true
		}
	}
	res.Summary.Modules = len(modules)
	return res
}

// unignored returns what was looked for and no comment ignores, each finding
// once and in order.
func (r *run) unignored(res *Result) []report.Finding {
	found := slices.DeleteFunc(r.findings, func(f report.Finding) bool { return !r.wants(f.Rule) })
	report.Sort(found)
	found = slices.CompactFunc(found, func(a, b report.Finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Rule == b.Rule && a.Message == b.Message
	})
	return slices.DeleteFunc(found, func(f report.Finding) bool {
		ig := r.ignores[f.File]
		if ig == nil || f.Rule == rule.Incomplete || !ig.Match(f.Rule, f.Line) {
			return false
		}
		res.Ignored = append(res.Ignored, f)
		res.Summary.Ignored++
		return true
	})
}

// choose resolves the patterns of a run to package directories. whole says
// that they cover the root.
func choose(root, dir string, patterns []string, tree *imports.Tree) (selected map[string]bool, whole bool, err error) {
	if len(patterns) == 0 {
		if _, err := below(root, dir, "./..."); err != nil {
			dir = root // a configuration from elsewhere was named
		}
		patterns = []string{"./..."}
	}
	selected = map[string]bool{}
	for _, text := range patterns {
		p, err := below(root, dir, text)
		if err != nil {
			return nil, false, err
		}
		found := false
		for _, pkg := range tree.Packages {
			if p.Match(pkg.Dir) {
				found, selected[pkg.Dir] = true, true
			}
		}
		if !found {
			return nil, false, fmt.Errorf("pattern %s matches no package below %s", text, root)
		}
		whole = whole || p.String() == "..."
	}
	return selected, whole, nil
}
