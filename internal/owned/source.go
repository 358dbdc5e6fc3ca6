package owned

import (
	"go/types"
	"maps"
	"slices"
	"strings"
)

// alias returns the place that a variable always stands for: it refers to
// other memory, and is defined once, by an expression that is a place.
func (f *function) alias(v *types.Var) *Place {
	l := f.locals[v]
	if l == nil {
		return nil
	}
	if l.aliased {
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
	if p, ok := f.source(*only); ok && p.Root != v && f.steady(p, v) {
		p.aliased = p.Addr && p.Touch != nil
		l.alias = &p
	}
	return l.alias
}

// steady reports whether a place is the same memory for as long as a variable
// is there: nothing on the way to it is ever given something new.
func (f *function) steady(p Place, v *types.Var) bool {
	if p.Root == nil {
		return true
	}
	for step := range strings.SplitSeq(p.Key, "/") {
		if strings.HasPrefix(step, ".") && f.assignedFields[fieldOf{p.Root, step[1:]}] {
			return false
		}
	}
	l := f.locals[p.Root]
	if l == nil {
		return true
	}
	if scope := p.Root.Parent(); scope != nil && scope.Pos().IsValid() && !scope.Contains(v.Pos()) {
		return false // there is a new one in each round
	}
	given := 0
	for _, d := range l.defs {
		if d.kind != zero {
			given++
		}
	}
	return given < 2
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

// tooMany bounds the places that one variable is taken to stand for.
const tooMany = 8

// A source is a place of another variable that a variable takes its value
// from at some point.
type source struct {
	Place
	def  def
	at   string           // the key of the variable's memory that takes it
	both func(point) bool // see whileSame
}

// sources returns what a variable takes its values from at times. A variable
// that always stands for one place is replaced by that, and has no sources.
func (f *function) sources(l *local) []source {
	if l.sourced || !f.refers(l.obj.Type()) || f.alias(l.obj) != nil {
		return l.sources
	}
	l.sourced = true
	for _, key := range append([]string{""}, slices.Sorted(maps.Keys(l.records))...) {
		for _, d := range l.defined(key) {
			if p, ok := f.source(d); ok && p.Root != l.obj && len(l.sources) < tooMany {
				l.sources = append(l.sources, source{p, d, key, nil})
			}
		}
	}
	for _, s := range l.put {
		if s.Root != l.obj && len(l.sources) < tooMany {
			l.sources = append(l.sources, s)
		}
	}
	return l.sources
}

// there returns where the source has the memory at a key of the variable.
func (s source) there(key string) (string, bool) {
	key, ok := strings.CutPrefix(key, s.at)
	if !ok {
		return "", false
	}
	if !s.Addr { // the variable has a copy of it, and shares what that refers to
		return s.Key + key, Place{Key: key}.shared()
	}
	step, rest, _ := strings.Cut(key, "/")
	switch step {
	case "*":
		return s.Key + rest, true
	case "#":
		return s.Key + arrayStep + rest, true
	}
	return "", false
}

// link makes what is given away through one variable given away for those it
// takes its value from, for as long as both have it.
func (f *function) link() {
	for _, l := range f.order {
		if len(l.given)+len(l.lent)+len(l.held) == 0 {
			continue
		}
		sources := f.sources(l)
		for i := range sources {
			if other := f.locals[sources[i].Root]; other != nil {
				f.linkTo(l, &sources[i], other)
			}
		}
	}
}

func (f *function) linkTo(l *local, from *source, other *local) {
	both := f.whileSame(l, from, other)
	for _, sinks := range []map[string][]sink{l.given, l.lent} {
		for _, key := range slices.Sorted(maps.Keys(sinks)) {
			there, ok := from.there(key)
			if !ok && from.at == "" {
				there, ok = from.Key, true
			}
			if !ok {
				continue
			}
			for _, s := range sinks[key] {
				if both(s.point) {
					other.give(there, s)
				}
			}
		}
	}
	for _, h := range l.held {
		there, ok := from.there(h.key)
		if !ok {
			continue
		}
		sinks := slices.DeleteFunc(slices.Clone(h.sinks), func(s sink) bool { return !both(s.point) })
		if h.by != other && len(sinks) > 0 {
			other.held = append(other.held, &hold{key: there, addr: h.addr, by: h.by, at: h.at, append: h.append, sinks: sinks})
		}
	}
}

// whileSame returns what reports whether at some point a variable still has
// the value that it took from another, and that one has it, too.
func (f *function) whileSame(l *local, from *source, other *local) func(point) bool {
	if from.both == nil {
		from.both = f.sameness(l, from, other)
	}
	return from.both
}

func (f *function) sameness(l *local, from *source, other *local) func(point) bool {
	ends := f.ends(other, "", "", "")
	if slices.Contains(ends, from.def.point) {
		return func(point) bool { return false } // they have changed places
	}
	ends = append(ends, f.ends(l, from.at, from.at, "")...)
	var r *reach
	return func(p point) bool {
		if !r.covers(f, p) {
			r = f.reach(l, []point{from.def.point}, ends, p)
		}
		_, same := r.before(moment{point: p})
		return same
	}
}

// givenBefore reports whether a place was given away when a variable took its
// value from there.
func (f *function) givenBefore(q question, from *source, other *local, there string, hands int) (sink, bool) {
	q.hands = hands
	if found, ok := f.taken[q]; ok {
		return found, found.pos.IsValid()
	}
	f.taken[q] = sink{}
	before := moment{point: point{from.def.at, from.def.expr.Pos()}}
	s, given := f.given(other, there, before)
	if !given && hands > 0 {
		s, given = f.throughSources(other, there, before, hands-1)
	}
	if given {
		f.taken[q] = s
	}
	return s, given
}

// throughSources reports whether what a variable took from another was given
// away by that: before it did, or while both had it.
func (f *function) throughSources(l *local, key string, at moment, hands int) (sink, bool) {
	sources := f.sources(l)
	for i := range sources {
		from := &sources[i]
		other := f.locals[from.Root]
		there, ok := from.there(key)
		if other == nil || !ok || from.def.expr == nil {
			continue
		}
		ends := func() []point { return f.ends(l, key, from.at, f.same(l, key, at)) }
		q := question{kind: whoTook, l: l, key: key, source: i}
		if s, given := f.givenBefore(q, from, other, there, hands); given {
			if _, ok := ask(f, q, []point{from.def.point}, ends, at); ok {
				return s, true
			}
			continue
		}
		both := f.whileSame(l, from, other)
		sinks := slices.DeleteFunc(slices.Clone(f.exposed(other, there)), func(s sink) bool { return !both(s.point) })
		if s, ok := ask(f, q, sinks, ends, at); ok {
			return s, true
		}
	}
	return sink{}, false
}
