package frozencontract

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/edit"
	"github.com/boundaries-dev/boundaries/internal/owned"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// methodShape judges what a function does to the types around it: a method
// that changes its receiver, a getter that hands out what is inside, a
// constructor that keeps what it was handed.
func (r *room) methodShape(fn *ast.FuncDecl) {
	if fn.Body == nil || owned.DecoderHook(fn.Name.Name) && fn.Recv != nil {
		return // a decoder hook is called on a value in the making
	}
	body := r.functions.Body(fn)
	if recv, contract := r.receiver(fn); contract != nil {
		r.setter(fn, recv, contract)
		if fn.Name.IsExported() {
			r.getter(fn, body, recv)
		}
	}
	r.keeps(fn, body)
}

// receiver returns the receiver of a method of a contract. recv is nil if it
// has no name.
func (r *room) receiver(fn *ast.FuncDecl) (recv *types.Var, contract *types.TypeName) {
	if fn.Recv.NumFields() != 1 {
		return nil, nil
	}
	t := r.typeOf(fn.Recv.List[0].Type)
	if t == nil {
		return nil, nil
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if names := fn.Recv.List[0].Names; len(names) == 1 {
		recv, _ = r.TypesInfo.Defs[names[0]].(*types.Var)
	}
	return recv, r.contracts.Of(t)
}

// setter reports a method that changes its receiver, once.
func (r *room) setter(fn *ast.FuncDecl, recv *types.Var, contract *types.TypeName) {
	if recv == nil {
		return
	}
	name := contract.Name() + "." + fn.Name.Name
	returned := map[ast.Node]bool{}
	each(fn.Body, func(ret *ast.ReturnStmt) {
		for _, e := range ret.Results {
			returned[ast.Unparen(e)] = true
		}
	})
	for _, w := range r.functions.Writes(fn) {
		switch {
		case w.Root != recv || returned[w.Node]:
			continue // not of the receiver, or handed out: see getter
		case w.Origin == owned.Lost:
			r.report(rule.MutableContract, fn.Name, fmt.Sprintf("%s changes a copy of its receiver that nobody looks at afterwards; return the changed %s", name, contract.Name()))
		case w.Own || isPointer(recv.Type()):
			r.report(rule.MutableContract, fn.Name, fmt.Sprintf("%s changes its receiver, which others may hold; return a changed copy of the %s", name, contract.Name()))
		default:
			r.report(rule.MutableContract, fn.Name, fmt.Sprintf("%s changes what all copies of its receiver share; return a changed copy of the %s, with a clone", name, contract.Name()))
		}
		return
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// getter reports what a method returns of its receiver's inside: a slice, a
// map or a pointer in an unexported field, or the address of one.
func (r *room) getter(fn *ast.FuncDecl, body *owned.Body, recv *types.Var) {
	if recv == nil {
		return
	}
	each(fn.Body, func(ret *ast.ReturnStmt) {
		for _, result := range ret.Results {
			p := body.Place(result)
			if p.Root != recv || p.Touch == nil || !p.Unexported() {
				continue
			}
			t := r.typeOf(result)
			if t == nil {
				continue
			}
			what, fixes := "", []analysis.SuggestedFix(nil)
			switch t.Underlying().(type) {
			case *types.Slice:
				what, fixes = "slice", r.clone(result, "slices")
			case *types.Map:
				what, fixes = "map", r.clone(result, "maps")
			case *types.Pointer:
				if p.Addr && !isPointer(recv.Type()) || r.shape.Harmless(t) || r.contracts.Of(pointee(t)) != nil {
					continue // of a copy, of what cannot be changed, or of what nobody may write to
				}
				what = "pointer"
			default:
				continue
			}
			r.report(rule.MutableContract, result, fmt.Sprintf("%s hands out the %s inside its receiver; return %s", fn.Name.Name, what, copyOf(what, types.ExprString(result))), fixes...)
		}
	})
}

func copyOf(what, expr string) string {
	switch what {
	case "slice":
		return "slices.Clone(" + expr + ")"
	case "map":
		return "maps.Clone(" + expr + ")"
	}
	return "a copy of what it points to"
}

// each visits the return statements of a body, not those of functions in it.
func each(body *ast.BlockStmt, visit func(*ast.ReturnStmt)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			visit(n)
		}
		return true
	})
}

// keeps reports a parameter that is a slice or a map and that is kept in a
// contract as it is: the caller still has it.
func (r *room) keeps(fn *ast.FuncDecl, body *owned.Body) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if t := r.typeOf(n); t == nil || r.contracts.Of(pointee(t)) == nil {
				return true
			}
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					e = kv.Value
				}
				r.kept(fn, body, e)
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) {
				return true
			}
			for i, lhs := range n.Lhs {
				if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && r.contracts.Of(pointee(r.typeOf(sel.X))) != nil {
					r.kept(fn, body, n.Rhs[i])
				}
			}
		}
		return true
	})
}

func pointee(t types.Type) types.Type {
	if t == nil {
		return types.Typ[types.Invalid]
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func (r *room) kept(fn *ast.FuncDecl, body *owned.Body, e ast.Expr) {
	t := r.typeOf(e)
	if t == nil || !body.Given(e) {
		return
	}
	pkg := ""
	switch t.Underlying().(type) {
	case *types.Slice:
		pkg = "slices"
	case *types.Map:
		pkg = "maps"
	default:
		return
	}
	text := types.ExprString(e)
	r.report(rule.MutableContract, e, fmt.Sprintf("%s keeps %s, which its caller can still change; keep %s.Clone(%s)", fn.Name.Name, text, pkg, text), r.clone(e, pkg)...)
}

// clone is the fix that clones a slice or a map.
func (r *room) clone(e ast.Expr, pkg string) []analysis.SuggestedFix {
	edits := edit.Wrap(r.Pass, r.file, e, pkg, "Clone")
	if edits == nil {
		return nil
	}
	return []analysis.SuggestedFix{{Message: "Clone " + types.ExprString(e), TextEdits: edits}}
}
