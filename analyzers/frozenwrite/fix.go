package frozenwrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/edit"
	"github.com/boundaries-dev/boundaries/internal/owned"
)

// A mender knows how to fix the writes of one declaration.
type mender struct {
	pass *analysis.Pass
	file *ast.File
	decl ast.Decl

	tried map[*types.Var]bool // parameters whose first write was looked at
}

// fixes returns the changes that compile, and that mean the same to everybody
// but those who should not have seen a change.
func (m *mender) fixes(w owned.Write) []analysis.SuggestedFix {
	switch {
	case w.Origin == owned.Lost:
	case w.Verb == owned.Append:
		if edits := edit.Wrap(m.pass, m.file, w.Expr, "slices", "Clone"); edits != nil {
			return []analysis.SuggestedFix{{Message: "Append to a clone", TextEdits: edits}}
		}
	case w.Verb == owned.Assign && w.Origin == owned.Param && w.Direct && !m.tried[w.Root]:
		if m.tried == nil {
			m.tried = map[*types.Var]bool{}
		}
		m.tried[w.Root] = true
		if fn, ok := m.decl.(*ast.FuncDecl); ok {
			return copyFirst(m.pass, fn, w)
		}
	}
	return nil
}

// copyFirst puts a copy in the place of a pointer parameter before it is first
// written through. It needs a function that does nothing with the pointer but
// look at its fields, write to them, and return it: then the caller gets the
// changed copy, and nobody in between has the old pointer.
func copyFirst(pass *analysis.Pass, fn *ast.FuncDecl, w owned.Write) []analysis.SuggestedFix {
	stmt := holding(fn.Body, w.Node)
	if stmt == nil || jumps(fn.Body) || !onlyReturned(pass.TypesInfo, fn.Body, w.Root, stmt) {
		return nil
	}
	name := w.Root.Name()
	copied := free(pass.Pkg, fn, name+"Copy")
	text := copied + " := *" + name + "\n" + name + " = &" + copied + "\n"
	text = strings.ReplaceAll(text, "\n", "\n\t")
	return []analysis.SuggestedFix{{
		Message:   "Change a copy of " + name,
		TextEdits: []analysis.TextEdit{{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte(text)}},
	}}
}

// holding returns the statement of a body's own list that is an assignment and
// has a node in it.
func holding(body *ast.BlockStmt, n ast.Node) ast.Stmt {
	for _, s := range body.List {
		if s.Pos() <= n.Pos() && n.End() <= s.End() {
			switch s.(type) {
			case *ast.AssignStmt, *ast.IncDecStmt:
				return s
			}
		}
	}
	return nil
}

// onlyReturned reports whether a pointer is returned after a statement, and
// otherwise only used to get at fields, first of all writes by that statement.
func onlyReturned(info *types.Info, body *ast.BlockStmt, p *types.Var, first ast.Stmt) bool {
	fine := map[*ast.Ident]bool{} // mentions that do no harm
	named := func(e ast.Expr) *ast.Ident {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok || info.Uses[id] != p {
			return nil
		}
		return id
	}
	returned, harmless := false, true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			harmless = false
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				if id := named(e); id != nil {
					fine[id] = true
					returned = returned || n.Pos() > first.Pos()
					harmless = harmless && n.Pos() > first.Pos()
				}
			}
		case *ast.SelectorExpr:
			if id := named(n.X); id != nil && info.Selections[n] != nil && info.Selections[n].Kind() == types.FieldVal {
				fine[id] = true
			}
		case *ast.StarExpr:
			if id := named(n.X); id != nil {
				fine[id] = true
			}
		case *ast.BinaryExpr:
			if id := named(n.X); id != nil && info.Types[n.Y].IsNil() {
				fine[id] = true
			}
		case *ast.UnaryExpr:
			harmless = harmless && (n.Op != token.AND || !mentions(info, n.X, p))
		case *ast.AssignStmt:
			harmless = harmless && (n.Pos() >= first.Pos() || !writes(info, n, p))
		case *ast.IncDecStmt:
			harmless = harmless && (n.Pos() >= first.Pos() || !mentions(info, n.X, p))
		case *ast.Ident:
			harmless = harmless && (info.Uses[n] != p || fine[n])
		}
		return harmless
	})
	return returned && harmless
}

func writes(info *types.Info, n *ast.AssignStmt, p *types.Var) bool {
	for _, lhs := range n.Lhs {
		if mentions(info, lhs, p) {
			return true
		}
	}
	return false
}

func mentions(info *types.Info, e ast.Expr, v *types.Var) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && info.Uses[id] == v
		return !found
	})
	return found
}

// jumps reports whether there is a goto in a body: none may jump over the
// declaration of a variable.
func jumps(body *ast.BlockStmt) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.GOTO
		return !found
	})
	return found
}

// free returns a name that means nothing in a function yet.
func free(pkg *types.Package, fn *ast.FuncDecl, name string) string {
	taken := map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			taken[id.Name] = true
		}
		return true
	})
	for taken[name] || pkg.Scope().Lookup(name) != nil {
		name += "_"
	}
	return name
}
