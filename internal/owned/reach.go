package owned

import (
	"cmp"
	"go/token"
	"math"
	"slices"
)

// A point is where something happens: in a vertex of the flow, at a position
// of its text.
type point struct {
	at  vertex
	pos token.Pos
}

func (p point) compare(q point) int {
	return cmp.Or(cmp.Compare(p.at, q.at), cmp.Compare(p.pos, q.pos))
}

// A reach says which of some causes is still in effect where: those from which
// a way leads there on which nothing ends them.
type reach struct {
	until   token.Pos      // it is only known up to here
	wide    bool           // it is known in what is deferred, too
	causes  []point        // in the order of the vertices
	order   []int          // of the causes, as they were given
	ends    []point        // in the order of the vertices
	entered map[vertex]int // the first cause that is in effect when a vertex starts
}

const farAway = token.Pos(math.MaxInt)

// covers reports whether it is known what is in effect at a moment.
func (r *reach) covers(f *function, at point) bool {
	return r != nil && at.pos <= r.until && (r.wide || !f.flow.late[at.at])
}

// reach computes where causes to do with a variable, which come in the order
// of the text, are in effect: at least as far as up to a moment.
//
// Each vertex is entered once, with the first of the causes that get there, so
// this takes time in the size of the text between, however many they are. As
// it is asked for ever later moments, it looks ahead by as much again as they
// are behind the declaration of the variable.
func (f *function) reach(l *local, causes, ends []point, at point) *reach {
	r := &reach{
		until:   at.pos + max(0, at.pos-l.obj.Pos()),
		wide:    f.flow.late[at.at],
		order:   make([]int, len(causes)),
		ends:    slices.Clone(ends),
		entered: map[vertex]int{},
	}
	slices.SortFunc(r.ends, point.compare)
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortStableFunc(r.order, func(i, j int) int { return causes[i].compare(causes[j]) })
	for _, i := range r.order {
		r.causes = append(r.causes, causes[i])
	}
	var open []vertex
	for i, cause := range causes {
		if r.ended(cause.at, cause.pos+1, farAway) {
			continue
		}
		open = append(open, f.flow.next[cause.at]...)
		for len(open) > 0 {
			v := open[len(open)-1]
			open = open[:len(open)-1]
			if _, known := r.entered[v]; known || !r.wide && f.flow.beyond(v, l.obj, r.until) {
				continue
			}
			r.entered[v] = i
			if !r.ended(v, token.NoPos, farAway) {
				open = append(open, f.flow.next[v]...)
			}
		}
	}
	return r
}

// ended reports whether something ends all causes in a vertex, from a position
// on and before another.
func (r *reach) ended(v vertex, from, to token.Pos) bool {
	i, _ := slices.BinarySearchFunc(r.ends, point{v, from}, point.compare)
	return i < len(r.ends) && r.ends[i].at == v && r.ends[i].pos < to
}

// before returns the first cause that is in effect at a moment, as its index
// among those that were given.
func (r *reach) before(at moment) (int, bool) {
	last, _ := slices.BinarySearchFunc(r.ends, point{at.at, at.pos + 1}, point.compare)
	first := -1
	var since token.Pos
	if last > 0 && r.ends[last-1].at == at.at {
		since = r.ends[last-1].pos
	} else if entered, ok := r.entered[at.at]; ok {
		first = entered
	}
	i, _ := slices.BinarySearchFunc(r.causes, point{at.at, since}, point.compare)
	if i < len(r.causes) && r.causes[i].at == at.at && r.causes[i].pos < at.pos && (first < 0 || r.order[i] < first) {
		first = r.order[i]
	}
	return first, first >= 0
}
