package owned

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
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
	for _, h := range l.held {
		if h.by == by && h.at == at && h.key == p.Key && h.addr == p.Addr && h.append == e.into.append {
			h.sinks = append(h.sinks, e.sink)
			return
		}
	}
	l.held = append(l.held, &hold{p.Key, p.Addr, by, at, e.into.append, []sink{e.sink}, nil, nil, false})
}

// A question is one of those that are asked of the flow over and over.
type question struct {
	kind      asked
	l         *local
	key, from string
	same      string // the names of the elements
	source    int
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
	defs := l.records[key]
	if key == "" {
		defs = l.defs
	}
	found := map[string][]point{}
	for _, d := range defs {
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
	s, ok := f.lentOrGiven(l, key, at)
	if !ok {
		s, ok = f.throughHolders(l, key, at)
	}
	if ok {
		w.Origin, w.To, w.Sink = Escaped, s.to, s.pos
	}
	return ok
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
	if _, given := f.lentOrGiven(h.by, visible, at); given {
		return true
	}
	_, given := f.throughHolders(h.by, visible, at)
	return given
}
