package facadeleak

import (
	"go/ast"
	"go/types"
)

// give notes the function literals in an expression that goes to callers, who
// will run them: what these pass to their own parameters, as iterators do,
// goes to callers as well. Literals that are arguments of a call are the
// business of the callee.
func (p *program) give(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		p.given[e] = true
	case *ast.UnaryExpr:
		p.give(e.X)
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			kv, ok := elt.(*ast.KeyValueExpr)
			if !ok {
				p.give(elt)
				continue
			}
			if !p.isPrivateField(kv.Key) {
				p.give(kv.Value)
			}
		}
	case *ast.CallExpr:
		if tv, ok := p.pass.TypesInfo.Types[e.Fun]; ok && tv.IsType() && len(e.Args) == 1 {
			p.give(e.Args[0]) // a conversion
		}
	}
}

// isPrivateField reports whether the key of an element is a field that callers
// do not see.
func (p *program) isPrivateField(key ast.Expr) bool {
	id, ok := key.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := p.pass.TypesInfo.Uses[id].(*types.Var)
	return ok && v.IsField() && !v.Exported()
}

// giveAssigned notes the function literals that an assignment puts where
// callers see them.
func (w *flow) giveAssigned(s *ast.AssignStmt) {
	if len(s.Lhs) != len(s.Rhs) {
		return
	}
	for i, lhs := range s.Lhs {
		root, seen := w.root(lhs)
		if root == nil || !seen {
			continue
		}
		_, direct := ast.Unparen(lhs).(*ast.Ident)
		if w.outside[root] && !direct || w.isGlobal(root) && root.Exported() {
			w.give(s.Rhs[i])
		}
	}
}
