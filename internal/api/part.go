package api

import (
	"go/types"
	"iter"
)

// A part is a type that another is made of, and how to get from one to the
// other. behind says that it stands behind a name: what an alias is for, or
// a type is defined as.
type part struct {
	typ    types.Type
	step   string
	behind bool
}

// parts yields what a type is made of, one level down. Structs and interfaces
// behind a name have members instead, see [Members].
func parts(t types.Type) iter.Seq[part] {
	return func(yield func(part) bool) {
		one := func(t types.Type, step string) bool { return yield(part{typ: t, step: step}) }
		switch t := t.(type) {
		case *types.Named:
			for arg := range t.TypeArgs().Types() {
				if !one(arg, "") {
					return
				}
			}
			// The arguments are in; what is behind the name is looked at as it
			// is declared, since instances may grow without end.
			switch u := t.Origin().Underlying().(type) {
			case *types.Struct, *types.Interface:
			default:
				yield(part{typ: u, behind: true})
			}
		case *types.Alias:
			for arg := range t.TypeArgs().Types() {
				if !one(arg, "") {
					return
				}
			}
			yield(part{typ: t.Rhs(), behind: true})
		case *types.Pointer:
			one(t.Elem(), "")
		case *types.Slice:
			one(t.Elem(), "[]")
		case *types.Array:
			one(t.Elem(), "[]")
		case *types.Map:
			_ = one(t.Key(), "[key]") && one(t.Elem(), "[]")
		case *types.Chan:
			one(t.Elem(), "<-")
		case *types.Signature:
			signatureParts(t, one)
		case *types.Struct:
			for f := range t.Fields() {
				if (f.Exported() || f.Embedded()) && !one(f.Type(), "."+f.Name()) {
					return
				}
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				if m.Exported() && !dictated(m) && !one(m.Type(), "."+m.Name()) {
					return
				}
			}
			for e := range t.EmbeddedTypes() {
				if !one(e, "") {
					return
				}
			}
		case *types.Union:
			for term := range t.Terms() {
				if !one(term.Type(), "") {
					return
				}
			}
		}
	}
}

func signatureParts(t *types.Signature, one func(types.Type, string) bool) {
	for p := range t.Params().Variables() {
		if !one(p.Type(), "("+p.Name()+")") {
			return
		}
	}
	for r := range t.Results().Variables() {
		if !one(r.Type(), "()") {
			return
		}
	}
	for p := range t.TypeParams().TypeParams() {
		if !one(p.Constraint(), "") {
			return
		}
	}
}
