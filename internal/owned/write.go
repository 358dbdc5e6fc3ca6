package owned

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A Write is a place where a function writes to memory of a contract that is
// not, or no longer, its own.
type Write struct {
	Node   ast.Node // what does it
	Expr   ast.Expr // what is written to
	Verb   Verb
	Touch  Touch
	Root   *types.Var // the variable at the bottom, nil if there is none
	Own    bool       // the function declares Root, and no reference leads on from there
	Direct bool       // the only reference on the way is Root itself, a pointer
	Origin Origin
	To     string    // where it escaped to
	Sink   token.Pos // where it escaped
}

// A Verb is how memory is written.
type Verb int

// The ways to write.
const (
	Assign  Verb = iota
	Rebind       // a variable of another package
	Append       // maybe, behind the end of a slice
	Copy         // elements into
	Delete       // entries from a map
	Clear        // a slice or map
	Sort         // or reorder otherwise, in place
	Decode       // into
	Address      // is taken, so that anybody may write
)

// An Origin is why the memory is not the function's own.
type Origin int

// The origins of memory.
const (
	Lost      Origin = iota // it is the function's own, and nobody looks at it afterwards
	Param                   // came in as an argument
	Receiver                // lies behind the receiver
	Escaped                 // was given away
	Captured                // belongs to the function around
	Global                  // lies behind a package variable
	Returned                // a call returned it
	Elsewhere               // was read from somewhere else
)

// Writes returns the writes in a declaration, in the order of the text.
func (a *Analysis) Writes(decl ast.Decl) []Write {
	var found []Write
	for todo := []ast.Node{decl}; len(todo) > 0; {
		f := a.function(todo[0])
		todo = todo[1:]
		found = append(found, f.writes()...)
		for _, lit := range f.literals {
			todo = append(todo, lit)
		}
	}
	slices.SortStableFunc(found, func(a, b Write) int { return int(a.Node.Pos() - b.Node.Pos()) })
	return found
}

// writes judges the events of a function. What a statement stores back where
// it was changed is one write, not two.
func (f *function) writes() []Write {
	type back struct {
		stmt ast.Stmt
		root *types.Var
		key  string
	}
	var found []Write
	assigned := map[back]bool{}
	for _, e := range f.events {
		p, w, ok := f.judge(e)
		if !ok {
			continue
		}
		if e.stmt != nil && w.Verb == Assign && p.Root != nil {
			assigned[back{e.stmt, p.Root, p.Key}] = true
		}
		if e.step != "" && e.verb != Decode {
			if inner := f.place(e.expr); inner.Root != nil && assigned[back{e.stmt, inner.Root, inner.Key}] {
				continue
			}
		}
		found = append(found, w)
	}
	return found
}

// judge says whether an event writes to a contract that others may hold.
func (f *function) judge(e event) (Place, Write, bool) {
	p := f.target(e)
	e.at.what = e.expr
	w := Write{Node: e.node, Expr: e.expr, Verb: e.verb, Root: p.Root}
	if v := f.foreignVar(e, p); v != nil {
		w.Verb, w.Origin, w.Touch = Rebind, Global, Touch{f.contracts.Of(deref1(v.Type())), nil}
		return p, w, true
	}
	if p.aliased || e.verb == Append && f.harmlessAppend(e, p) || e.verb == Address && f.harmlessAddress(e, p) {
		return p, w, false
	}
	if p.Touch == nil {
		p.Touch = f.touchThrough(e, p)
	}
	if p.Touch == nil {
		return p, w, false
	}
	w.Touch = *p.Touch
	w.Direct = strings.HasPrefix(p.Key, deref) && !strings.ContainsAny(p.Key[len(deref):], references)
	return p, w, !f.owns(p, e.at, &w)
}

// target resolves the place that an event writes to. All of a contract is
// touched by writing through a pointer to it, and by writing to an element of
// a contract that is a slice or a map.
func (f *function) target(e event) Place {
	p := f.place(e.expr)
	t := f.info.TypeOf(e.expr)
	if t == nil {
		return p
	}
	switch {
	case e.verb == Decode && e.step == "":
		p = p.touch(f.contracts.Of(t), nil)
	case e.verb == Decode:
		p = p.step(deref)
		if elem, ok := pointee(t); ok {
			p = p.touch(f.contracts.Of(elem), nil)
		}
	case e.step != "":
		p = p.step(e.step).touch(f.contracts.Of(t), nil)
	case e.verb == Assign:
		if _, star := ast.Unparen(e.expr).(*ast.StarExpr); star {
			p = p.touch(f.contracts.Of(t), nil)
		}
	}
	return p
}

func deref1(t types.Type) types.Type {
	if elem, ok := pointee(t); ok {
		return elem
	}
	return t
}

// foreignVar returns the variable of another package that an event gives a
// new value, if that is a contract or belongs to a package of contracts.
func (f *function) foreignVar(e event, p Place) *types.Var {
	v := p.Root
	if e.verb != Assign || v == nil || p.Key != "" || p.Addr || !isGlobal(v) || v.Pkg() == f.pkg {
		return nil
	}
	if f.contracts.Of(deref1(v.Type())) != nil || f.contracts.Guards(v.Pkg()) {
		return v
	}
	return nil
}

func isGlobal(v *types.Var) bool { return v.Pkg() != nil && v.Parent() == v.Pkg().Scope() }

// harmlessAppend reports whether an append is judged by the assignment of its
// result, or has no room to write to.
func (f *function) harmlessAppend(e event, p Place) bool {
	call := e.node.(*ast.CallExpr)
	if len(call.Args) < 2 {
		return true
	}
	if s, ok := ast.Unparen(e.expr).(*ast.SliceExpr); ok && s.Slice3 {
		return true
	}
	into := f.appendTo[call]
	if into == nil {
		return false
	}
	_, plain := ast.Unparen(into).(*ast.Ident)
	_, sliced := ast.Unparen(e.expr).(*ast.SliceExpr)
	if plain || sliced {
		return false
	}
	back := f.place(into)
	return back.Root != nil && back.Root == p.Root && back.Key+sliceStep == p.Key && !f.handed(p, e.at) && !f.shortened(p)
}

// shortened reports whether the slice at a place is one that was cut off
// somewhere: what is appended to it overwrites what stood behind.
func (f *function) shortened(p Place) bool {
	l := f.locals[p.Root]
	if l == nil || !p.shared() {
		return false
	}
	for d, rest := range l.decisive(p.reference()) {
		e := ast.Unparen(d.expr)
		if lit, ok := literalOf(e); ok {
			if field, ok := strings.CutPrefix(strings.TrimPrefix(rest, deref), "."); ok {
				e, rest = f.elementOf(lit, strings.TrimSuffix(field, "/")), ""
			}
		}
		if s, ok := e.(*ast.SliceExpr); ok && rest == "" && s.High != nil && !s.Slice3 {
			return true
		}
	}
	return false
}

// literalOf returns the literal that an expression is, or is the address of.
func literalOf(e ast.Expr) (*ast.CompositeLit, bool) {
	if x, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(x.X)
	}
	lit, ok := e.(*ast.CompositeLit)
	return lit, ok
}

// handed reports whether an append puts a slice back into a receiver by value
// that came with it. To put it back into any copy is fine, but a method may be
// called on one value many times: the second append then overwrites what the
// first has added behind the same slice.
func (f *function) handed(p Place, at moment) bool {
	l := f.locals[p.Root]
	if l == nil || l.origin != receiver || p.Touch == nil {
		return false
	}
	d, ok := f.shares(l, p.reference(), at)
	return ok && d.expr == nil
}

// harmlessAddress reports whether an address is only read through, or is that
// of a contract: whoever writes to that is found where it does.
func (f *function) harmlessAddress(e event, _ Place) bool {
	if v := f.aliases[e.node.(ast.Expr)]; v != nil {
		l := f.locals[v]
		return l != nil && len(l.uses) > 0 && len(l.whole) == 0 && !f.writtenThrough(v)
	}
	t := f.info.TypeOf(e.expr)
	_, taken := e.node.(*ast.UnaryExpr)
	return taken && t != nil && f.contracts.Of(t) != nil
}

// writtenThrough reports whether something is written through a variable.
func (f *function) writtenThrough(v *types.Var) bool {
	if f.through == nil {
		f.through = map[*types.Var]bool{}
		for _, e := range f.events {
			if x, ok := e.node.(ast.Expr); ok && e.verb == Address && f.aliases[x] != nil {
				continue // the same is asked of that variable
			}
			if id := bottom(e.expr); id != nil {
				if w, ok := f.objectOf(id).(*types.Var); ok {
					f.through[w] = true
				}
			}
		}
	}
	return f.through[v]
}

// touchThrough finds the contract that a variable leads to which stands for
// memory of one at times.
func (f *function) touchThrough(e event, p Place) *Touch {
	l := f.locals[p.Root]
	if l == nil || p.Key == "" || e.verb == Address {
		return nil
	}
	for _, source := range f.sources(l) {
		if source.Touch != nil && !source.Addr && source.at == "" {
			return source.Touch
		}
	}
	return nil
}
