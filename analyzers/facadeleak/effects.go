package facadeleak

import (
	"go/ast"
	"go/types"
)

// effects finds what expressions hand out while they are evaluated: arguments
// of callbacks, and of methods of interfaces that callers implement. The
// bodies of function literals are gone through as if they ran here.
func (w *flow) effects(exprs ...ast.Expr) {
	for _, e := range exprs {
		if e == nil {
			continue
		}
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				w.funcLit(n)
				return false
			case *ast.CallExpr:
				w.callback(n)
				w.container(n)
				if fn, ok := w.callee(n).(*types.Func); ok {
					w.helper(fn, n) // it may call back for the API
				}
			}
			return true
		})
	}
}

// callback judges the arguments of a call to something that is not code of
// this product.
func (w *flow) callback(call *ast.CallExpr) {
	if !w.callsOut(call) {
		return
	}
	sig, ok := typeUnder(w.typeOf(call.Fun)).(*types.Signature)
	if !ok {
		return
	}
	for i, arg := range call.Args {
		dest := paramType(sig, i, call.Ellipsis.IsValid())
		if dest == nil || w.plain(dest) {
			continue
		}
		if c := w.convert(arg, dest); c != nil {
			w.handOut(w.name, arg, c)
		}
	}
}

func typeUnder(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func paramType(sig *types.Signature, i int, spread bool) types.Type {
	n := sig.Params().Len()
	if !sig.Variadic() || i < n-1 {
		if i >= n {
			return nil
		}
		return sig.Params().At(i).Type()
	}
	last := sig.Params().At(n - 1).Type()
	if s, ok := last.(*types.Slice); ok && !spread {
		return s.Elem()
	}
	return last
}

// callsOut reports whether a call runs what a caller has handed in: a
// function in a parameter or field, or a method of an interface of the
// facade, of contracts or of another module.
func (w *flow) callsOut(call *ast.CallExpr) bool {
	fun := ast.Unparen(call.Fun)
	root, _ := w.root(fun)
	switch f := fun.(type) {
	case *ast.Ident:
		return root != nil && w.outside[root]
	case *ast.SelectorExpr:
		sel := w.pass.TypesInfo.Selections[f]
		if sel == nil {
			return false // a function of another package
		}
		if sel.Kind() == types.FieldVal {
			return root != nil && w.outside[root]
		}
		root, _ = w.root(f.X)
		return root != nil && w.outside[root] && types.IsInterface(sel.Recv()) && w.implementedOutside(sel.Recv())
	}
	return false
}

// implementedOutside reports whether callers implement an interface: it has no
// name, or is declared where they can see it.
func (w *flow) implementedOutside(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return !isTypeParam(t)
	}
	name := named.Origin().Obj()
	if name.Pkg() == nil {
		return false
	}
	if w.court.isSurface(name) {
		return name.Exported()
	}
	place := w.court.place(name.Pkg())
	return place.InTree && place.Module != w.here.Place.Module && w.court.rule(name).Class == none
}

// keepers are the methods by which the containers of package sync and
// sync/atomic take a value of any type.
var keepers = map[string]bool{"Store": true, "Swap": true, "LoadOrStore": true, "CompareAndSwap": true, "Put": true}

// container finds models put into an exported sync.Map, sync.Pool or
// atomic.Value.
func (w *flow) container(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !keepers[sel.Sel.Name] {
		return
	}
	fn, ok := w.callee(call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "sync" && fn.Pkg().Path() != "sync/atomic" {
		return
	}
	root, seen := w.root(sel.X)
	if root == nil || !seen || !w.isGlobal(root) || !root.Exported() {
		return
	}
	for i, arg := range call.Args {
		if c := w.convert(arg, paramType(fn.Signature(), i, false)); c != nil && c.name != nil {
			w.handOutVariable(root, c)
		}
	}
}
