package frozencontract

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/boundaries-dev/boundaries/internal/frozen"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// typeShape judges a declared type: a struct field by field, any other as a
// whole. Interfaces are not judged where they are declared: what implements
// them is, and a field of one is.
func (r *room) typeShape(spec *ast.TypeSpec) {
	name, ok := r.TypesInfo.Defs[spec.Name].(*types.TypeName)
	if !ok || types.IsInterface(name.Type()) || r.shape.Listed(name) {
		return
	}
	if s, ok := ast.Unparen(spec.Type).(*ast.StructType); ok {
		r.fields(spec.Name.Name, s)
		return
	}
	if t := r.typeOf(spec.Type); t != nil {
		r.flaw(spec.Name.Name, spec.Name, r.shape.Flaw(t))
	}
}

// fields judges the fields of a struct, and those of a struct type that is
// written out in one.
func (r *room) fields(path string, s *ast.StructType) {
	for _, field := range s.Fields.List {
		t := r.typeOf(field.Type)
		if t == nil {
			continue
		}
		if len(field.Names) == 0 {
			r.flaw(path+"."+embeddedName(field.Type), field.Type, r.shape.Flaw(t))
		}
		inner, written := writtenOut(field.Type)
		for i, name := range field.Names {
			switch {
			case !written:
				r.flaw(path+"."+name.Name, name, r.shape.Flaw(t))
			case i == 0: // the same text for all names
				r.fields(path+"."+name.Name, inner)
			}
		}
	}
}

// writtenOut returns a struct type that is written out as the type of a
// field, also as the element of arrays.
func writtenOut(e ast.Expr) (*ast.StructType, bool) {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.StructType:
			return x, true
		case *ast.ArrayType:
			if x.Len == nil {
				return nil, false
			}
			e = x.Elt
		default:
			return nil, false
		}
	}
}

func embeddedName(e ast.Expr) string {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.SelectorExpr:
			return x.Sel.Name
		case *ast.Ident:
			return x.Name
		default:
			return "_"
		}
	}
}

func (r *room) flaw(path string, at ast.Node, f *frozen.Flaw) {
	if f == nil {
		return
	}
	r.report(rule.MutableContract, at, path+f.String()+", so that its holders can change it; "+advice(f))
}

// advice says what to write instead.
func advice(f *frozen.Flaw) string {
	switch f.Is {
	case frozen.Slice:
		if s, ok := f.Type.Underlying().(*types.Slice); ok && isByte(s.Elem()) {
			return "make it a string or an array"
		}
		return "make it an array, a string or a list type that is known_immutable"
	case frozen.Map:
		return "make it an array of pairs, or a type that is known_immutable"
	case frozen.Pointer:
		return "hold the value, or an Option[T comparable] if it may be missing"
	case frozen.Chan:
		return "let a method of the facade return the channel"
	case frozen.Func:
		return "let a method of the facade do it"
	case frozen.Interface:
		return "name a concrete type"
	case frozen.Unsafe:
		return "hold the value"
	case frozen.Incomparable:
		return "constrain it by comparable"
	}
	return "hold the value that it guards"
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8
}

// variables reports package variables. Errors that callers compare with, and
// assertions that a type implements an interface, are fine.
func (r *room) variables(decl *ast.GenDecl, spec *ast.ValueSpec) {
	if decl.Tok != token.VAR {
		return
	}
	for i, name := range spec.Names {
		v, ok := r.TypesInfo.Defs[name].(*types.Var)
		if !ok || name.Name == "_" || r.generated && !name.IsExported() {
			continue
		}
		var value ast.Expr
		if i < len(spec.Values) {
			value = spec.Values[i]
		}
		if r.sentinel(v, value) {
			continue
		}
		r.report(rule.MutableContract, name, "variable "+name.Name+" can be given another value; make it a constant or a function that returns it")
	}
}

// sentinel reports whether a variable is an error that is made where it is
// declared, and that nobody can write through.
func (r *room) sentinel(v *types.Var, value ast.Expr) bool {
	if value == nil || !types.Implements(v.Type(), errorType) {
		return false
	}
	call, ok := ast.Unparen(value).(*ast.CallExpr)
	if ok {
		switch r.callee(call) {
		case "errors.New", "fmt.Errorf":
			return true
		}
	}
	t := r.typeOf(value)
	return t != nil && !types.IsInterface(t) && !isPointer(t) && r.shape.Flaw(t) == nil
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
