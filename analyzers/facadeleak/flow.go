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
	outward bool // callers run it: as the API, or as a function literal that was handed out
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
		w.giveAssigned(s)
		w.effects(s.Rhs...)
		w.effects(s.Lhs...)
		if s.Tok == token.ASSIGN || s.Tok == token.DEFINE {
			w.assign(s.Lhs, s.Rhs)
		}
	case *ast.DeclStmt:
		w.declare(s)
	case *ast.ReturnStmt:
		if w.outward {
			for _, e := range s.Results {
				w.give(e)
			}
		}
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
