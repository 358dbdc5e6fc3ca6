package declare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// A round is one pass over the entries of a configuration.
type round struct {
	config  *config.Config
	editor  *config.Editor
	modules []*policy.Module
	needs   map[*policy.Module][]string
	used    map[config.Pos]map[*policy.Module]bool
	edited  bool

	declared map[*config.Module]bool // entries that got a depends_on in this round
}

func newRound(m *check.Memory, c *config.Config, editor *config.Editor) (*round, error) {
	r := &round{config: c, editor: editor, modules: m.Modules(), needs: map[*policy.Module][]string{}, used: m.Used(), declared: map[*config.Module]bool{}}
	for _, n := range m.Needs() {
		if _, err := pattern.Compile(n.To); err != nil {
			return nil, fmt.Errorf("%s depends on the directory %q, whose name as a pattern %w", n.From.Path, n.To, err)
		}
		r.needs[n.From] = append(r.needs[n.From], n.To)
	}
	return r, nil
}

// entries makes every depends_on say what is true.
func (r *round) entries(keep bool) error {
	governed := map[config.Pos][]*policy.Module{}
	for _, m := range r.modules {
		if at, ok := m.Keys["depends_on"]; ok {
			governed[at] = append(governed[at], m)
		}
	}
	for i := range r.config.Modules {
		e := &r.config.Modules[i]
		at, ok := e.Keys["depends_on"]
		if !ok || !r.editor.Has(at.File) {
			continue
		}
		add := r.additions(e, governed[at])
		var remove []config.Dependency
		for _, d := range e.DependsOn {
			if !keep && r.used[d.Pos] == nil {
				remove = append(remove, d)
			}
		}
		if len(add)+len(remove) == 0 {
			continue
		}
		r.edited = true
		if err := r.editor.Depend(e, add, remove); err != nil {
			return err
		}
	}
	return nil
}

// additions returns what an entry has to list in addition. The modules that it
// names are alike by its author's will, so what one of them needs is for all.
// To those that only match a pattern of it, what one of them needs would allow
// the others what they never asked for: the entry gets what all of them need,
// and a module that needs more gets an entry of its own.
func (r *round) additions(e *config.Module, modules []*policy.Module) []config.Dependency {
	var named, matching []*policy.Module
	for _, m := range modules {
		if names(e, m.Path) {
			named = append(named, m)
		} else {
			matching = append(matching, m)
		}
	}
	var add []string
	for _, m := range named {
		add = append(add, r.needs[m]...)
	}
	common := r.common(matching)
	for _, m := range matching {
		if len(r.needs[m]) > len(common) {
			r.leave(e, m)
		}
	}
	return dependencies(append(add, common...))
}

// names reports whether an entry names a module by its path.
func names(e *config.Module, path string) bool {
	return slices.ContainsFunc(e.Paths, func(p config.Pattern) bool {
		literals, ok := p.Literals()
		return ok && slices.Contains(literals, path)
	})
}

// common returns what all modules need, if there are several.
func (r *round) common(modules []*policy.Module) []string {
	if len(modules) < 2 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.needs[modules[0]]), func(to string) bool {
		return slices.ContainsFunc(modules[1:], func(m *policy.Module) bool { return !slices.Contains(r.needs[m], to) })
	})
}

// leave gives a module a list of its own: what it uses of the shared one, and
// what it needs. If the list comes to stand in an entry that names others
// too, it is also theirs.
func (r *round) leave(e *config.Module, m *policy.Module) {
	own := r.own(m)
	var list []config.Dependency
	for _, d := range e.DependsOn {
		uses := func(o *policy.Module) bool { return r.used[d.Pos][o] && (o == m || own != nil && names(own, o.Path)) }
		if slices.ContainsFunc(r.modules, uses) {
			list = append(list, d)
		}
	}
	list = append(list, dependencies(r.needs[m])...)
	slices.SortStableFunc(list, func(a, b config.Dependency) int { return strings.Compare(a.String(), b.String()) })
	r.host(m, list)
}

// declareAll gives every module that has no depends_on an empty one, which
// the next round fills.
func (r *round) declareAll() {
	for _, m := range r.modules {
		if _, ok := m.Keys["depends_on"]; !ok && !m.Unchecked && m.Path != policy.Root {
			r.host(m, []config.Dependency{})
		}
	}
}

// own returns the entry that names a module and has no depends_on: its
// product.toml, if it has one.
func (r *round) own(m *policy.Module) *config.Module {
	var own *config.Module
	for i := range r.config.Modules {
		e := &r.config.Modules[i]
		if e.DependsOn == nil && names(e, m.Path) && (own == nil || e.ProductFile) {
			own = e
		}
	}
	return own
}

// host writes the depends_on of a module to its own entry, or to a new one
// next to its kin.
func (r *round) host(m *policy.Module, list []config.Dependency) {
	r.edited = true
	own := r.own(m)
	switch {
	case own == nil:
		r.editor.Insert(r.editor.Kin(m.Path), config.Entry{Path: m.Path, DependsOn: list})
	case !r.declared[own]:
		r.declared[own] = true
		r.editor.Declare(own, list)
	}
}

// dependencies makes entries of depends_on, each once.
func dependencies(paths []string) []config.Dependency {
	paths = slices.Compact(slices.Sorted(slices.Values(paths)))
	list := make([]config.Dependency, len(paths))
	for i, p := range paths {
		list[i] = config.Dependency{Pattern: config.Pattern{Pattern: pattern.MustCompile(p)}}
	}
	return list
}
