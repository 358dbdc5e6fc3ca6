package check

import (
	"cmp"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Need is a dependency that a module has and does not declare.
type Need struct {
	From *policy.Module
	To   string // the other module's path
}

// Needs returns the dependencies that undeclared-dependency finds missing, by
// the path of the modules, each once. What comments ignore is not among them.
func (m *Memory) Needs() []Need {
	r := m.run(true)
	r.opt.Imports = true
	everything := map[string]bool{}
	for _, pkg := range m.tree.Packages {
		everything[pkg.Dir] = true
	}
	r.judgeTree(everything)
	var needs []Need
	for _, f := range r.findings {
		if f.Rule != rule.UndeclaredDependency {
			continue
		}
		if ig := r.ignores[f.File]; ig != nil && ig.Match(f.Rule, f.Line) {
			continue
		}
		if from, ok := m.law.Module(f.Module); ok {
			needs = append(needs, Need{from, f.TargetModule})
		}
	}
	slices.SortFunc(needs, func(a, b Need) int { return cmp.Or(cmp.Compare(a.From.Path, b.From.Path), cmp.Compare(a.To, b.To)) })
	return slices.Compact(needs)
}

// Used returns the entries of depends_on that speak for an import, by their
// place, each with the modules whose import it is.
func (m *Memory) Used() map[config.Pos]map[*policy.Module]bool {
	r := m.run(true)
	r.judgeTree(nil)
	return r.used()
}

// used finds the entry that speaks for each import, tests included.
func (r *run) used() map[config.Pos]map[*policy.Module]bool {
	used := map[config.Pos]map[*policy.Module]bool{}
	seen := map[[2]*policy.Module]bool{}
	for _, p := range r.packages {
		for _, e := range p.edges {
			from, to := e.From.Module, e.To.Module
			pair := [2]*policy.Module{from, to}
			if from == nil || to == nil || from == to || seen[pair] {
				continue
			}
			seen[pair] = true
			d := from.Needs(to)
			if d == nil {
				continue
			}
			if used[d.Pos] == nil {
				used[d.Pos] = map[*policy.Module]bool{}
			}
			used[d.Pos][from] = true
		}
	}
	return used
}

// Modules returns the modules that own packages, by path.
func (m *Memory) Modules() []*policy.Module {
	var modules []*policy.Module
	known := map[*policy.Module]bool{}
	for _, pkg := range m.tree.Packages {
		module := m.law.LocateDir(pkg.Dir, pkg.ImportPath).Module
		if module != nil && !known[module] {
			known[module] = true
			modules = append(modules, module)
		}
	}
	slices.SortFunc(modules, func(a, b *policy.Module) int { return cmp.Compare(a.Path, b.Path) })
	return modules
}
