package facadeleak

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// convert returns the cargo that is out of sight once an expression has
// become a value of type dest: because dest is an interface, or because the
// expression has something behind an interface already.
func (w *flow) convert(e ast.Expr, dest types.Type) *cargo {
	e = ast.Unparen(e)
	t := w.typeOf(e)
	if t == nil || dest == nil {
		return nil
	}
	if s := w.sentinel(e); s != nil {
		return s
	}
	if types.IsInterface(dest) && !isTypeParam(dest) && !isTypeParam(t) {
		if c := w.carries(t); c != nil {
			c.at = e
			return c
		}
	}
	return w.hidden(e)
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// sentinel recognises gorm.ErrRecordNotFound and its like.
func (w *flow) sentinel(e ast.Expr) *cargo {
	var id *ast.Ident
	switch e := e.(type) {
	case *ast.Ident:
		id = e // by a dot import
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	obj := w.pass.TypesInfo.Uses[id]
	if obj == nil || !w.court.orm.Sentinel(obj) {
		return nil
	}
	return &cargo{sentinel: obj, at: e}
}

// hidden returns what a value has behind an interface.
func (w *flow) hidden(e ast.Expr) *cargo {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj := w.pass.TypesInfo.ObjectOf(e)
		if c := w.holds[obj]; c != nil {
			return c
		}
		if c := w.globals[obj]; c != nil {
			held := *c
			held.at = nil
			return &held
		}
	case *ast.UnaryExpr:
		return w.hidden(e.X)
	case *ast.StarExpr:
		return w.hidden(e.X)
	case *ast.IndexExpr:
		return w.hidden(e.X)
	case *ast.SliceExpr:
		return w.hidden(e.X)
	case *ast.TypeAssertExpr:
		if t := w.typeOf(e); t != nil && types.IsInterface(t) {
			return w.hidden(e.X)
		}
	case *ast.CompositeLit:
		return w.literal(e)
	case *ast.FuncLit:
		return w.funcLit(e)
	case *ast.CallExpr:
		if cargos := w.call(e); len(cargos) == 1 {
			return cargos[0]
		}
	}
	return nil
}

// literal looks at the elements of a composite literal that become
// interfaces.
func (w *flow) literal(lit *ast.CompositeLit) *cargo {
	t := w.typeOf(lit)
	if t == nil {
		return nil
	}
	under := t.Underlying()
	if p, ok := under.(*types.Pointer); ok {
		under = p.Elem().Underlying() // &T elided in a slice or map of *T
	}
	for i, elt := range lit.Elts {
		key, val := ast.Expr(nil), elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			key, val = kv.Key, kv.Value
		}
		if c := w.element(under, i, key, val); c != nil {
			return c
		}
	}
	return nil
}

func (w *flow) element(t types.Type, i int, key, val ast.Expr) *cargo {
	switch t := t.(type) {
	case *types.Slice:
		return w.convert(val, t.Elem())
	case *types.Array:
		return w.convert(val, t.Elem())
	case *types.Map:
		if key != nil {
			if c := w.convert(key, t.Key()); c != nil {
				return c
			}
		}
		return w.convert(val, t.Elem())
	case *types.Struct:
		var field *types.Var
		if id, ok := key.(*ast.Ident); ok {
			field, _ = w.pass.TypesInfo.ObjectOf(id).(*types.Var)
		} else if key == nil && i < t.NumFields() {
			field = t.Field(i)
		}
		if field != nil && field.Exported() {
			return w.convert(val, field.Type())
		}
	}
	return nil
}

// funcLit returns what a function literal returns, going through its body the
// first time it is met.
func (w *flow) funcLit(lit *ast.FuncLit) *cargo {
	if c, done := w.literals[lit]; done {
		return c
	}
	w.literals[lit] = nil
	sig, ok := w.typeOf(lit).(*types.Signature)
	if !ok {
		return nil
	}
	inner := *w
	inner.api, inner.results, inner.returns = false, sig.Results(), make([]*cargo, sig.Results().Len())
	inner.block(lit.Body)
	for i, c := range inner.returns {
		if c != nil && !w.plain(sig.Results().At(i).Type()) {
			w.literals[lit] = c
			return c
		}
	}
	return nil
}

// call returns what the results of a call have behind interfaces, as far as
// that can be known: of conversions, of the few functions that wrap a value,
// and of helpers of this package.
func (w *flow) call(e ast.Expr) []*cargo {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if tv, ok := w.pass.TypesInfo.Types[call.Fun]; ok && tv.IsType() {
		if len(call.Args) == 1 {
			return []*cargo{w.convert(call.Args[0], tv.Type)}
		}
		return nil
	}
	switch callee := w.callee(call).(type) {
	case *types.Builtin:
		if callee.Name() == "append" {
			return []*cargo{w.appended(call)}
		}
	case *types.Func:
		if c, wraps := w.wrapped(callee, call); wraps {
			return []*cargo{c}
		}
		return w.helper(callee, call)
	}
	return nil
}

// callee returns the function, builtin or variable that a call calls.
func (w *flow) callee(call *ast.CallExpr) types.Object {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(f.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(f.X)
	}
	var obj types.Object
	switch f := fun.(type) {
	case *ast.Ident:
		obj = w.pass.TypesInfo.Uses[f]
	case *ast.SelectorExpr:
		obj = w.pass.TypesInfo.Uses[f.Sel]
	}
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return obj
}

func (w *flow) appended(call *ast.CallExpr) *cargo {
	if len(call.Args) == 0 {
		return nil
	}
	if c := w.hidden(call.Args[0]); c != nil {
		return c
	}
	slice, ok := w.typeOf(call).Underlying().(*types.Slice)
	if !ok {
		return nil
	}
	for _, arg := range call.Args[1:] {
		var c *cargo
		if call.Ellipsis.IsValid() {
			c = w.hidden(arg)
		} else {
			c = w.convert(arg, slice.Elem())
		}
		if c != nil {
			return c
		}
	}
	return nil
}

// wrapped knows the functions of the standard library that keep a value
// within reach of whoever gets their result.
func (w *flow) wrapped(fn *types.Func, call *ast.CallExpr) (c *cargo, wraps bool) {
	if fn.Pkg() == nil {
		return nil, false
	}
	args := call.Args
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "context.WithValue":
		if len(args) != 3 {
			return nil, true
		}
		if c := w.hidden(args[0]); c != nil {
			return c, true
		}
		return w.convert(args[2], types.Universe.Lookup("any").Type()), true
	case "errors.Join":
	case "fmt.Errorf":
		if len(args) == 0 || !strings.Contains(w.constant(args[0]), "%w") {
			return nil, true
		}
		args = args[1:]
	default:
		return nil, false
	}
	errorType := types.Universe.Lookup("error").Type()
	for _, arg := range args {
		t := w.typeOf(arg)
		if t == nil || !types.AssignableTo(t, errorType) {
			continue
		}
		if c := w.convert(arg, errorType); c != nil {
			return c, true
		}
	}
	return nil, true
}

func (w *flow) constant(e ast.Expr) string {
	if tv := w.pass.TypesInfo.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value)
	}
	return ""
}

// helper returns what a helper of the package hands to the API, given what
// its arguments hold. Helpers of helpers are not followed.
func (w *flow) helper(fn *types.Func, call *ast.CallExpr) []*cargo {
	body := w.bodies[fn]
	if body == nil || w.below {
		return nil
	}
	inner := w.newFlow()
	inner.below, inner.name, inner.results = true, w.name, fn.Signature().Results()
	inner.returns = make([]*cargo, inner.results.Len())
	key := fmt.Sprintf("%p", fn)
	bind := func(v *types.Var, arg ast.Expr, c *cargo) {
		root, seen := w.root(arg)
		if root != nil && w.outside[root] && seen {
			inner.outside[v] = true
		}
		inner.hold(v, c)
		key += fmt.Sprintf(" %t/%s", inner.outside[v], c.key())
	}
	if recv := fn.Signature().Recv(); recv != nil {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			bind(recv, sel.X, w.hidden(sel.X))
		}
	}
	params := fn.Signature().Params()
	for i, arg := range call.Args {
		if i >= params.Len() {
			break
		}
		v := params.At(i)
		dest := v.Type()
		if s, ok := dest.(*types.Slice); ok && fn.Signature().Variadic() && i == params.Len()-1 && !call.Ellipsis.IsValid() {
			dest = s.Elem()
		}
		bind(v, arg, w.convert(arg, dest))
	}
	if known, ok := w.summaries[key]; ok {
		return known
	}
	w.summaries[key] = nil
	inner.block(body.Body)
	for i, c := range inner.returns {
		if c != nil {
			held := *c
			held.at = nil // the API hands out the call
			inner.returns[i] = &held
		}
	}
	w.summaries[key] = inner.returns
	return inner.returns
}

// key tells cargos apart, for the memory of summaries.
func (c *cargo) key() string {
	switch {
	case c == nil:
		return ""
	case c.sentinel != nil:
		return c.sentinel.Name()
	}
	return fmt.Sprintf("%p%s", c.name, c.field)
}
