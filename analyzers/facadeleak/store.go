package facadeleak

import (
	"go/ast"
	"go/types"
)

// assign notes what variables hold from now on, and finds what is put where
// callers see it.
func (w *flow) assign(lhs, rhs []ast.Expr) {
	if len(lhs) != len(rhs) {
		cargos := w.call(rhs[0])
		for i, l := range lhs {
			var c *cargo
			if i < len(cargos) {
				c = cargos[i]
			}
			w.store(l, rhs[0], c)
		}
		return
	}
	cargos := make([]*cargo, len(rhs))
	for i := range rhs {
		cargos[i] = w.convert(rhs[i], w.typeOf(lhs[i]))
	}
	for i, l := range lhs {
		w.store(l, rhs[i], cargos[i])
	}
}

func (w *flow) store(lhs, rhs ast.Expr, c *cargo) {
	lhs = ast.Unparen(lhs)
	root, seen := w.root(lhs)
	if root == nil {
		return
	}
	if _, direct := lhs.(*ast.Ident); direct {
		if w.isGlobal(root) {
			if c != nil && root.Exported() && !w.plain(root.Type()) {
				w.handOutVariable(root, c)
			}
			return
		}
		w.hold(root, c)
		return
	}
	switch {
	case c == nil || !seen:
	case w.isGlobal(root):
		if root.Exported() {
			w.handOutVariable(root, c)
		}
	case w.outside[root]:
		w.handOut(w.name, rhs, c)
	default:
		w.hold(root, c)
	}
}

// hold notes what a variable holds. The conversion is behind us then: what
// hands it out is the variable.
func (w *flow) hold(v types.Object, c *cargo) {
	if c == nil {
		delete(w.holds, v)
		return
	}
	held := *c
	held.at = nil
	w.holds[v] = &held
}

// root returns the variable that a chain of selectors, indices and stars
// begins at. seen is false if a field on the way is not exported.
func (w *flow) root(e ast.Expr) (v types.Object, seen bool) {
	seen = true
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			v, ok := w.pass.TypesInfo.ObjectOf(x).(*types.Var)
			if !ok {
				return nil, false
			}
			return v, seen
		case *ast.SelectorExpr:
			if obj, ok := w.pass.TypesInfo.Uses[x.Sel].(*types.Var); ok && !obj.IsField() {
				return obj, seen // a variable of another package
			}
			seen = seen && x.Sel.IsExported()
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		default:
			return nil, false
		}
	}
}

func (w *flow) isGlobal(v types.Object) bool {
	return v.Pkg() == w.pass.Pkg && v.Parent() == w.pass.Pkg.Scope()
}

// handOutVariable reports a leak through a package variable at the variable.
func (w *flow) handOutVariable(v types.Object, c *cargo) {
	if !w.here.Law.API(w.here.Place).Sees(v.Name()) {
		return
	}
	named := *c
	named.at = nil
	at := &ast.Ident{NamePos: v.Pos(), Name: v.Name()}
	w.handOut(v.Name(), at, &named)
}

func (w *flow) typeOf(e ast.Expr) types.Type {
	if id, ok := e.(*ast.Ident); ok {
		if obj := w.pass.TypesInfo.ObjectOf(id); obj != nil {
			return obj.Type()
		}
	}
	return w.pass.TypesInfo.TypeOf(e)
}

// send finds what goes into a channel that callers hold.
func (w *flow) send(s *ast.SendStmt) {
	t := w.typeOf(s.Chan)
	if t == nil {
		return
	}
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return
	}
	c := w.convert(s.Value, ch.Elem())
	root, seen := w.root(s.Chan)
	switch {
	case c == nil || root == nil:
	case w.outside[root] && seen, w.isGlobal(root) && root.Exported():
		w.handOut(w.name, s.Value, c)
	case !w.outside[root]:
		w.hold(root, c)
	}
}

// ret finds what is returned: by the API to its callers, or by a helper or
// function literal to whoever asked what it returns.
func (w *flow) ret(s *ast.ReturnStmt) {
	if w.results == nil {
		return
	}
	var cargos []*cargo
	switch n := w.results.Len(); {
	case len(s.Results) == 0:
		for v := range w.results.Variables() {
			cargos = append(cargos, w.holds[v])
		}
	case len(s.Results) != n:
		cargos = w.call(s.Results[0])
	default:
		for i, e := range s.Results {
			cargos = append(cargos, w.convert(e, w.results.At(i).Type()))
		}
	}
	for i, c := range cargos {
		if c == nil || i >= w.results.Len() {
			continue
		}
		if w.api {
			if !w.plain(w.results.At(i).Type()) {
				w.handOut(w.name, at(s, i), c)
			}
		} else if w.returns[i] == nil {
			w.returns[i] = c
		}
	}
}

// at is the expression of a return statement that returns result i; that of a
// naked return is the statement's keyword.
func at(s *ast.ReturnStmt, i int) ast.Expr {
	switch {
	case len(s.Results) == 0:
		return &ast.Ident{NamePos: s.Return, Name: "return"}
	case i < len(s.Results):
		return s.Results[i]
	}
	return s.Results[0]
}
