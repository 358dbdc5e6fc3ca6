// Package gclplugin is the suite as a module plugin of golangci-lint, where it
// is one linter called boundaries. Whoever builds a golangci-lint imports it
// for its side effect; boundaries golangci build does.
//
// golangci-lint remembers what a linter found by the names of its analyzers
// and its settings, and knows nothing of boundaries.toml. So the linter has
// one analyzer more, which does nothing and is named after a digest of the
// configuration.
package gclplugin

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/roots"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func init() { register.Plugin("boundaries", New) }

// settings are what .golangci.yml may say.
type settings struct {
	// Config is another configuration file than the nearest boundaries.toml:
	// relative to the directory where golangci-lint is started or, if it is
	// not there, to one above.
	Config string `json:"config"`

	// Imports looks at imports only, which needs no types and so is as fast
	// as a linter can be. Exposed symbols are not looked at, then.
	Imports bool `json:"imports"`
}

// New makes the linter. It refuses settings that it does not know.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](conf)
	if err != nil {
		return nil, fmt.Errorf("settings of the linter boundaries: %w", err)
	}
	return plugin{s}, nil
}

type plugin struct{ settings }

// GetLoadMode asks for types, if they are needed.
func (p plugin) GetLoadMode() string {
	if p.Imports {
		return register.LoadModeSyntax
	}
	return register.LoadModeTypesInfo
}

// BuildAnalyzers returns the suite, under the configuration as it is now.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	set, err := p.roots(wd)
	if err != nil {
		return nil, err
	}
	suite := analyzers.Suite
	if p.Imports {
		suite = []*analysis.Analyzer{importboundary.Analyzer}
	}
	list := []*analysis.Analyzer{digest(set)}
	for i, a := range survey.Substitute(suite, survey.Among(set)) {
		list = append(list, withRules(a, i == 0))
	}
	return list, nil
}

func (p plugin) roots(wd string) (*roots.Set, error) {
	if p.Config == "" {
		return roots.At(wd), nil
	}
	if filepath.IsAbs(p.Config) {
		return roots.Named(p.Config), nil
	}
	for dir := wd; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, p.Config)
		if _, err := os.Stat(file); err == nil {
			return roots.Named(file), nil
		}
		if filepath.Dir(dir) == dir {
			return nil, fmt.Errorf("settings of the linter boundaries: there is no %s in %s or above it", p.Config, wd)
		}
	}
}

// digest is the analyzer that stands for the configuration.
func digest(set *roots.Set) *analysis.Analyzer {
	h := sha256.New()
	set.WriteDigest(h)
	return &analysis.Analyzer{
		Name: fmt.Sprintf("boundariesconfig_%x", h.Sum(nil)[:16]),
		Doc:  "stand for the configuration in the key of golangci-lint's cache",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}

// withRules returns an analyzer whose messages end in the rule, as those of
// the vet tool do. Mistakes in the configuration are told by one analyzer.
func withRules(a *analysis.Analyzer, tellsMistakes bool) *analysis.Analyzer {
	named := *a
	named.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			if d.Category == rule.BadConfig && !tellsMistakes {
				return
			}
			d.Message += " (" + d.Category + ")"
			d.Related = nil // golangci-lint would make an issue of each
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &named
}
