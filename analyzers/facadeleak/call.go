package facadeleak

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

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
	slice, ok := typeUnder(w.typeOf(call)).(*types.Slice)
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
