package owned

import (
	"go/ast"
	"slices"
	"strings"
)

// settle sorts what was collected under the variables it concerns.
func (f *function) settle() {
	for _, r := range f.records {
		p := f.place(r.lhs)
		if l := f.locals[p.Root]; l != nil && f.refers(f.info.TypeOf(r.lhs)) {
			if l.records == nil {
				l.records = map[string][]def{}
			}
			l.records[p.Key] = append(l.records[p.Key], r.def)
		}
	}
	for _, e := range f.escapes {
		f.settleEscape(e)
	}
	f.link()
	for _, l := range f.order {
		for _, m := range []map[string][]sink{l.given, l.lent, l.below} {
			for _, sinks := range m {
				slices.SortFunc(sinks, sink.compare)
			}
		}
		if len(l.uses) > 0 {
			l.lastUse = slices.Max(l.uses)
		}
	}
}

func (f *function) settleEscape(e escape) {
	if e.vr != nil {
		f.lend(Place{Root: e.vr, Addr: true}, e.sink)
		return
	}
	p := f.place(e.expr)
	l := f.locals[p.Root]
	if l == nil || !p.Addr && !f.refers(f.info.TypeOf(e.expr)) {
		return
	}
	if e.step != "" {
		p = p.step(e.step)
	}
	if e.into.expr != nil {
		to := f.place(e.into.expr)
		if holder := f.locals[to.Root]; holder != nil && !to.Addr {
			if holder != l {
				l.hold(p, holder, to.Key+e.into.key, e)
			}
			return
		}
	}
	if p.Addr {
		f.lend(p, e.sink)
	} else {
		l.give(p.Key, e.sink)
	}
}

// give notes that the content of the memory at a key was given away.
func (l *local) give(key string, s sink) {
	if l.given == nil {
		l.given = map[string][]sink{}
	}
	l.given[key] = append(l.given[key], s)
}

// lend notes that the address of a place was given away. With that of a
// variable goes what it stands for.
func (f *function) lend(p Place, s sink) {
	f.locals[p.Root].lend(p.Key, s)
	if p.Key != "" {
		return
	}
	if alias := f.alias(p.Root); alias != nil && f.locals[alias.Root] != nil {
		f.locals[alias.Root].give(alias.Key, s)
	}
}

// lend notes that the address of the memory at a key was given away.
func (l *local) lend(key string, s sink) {
	if l.lent == nil {
		l.lent, l.below = map[string][]sink{}, map[string][]sink{}
	}
	l.lent[key] = append(l.lent[key], s)
	for prefix := range prefixes(key) {
		if prefix != key {
			l.below[prefix] = append(l.below[prefix], s)
		}
	}
}

// prefixes yields the keys of the places on the way to one, and its own.
func prefixes(key string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := 0; ; {
			if !yield(key[:i]) || i == len(key) {
				return
			}
			i += strings.IndexByte(key[i:], '/') + 1
		}
	}
}

// behind reports whether a key lies behind a reference in the memory at
// another.
func behind(key, other string) bool {
	rest, ok := strings.CutPrefix(key, other)
	return ok && Place{Key: rest}.shared()
}

// derived reports whether a definition takes what is there already, or a part
// of it: as append does, unless it has no room behind the end.
func (f *function) derived(l *local, d def) bool {
	e := d.expr
	if e == nil {
		return false
	}
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || !f.grows(call) && f.conversion(call) == nil {
			return f.place(e).Root == l.obj
		}
		e = call.Args[0]
		if s, ok := ast.Unparen(e).(*ast.SliceExpr); ok && s.Slice3 && len(call.Args) > 1 {
			return false
		}
	}
}
