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
	if d, ok := f.shares(l, p.reference(), at); ok {
		w.Origin = f.originOf(l, d, p.reference(), tooManyHands)
		return false
	}
	if f.escaped(l, p.Key, at, w) {
		return false
	}
	if s, ok := f.throughSources(l, p.Key, at, 2); ok {
		w.Origin, w.To, w.Sink = Escaped, s.to, s.pos
		return false
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
	return f.freshExpr(slot{}, p.Base, p.reference())
}

// tooManyHands bounds the variables through which an origin is followed.
const tooManyHands = 8

// originOf says where a definition that is not fresh comes from: if from
// another variable, then where that has it from.
func (f *function) originOf(l *local, d def, key string, hands int) Origin {
	if p, ok := f.source(d); ok && d.expr != nil && hands > 0 {
		if other := f.locals[p.Root]; other != nil && other != l {
			at := moment{point: point{d.at, d.expr.Pos()}}
			for _, there := range []string{p.Key + key, p.Key} {
				if from, shared := f.shares(other, there, at); shared {
					return f.originOf(other, from, there, hands-1)
				}
			}
		}
	}
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
