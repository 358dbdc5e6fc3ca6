package owned

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A context is where in a body a walk stands.
type context struct {
	f    *function
	loop *loop
	end  token.Pos // of the block around
	late bool      // in a deferred literal
	stmt ast.Stmt
	to   types.Object // the variable that is assigned, if it is one

	until token.Pos // what stands behind is not reached from here, as the function returns before
	inner bool      // in a literal, which returns to the function around it
}

func (c *context) moment(at ast.Node) moment {
	return moment{pos: at.Pos(), loop: c.loop, late: c.late, end: at.End()}
}

func (c *context) within(n ast.Node) *context {
	inner := *c
	inner.end = n.End()
	if !c.inner && returns(n) {
		inner.until = n.End()
	}
	return &inner
}

// returns reports whether a block ends the function that it is in.
func returns(n ast.Node) bool {
	var list []ast.Stmt
	switch n := n.(type) {
	case *ast.BlockStmt:
		list = n.List
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	}
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}

func (c *context) looping(pos, end token.Pos) *context {
	inner := *c
	inner.end = end
	inner.loop = &loop{c.loop, pos, end}
	return &inner
}

// Visit collects what one node does, and what its children are to it.
func (c *context) Visit(n ast.Node) ast.Visitor {
	f := c.f
	if s, ok := n.(ast.Stmt); ok {
		if _, block := n.(*ast.BlockStmt); !block && s != c.stmt {
			inner := *c
			inner.stmt, inner.to = s, f.assigned(s)
			c = &inner
		}
	}
	switch n := n.(type) {
	case *ast.BlockStmt, *ast.IfStmt, *ast.SwitchStmt, *ast.SelectStmt, *ast.CaseClause, *ast.CommClause:
		return c.within(n)
	case *ast.TypeSwitchStmt:
		c.typeSwitch(n)
		return c.within(n)
	case *ast.ForStmt:
		start := n.Pos()
		if n.Init != nil {
			start = n.Init.End() // runs once
		}
		return c.looping(start, n.End())
	case *ast.RangeStmt:
		inner := c.looping(n.Pos(), n.End())
		inner.ranges(n)
		return inner
	case *ast.LabeledStmt:
		if label, ok := f.info.Defs[n.Label].(*types.Label); ok {
			f.labels[label] = n.Pos()
		}
	case *ast.BranchStmt:
		c.jump(n)
	case *ast.AssignStmt:
		c.assign(n)
	case *ast.IncDecStmt:
		c.write(n.X, n.X, Assign, nil)
	case *ast.ValueSpec:
		c.declare(n)
	case *ast.SendStmt:
		c.escape(n.Value, "a channel")
	case *ast.DeferStmt:
		f.roles[n.Call] = deferredCall
	case *ast.GoStmt:
		f.roles[n.Call] = goCall
	case *ast.CallExpr:
		c.call(n)
	case *ast.CompositeLit:
		c.literal(n)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.address(n, n.X)
		}
	case *ast.SliceExpr:
		c.sliced(n)
	case *ast.SelectorExpr:
		c.reads(n.X, n)
	case *ast.StarExpr:
		c.reads(n.X, nil)
	case *ast.IndexExpr:
		c.reads(n.X, nil)
	case *ast.FuncLit:
		return c.function(n)
	case *ast.Ident:
		c.mention(n)
	}
	return c
}

// function goes on into a literal that is part of the body, and puts any
// other aside.
func (c *context) function(lit *ast.FuncLit) ast.Visitor {
	f := c.f
	switch role := f.roles[lit]; role {
	case merged, late:
		f.declareFields(lit.Type.Params, param)
		f.declareFields(lit.Type.Results, result)
		inner := c.within(lit)
		inner.inner = true
		inner.late = c.late || role == late
		return inner
	default:
		f.literals = append(f.literals, lit)
		c.captures(lit, role)
	}
	return nil
}

// captures notes the variables that a literal of its own uses. One that a
// goroutine runs, or that is kept elsewhere, holds them from then on.
func (c *context) captures(lit *ast.FuncLit, role role) {
	f, seen := c.f, map[*types.Var]bool{}
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := f.info.Uses[id].(*types.Var)
		if !ok || f.locals[v] == nil || seen[v] {
			return true
		}
		seen[v] = true
		l := f.locals[v]
		l.uses = append(l.uses, f.node.End())
		l.whole = append(l.whole, id.Pos())
		switch role {
		case running:
			f.escapes = append(f.escapes, escape{to: "a goroutine", at: lit.Pos(), until: c.until, vr: v})
		case kept:
		default:
			f.escapes = append(f.escapes, escape{to: "a function that is kept", at: lit.Pos(), until: c.until, vr: v})
		}
		return true
	})
}

// jump notes a goto, which may run what stands above once more.
func (c *context) jump(n *ast.BranchStmt) {
	if n.Tok != token.GOTO || n.Label == nil {
		return
	}
	f := c.f
	f.jumpy = true
	label, ok := f.info.Uses[n.Label].(*types.Label)
	if !ok {
		return
	}
	if start, above := f.labels[label]; above {
		if f.jumps.end == token.NoPos || start < f.jumps.pos {
			f.jumps.pos = start
		}
		f.jumps.end = max(f.jumps.end, n.End())
	}
}

func (c *context) def(pos token.Pos, kind defKind, e ast.Expr) def {
	return def{pos: pos, end: c.end, kind: kind, expr: e}
}

// give defines a variable.
func (c *context) give(id *ast.Ident, d def) {
	if id.Name == "_" {
		return
	}
	if c.f.info.Defs[id] != nil {
		c.f.declare(id, plain, d)
		return
	}
	if l := c.f.local(id); l != nil {
		l.defs = append(l.defs, d)
	}
}

func (c *context) declare(n *ast.ValueSpec) {
	for i, name := range n.Names {
		switch {
		case len(n.Values) == 0:
			c.give(name, c.def(name.Pos(), zero, nil))
		case len(n.Values) == len(n.Names):
			c.f.keep(name, n.Values[i])
			c.give(name, c.def(name.Pos(), value, n.Values[i]))
		default:
			c.give(name, c.tuple(name.Pos(), i, n.Values[0]))
		}
	}
}

// tuple is the definition of the i'th variable by an expression of many
// values. Of "v, ok" forms the first is the value.
func (c *context) tuple(pos token.Pos, i int, e ast.Expr) def {
	if _, call := ast.Unparen(e).(*ast.CallExpr); call || i > 0 {
		return c.def(pos, unknown, e)
	}
	return c.def(pos, value, e)
}

func (c *context) assign(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		var rhs ast.Expr
		d := c.def(n.End(), unknown, nil)
		switch {
		case n.Tok != token.ASSIGN && n.Tok != token.DEFINE: // x += y
		case len(n.Rhs) == len(n.Lhs):
			rhs = n.Rhs[i]
			d = c.def(n.End(), value, rhs)
		case len(n.Rhs) == 1:
			d = c.tuple(n.End(), i, n.Rhs[0])
		}
		id, plain := ast.Unparen(lhs).(*ast.Ident)
		if plain && !c.foreign(id) {
			if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
				c.f.marks[id] = written
				c.f.keep(id, rhs)
				c.give(id, d)
				if c.f.local(id) == nil && rhs != nil {
					c.escape(rhs, id.Name)
				}
			}
			continue
		}
		c.write(lhs, lhs, Assign, n)
		c.record(lhs, d)
		if rhs != nil {
			c.escape(rhs, types.ExprString(lhs))
		}
	}
	c.appends(n)
}

// appends notes the place that each append of an assignment stores into.
func (c *context) appends(n *ast.AssignStmt) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, rhs := range n.Rhs {
		if call, ok := ast.Unparen(rhs).(*ast.CallExpr); ok && c.f.builtin(call) == "append" && len(call.Args) > 0 {
			c.f.events = append(c.f.events, event{expr: call.Args[0], node: call, verb: Append, at: c.moment(n), stmt: c.stmt, step: sliceStep, lhs: n.Lhs[i]})
			c.f.roles[call] = handled
			c.f.appendTo[call] = n.Lhs[i]
		}
	}
}

// foreign reports whether a plain identifier is the variable of a package
// that is imported with a dot.
func (c *context) foreign(id *ast.Ident) bool {
	v, ok := c.f.objectOf(id).(*types.Var)
	return ok && v.Pkg() != nil && v.Pkg() != c.f.pkg && v.Parent() == v.Pkg().Scope()
}

// write notes that an expression is written to.
func (c *context) write(lhs ast.Expr, show ast.Node, verb Verb, n *ast.AssignStmt) {
	at := c.moment(lhs)
	if n != nil {
		at.end = n.End()
	}
	if id := bottom(lhs); id != nil {
		c.f.marks[id] = written
	}
	if _, plain := ast.Unparen(lhs).(*ast.Ident); plain && verb == Assign && !c.foreign(ast.Unparen(lhs).(*ast.Ident)) {
		return // a name is bound to something else
	}
	c.f.events = append(c.f.events, event{expr: lhs, node: show, verb: verb, at: at, stmt: c.stmt})
}

// record notes what the memory at a path is given.
func (c *context) record(lhs ast.Expr, d def) {
	c.f.records = append(c.f.records, record{lhs, d})
}

// bottom is the identifier at the bottom of an expression that is written to.
func bottom(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func (c *context) ranges(n *ast.RangeStmt) {
	step := mapStep
	if t := c.f.info.TypeOf(n.X); t != nil {
		if elem, ok := pointee(t); ok {
			t = elem
		}
		switch core(t).(type) {
		case *types.Slice:
			step = sliceStep
		case *types.Array:
			step = arrayStep
		}
	}
	c.f.readOnly(n.X)
	for i, e := range []ast.Expr{n.Key, n.Value} {
		if e == nil {
			continue
		}
		d := c.def(e.Pos(), unknown, nil)
		if i == 1 {
			d = c.def(e.Pos(), element, n.X)
			d.key = step
		}
		id, plain := ast.Unparen(e).(*ast.Ident)
		switch {
		case !plain:
			c.write(e, e, Assign, nil)
			c.record(e, c.def(e.Pos(), unknown, nil))
		case n.Tok == token.DEFINE && id.Name != "_":
			c.f.declare(id, ranged, d)
		default:
			c.f.marks[id] = written
			c.give(id, d)
		}
	}
}

// typeSwitch declares the variable of each clause.
func (c *context) typeSwitch(n *ast.TypeSwitchStmt) {
	assign, ok := n.Assign.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return
	}
	for _, clause := range n.Body.List {
		if v, ok := c.f.info.Implicits[clause].(*types.Var); ok {
			c.f.add(&local{obj: v, defs: []def{{pos: clause.Pos(), end: clause.End(), kind: value, expr: assign.Rhs[0]}}})
		}
	}
}

// literal notes that the elements of a literal are kept in it.
func (c *context) literal(n *ast.CompositeLit) {
	f := c.f
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if id := bottom(e); id == nil || c.to == nil || f.objectOf(id) != c.to {
			c.escape(e, "a literal") // else it goes back to where it came from
		}
	}
}

// assigned returns the variable that a statement assigns, if that is all it
// does.
func (f *function) assigned(s ast.Stmt) types.Object {
	if n, ok := s.(*ast.AssignStmt); ok && len(n.Lhs) == 1 {
		if id, ok := ast.Unparen(n.Lhs[0]).(*ast.Ident); ok {
			return f.objectOf(id)
		}
	}
	return nil
}

func (c *context) escape(e ast.Expr, to string) {
	e = ast.Unparen(e)
	switch e.(type) {
	case *ast.BasicLit, *ast.CompositeLit, *ast.FuncLit, *ast.BinaryExpr:
		return
	}
	c.f.escapes = append(c.f.escapes, escape{expr: e, to: to, at: e.Pos(), until: c.until})
}

// reads notes that only a part of what an expression names is looked at.
func (c *context) reads(e ast.Expr, sel *ast.SelectorExpr) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || c.f.marks[id] != 0 {
		return
	}
	if sel != nil {
		if s := c.f.info.Selections[sel]; s == nil || s.Kind() != types.FieldVal {
			return
		}
	}
	c.f.marks[id] = read
}

// mention notes a use of a variable.
func (c *context) mention(id *ast.Ident) {
	f := c.f
	v, ok := f.info.Uses[id].(*types.Var)
	if !ok {
		return
	}
	l := f.locals[v]
	if l == nil {
		return
	}
	pos := id.Pos()
	if c.late {
		pos = f.node.End()
	}
	switch f.marks[id] {
	case written:
	case read:
		l.uses = append(l.uses, pos)
	default:
		l.uses = append(l.uses, pos)
		l.whole = append(l.whole, pos)
	}
}
