package owned

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// freshExpr reports whether what an expression makes is new, up to the
// reference at a key.
func (f *function) freshExpr(self slot, e ast.Expr, key string) bool {
	e = ast.Unparen(e)
	if tv, ok := f.info.Types[e]; ok && (tv.IsNil() || tv.Value != nil) {
		return true
	}
	switch e := e.(type) {
	case *ast.CompositeLit:
		return f.freshLiteral(self, e, key)
	case *ast.FuncLit, *ast.BinaryExpr:
		return true
	case *ast.SliceExpr:
		if e.Slice3 && f.isZero(e.High) && f.isZero(e.Max) {
			return true // there is nothing in it, nor room for anything
		}
	case *ast.UnaryExpr:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok && e.Op == token.AND {
			return f.freshLiteral(self, lit, strings.TrimPrefix(key, deref))
		}
	case *ast.CallExpr:
		if inner := f.conversion(e); inner != nil {
			return f.freshConversion(self, inner, key)
		}
		return f.freshCall(self, e, key)
	case *ast.TypeAssertExpr:
		return f.freshExpr(self, e.X, key)
	}
	p := f.place(e)
	return f.freshPlace(p, key) || f.freshMention(p, e, key)
}

func (f *function) isZero(e ast.Expr) bool {
	tv, ok := f.info.Types[e]
	return ok && tv.Value != nil && constant.Sign(tv.Value) == 0
}

// freshMention reports whether a part of a definition names what is new where
// it stands.
func (f *function) freshMention(p Place, e ast.Expr, key string) bool {
	at, ok := f.mentioned(e)
	if !ok || f.search.budget <= 0 {
		return false
	}
	search := f.search
	defer func() { f.search = search }()
	return f.freshAt(p, key, at)
}

// freshPlace reports whether the reference at a key from a place is one that
// only this function holds.
func (f *function) freshPlace(p Place, key string) bool {
	l := f.locals[p.Root]
	if l == nil {
		return false
	}
	if !p.Addr {
		return f.isFresh(l, p.Key+key)
	}
	switch step, rest, _ := strings.Cut(key, "/"); step {
	case "*":
		return f.isFresh(l, p.Key+rest)
	case "#":
		return f.isFresh(l, p.Key+arrayStep+rest)
	}
	return !p.shared() || f.isFresh(l, p.reference())
}

// freshLiteral follows a key into the elements of a literal.
func (f *function) freshLiteral(self slot, lit *ast.CompositeLit, key string) bool {
	key = strings.TrimPrefix(key, deref) // an element of []*T whose &T is left out
	if key == "" {
		return true
	}
	step, rest, _ := strings.Cut(key, "/")
	if field, ok := strings.CutPrefix(step, "."); ok {
		e := f.elementOf(lit, field)
		return e == nil || f.freshExpr(self, e, rest)
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if !f.freshExpr(self, e, rest) {
			return false
		}
	}
	return true
}

// elementOf returns what a struct literal says of a field, nil if nothing.
func (f *function) elementOf(lit *ast.CompositeLit, field string) ast.Expr {
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == field {
				return kv.Value
			}
			continue
		}
		t := f.info.TypeOf(lit)
		if t == nil {
			return nil
		}
		if elem, ok := pointee(t); ok {
			t = elem
		}
		if s, ok := core(t).(*types.Struct); ok && i < s.NumFields() && s.Field(i).Name() == field {
			return e
		}
	}
	return nil
}

// freshConversion: from a string, a conversion makes a new slice; any other
// keeps what it converts.
func (f *function) freshConversion(self slot, inner ast.Expr, key string) bool {
	return f.isString(inner) || f.freshExpr(self, inner, key)
}

func (f *function) freshCall(self slot, e *ast.CallExpr, key string) bool {
	switch f.builtin(e) {
	case "make":
		return true
	case "new":
		rest, ok := strings.CutPrefix(key, deref)
		if !ok || len(e.Args) == 0 {
			return true
		}
		if tv, ok := f.info.Types[e.Args[0]]; ok && tv.IsType() {
			return true
		}
		return f.freshExpr(self, e.Args[0], rest)
	case "min", "max", "len", "cap":
		return true
	}
	if f.grows(e) {
		return f.freshAppend(self, e, key)
	}
	if lit, ok := ast.Unparen(e.Fun).(*ast.FuncLit); ok {
		return f.freshResult(lit, key)
	}
	if keepers[identity(f.info, e)] {
		return f.isSelf(self, e.Args[0]) || f.freshExpr(self, e.Args[0], key)
	}
	if deep(e) {
		return true
	}
	if !cloners[identity(f.info, e)] {
		return false
	}
	// The memory is new, its elements are those of the arguments.
	if key == "" {
		return true
	}
	for _, arg := range e.Args {
		from, step, ok := f.iterated(arg)
		if !ok {
			from, step = arg, key
		} else {
			_, rest, _ := strings.Cut(key, "/")
			step += rest
		}
		if !f.freshExpr(self, from, step) {
			return false
		}
	}
	return true
}

// freshResult reports whether all that a literal returns, which is called
// right here, is new.
func (f *function) freshResult(lit *ast.FuncLit, key string) bool {
	fresh := lit.Type.Results.NumFields() == 1
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			fresh = fresh && len(n.Results) == 1 && f.freshExpr(slot{}, n.Results[0], key)
		}
		return fresh
	})
	return fresh
}

// deep reports whether a call is of a method that by its name returns a copy
// that shares nothing.
func deep(e *ast.CallExpr) bool {
	sel := method(e)
	return sel != nil && (sel.Sel.Name == "DeepCopy" || sel.Sel.Name == "Clone" || sel.Sel.Name == "CloneVT") && len(e.Args) == 0
}

// freshAppend: to append to oneself, or to something new, makes nothing
// shared; nor does it if there is no room behind the end.
func (f *function) freshAppend(self slot, e *ast.CallExpr, key string) bool {
	if len(e.Args) == 0 {
		return true
	}
	base := ast.Unparen(e.Args[0])
	full := false
	if s, ok := base.(*ast.SliceExpr); ok && s.Slice3 && len(e.Args) > 1 {
		full = true
	}
	if key == "" {
		return full || f.isSelf(self, base) || f.freshExpr(self, base, "")
	}
	if !f.isSelf(self, base) && !f.freshExpr(self, base, key) {
		return false
	}
	_, rest, _ := strings.Cut(key, "/")
	for _, arg := range e.Args[1:] {
		if e.Ellipsis != token.NoPos {
			rest = key
		}
		if !f.freshExpr(self, arg, rest) {
			return false
		}
	}
	return true
}

// isSelf reports whether an expression names the memory that is being defined,
// or a part of that.
func (f *function) isSelf(self slot, e ast.Expr) bool {
	p := f.place(e)
	return self.l != nil && p.Root == self.l.obj && p.Key == self.key && !p.Addr
}
