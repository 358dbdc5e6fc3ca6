package survey

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Site is where a package stands, and the law it stands under.
type Site struct {
	Law   *policy.Law
	Place policy.Place

	problems   []string // of the configuration; then there is no law
	unfiltered bool     // ignore comments and the baseline hide nothing

	path     string         // import path, with the _test of an external test package
	baseline *debt.Baseline // what is known of the package

	mu      sync.Mutex
	ignores map[string]*debt.Ignores // by file name
	targets map[target]string
	glances map[Glance]bool
	modules *imports.Modules
}

// A Glance is a look at the header of a file of another package, which no
// driver has in its keys unless it knows all sources of all dependencies.
type Glance struct{ Package, File string }

// A target is a finding that has told what it is about.
type target struct {
	pos           token.Pos
	rule, message string
}

// Of returns the site of the package under analysis, or nil if there is
// nothing to say about it: no law governs it, or the law itself is broken,
// which Of has then reported.
func Of(pass *analysis.Pass) *Site {
	for _, result := range pass.ResultOf {
		s, ok := result.(*Site)
		switch {
		case !ok:
			continue
		case s == nil:
			return nil
		case s.problems == nil:
			return s
		}
		clause := Clause(append(Files(pass), pass.Files...)[0])
		for _, p := range s.problems {
			pass.Report(analysis.Diagnostic{Pos: clause.Pos(), End: clause.End(), Category: rule.BadConfig, URL: rule.URL(rule.BadConfig), Message: p})
		}
		return nil
	}
	return nil
}

// Config is the configuration the site's law was made of.
func (s *Site) Config() *config.Config { return s.Law.Config }

// Judges reports whether findings of a rule are wanted here at all, so that
// an analyzer can save itself the work.
func (s *Site) Judges(name string) bool {
	return s.Config().Severity(name) != rule.Off && (s.Place.Module == nil || !s.Place.Module.Unchecked)
}

// Clause is the range of a file's package clause.
func Clause(f *ast.File) analysis.Range { return span{f.Package, f.Name.End()} }

type span struct{ pos, end token.Pos }

func (s span) Pos() token.Pos { return s.pos }
func (s span) End() token.Pos { return s.end }

// Report reports a finding about what is declared at its position, unless its
// rule is off, a comment ignores it, or the baseline knows it. Of findings in
// one declaration the earlier ones come first.
func (s *Site) Report(pass *analysis.Pass, d analysis.Diagnostic) {
	s.report(pass, d, func() string { return declared(pass, d.Pos) })
}

// ReportAbout reports as Report does, a finding about a type that is declared
// elsewhere, or nil. [Site.Target] tells it to drivers that want to know.
func (s *Site) ReportAbout(pass *analysis.Pass, d analysis.Diagnostic, about *types.TypeName) {
	if about != nil && about.Pkg() != nil {
		s.mu.Lock()
		if s.targets == nil {
			s.targets = map[target]string{}
		}
		s.targets[target{d.Pos, d.Category, d.Message}] = about.Pkg().Path() + "." + about.Name()
		s.mu.Unlock()
	}
	s.Report(pass, d)
}

// Target returns what a finding is about, as "import/path.Type", or "".
func (s *Site) Target(d analysis.Diagnostic) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.targets[target{d.Pos, d.Category, d.Message}]
}

// Glance notes a [Glance] at the package under analysis or another.
func (s *Site) Glance(pkg *types.Package, file string) {
	if pkg.Path() == s.path {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.glances == nil {
		s.glances = map[Glance]bool{}
	}
	s.glances[Glance{pkg.Path(), file}] = true
}

// Glances returns what was noted, in no order.
func (s *Site) Glances() []Glance {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.glances))
}

// report is Report for a finding about a given subject.
func (s *Site) report(pass *analysis.Pass, d analysis.Diagnostic, subject func() string) {
	switch at := pass.Fset.PositionFor(d.Pos, false); {
	case s.Config().Severity(d.Category) == rule.Off:
		return
	case s.unfiltered:
	case s.ignoresOf(pass, at.Filename).Match(d.Category, at.Line):
		return
	case !s.baseline.Empty() && s.baseline.Knows(debt.Key{Package: s.path, Rule: d.Category, Subject: subject()}):
		return
	}
	d.URL = rule.URL(d.Category)
	pass.Report(d)
}

// declared names the declaration around a position.
func declared(pass *analysis.Pass, pos token.Pos) string {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return debt.Declared(f, pos)
		}
	}
	return ""
}

// ReportVerdict reports what the law says about a range.
func (s *Site) ReportVerdict(pass *analysis.Pass, rng analysis.Range, v policy.Verdict) {
	d := analysis.Diagnostic{Pos: rng.Pos(), End: rng.End(), Category: v.Rule, Message: v.Message}
	s.report(pass, d, func() string { return v.Subject })
}

// ignoresOf returns the ignore comments of a file of the package.
func (s *Site) ignoresOf(pass *analysis.Pass, filename string) *debt.Ignores {
	s.mu.Lock()
	defer s.mu.Unlock()
	ig, ok := s.ignores[filename]
	if !ok {
		ig = readIgnores(pass, filename)
		if s.ignores == nil {
			s.ignores = map[string]*debt.Ignores{}
		}
		s.ignores[filename] = ig
	}
	return ig
}

func readIgnores(pass *analysis.Pass, filename string) *debt.Ignores {
	if !mentionsUs(pass, filename) {
		return &debt.Ignores{}
	}
	src, err := readFile(pass, filename)
	if err != nil {
		return &debt.Ignores{}
	}
	f, _ := imports.ScanFile(filename, src, true)
	return debt.Parse(f.Comments, f.Imports)
}

// mentionsUs saves reading the many files without a comment to us again.
func mentionsUs(pass *analysis.Pass, filename string) bool {
	for _, f := range pass.Files {
		if pass.Fset.PositionFor(f.Package, false).Filename != filename {
			continue
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(strings.TrimLeft(c.Text, "/ "), "boundaries:") {
					return true
				}
			}
		}
	}
	return false
}

// readFile reads a file of the package; some drivers offer no ReadFile.
func readFile(pass *analysis.Pass, filename string) ([]byte, error) {
	if pass.ReadFile != nil {
		if src, err := pass.ReadFile(filename); err == nil {
			return src, nil
		}
	}
	return os.ReadFile(filename)
}
