package owned

import (
	"cmp"
	"go/token"
	"slices"
	"strings"
)

// A hold is that memory of one variable can be reached from that of another,
// in which it was put.
type hold struct {
	key    string // of the memory
	addr   bool   // its address was put there, not its content
	by     *local
	at     string // the key there
	append bool   // behind the end of a slice
	sinks  []sink // when it was put there

	reach   *reach // from these
	foreign []sink // of these, when others looked there already
	sorted  bool   // foreign is known
}

// from returns where a hold has the memory at a key.
func (h *hold) from(key string) (string, bool) {
	rest, ok := strings.CutPrefix(key, h.key)
	switch {
	case !ok, !h.addr && !behind(key, h.key):
		return "", false
	case h.addr:
		return h.at + deref + rest, true
	}
	return h.at + rest, true
}

// hold notes that the memory at a place was put into that of another variable.
func (l *local) hold(p Place, by *local, at string, e escape) {
	by.put = append(by.put, source{Place: p, def: def{point: point{e.sink.at, e.done}, kind: value, expr: e.expr}, at: at})
	for _, h := range l.held {
		if h.by == by && h.at == at && h.key == p.Key && h.addr == p.Addr && h.append == e.into.append {
			h.sinks = append(h.sinks, e.sink)
			return
		}
	}
	l.held = append(l.held, &hold{p.Key, p.Addr, by, at, e.into.append, []sink{e.sink}, nil, nil, false})
}

// throughHolders reports whether what holds the memory at a key is not one's
// own, or was given away.
func (f *function) throughHolders(l *local, key string, at moment) (sink, bool) {
	if len(l.held) == 0 {
		return sink{}, false
	}
	same := f.same(l, key, at)
	for prefix := range prefixes(key) {
		ends := func() []point { return f.ends(l, key, prefix, same) }
		if s, ok := ask(f, question{kind: whoHolds, l: l, key: key, from: prefix, same: same}, f.exposedBy(l, key, prefix), ends, at); ok {
			return s, true
		}
	}
	return sink{}, false
}

// exposedBy returns, in the order of the text, when what holds the memory at
// prefix of a variable gave that at a key away.
func (f *function) exposedBy(l *local, key, prefix string) []sink {
	at := question{kind: whoHolds, l: l, key: key, from: prefix}
	if found, ok := f.exposures[at]; ok {
		return found
	}
	f.exposures[at] = nil // ends the recursion of what holds itself
	var found []sink
	for _, h := range l.held {
		if there, ok := h.from(key); ok && h.key == prefix && strings.Count(there, "/") <= tooFar {
			found = append(found, f.foreign(h)...)
			found = append(found, f.since(h, f.exposed(h.by, there))...)
		}
	}
	slices.SortFunc(found, sink.compare)
	found = slices.Compact(found)
	found = found[:min(len(found), tooManySinks)]
	f.exposures[at] = found
	return found
}

// since returns those of some sinks that are come by after a hold began: first
// of those that stand behind that, and not too many.
func (f *function) since(h *hold, sinks []sink) []sink {
	if len(sinks) == 0 {
		return nil
	}
	begun := make([]point, len(h.sinks))
	for i, s := range h.sinks {
		begun[i] = s.point
	}
	behind, _ := slices.BinarySearchFunc(sinks, begun[0].pos, func(s sink, p token.Pos) int { return cmp.Compare(s.pos, p) })
	near := sinks[behind:min(len(sinks), behind+tooManySinks)]
	near = append(slices.Clone(near), sinks[:min(behind, tooManySinks)]...)
	return slices.DeleteFunc(near, func(s sink) bool {
		if s.at > begun[0].at+farAhead {
			return false // as one comes by most of what stands so far behind
		}
		if !h.reach.covers(f, s.point) {
			h.reach = f.reach(h.by, begun, nil, s.point)
		}
		_, after := h.reach.before(moment{point: s.point})
		return !after
	})
}

// exposed returns, in the order of the text, when the memory at a key of a
// variable was given away, or what holds it was.
func (f *function) exposed(l *local, key string) []sink {
	at := question{kind: whoWasGiven, l: l, key: key}
	if found, ok := f.exposures[at]; ok {
		return found
	}
	found := slices.Clone(l.below[key])
	for prefix := range prefixes(key) {
		found = append(found, l.lent[prefix]...)
		if behind(key, prefix) {
			found = append(found, l.given[prefix]...)
		}
		if len(l.held) > 0 {
			found = append(found, f.exposedBy(l, key, prefix)...)
		}
	}
	slices.SortFunc(found, sink.compare)
	f.exposures[at] = found
	return found
}

// tooManySinks bounds the places that memory is known to go to through what
// holds it.
const tooManySinks = 64

// farAhead is how many vertices away a sink need not be looked for.
const farAhead = 2000

func (s sink) compare(t sink) int { return cmp.Or(cmp.Compare(s.pos, t.pos), cmp.Compare(s.to, t.to)) }

// foreign returns when memory was put where others look already.
func (f *function) foreign(h *hold) []sink {
	if !h.sorted {
		h.sorted = true
		for _, s := range h.sinks {
			if f.isForeign(h, s) {
				h.foreign = append(h.foreign, s)
			}
		}
	}
	return h.foreign
}

func (f *function) isForeign(h *hold, s sink) bool {
	at := moment{point: s.point}
	if p := (Place{Key: h.at}); p.shared() {
		if _, shared := f.shares(h.by, p.reference(), at); shared {
			return true
		}
	}
	visible := h.at
	if h.append { // whoever has the slice does not see what comes behind its end
		visible = strings.TrimSuffix(visible, sliceStep)
	}
	_, given := f.given(h.by, visible, at)
	return given
}
