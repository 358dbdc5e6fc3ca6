package owned

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// alias returns the place that a variable always stands for: it refers to
// other memory, and is defined once, by an expression that is a place.
func (f *function) alias(v *types.Var) *Place {
	l := f.locals[v]
	if l == nil || l.aliased {
		if l == nil {
			return nil
		}
		return l.alias
	}
	l.aliased = true // also ends the recursion of what is defined by itself
	if !isReference(v.Type()) {
		return nil
	}
	var only *def
	for i := range l.defs {
		switch {
		case l.defs[i].kind == zero:
		case only != nil:
			return nil
		default:
			only = &l.defs[i]
		}
	}
	if only == nil {
		return nil
	}
	if p, ok := f.source(*only); ok && p.Root != v {
		p.aliased = p.Addr && p.Touch != nil
		l.alias = &p
	}
	return l.alias
}

// source returns the place that a definition takes its value from.
func (f *function) source(d def) (Place, bool) {
	switch d.kind {
	case value:
		p := f.place(d.expr)
		return p, p.Root != nil
	case element:
		p := f.place(d.expr).step(d.key)
		if t := f.info.TypeOf(d.expr); t != nil {
			p = p.touch(f.contracts.Of(t), nil)
		}
		return p, p.Root != nil
	}
	return Place{}, false
}

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
		if e.vr != nil {
			f.lend(Place{Root: e.vr, Addr: true}, e.sink)
			continue
		}
		p := f.place(e.expr)
		l := f.locals[p.Root]
		switch {
		case l == nil:
		case p.Addr:
			f.lend(p, e.sink)
		case f.refers(f.info.TypeOf(e.expr)):
			l.give(p.Key, e.sink)
		}
	}
	f.link()
	for _, l := range f.order {
		for _, m := range []map[string][]sink{l.given, l.lent, l.below} {
			for _, sinks := range m {
				slices.SortFunc(sinks, func(a, b sink) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.to, b.to)) })
			}
		}
		if len(l.uses) > 0 {
			l.lastUse = slices.Max(l.uses)
		}
	}
}

// tooMany bounds the places that one variable is taken to stand for.
const tooMany = 8

// sources returns the places of other variables that a variable stands for at
// times. A variable that always stands for one is replaced by that, and has
// no sources.
func (f *function) sources(l *local) []Place {
	if !isReference(l.obj.Type()) || f.alias(l.obj) != nil {
		return nil
	}
	var places []Place
	for _, d := range l.defs {
		if p, ok := f.source(d); ok && p.Root != l.obj && len(places) < tooMany {
			places = append(places, p)
		}
	}
	return places
}

// link makes what is given away through one variable given away for those it
// stands for as well.
func (f *function) link() {
	for _, l := range f.order {
		if len(l.given)+len(l.lent) == 0 {
			continue
		}
		for _, p := range f.sources(l) {
			other := f.locals[p.Root]
			if other == nil {
				continue
			}
			for _, sinks := range []map[string][]sink{l.given, l.lent} {
				for _, key := range sorted(sinks) {
					for _, s := range sinks[key] {
						other.give(p.Key, s)
					}
				}
			}
		}
	}
}

func sorted(m map[string][]sink) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
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

// A window is the text that may run between two points and the second.
type window struct{ from, to token.Pos }

func (f *function) window(from token.Pos, at moment) window {
	w := window{from, at.pos}
	if at.late {
		w.to = f.node.End() + 1
		return w
	}
	for l := at.loop; l != nil && !l.contains(from); l = l.outer {
		w.to = max(w.to, l.end)
	}
	if f.jumps.contains(at.pos) {
		w.to = max(w.to, f.jumps.end)
	}
	return w
}

// first returns the first sink in a window from which a moment is reached.
func (w window) first(sinks []sink, at moment) (sink, bool) {
	i, _ := slices.BinarySearchFunc(sinks, w.from, func(s sink, p token.Pos) int { return cmp.Compare(s.pos, p) })
	for ; i < len(sinks) && sinks[i].pos < w.to; i++ {
		s := sinks[i]
		again := s.pos >= at.pos && s.until >= w.to // in the next round of a loop
		if s.until == token.NoPos || at.late || s.pos < at.pos && at.pos < s.until || again {
			return s, true
		}
	}
	return sink{}, false
}

// firstDef returns the first definition in a window.
func (w window) firstDef(defs []def) (def, bool) {
	i, _ := slices.BinarySearchFunc(defs, w.from, func(d def, p token.Pos) int { return cmp.Compare(d.pos, p) })
	if i < len(defs) && defs[i].pos < w.to {
		return defs[i], true
	}
	return def{}, false
}

// latest returns where the definition stands that every way to a moment
// passes through last. It defines the variable, or memory on the way to a key,
// and makes what happened before irrelevant: for what the variable refers to,
// and for who was given the memory at held. Not so if whoever holds that finds
// the new definition there too.
func (f *function) latest(l *local, at moment, key, held string) token.Pos {
	last := l.defs[0].pos
	if at.late || f.jumpy {
		return last
	}
	for prefix := range prefixes(key) {
		defs := l.records[prefix]
		if prefix == "" {
			defs = l.defs
		}
		if behind(prefix, held) {
			continue
		}
		for i := len(defs) - 1; i >= 0 && i >= len(defs)-64; i-- {
			if d := defs[i]; d.pos <= at.pos && at.pos < d.end && !f.derived(l, d) {
				last = max(last, d.pos)
				break
			}
		}
	}
	return last
}

// behind reports whether a key lies behind a reference in the memory at
// another.
func behind(key, other string) bool {
	rest, ok := strings.CutPrefix(key, other)
	return ok && Place{Key: rest}.shared()
}

// derived reports whether a definition takes what is there already, or a part
// of it: as append does.
func (f *function) derived(l *local, d def) bool {
	e := d.expr
	if e == nil {
		return false
	}
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || f.builtin(call) != "append" && f.conversion(call) == nil {
			return f.place(e).Root == l.obj
		}
		e = call.Args[0]
	}
}
