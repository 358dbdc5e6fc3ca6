package lsp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// An answer is what the analyzers say of one file.
type answer struct {
	findings []typedFinding
	ran      map[string]bool // the analyzers that could look at it
}

type typedFinding struct {
	report.Finding
	analyzer string
	span     span
}

func notesOf(t *text, a answer) []note {
	var list []note
	for _, f := range a.findings {
		if f.span.end <= len(t.src) {
			list = append(list, note{f.Finding, f.span, f.analyzer})
		}
	}
	return list
}

// analyse runs the analyzers that need types on the packages in some
// directories, with open files as they are in the editor. It returns answers
// by file, relative to the root, even with an error.
func analyse(ctx context.Context, m *check.Memory, dirs []string, open map[string]*text) (map[string]answer, error) {
	suite := typedSuite(ctx, m, open)
	if len(suite) == 0 || len(dirs) == 0 {
		return nil, nil
	}
	var problems []error
	found := map[string]answer{}
	for mod, dirs := range byGoModule(m, dirs) {
		pkgs, err := load(ctx, m, mod, dirs, open)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		graph, err := checker.Analyze(suite, pkgs, nil)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		collect(found, m, graph)
	}
	return found, errors.Join(problems...)
}

// typedSuite returns the analyzers whose findings the imports do not show,
// under the law of m, each of them bound to stop with ctx, to read what is in
// the editor, and to survive its own panics.
func typedSuite(ctx context.Context, m *check.Memory, open map[string]*text) []*analysis.Analyzer {
	typed := slices.DeleteFunc(slices.Clone(analyzers.Suite), func(a *analysis.Analyzer) bool { return a == importboundary.Analyzer })
	bind := func(a *analysis.Analyzer) {
		run := a.Run
		a.Run = func(pass *analysis.Pass) (result any, err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("%s: panic: %v", a.Name, p)
				}
			}()
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			inner := *pass
			inner.ReadFile = func(name string) ([]byte, error) {
				if t := open[below(m.Law().Config.Dir, name)]; t != nil {
					return []byte(t.src), nil
				}
				return pass.ReadFile(name)
			}
			return run(&inner)
		}
	}
	law := survey.Fixed(m.Law())
	bind(law)
	suite := survey.Substitute(typed, law)
	for _, a := range suite {
		bind(a)
	}
	return suite
}

// byGoModule groups directories by the directory of the Go module they
// belong to: the go command answers for one at a time.
func byGoModule(m *check.Memory, dirs []string) map[string][]string {
	mods := map[string]bool{}
	for _, mod := range m.Tree().GoModules {
		mods[mod.Dir] = true
	}
	groups := map[string][]string{}
	for _, dir := range dirs {
		mod := dir
		for mod != "." && !mods[mod] {
			mod = path.Dir(mod)
		}
		groups[mod] = append(groups[mod], dir)
	}
	return groups
}

// load type-checks the packages in some directories of a Go module, and their
// tests.
func load(ctx context.Context, m *check.Memory, mod string, dirs []string, open map[string]*text) ([]*packages.Package, error) {
	root := m.Law().Config.Dir
	full := func(rel string) string { return filepath.Join(root, filepath.FromSlash(rel)) }
	overlay := map[string][]byte{}
	for rel, t := range open {
		if disk, err := os.ReadFile(full(rel)); err != nil || !bytes.Equal(disk, []byte(t.src)) {
			overlay[full(rel)] = []byte(t.src)
		}
	}
	var patterns []string
	for _, dir := range dirs {
		patterns = append(patterns, "./"+below(full(mod), full(dir)))
	}
	return packages.Load(&packages.Config{
		Context: ctx,
		Dir:     full(mod),
		Mode:    packages.LoadSyntax | packages.NeedModule,
		Overlay: overlay,
		Tests:   true,
	}, patterns...)
}

// below returns a file relative to a directory, with slashes.
func below(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// collect sorts what the analyzers said by file.
func collect(found map[string]answer, m *check.Memory, graph *checker.Graph) {
	for _, act := range graph.Roots {
		if act.Err != nil {
			continue
		}
		for _, file := range act.Package.CompiledGoFiles {
			rel := below(m.Law().Config.Dir, file)
			a := found[rel]
			if a.ran == nil {
				a.ran = map[string]bool{}
			}
			a.ran[act.Analyzer.Name] = true
			found[rel] = a
		}
		for _, d := range act.Diagnostics {
			f := convert(m, act, d)
			a := found[f.File]
			a.findings = append(a.findings, f)
			found[f.File] = a
		}
	}
	for rel, a := range found {
		a.findings = unique(a.findings)
		found[rel] = a
	}
}

// unique drops what was found twice, in a package and in its test variant.
func unique(list []typedFinding) []typedFinding {
	type key struct {
		span
		rule, message string
	}
	seen := map[key]bool{}
	return slices.DeleteFunc(list, func(f typedFinding) bool {
		k := key{f.span, f.Rule, f.Message}
		again := seen[k]
		seen[k] = true
		return again
	})
}

// convert makes a finding of a diagnostic.
func convert(m *check.Memory, act *checker.Action, d analysis.Diagnostic) typedFinding {
	fset, c := act.Package.Fset, m.Law().Config
	if !d.End.IsValid() {
		d.End = d.Pos
	}
	start, end := fset.PositionFor(d.Pos, false), fset.PositionFor(d.End, false)
	f := typedFinding{analyzer: act.Analyzer.Name, span: span{start.Offset, end.Offset}}
	f.Finding = report.Finding{
		Rule: d.Category, Severity: c.Severity(d.Category), URL: rule.URL(d.Category),
		File: below(c.Dir, start.Filename), Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column,
		Message: d.Message, Help: report.Help(d.Message),
	}
	for _, r := range d.Related {
		at := fset.PositionFor(r.Pos, false)
		f.Related = append(f.Related, report.Related{File: below(c.Dir, at.Filename), Line: at.Line, Column: at.Column, Message: r.Message})
	}
	for _, s := range d.SuggestedFixes {
		fix := report.Fix{Message: s.Message}
		for _, e := range s.TextEdits {
			from, to := fset.PositionFor(e.Pos, false), fset.PositionFor(e.End, false)
			if !e.End.IsValid() {
				to = from
			}
			fix.Edits = append(fix.Edits, report.Edit{File: below(c.Dir, from.Filename), Start: from.Offset, End: to.Offset, NewText: string(e.NewText)})
		}
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}
