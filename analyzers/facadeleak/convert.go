package facadeleak

import (
	"go/ast"
	"go/types"
	"maps"
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
	inner.outward = w.given[lit]
	if inner.outward {
		inner.outside = maps.Clone(w.outside)
		for v := range sig.Params().Variables() {
			if _, fills := typeUnder(v.Type()).(*types.Pointer); !fills { // as options do
				inner.outside[v] = true
			}
		}
	}
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
