package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// Here is how an array in a TOML file gains and loses elements while its
// layout and its comments stay.

// wide is how many columns an array on one line may grow to.
const wide = 100

// A splice replaces text[start:end]. Of those that begin in one place, what
// belongs to an entry goes before what stands behind it.
type splice struct {
	start, end int
	text       string
	rank       int
}

// The ranks of splices.
const (
	inEntry = iota
	behindEntry
	atEnd
)

func insertion(at int, text string) splice { return splice{start: at, end: at, text: text} }

// apply makes all splices, which do not overlap.
func apply(text string, splices []splice) string {
	slices.SortStableFunc(splices, func(a, b splice) int { return cmp.Or(a.start-b.start, a.rank-b.rank) })
	var out strings.Builder
	at := 0
	for _, s := range splices {
		out.WriteString(text[at:s.start])
		out.WriteString(s.text)
		at = s.end
	}
	out.WriteString(text[at:])
	return out.String()
}

// without returns an array, given from bracket to bracket, without some of
// its elements. Their comments stay: they are somebody's words.
func without(array string, gone func(element) bool) string {
	elems, _ := scanArray(array, 0)
	kept := slices.DeleteFunc(slices.Clone(elems), gone)
	switch {
	case len(kept) == len(elems):
		return array
	case !strings.Contains(array, "\n"):
		return narrow(array, elems, kept)
	}
	var splices []splice
	for i := 0; i < len(elems); i++ {
		if !gone(elems[i]) {
			continue
		}
		first := i
		for i+1 < len(elems) && gone(elems[i+1]) && adjacent(array, elems[i], elems[i+1]) {
			i++
		}
		dangling := -1
		if first > 0 && !gone(elems[first-1]) {
			dangling = elems[first-1].comma
		}
		splices = append(splices, cut(array, elems[first].start, elems[i], dangling)...)
	}
	array = apply(array, splices)
	if len(kept) == 0 && strings.Trim(array[1:len(array)-1], " \t\r\n") == "" {
		return "[]"
	}
	return array
}

// narrow is without for an array on one line, which has no comments.
func narrow(array string, elems, kept []element) string {
	if len(kept) == 0 {
		return "[]"
	}
	between := ""
	if len(elems) > 1 {
		between = array[elems[0].end:elems[1].start]
	}
	texts := make([]string, len(kept))
	for i, e := range kept {
		texts[i] = array[e.start:e.end]
	}
	return array[:elems[0].start] + strings.Join(texts, between) + array[elems[len(elems)-1].end:]
}

// adjacent reports whether two elements stand on one line, with nothing but a
// comma between them.
func adjacent(array string, a, b element) bool {
	return strings.Trim(array[a.end:b.start], " \t,") == ""
}

// cut takes away adjacent elements, of which the first begins at start: with
// their line if they stand there alone, with the blanks to what follows
// otherwise. dangling is the comma of the element before, if that stays.
func cut(array string, start int, last element, dangling int) []splice {
	end := last.end
	if comma := last.comma; comma >= 0 {
		if strings.Trim(array[end:comma], " \t") != "" { // what stands between stays
			return []splice{{start: start, end: end}, {start: comma, end: comma + 1}}
		}
		end = comma + 1
	}
	line, rest := startOfLine(array, start), skipBlanks(array, end)
	begins := line > 0 && strings.Trim(array[line:start], " \t") == ""
	switch next := array[rest]; {
	case begins && (next == '\n' || next == '\r'):
		return []splice{{start: line, end: rest + strings.IndexByte(array[rest:], '\n') + 1}}
	case begins && next == ']' && dangling >= 0 && strings.Trim(array[dangling+1:start], " \t\r\n") == "":
		return []splice{{start: dangling, end: end}}
	case begins, next != ']' && next != '\n' && next != '\r' && next != '#':
		return []splice{{start: start, end: rest}}
	}
	for array[start-1] == ' ' || array[start-1] == '\t' {
		start--
	}
	return []splice{{start: start, end: end}}
}

// An item is a new element of an array: its text, and what it is sorted by.
type item struct{ key, text string }

// with returns an array, given from bracket to bracket, with more elements,
// each where place says. keys are what the elements are sorted by, newline is
// the line end of the file, and indent what the line of the array begins with.
func with(array string, keys []string, items []item, newline, indent string) string {
	elems, _ := scanArray(array, 0)
	if len(elems) == 0 {
		return fill(array, items, newline, indent)
	}
	groups := map[int][]item{}
	for _, it := range items {
		at := place(keys, it.key)
		groups[at] = append(groups[at], it)
	}
	var splices []splice
	for at, group := range groups {
		slices.SortStableFunc(group, func(a, b item) int { return strings.Compare(a.key, b.key) })
		if at < 0 {
			splices = append(splices, before(array, elems[0], group, newline))
		} else {
			splices = append(splices, after(array, elems[at], group, newline)...)
		}
	}
	return apply(array, splices)
}

// place returns the index of the key that a new one belongs behind, -1 for the
// front: in order if all are in order, else near those of its directory, else
// at the end.
func place(keys []string, key string) int {
	if slices.IsSorted(keys) {
		at, _ := slices.BinarySearch(keys, key)
		return at - 1
	}
	at, kin := len(keys)-1, false
	for i, k := range keys {
		switch {
		case pattern.Parent(k) != pattern.Parent(key):
		case k < key:
			at, kin = i, true
		case !kin:
			at, kin = i-1, true
		}
	}
	return at
}

// fill puts the first elements into an array.
func fill(array string, items []item, newline, indent string) string {
	slices.SortStableFunc(items, func(a, b item) int { return strings.Compare(a.key, b.key) })
	if !strings.Contains(array, "\n") {
		return "[" + join(items, "", ", ") + "]"
	}
	inner := indent + "  "
	if i := strings.IndexByte(array, '#'); i > 0 && strings.Trim(array[startOfLine(array, i):i], " \t") == "" && startOfLine(array, i) > 0 {
		inner = array[startOfLine(array, i):i]
	}
	at := 1
	if restIsComment(array, at) {
		at = endOfLine(array, at)
	}
	return array[:at] + join(items, newline+inner, ",") + "," + array[at:]
}

func join(items []item, before, between string) string {
	texts := make([]string, len(items))
	for i, it := range items {
		texts[i] = before + it.text
	}
	return strings.Join(texts, between)
}

// before puts elements in front of the first.
func before(array string, first element, items []item, newline string) splice {
	line := startOfLine(array, first.start)
	indent := array[line:first.start]
	switch {
	case line == 0 || strings.Trim(indent, " \t") != "":
		return insertion(first.start, join(items, "", ", ")+", ")
	case restIsComment(array, 1):
		at := endOfLine(array, 1)
		return insertion(at, join(items, newline+indent, ",")+",")
	}
	return insertion(first.start, join(items, "", ","+newline+indent)+","+newline+indent)
}

// after puts elements behind one: on lines of their own if it has its own.
func after(array string, e element, items []item, newline string) []splice {
	line := startOfLine(array, e.start)
	indent := array[line:e.start]
	if line == 0 || strings.Trim(indent, " \t") != "" {
		return []splice{insertion(e.end, ", "+join(items, "", ", "))}
	}
	more := join(items, newline+indent, ",")
	switch {
	case e.comma < 0 && restIsComment(array, e.end):
		at := endOfLine(array, e.end)
		return []splice{insertion(e.end, ","), insertion(at, more)}
	case e.comma < 0:
		return []splice{insertion(e.end, ","+more)}
	case restIsComment(array, e.comma+1):
		at := endOfLine(array, e.comma+1)
		return []splice{insertion(at, more+",")}
	}
	return []splice{insertion(e.comma+1, more+",")}
}

// wrap breaks an array that has grown too wide for its line into one line an
// element. column is where it begins, indent what its line is indented by.
func wrap(array string, column int, newline, indent string) string {
	if column+len(array) <= wide || strings.Contains(array, "\n") {
		return array
	}
	elems, _ := scanArray(array, 0)
	var out strings.Builder
	out.WriteString("[")
	for _, e := range elems {
		out.WriteString(newline + indent + "  " + array[e.start:e.end] + ",")
	}
	out.WriteString(newline + indent + "]")
	return out.String()
}
