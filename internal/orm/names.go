package orm

import (
	"go/types"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// Names is a set of type names, written "import/path.Type". A "*" before a
// name and type arguments behind it make no difference, and "import/path.*"
// is every type of a package.
type Names map[string]bool

// NewNames reads a list of the configuration.
func NewNames(list []config.Text) Names {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.Value
	}
	return newNames(names)
}

func newNames(list []string) Names {
	set := Names{}
	for _, name := range list {
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "*"), "[")
		set[name] = true
	}
	return set
}

// Has reports whether a type is in the set, by its import path as it is or
// without major version.
func (n Names) Has(t types.Object) bool {
	if len(n) == 0 || t.Pkg() == nil {
		return false
	}
	path := t.Pkg().Path()
	plain := unversioned(path)
	return n[path+"."+t.Name()] || n[plain+"."+t.Name()] || n[path+".*"] || n[plain+".*"]
}

// Glob reports whether a name matches one of some patterns, in which "*" is
// any run of characters.
func Glob(patterns []string, name string) bool {
	for _, p := range patterns {
		if glob(p, name) {
			return true
		}
	}
	return false
}

func glob(pattern, name string) bool {
	first, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == name
	}
	name, ok := strings.CutPrefix(name, first)
	if !ok {
		return false
	}
	for {
		part, more, wild := strings.Cut(rest, "*")
		if !wild {
			return strings.HasSuffix(name, part)
		}
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name, rest = name[i+len(part):], more
	}
}

// Wiring are the names of the functions and structs through which handles may
// enter.
type Wiring struct{ Funcs, Structs []string }

// NewWiring returns the names that a configuration allows.
func NewWiring(c config.ORM) Wiring {
	return Wiring{
		Funcs:   merge(c.WiringFuncs, []string{"New*", "Open*", "Must*", "Provide*", "Wire*"}),
		Structs: merge(c.WiringStructs, []string{"*Config", "*Deps", "*Options", "*Components"}),
	}
}
