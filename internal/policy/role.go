package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// The built-in roles.
const (
	Facade       = "facade"
	Contracts    = "contracts"
	FacadeTest   = "facadetest"
	Models       = "models"
	Logic        = "logic"
	Presentation = "presentation"
	Routes       = "routes"
	Tasks        = "tasks"
	Internal     = "internal" // what has none of the others
)

// A Role is what packages are inside their module, and what that allows.
type Role struct {
	Name     string
	Exposed  config.Exposed
	packages []pattern.Pattern
	imports  []string // nil: anything but denied
	denied   []string
	given    bool       // its packages come from the configuration
	pos      config.Pos // of its table, zero if it is as built in
}

// builtin are the roles of every module. Their packages may also lie below
// internal/ and backend/.
var builtin = []struct {
	name     string
	packages []string
	exposed  config.Exposed
	imports  []string
	denied   []string
}{
	{Facade, []string{"facade"}, config.ExposedAll, nil, []string{Presentation, Routes, Tasks}},
	{Contracts, []string{"facade/contracts/...", "contracts/..."}, config.ExposedAll, []string{Contracts}, nil},
	{FacadeTest, []string{"facade/facadetest/..."}, config.ExposedTests, nil, nil},
	{Models, []string{"models/..."}, config.ExposedNo, []string{Models, Contracts}, nil},
	{Logic, []string{"logic/..."}, config.ExposedNo, []string{Logic, Models, Contracts, Internal}, nil},
	{Presentation, []string{"presentation/..."}, config.ExposedNo, []string{Presentation, Facade, Contracts}, nil},
	{Routes, []string{"routes/..."}, config.ExposedRoot, []string{Routes, Presentation}, nil},
	{Tasks, []string{"tasks/..."}, config.ExposedNo, []string{Tasks, Facade, Contracts}, nil},
	{Internal, nil, config.ExposedNo, nil, nil},
}

// roles merges the configured roles into the built-in ones, key by key.
func roles(configured []config.Role) []*Role {
	var all []*Role
	for _, b := range builtin {
		r := &Role{Name: b.name, Exposed: b.exposed, imports: b.imports, denied: b.denied}
		for _, below := range []string{"", "internal/", "backend/"} {
			for _, p := range b.packages {
				r.packages = append(r.packages, pattern.MustCompile(below+p))
			}
		}
		all = append(all, r)
	}
	for _, c := range configured {
		i := slices.IndexFunc(all, func(r *Role) bool { return r.Name == c.Name })
		if i < 0 {
			i = len(all)
			all = append(all, &Role{Name: c.Name, Exposed: config.ExposedNo})
		}
		all[i].override(c)
	}
	return all
}

func (r *Role) override(c config.Role) {
	r.pos = c.Pos
	if c.Packages != nil {
		r.packages, r.given = nil, true
		for _, p := range c.Packages {
			r.packages = append(r.packages, p.Pattern)
		}
	}
	if c.Imports != nil {
		r.imports, r.denied = []string{}, nil
		for _, i := range c.Imports {
			r.imports = append(r.imports, i.Value)
		}
	}
	if c.Exposed != nil {
		r.Exposed = *c.Exposed
	}
}

// mayImport reports whether packages of role r may import those of another
// role of the same module.
func (r *Role) mayImport(other *Role) bool {
	switch {
	case r == other:
		return true
	case r.imports != nil:
		return slices.Contains(r.imports, other.Name)
	}
	return !slices.Contains(r.denied, other.Name)
}

// allowed names the roles r may import, for a message.
func (r *Role) allowed() string {
	if r.imports == nil {
		return "anything but " + list(r.denied, "and")
	}
	others := slices.DeleteFunc(slices.Clone(r.imports), func(name string) bool { return name == r.Name })
	if len(others) == 0 {
		return "nothing else of its module"
	}
	return list(others, "and")
}

// roleOf returns the role of a package, given its directory relative to its
// module. Where the patterns of two roles match, the longer wins, of two with
// as many elements the more specific, and of equal ones the configured.
func roleOf(all []*Role, sub string) *Role {
	var (
		best    *Role
		longest pattern.Pattern
	)
	for _, r := range all {
		for _, p := range r.packages {
			if !p.Match(sub) {
				continue
			}
			if best == nil || better(r, p, best, longest, sub) {
				best, longest = r, p
			}
		}
	}
	if best == nil {
		best = all[slices.IndexFunc(all, func(r *Role) bool { return r.Name == Internal })]
	}
	return best
}

func better(r *Role, p pattern.Pattern, than *Role, q pattern.Pattern, sub string) bool {
	if p.String() == q.String() && r.given != than.given {
		return r.given
	}
	return cmp.Or(cmp.Compare(p.Length(sub), q.Length(sub)), pattern.Compare(p, q, sub)) > 0
}

// homes are the directories that a role's packages usually lie in, likeliest
// first: in the flavour of the layout that sub lies in, plain or backend/. What
// lies below internal/ no other module can import.
func (r *Role) homes(sub string) []string {
	var dirs []string
	for _, p := range r.packages {
		dir := strings.TrimSuffix(p.String(), "/...")
		if !strings.ContainsAny(dir, "*{") && !strings.Contains(dir, "...") && !strings.HasPrefix(dir, "internal/") {
			dirs = append(dirs, dir)
		}
	}
	if strings.HasPrefix(sub, "backend/") {
		inBackend := func(dir string) bool { return strings.HasPrefix(dir, "backend/") }
		slices.SortStableFunc(dirs, func(a, b string) int {
			switch {
			case inBackend(a) && !inBackend(b):
				return -1
			case inBackend(b) && !inBackend(a):
				return 1
			}
			return 0
		})
	}
	return dirs
}

func list(words []string, conjunction string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + conjunction + " " + words[len(words)-1]
}
