package owned

import (
	"go/ast"
	"go/types"
	"strings"
)

// A question is one of those that are asked of the flow over and over.
type question struct {
	kind      asked
	l         *local
	key, from string
	same      string // the names of the elements
	source    int
	hands     int
}

type asked int

const (
	whoShares asked = iota
	whoWasGiven
	whoWasLent
	whoWasLentBelow
	whoHolds
	whoTook
)

// ask returns the first of some sinks or definitions that is in effect at a
// moment.
func ask[T interface{ where() point }](f *function, q question, causes []T, ends func() []point, at moment) (first T, ok bool) {
	if len(causes) == 0 {
		return first, false
	}
	r := f.reaches[q]
	if !r.covers(f, at.point) || len(r.causes) != len(causes) { // fewer were known while they were looked for
		points := make([]point, len(causes))
		for i, c := range causes {
			points[i] = c.where()
		}
		r = f.reach(q.l, points, ends(), at.point)
		f.reaches[q] = r
	}
	i, ok := r.before(at)
	if ok {
		first = causes[i]
	}
	return first, ok
}

func (p point) where() point { return p }

// shares returns the definition that makes the reference at a key one that
// others may hold, if there is one in effect.
func (f *function) shares(l *local, key string, at moment) (def, bool) {
	stale := f.stale(l, key)
	if len(stale) == 0 {
		return def{}, false
	}
	same := f.same(l, key, at)
	return ask(f, question{kind: whoShares, l: l, key: key, same: same}, stale, func() []point { return f.ends(l, key, key, same) }, at)
}

// ends returns where the memory at a key is given something new, so that what
// happened before is irrelevant: for what the variable refers to, and for who
// was given the memory at held. Not so if whoever holds that finds what is new
// there too. Of elements only those count that have the same name.
func (f *function) ends(l *local, key, held, same string) []point {
	var ends []point
	for prefix := range prefixes(key) {
		if behind(prefix, held) {
			continue
		}
		fixed := f.fixed(l, prefix)
		if !strings.ContainsAny(prefix, elements) {
			ends = append(ends, fixed[""]...)
			continue
		}
		for name := range strings.SplitSeq(same, "\n") {
			ends = append(ends, fixed[name]...)
		}
	}
	return ends
}

// fixed returns where the memory at a key is given something else for good, by
// the name of the element if it is one.
func (f *function) fixed(l *local, key string) map[string][]point {
	if found, ok := l.fixed[key]; ok {
		return found
	}
	found := map[string][]point{}
	for _, d := range l.defined(key) {
		name := ""
		if strings.ContainsAny(key, elements) {
			name = nameOf(d.lhs)
		}
		if !f.derived(l, d) {
			found[name] = append(found[name], d.point)
		}
	}
	if l.fixed == nil {
		l.fixed = map[string]map[string][]point{}
	}
	l.fixed[key] = found
	return found
}

// same returns the names, a line each, that what is written and the elements
// it is behind have in the text, if some element on the way to a key is given
// something new at all.
func (f *function) same(l *local, key string, at moment) string {
	any := false
	for prefix := range prefixes(key) {
		any = any || strings.ContainsAny(prefix, elements) && len(l.records[prefix]) > 0
	}
	var names []string
	for e := at.what; any && e != nil; e = inside(e) {
		if name := nameOf(e); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "\n")
}

// nameOf writes an expression that may be the name of an element.
func nameOf(e ast.Expr) string {
	if e == nil || e.End()-e.Pos() > 100 {
		return "?"
	}
	return types.ExprString(ast.Unparen(e))
}

// inside returns what the last step of an expression starts from.
func inside(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return e.X
	case *ast.SelectorExpr:
		return e.X
	case *ast.IndexExpr:
		return e.X
	case *ast.StarExpr:
		return e.X
	case *ast.SliceExpr:
		return e.X
	}
	return nil
}

// escaped reports whether a place was given away before a moment: its
// content, if it lies behind a reference from what was given, its address, or
// what holds it.
func (f *function) escaped(l *local, key string, at moment, w *Write) bool {
	s, ok := f.given(l, key, at)
	if ok {
		w.Origin, w.To, w.Sink = Escaped, s.to, s.pos
	}
	return ok
}

// given returns where a place was given away before a moment.
func (f *function) given(l *local, key string, at moment) (sink, bool) {
	if s, ok := f.lentOrGiven(l, key, at); ok {
		return s, true
	}
	return f.throughHolders(l, key, at)
}

func (f *function) lentOrGiven(l *local, key string, at moment) (sink, bool) {
	if len(l.given)+len(l.lent) == 0 {
		return sink{}, false
	}
	declared := func() []point { return []point{l.defs[0].point} }
	same := f.same(l, key, at)
	for prefix := range prefixes(key) {
		if s, ok := ask(f, question{kind: whoWasLent, l: l, key: prefix}, l.lent[prefix], declared, at); ok {
			return s, true
		}
		if !behind(key, prefix) {
			continue
		}
		if s, ok := ask(f, question{kind: whoWasGiven, l: l, key: key, from: prefix, same: same}, l.given[prefix], func() []point { return f.ends(l, key, prefix, same) }, at); ok {
			return s, true
		}
	}
	return ask(f, question{kind: whoWasLentBelow, l: l, key: key}, l.below[key], declared, at)
}
