package facadeleak

import (
	"go/types"
)

// carries returns the model or handle that a concrete type is, by itself or
// in a slice, map or pointer, or the model that it has in an exported field.
// A repository that holds a handle is none: nobody can get at it through an
// interface without asking for it by name.
func (p *program) carries(t types.Type) *cargo {
	return p.carry(t, map[types.Type]bool{})
}

func (p *program) carry(t types.Type, seen map[types.Type]bool) *cargo {
	if seen[t] {
		return nil
	}
	seen[t] = true
	switch u := types.Unalias(t).(type) {
	case *types.Named:
		return p.carryNamed(u, seen)
	case *types.Pointer:
		return outer(t, p.carry(u.Elem(), seen))
	case *types.Slice:
		return outer(t, p.carry(u.Elem(), seen))
	case *types.Array:
		return outer(t, p.carry(u.Elem(), seen))
	case *types.Chan:
		return outer(t, p.carry(u.Elem(), seen))
	case *types.Map:
		if c := p.carry(u.Key(), seen); c != nil {
			return outer(t, c)
		}
		return outer(t, p.carry(u.Elem(), seen))
	case *types.Struct:
		return p.carryField(t, u, seen)
	}
	return nil
}

// outer names the whole of a type whose part is cargo.
func outer(t types.Type, c *cargo) *cargo {
	if c == nil {
		return nil
	}
	whole := *c
	whole.typ = t
	return &whole
}

func (p *program) carryNamed(t *types.Named, seen map[types.Type]bool) *cargo {
	name := t.Origin().Obj()
	if t.Origin() != t {
		if seen[t.Origin()] {
			return nil // an instance in another of the same type: they may grow without end
		}
		seen[t.Origin()] = true
	}
	switch class := p.court.rule(name).Class; {
	case class == handle, class == model && !types.IsInterface(t):
		return &cargo{name: name, typ: t}
	case name.Pkg() == nil, class == value, p.court.ignored.Has(name), p.court.allowed.Has(name) && !p.court.rule(name).Enter:
		return nil
	}
	if p.court.isSurface(name) && !p.private(name) {
		return nil // its fields are judged where they are declared
	}
	if place := p.court.place(name.Pkg()); !place.InTree || place.Module != nil && place.Module != p.here.Place.Module {
		return nil // not ours to look into
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return p.carryField(t, u, seen)
	case *types.Interface:
		return nil
	default:
		return outer(t, p.carry(u, seen))
	}
}

// private reports whether a type of this package is not part of the API.
func (p *program) private(t *types.TypeName) bool {
	return t.Pkg() == p.pass.Pkg && !p.public[t]
}

// carryField looks for a model in the exported fields of a struct.
func (p *program) carryField(t types.Type, s *types.Struct, seen map[types.Type]bool) *cargo {
	for f := range s.Fields() {
		if !f.Exported() {
			continue
		}
		c := p.carry(f.Type(), seen)
		if c == nil || p.court.rule(c.name).Class != model {
			continue
		}
		field := f.Name()
		if c.field != "" {
			field += "." + c.field
		}
		return &cargo{name: c.name, typ: t, field: field}
	}
	return nil
}
