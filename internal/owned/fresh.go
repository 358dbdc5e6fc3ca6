package owned

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// tooLong bounds the keys of places, which grow where a variable is defined
// by a part of itself.
const tooLong = 120

// stale returns the definitions by which the reference at a key of a variable
// may be one that others hold. A variable that is defined by itself is fresh
// if all its other definitions are.
func (f *function) stale(l *local, key string) []def {
	if found, ok := l.stale[key]; ok {
		return found
	}
	if l.stale == nil {
		l.stale = map[string][]def{}
	}
	l.stale[key] = nil
	if len(key) > tooLong {
		return nil
	}
	var found []def
	add := func(defs []def, rest string) {
		for _, d := range defs {
			if !f.fresh(l, d, rest) {
				found = append(found, d)
			}
		}
	}
	add(l.defs, key)
	for prefix := range prefixes(key) {
		add(l.records[prefix], key[len(prefix):])
	}
	slices.SortStableFunc(found, func(a, b def) int { return cmp.Compare(a.pos, b.pos) })
	l.stale[key] = found
	return found
}

// fresh reports whether a definition of a variable, or of memory behind it,
// makes the reference at a key from there a new one.
func (f *function) fresh(l *local, d def, key string) bool {
	switch d.kind {
	case zero:
		return true
	case value:
		return f.freshExpr(l, d.expr, key)
	case element:
		p, ok := f.source(d)
		return ok && f.freshPlace(p, key)
	}
	return false
}

func (f *function) freshExpr(l *local, e ast.Expr, key string) bool {
	e = ast.Unparen(e)
	if tv, ok := f.info.Types[e]; ok && (tv.IsNil() || tv.Value != nil) {
		return true
	}
	switch e := e.(type) {
	case *ast.CompositeLit:
		return f.freshLiteral(l, e, key)
	case *ast.FuncLit, *ast.BinaryExpr:
		return true
	case *ast.UnaryExpr:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok && e.Op == token.AND {
			return f.freshLiteral(l, lit, strings.TrimPrefix(key, deref))
		}
	case *ast.CallExpr:
		if inner := f.conversion(e); inner != nil {
			return f.freshConversion(l, e, inner, key)
		}
		return f.freshCall(l, e, key)
	case *ast.TypeAssertExpr:
		return f.freshExpr(l, e.X, key)
	}
	return f.freshPlace(f.place(e), key)
}

// freshPlace reports whether the reference at a key from a place is one that
// only this function holds.
func (f *function) freshPlace(p Place, key string) bool {
	l := f.locals[p.Root]
	if l == nil {
		return false
	}
	if !p.Addr {
		return len(f.stale(l, p.Key+key)) == 0
	}
	switch step, rest, _ := strings.Cut(key, "/"); step {
	case "*":
		return len(f.stale(l, p.Key+rest)) == 0
	case "#":
		return len(f.stale(l, p.Key+arrayStep+rest)) == 0
	}
	return !p.shared() || len(f.stale(l, p.reference())) == 0
}

// freshLiteral follows a key into the elements of a literal.
func (f *function) freshLiteral(l *local, lit *ast.CompositeLit, key string) bool {
	key = strings.TrimPrefix(key, deref) // an element of []*T whose &T is left out
	if key == "" {
		return true
	}
	step, rest, _ := strings.Cut(key, "/")
	if field, ok := strings.CutPrefix(step, "."); ok {
		e := f.elementOf(lit, field)
		return e == nil || f.freshExpr(l, e, rest)
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if !f.freshExpr(l, e, rest) {
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
func (f *function) freshConversion(l *local, e *ast.CallExpr, inner ast.Expr, key string) bool {
	if t := f.info.TypeOf(inner); t != nil {
		if b, ok := core(t).(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return true
		}
	}
	return f.freshExpr(l, inner, key)
}

func (f *function) freshCall(l *local, e *ast.CallExpr, key string) bool {
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
		return f.freshExpr(l, e.Args[0], rest)
	case "append":
		return f.freshAppend(l, e, key)
	case "min", "max", "len", "cap":
		return true
	}
	if deep(e) {
		return true
	}
	if !cloners[identity(f.info, e)] {
		return false
	}
	// The memory is new, its elements are those of the argument.
	return key == "" || len(e.Args) > 0 && f.freshExpr(l, e.Args[0], key)
}

// deep reports whether a call is of a method that by its name returns a copy
// that shares nothing.
func deep(e *ast.CallExpr) bool {
	sel := method(e)
	return sel != nil && (sel.Sel.Name == "DeepCopy" || sel.Sel.Name == "Clone" || sel.Sel.Name == "CloneVT") && len(e.Args) == 0
}

// freshAppend: to append to oneself, or to something new, makes nothing
// shared; nor does it if there is no room behind the end.
func (f *function) freshAppend(l *local, e *ast.CallExpr, key string) bool {
	if len(e.Args) == 0 {
		return true
	}
	base := ast.Unparen(e.Args[0])
	full := false
	if s, ok := base.(*ast.SliceExpr); ok && s.Slice3 && len(e.Args) > 1 {
		full = true
	}
	if key == "" {
		return full || f.isSelf(l, base) || f.freshExpr(l, base, "")
	}
	if !f.isSelf(l, base) && !f.freshExpr(l, base, key) {
		return false
	}
	_, rest, _ := strings.Cut(key, "/")
	for _, arg := range e.Args[1:] {
		if e.Ellipsis != token.NoPos {
			rest = key
		}
		if !f.freshExpr(l, arg, rest) {
			return false
		}
	}
	return true
}

// isSelf reports whether an expression is the variable being defined.
func (f *function) isSelf(l *local, e ast.Expr) bool {
	if s, ok := e.(*ast.SliceExpr); ok {
		e = ast.Unparen(s.X)
	}
	id, ok := e.(*ast.Ident)
	return ok && f.local(id) == l
}
