package orm

import (
	"go/types"
	"strings"
)

// shape tells the kinds of generated types apart by what they show: a model
// has data to read, a handle has only itself, functions, and other handles.
func (c *Classifier) shape(named *types.Named) Kind {
	s := shaper{c, named.Obj().Pkg(), map[*types.Named]bool{}}
	if s.data(named) {
		return Model
	}
	return Handle
}

type shaper struct {
	*Classifier
	home *types.Package
	seen map[*types.Named]bool
}

// data reports whether a type has something to read.
func (s *shaper) data(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return s.named(t)
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() && s.data(f.Type()) {
				return true
			}
		}
		return false
	case *types.Pointer:
		return s.data(t.Elem())
	case *types.Slice:
		return s.data(t.Elem())
	case *types.Array:
		return s.data(t.Elem())
	case *types.Map:
		return s.data(t.Elem())
	case *types.Interface:
		return t.Empty()
	case *types.Signature, *types.Chan:
		return false
	}
	return true
}

// named looks into the types of the same generator. Of others it is enough to
// know that they are no handles: time.Time shows nothing, and is data.
func (s *shaper) named(t *types.Named) bool {
	t = t.Origin() // instances may grow without end
	if s.seen[t] {
		return false
	}
	s.seen[t] = true
	pkg := t.Obj().Pkg()
	if pkg == nil {
		return false // error: transactions and queries have one
	}
	if lib := s.library(pkg); lib != nil {
		return lib.verdict(t.Obj()).Kind != Handle
	}
	if pkg != s.home && !s.generated(t.Obj()) {
		return true
	}
	if types.IsInterface(t) {
		return false
	}
	return s.data(t.Underlying())
}

// generated reports whether a type of another package comes from a generator.
// Where neither the header nor the shape of the package is there to tell, what
// lies below the home, such as ent/migrate, came with it.
func (s *shaper) generated(t *types.TypeName) bool {
	tool, _ := s.generator(t)
	return tool != "" || !s.headers.of(t.Pos()).there && strings.HasPrefix(t.Pkg().Path(), s.home.Path()+"/")
}

func (c *Classifier) libraryOf(named *types.Named) *library {
	if named.Obj().Pkg() == nil {
		return nil
	}
	return c.library(named.Obj().Pkg())
}
