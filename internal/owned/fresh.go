package owned

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"math"
	"slices"
	"strings"
)

// stale returns the definitions by which the reference at a key of a variable
// may be one that others hold.
func (f *function) stale(l *local, key string) []def {
	if found, ok := l.stale[key]; ok {
		return found
	}
	at := slot{l, key}
	f.searched[at] = true
	defer delete(f.searched, at)
	f.search = search{}
	var found []def
	if !f.isFresh(l, key) {
		for d, rest := range l.decisive(key) {
			f.search = search{open: map[slot]bool{at: true}, budget: enough}
			if !f.fresh(slot{l, key[:len(key)-len(rest)]}, d, rest) && !f.freshThen(d, rest) {
				found = append(found, d)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b def) int { return cmp.Compare(a.pos, b.pos) })
	if l.stale == nil {
		l.stale = map[string][]def{}
	}
	l.stale[key] = found
	return found
}

// freshThen reports whether what a definition takes from another variable was
// new when it did, though not at all times.
func (f *function) freshThen(d def, key string) bool {
	if d.expr == nil {
		return false
	}
	p, ok := f.source(d)
	return ok && f.freshAt(p, key, moment{point: point{d.at, d.expr.Pos()}})
}

// freshAt reports whether the reference at a key from a place is a new one at
// a moment.
func (f *function) freshAt(p Place, key string, at moment) bool {
	l := f.locals[p.Root]
	if l == nil {
		return false
	}
	there, ok := p.Key+key, true
	if p.Addr {
		there, ok = source{Place: p}.there(key)
	}
	if !ok { // the address of the place
		if !p.shared() {
			return true
		}
		there = p.reference()
	}
	if strings.Count(there, "/") > tooFar || f.searched[slot{l, there}] {
		return false
	}
	_, shared := f.shares(l, there, at)
	return !shared
}

// decisive yields what decides over the reference at a key: the definitions of
// the variable and of the memory on the way, each with the rest of the key.
func (l *local) decisive(key string) iter.Seq2[def, string] {
	return func(yield func(def, string) bool) {
		for _, d := range l.defs {
			if !yield(d, key) {
				return
			}
		}
		for prefix := range prefixes(key) {
			for _, d := range l.records[prefix] {
				if !yield(d, key[len(prefix):]) {
					return
				}
			}
		}
	}
}

// A slot is memory at a key of a variable.
type slot struct {
	l   *local
	key string
}

// A search follows one definition back to where the references come from.
// Variables may be defined by each other, and by ever longer parts of
// themselves; such a circle is fresh if nothing else on it is stale. So what
// the search has come by is taken to be fresh, and when its budget is spent,
// so is the rest.
type search struct {
	open   map[slot]bool
	budget int
	vague  bool // something was taken to be fresh
}

const (
	enough = 500
	tooFar = 10 // steps: so far away is only a place on a circle
)

// isFresh reports whether the reference at a key of a variable is a new one,
// whatever definition it has.
func (f *function) isFresh(l *local, key string) bool {
	at := slot{l, key}
	if fresh, known := f.settled[at]; known {
		return fresh
	}
	first := f.search.open == nil
	if first {
		f.search = search{open: map[slot]bool{}, budget: math.MaxInt}
	}
	if f.search.open[at] {
		f.search.vague = true
		return true
	}
	if l.defs[0].kind == unknown {
		return false // a parameter
	}
	if f.search.budget--; f.search.budget < 0 || strings.Count(key, "/") > tooFar {
		f.search.vague = true
		return true
	}
	f.search.open[at] = true
	before := f.search.vague
	f.search.vague = false
	fresh := true
	for d, rest := range l.decisive(key) {
		if !f.fresh(slot{l, key[:len(key)-len(rest)]}, d, rest) {
			fresh = false
			break
		}
	}
	switch {
	case !fresh || !f.search.vague:
		f.settled[at] = fresh
	case first: // nothing stale is on any circle that was come by
		for s := range f.search.open {
			f.settled[s] = true
		}
	}
	f.search.vague = f.search.vague || before
	return fresh
}

// fresh reports whether a definition of a variable, or of memory behind it,
// makes the reference at a key from there a new one.
func (f *function) fresh(self slot, d def, key string) bool {
	switch d.kind {
	case zero:
		return true
	case value:
		return f.freshExpr(self, d.expr, key)
	case element:
		if lit, ok := ast.Unparen(d.expr).(*ast.CompositeLit); ok {
			return f.freshLiteral(self, lit, d.key+key)
		}
		if p, ok := f.source(d); ok {
			return f.freshPlace(p, key)
		}
		return f.freshExpr(self, d.expr, d.key+key)
	}
	return false
}

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
