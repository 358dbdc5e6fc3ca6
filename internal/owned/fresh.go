package owned

import (
	"cmp"
	"go/ast"
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

// defined returns what the memory at a key is given: the variable itself at "".
func (l *local) defined(key string) []def {
	if key == "" {
		return l.defs
	}
	return l.records[key]
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
