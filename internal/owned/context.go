package owned

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// A context is where in a body a walk stands.
type context struct {
	f       *function
	loop    *loop
	late    bool       // in a deferred literal
	inner   bool       // in a literal
	block   *cfg.Block // where the statement around stands in the flow
	at      vertex
	end     vertex // where the function or literal around returns
	stmt    ast.Stmt
	results *ast.FieldList // of the function or literal around
	to      types.Object   // the variable that is assigned, if it is one
}

func (c *context) moment(n ast.Node) moment {
	return moment{point: point{c.at, n.Pos()}, loop: c.loop, end: n.End()}
}

// entering returns the context of what a node holds: the node may be a
// statement, or a part of one, that the flow knows.
func (c *context) entering(n ast.Node) *context {
	inner := *c
	if s, ok := n.(ast.Stmt); ok {
		if _, block := n.(*ast.BlockStmt); !block && s != c.stmt {
			inner.stmt, inner.to = s, c.f.assigned(s)
		}
	}
	if b := c.f.flow.blocks[n]; b != nil {
		inner.block, inner.at = b, c.f.flow.tails[b]
		if _, known := c.f.flow.loops[inner.at]; !known {
			c.f.flow.loops[inner.at] = c.loop
		}
	}
	return &inner
}

// under returns the context of what a statement or clause starts with, each
// time that it is come by.
func (c *context) under(n ast.Stmt) *context {
	inner := *c
	if b := c.f.flow.heads[n]; b != nil {
		inner.block, inner.at = b, c.f.flow.tails[b]
	}
	return &inner
}

func (c *context) looping(pos, end token.Pos) *context {
	inner := *c
	inner.loop = &loop{c.loop, pos, end}
	return &inner
}

// Visit collects what one node does, and what its children are to it.
func (c *context) Visit(n ast.Node) ast.Visitor {
	if n == nil {
		return nil
	}
	f := c.f
	c = c.entering(n)
	switch n := n.(type) {
	case *ast.CommClause:
		return c.under(n)
	case *ast.TypeSwitchStmt:
		c.typeSwitch(n)
	case *ast.ForStmt:
		start := n.Pos()
		if n.Init != nil {
			start = n.Init.End() // runs once
		}
		return c.looping(start, n.End())
	case *ast.RangeStmt:
		inner := c.looping(n.Pos(), n.End()).under(n)
		inner.ranges(n)
		return inner
	case *ast.BranchStmt:
		c.jump(n)
	case *ast.AssignStmt:
		if !f.switches[n] {
			c.assign(n)
		}
	case *ast.ReturnStmt:
		c.returns(n)
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

// jump notes a goto that leads back.
func (c *context) jump(n *ast.BranchStmt) {
	if n.Tok != token.GOTO || n.Label == nil {
		return
	}
	label := c.f.info.Uses[n.Label]
	if label != nil && label.Pos() < n.Pos() {
		c.f.flow.jumps = append(c.f.flow.jumps, loop{nil, label.Pos(), n.End()})
	}
}

// function goes on into a literal that is part of the body, and puts any
// other aside.
func (c *context) function(lit *ast.FuncLit) ast.Visitor {
	f := c.f
	switch role := f.roles[lit]; role {
	case merged, invoked, late:
		inner := *c
		inner.late, inner.inner = c.late || role == late, true
		inner.block, inner.end = f.flow.splice(lit.Body, c, role)
		inner.at = f.flow.tails[inner.block]
		inner.results = lit.Type.Results
		f.declareFields(lit.Type.Params, param, inner.at)
		f.declareFields(lit.Type.Results, result, inner.at)
		if call := f.calls[lit]; call != nil && role != merged {
			for i, name := range f.params(lit, call) {
				f.locals[f.info.Defs[name].(*types.Var)].defs = []def{inner.def(name.Pos(), value, call.Args[i])}
			}
		}
		return &inner
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
			f.escapes = append(f.escapes, escape{vr: v, sink: sink{point{c.at, lit.Pos()}, "a goroutine"}})
		case kept:
			if held := f.keptIn[lit]; held != nil {
				f.captured[held] = append(f.captured[held], v)
			}
		default:
			f.escapes = append(f.escapes, escape{vr: v, sink: sink{point{c.at, lit.Pos()}, "a function that is kept"}})
		}
		return true
	})
}
