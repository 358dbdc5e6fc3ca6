package facadeleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// A flow is the state of going through one body.
type flow struct {
	*program
	name    string
	api     bool // what it returns goes to callers
	below   bool // it is the body of a helper: other helpers are not followed
	results *types.Tuple
	holds   map[types.Object]*cargo // what variables currently hold
	outside map[types.Object]bool   // variables that callers share: parameters and the receiver
	returns []*cargo                // by result, of a helper or function literal
}

func (p *program) newFlow() *flow {
	return &flow{program: p, holds: map[types.Object]*cargo{}, outside: map[types.Object]bool{}}
}

// block goes through statements; it reports whether control comes out at the
// end.
func (w *flow) block(b *ast.BlockStmt) bool {
	return b == nil || w.list(b.List)
}

func (w *flow) list(stmts []ast.Stmt) bool {
	for _, s := range stmts {
		if !w.stmt(s) {
			return false
		}
	}
	return true
}

func (w *flow) stmt(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return w.block(s)
	case *ast.LabeledStmt:
		return w.stmt(s.Stmt)
	case *ast.ExprStmt:
		w.effects(s.X)
		return !isPanic(s.X)
	case *ast.GoStmt:
		w.effects(s.Call)
	case *ast.DeferStmt:
		w.effects(s.Call)
	case *ast.SendStmt:
		w.effects(s.Chan, s.Value)
		w.send(s)
	case *ast.AssignStmt:
		w.effects(s.Rhs...)
		w.effects(s.Lhs...)
		if s.Tok == token.ASSIGN || s.Tok == token.DEFINE {
			w.assign(s.Lhs, s.Rhs)
		}
	case *ast.DeclStmt:
		w.declare(s)
	case *ast.ReturnStmt:
		w.effects(s.Results...)
		w.ret(s)
		return false
	case *ast.BranchStmt:
		return s.Tok == token.FALLTHROUGH
	case *ast.IfStmt:
		w.init(s.Init)
		w.effects(s.Cond)
		w.branches(func() bool { return w.block(s.Body) }, func() bool { return s.Else == nil || w.stmt(s.Else) })
	case *ast.ForStmt:
		w.init(s.Init)
		w.effects(s.Cond)
		w.branches(func() bool { return w.block(s.Body) && w.init(s.Post) }, skip)
	case *ast.RangeStmt:
		w.effects(s.X)
		w.branches(func() bool { return w.block(s.Body) }, skip)
	case *ast.SwitchStmt:
		w.init(s.Init)
		w.effects(s.Tag)
		w.clauses(s.Body)
	case *ast.TypeSwitchStmt:
		w.init(s.Init)
		w.init(s.Assign)
		w.clauses(s.Body)
	case *ast.SelectStmt:
		w.clauses(s.Body)
	}
	return true
}

func skip() bool { return true }

func (w *flow) init(s ast.Stmt) bool { return s == nil || w.stmt(s) }

func isPanic(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "panic"
}

// branches goes several ways from here. Afterwards a variable holds what it
// holds at the end of any of them.
func (w *flow) branches(ways ...func() bool) {
	before := w.holds
	after := map[types.Object]*cargo{}
	any := false
	for _, way := range ways {
		w.holds = maps.Clone(before)
		if way() {
			any = true
			maps.Copy(after, w.holds)
		}
	}
	if !any {
		after = before // unreachable from here, or by a break or goto
	}
	w.holds = after
}

// clauses goes through the cases of a switch or select, and past them.
func (w *flow) clauses(body *ast.BlockStmt) {
	var ways []func() bool
	complete := false
	for _, s := range body.List {
		switch s := s.(type) {
		case *ast.CaseClause:
			complete = complete || s.List == nil
			ways = append(ways, func() bool {
				w.effects(s.List...)
				return w.list(s.Body)
			})
		case *ast.CommClause:
			complete = true
			ways = append(ways, func() bool { return w.init(s.Comm) && w.list(s.Body) })
		}
	}
	if !complete {
		ways = append(ways, skip)
	}
	w.branches(ways...)
}

func (w *flow) declare(s *ast.DeclStmt) {
	gen, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range gen.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			continue
		}
		lhs := make([]ast.Expr, len(spec.Names))
		for i, name := range spec.Names {
			lhs[i] = name
		}
		w.effects(spec.Values...)
		w.assign(lhs, spec.Values)
	}
}

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
