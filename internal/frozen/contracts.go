// Package frozen answers: can a value of this type be changed once others hold
// it? It knows which types are contracts, at which level each is kept, and
// finds the place in a type that lets it be changed.
package frozen

import (
	"go/types"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// Contracts knows the contracts that a package can see. It serves one pass and
// is not safe for concurrent use.
type Contracts struct {
	law    *policy.Law
	from   string // directory of the package that looks
	places map[*types.Package]policy.Place
}

// NewContracts returns the contracts under a law as a package in directory
// from, relative to the root, sees them.
func NewContracts(law *policy.Law, from string) *Contracts {
	return &Contracts{law, from, map[*types.Package]policy.Place{}}
}

// Place returns where a package stands. The variants of a package that a test
// is built from stand where the package does.
func (c *Contracts) Place(pkg *types.Package) policy.Place {
	p, ok := c.places[pkg]
	if !ok {
		path, _, _ := strings.Cut(pkg.Path(), " [")
		p = c.law.Locate(path, c.from)
		c.places[pkg] = p
	}
	return p
}

// Level returns how frozen the types of a package are: config.NoLevel if they
// are no contracts, or none that anybody guards.
func (c *Contracts) Level(pkg *types.Package) config.Level {
	if pkg == nil || strings.HasSuffix(pkg.Name(), "_test") {
		return config.NoLevel
	}
	p := c.Place(pkg)
	if !p.Is(policy.Contracts) {
		return config.NoLevel
	}
	return p.Module.Frozen
}

// Of returns the name of the contract that a type is, or nil if it is none.
// Types declared inside functions are not: nobody else can name them.
func (c *Contracts) Of(t types.Type) *types.TypeName {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	name := named.Obj()
	if name.Pkg() == nil || name.Parent() != name.Pkg().Scope() || !c.Guards(name.Pkg()) {
		return nil
	}
	return name
}

// Visible reports whether a package is, or can get hold of a value of, a
// package with contracts. It decides from the import closure. What a package
// read from export data lists as its imports are all the packages its API
// speaks of, so a value that comes through a facade is seen too.
func (c *Contracts) Visible(pkg *types.Package) bool {
	seen := map[*types.Package]bool{pkg: true}
	for todo := []*types.Package{pkg}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if c.Guards(p) {
			return true
		}
		for _, imported := range p.Imports() {
			if !seen[imported] {
				seen[imported] = true
				todo = append(todo, imported)
			}
		}
	}
	return false
}

// Guards reports whether the types of a package are contracts.
func (c *Contracts) Guards(pkg *types.Package) bool { return c.Level(pkg) != config.NoLevel }
