package owned

import (
	"go/ast"
	"go/types"
)

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
	c.f.escapes = append(c.f.escapes, escape{expr: e, sink: sink{e.Pos(), c.until, to}})
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
