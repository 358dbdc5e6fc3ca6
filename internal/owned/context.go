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
		c.write(n.X, n.End())
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
			f.escapes = append(f.escapes, escape{vr: v, sink: sink{lit.Pos(), c.until, "a goroutine"}})
		case kept:
		default:
			f.escapes = append(f.escapes, escape{vr: v, sink: sink{lit.Pos(), c.until, "a function that is kept"}})
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
