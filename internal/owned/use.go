package owned

import (
	"go/ast"
	"go/token"
	"go/types"
)

// literal notes that the elements of a literal are kept in it.
func (c *context) literal(n *ast.CompositeLit) {
	f := c.f
	into, put := f.inside[n]
	for i, e := range n.Elts {
		step := f.stepTo(n, i)
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if put && into.expr == nil {
			continue
		}
		if id := bottom(e); id != nil && c.to != nil && f.objectOf(id) == c.to {
			continue // it goes back to where it came from
		}
		if !put || step == "" {
			c.escape(e, "a literal")
			continue
		}
		element := within{expr: into.expr, key: into.key + step}
		f.put(e, element)
		c.store(e, element, "a literal")
	}
}

// stepTo returns the step from a literal to one of its elements.
func (f *function) stepTo(lit *ast.CompositeLit, i int) string {
	t := f.info.TypeOf(lit)
	if t == nil {
		return ""
	}
	prefix := ""
	if elem, ok := pointee(t); ok { // &T is left out
		prefix, t = deref, elem
	}
	switch t := core(t).(type) {
	case *types.Array:
		return prefix + arrayStep
	case *types.Slice:
		return prefix + sliceStep
	case *types.Map:
		return prefix + mapStep
	case *types.Struct:
		if kv, ok := lit.Elts[i].(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				return prefix + "." + id.Name + "/"
			}
		} else if i < t.NumFields() {
			return prefix + "." + t.Field(i).Name() + "/"
		}
	}
	return ""
}

// put notes what a literal is put into.
func (f *function) put(e ast.Expr, into within) {
	if e == nil || into.expr == nil {
		return
	}
	if id, ok := ast.Unparen(into.expr).(*ast.Ident); ok && f.local(id) == nil && f.info.Defs[id] == nil {
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		f.inside[e] = into
	case *ast.UnaryExpr:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok && e.Op == token.AND {
			f.inside[lit] = within{expr: into.expr, key: into.key + deref}
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

// escape notes that an expression is given away.
func (c *context) escape(e ast.Expr, to string) { c.store(e, within{}, to) }

// store notes that an expression is put somewhere. That gives it away, unless
// it is put into something of one's own, which goes from there or does not.
func (c *context) store(e ast.Expr, into within, to string) {
	e = ast.Unparen(e)
	switch e.(type) {
	case *ast.BasicLit, *ast.CompositeLit, *ast.FuncLit, *ast.BinaryExpr:
		return
	}
	c.f.escapes = append(c.f.escapes, escape{e, "", nil, sink{point{c.at, e.Pos()}, to}, into, c.done(e)})
}

// done is when what an expression is put into has it: an assignment is done
// when all of it is.
func (c *context) done(e ast.Expr) token.Pos {
	if n, ok := c.stmt.(*ast.AssignStmt); ok {
		return n.End()
	}
	return e.End()
}

// clone notes that the elements of what a call clones are put somewhere.
func (c *context) clone(e ast.Expr, into within, to string) {
	call, ok := e.(*ast.CallExpr)
	if !ok || !cloners[identity(c.f.info, call)] {
		return
	}
	for _, arg := range call.Args {
		from, step, ok := c.f.iterated(arg)
		if !ok {
			from, step = arg, c.f.elementStep(arg)
		}
		c.elementsOf(call, from, step, within{into.expr, into.key + c.f.elementStep(call), into.append}, to)
	}
}

// elementsOf notes that the elements of something are put somewhere.
func (c *context) elementsOf(by *ast.CallExpr, from ast.Expr, step string, into within, to string) {
	if step != "" {
		c.f.escapes = append(c.f.escapes, escape{from, step, nil, sink{point{c.at, by.Pos()}, to}, into, c.done(by)})
	}
}

// elementStep returns the step to the elements of a slice or map that carry
// references, "" if there are none.
func (f *function) elementStep(e ast.Expr) string {
	t := f.info.TypeOf(e)
	if t == nil {
		return ""
	}
	switch t := core(t).(type) {
	case *types.Slice:
		if f.refers(t.Elem()) {
			return sliceStep
		}
	case *types.Map:
		if f.refers(t.Elem()) {
			return mapStep
		}
	}
	return ""
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
	f.where[id] = c.at
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
