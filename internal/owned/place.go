package owned

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A Place is memory as an expression of a function names it: a variable, and
// the steps from there. Each step is one word of the key:
//
//	.F/  the field F      @/  an element of an array
//	*/   what a pointer points to      #/  an element of a slice      %/  one of a map
//
// The last three follow a reference: what they lead to may be shared although
// the variable is not.
type Place struct {
	Root  *types.Var // nil: what is at the bottom is no variable
	Base  ast.Expr   // what is at the bottom
	Key   string
	Addr  bool   // the expression is the address of the place, or slices an array that is there
	Touch *Touch // how it touches a contract, nil if it does not

	aliased bool // the touch is that of an address in a variable, reported where it is taken
}

// A Touch is the last step of a place into a contract.
type Touch struct {
	Contract *types.TypeName
	Field    *types.Var // nil: an element of the contract, or all of it
}

const (
	references = "*#%"
	elements   = "#%@"
	deref      = "*/"
	arrayStep  = "@/"
	sliceStep  = "#/"
	mapStep    = "%/"
)

// shared reports whether the place lies behind a reference.
func (p Place) shared() bool { return strings.ContainsAny(p.Key, references) }

// reference is the key of the last reference on the way to the place.
func (p Place) reference() string { return p.Key[:strings.LastIndexAny(p.Key, references)] }

// step goes one step further, along a reference if the kind says so. Taking
// an address and following it are undone by each other.
func (p Place) step(key string) Place {
	if p.Addr && strings.ContainsAny(key, references) {
		p.Addr = false
		if key == sliceStep {
			p.Key += arrayStep
		}
		return p
	}
	p.Key += key
	return p
}

// touch marks the place as lying in a contract.
func (p Place) touch(name *types.TypeName, field *types.Var) Place {
	if name != nil {
		p.Touch, p.aliased = &Touch{name, field}, false
	}
	return p
}

// place resolves an expression. A local variable that only ever stands for
// one other place is replaced by that.
func (f *function) place(e ast.Expr) Place {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return f.place(e.X)
	case *ast.Ident:
		return f.variable(e)
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.StarExpr:
		return f.place(e.X).step(deref)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return f.addressOf(e)
		}
	case *ast.IndexExpr:
		return f.index(e)
	case *ast.SliceExpr:
		return f.slice(e)
	case *ast.TypeAssertExpr:
		return f.place(e.X)
	case *ast.CallExpr:
		if inner := f.conversion(e); inner != nil && !f.isString(inner) {
			return f.converted(f.place(inner), inner)
		}
		if len(e.Args) > 0 && keepers[identity(f.info, e)] {
			return f.place(e.Args[0])
		}
	}
	return Place{Base: e}
}

// isString reports whether an expression is a string: what it is converted to
// is a copy of it.
func (f *function) isString(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	if t == nil {
		return false
	}
	b, ok := core(t).(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// addressOf resolves &x. The address of a variable is not that of the place
// that it stands for.
func (f *function) addressOf(e *ast.UnaryExpr) Place {
	if id, ok := ast.Unparen(e.X).(*ast.Ident); ok {
		if v, ok := f.objectOf(id).(*types.Var); ok {
			return Place{Root: v, Base: id, Addr: true}
		}
	}
	p := f.place(e.X)
	if p.Addr {
		return Place{Base: e}
	}
	p.Addr = true
	return p
}

func (f *function) variable(id *ast.Ident) Place {
	v, ok := f.objectOf(id).(*types.Var)
	if !ok || v.IsField() {
		return Place{Base: id}
	}
	if alias := f.alias(v); alias != nil {
		return *alias
	}
	return Place{Root: v, Base: id}
}

func (f *function) objectOf(id *ast.Ident) types.Object {
	if obj := f.info.Uses[id]; obj != nil {
		return obj
	}
	return f.info.Defs[id]
}

// selector resolves x.F, through the embedded fields that it leaves out.
func (f *function) selector(e *ast.SelectorExpr) Place {
	sel := f.info.Selections[e]
	if sel == nil { // a qualified identifier
		return f.variable(e.Sel)
	}
	if sel.Kind() != types.FieldVal {
		return Place{Base: e}
	}
	p, t := f.place(e.X), sel.Recv()
	for _, i := range sel.Index() {
		if elem, ok := pointee(t); ok {
			p, t = p.step(deref), elem
		}
		s, ok := core(t).(*types.Struct)
		if !ok || i >= s.NumFields() {
			return Place{Base: e} // type errors
		}
		field := s.Field(i)
		p = p.step("."+field.Name()+"/").touch(f.contracts.Of(t), field)
		t = field.Type()
	}
	return p
}

func (f *function) index(e *ast.IndexExpr) Place {
	t := f.info.TypeOf(e.X)
	if t == nil {
		return Place{Base: e}
	}
	p := f.place(e.X)
	if elem, ok := pointee(t); ok {
		p, t = p.step(deref), elem
	}
	switch core(t).(type) {
	case *types.Array:
		p = p.step(arrayStep)
	case *types.Slice:
		p = p.step(sliceStep)
	case *types.Map:
		p = p.step(mapStep)
	default:
		return Place{Base: e} // a string, or the instance of a generic function
	}
	return p.touch(f.contracts.Of(t), nil)
}

func (f *function) slice(e *ast.SliceExpr) Place {
	t := f.info.TypeOf(e.X)
	if t == nil {
		return Place{Base: e}
	}
	p := f.place(e.X)
	if elem, ok := pointee(t); ok {
		p, t = p.step(deref), elem
	}
	switch core(t).(type) {
	case *types.Array:
		if p.Addr {
			return Place{Base: e}
		}
		p.Addr = true
		return p
	case *types.Slice:
		return p
	}
	return Place{Base: e}
}

// conversion returns the operand of a conversion, nil if the call is none.
func (f *function) conversion(call *ast.CallExpr) ast.Expr {
	if tv, ok := f.info.Types[call.Fun]; ok && tv.IsType() && len(call.Args) == 1 {
		return call.Args[0]
	}
	return nil
}

// converted notes that a pointer to a contract stays one under another type.
func (f *function) converted(p Place, operand ast.Expr) Place {
	t := f.info.TypeOf(operand)
	if t == nil {
		return p
	}
	if elem, ok := pointee(t); ok {
		return p.touch(f.contracts.Of(elem), nil)
	}
	return p
}

// pointee returns what a pointer points to.
func pointee(t types.Type) (types.Type, bool) {
	p, ok := core(t).(*types.Pointer)
	if !ok {
		return nil, false
	}
	return p.Elem(), true
}

func isPointer(t types.Type) bool {
	_, pointer := pointee(t)
	return pointer
}

// core returns the underlying type, for a type parameter that of the only
// type it stands for. It is nil for a type parameter with many.
func core(t types.Type) types.Type {
	param, ok := types.Unalias(t).(*types.TypeParam)
	if !ok {
		return t.Underlying()
	}
	constraint, ok := param.Constraint().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for embedded := range constraint.EmbeddedTypes() {
		switch embedded := types.Unalias(embedded).(type) {
		case *types.Union:
			if embedded.Len() == 1 && !isTypeParam(embedded.Term(0).Type()) {
				return embedded.Term(0).Type().Underlying()
			}
		case *types.TypeParam: // type errors
			return nil
		default:
			if !types.IsInterface(embedded) {
				return embedded.Underlying()
			}
		}
	}
	return nil
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// refers reports whether values of a type carry references to other memory.
func (a *Analysis) refers(t types.Type) bool { return a.carries(t, 0) }

// tooDeep bounds structs in structs; a deeper one is taken to carry references.
const tooDeep = 16

func (a *Analysis) carries(t types.Type, depth int) bool {
	if t == nil || depth > tooDeep {
		return true
	}
	if known, ok := a.carriers[t]; ok {
		return known
	}
	a.carriers[t] = true // of a type that contains itself, which takes a reference or an error
	carries := true
	switch u := core(t).(type) {
	case *types.Basic:
		carries = u.Kind() == types.UnsafePointer || u.Kind() == types.Invalid
	case *types.Array:
		carries = a.carries(u.Elem(), depth+1)
	case *types.Struct:
		carries = false
		for field := range u.Fields() {
			carries = carries || a.carries(field.Type(), depth+1)
		}
	}
	a.carriers[t] = carries
	return carries
}

// isReference reports whether a variable of a type stands for memory elsewhere.
func isReference(t types.Type) bool {
	switch core(t).(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Interface:
		return true
	}
	return false
}
