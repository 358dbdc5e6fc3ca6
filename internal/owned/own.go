package owned

import (
	"go/ast"
)

// owns reports whether nobody but the function can see a place, and that
// writing to it is of any use. If not, it says in w why.
func (f *function) owns(p Place, at moment, w *Write) bool {
	l := f.locals[p.Root]
	if l == nil {
		return f.ownsOther(p, w)
	}
	if !p.shared() {
		w.Own = true
		return !f.escaped(l, p.Key, at, w) && !f.lost(l, at, w)
	}
	if d, ok := f.window(f.latest(l, at, p.reference(), p.reference()), at).firstDef(f.stale(l, p.reference())); ok {
		w.Origin = originOf(l, d)
		return false
	}
	if f.escaped(l, p.Key, at, w) {
		return false
	}
	for _, source := range f.sources(l) {
		if other := f.locals[source.Root]; other != nil && f.escaped(other, source.Key+p.Key, at, w) {
			return false
		}
	}
	return true
}

// ownsOther is for places at the bottom of which is no variable of ours.
func (f *function) ownsOther(p Place, w *Write) bool {
	switch {
	case p.Root != nil && isGlobal(p.Root):
		w.Origin = Global
		return false
	case p.Root != nil:
		w.Origin = Captured
		return false
	case p.Base == nil || !p.shared():
		return true
	}
	w.Origin = Returned
	f.search = search{open: map[slot]bool{}, budget: enough}
	return f.freshExpr(nil, p.Base, p.reference())
}

// originOf says where a definition that is not fresh comes from.
func originOf(l *local, d def) Origin {
	e := ast.Unparen(d.expr)
	_, call := e.(*ast.CallExpr)
	switch {
	case d.expr == nil && l.origin == param:
		return Param
	case d.expr == nil && l.origin == receiver:
		return Receiver
	case call:
		return Returned
	}
	return Elsewhere
}

// escaped reports whether a place was given away before a moment: its
// content, if it lies behind a reference from what was given, or its address.
func (f *function) escaped(l *local, key string, at moment, w *Write) bool {
	if len(l.given)+len(l.lent) == 0 {
		return false
	}
	always := f.window(l.defs[0].pos, at)
	leak := func(win window, sinks []sink) bool {
		s, ok := win.first(sinks, at)
		if ok {
			w.Origin, w.To, w.Sink = Escaped, s.to, s.pos
		}
		return ok
	}
	for prefix := range prefixes(key) {
		if leak(always, l.lent[prefix]) {
			return true
		}
		if len(l.given[prefix]) == 0 || !behind(key, prefix) {
			continue
		}
		if leak(f.window(f.latest(l, at, key, prefix), at), l.given[prefix]) {
			return true
		}
	}
	return leak(always, l.below[key])
}

// lost reports whether a write to a copy of one's own is of no use: a
// parameter, receiver or range variable that nobody looks at afterwards.
func (f *function) lost(l *local, at moment, w *Write) bool {
	if l.origin != param && l.origin != receiver && l.origin != ranged || l.addressed || l.lastUse >= at.end {
		return false
	}
	for p := at.loop; p != nil && !p.contains(l.defs[0].pos); p = p.outer {
		if l.lastUse >= p.pos {
			return false
		}
	}
	w.Origin = Lost
	return true
}
