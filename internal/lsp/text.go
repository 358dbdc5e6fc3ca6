package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// A text is the content of a file, with an index of its lines. Editors count
// in lines and UTF-16 code units, from zero; findings in lines and bytes,
// from one; here everything is an offset in bytes.
type text struct {
	src   string
	lines []int // offsets at which lines begin, as the protocol ends them: at \n, \r\n or \r
	lf    []int // as findings have them: at \n alone
}

func newText(src string) *text {
	t := &text{src: src, lf: lineStarts(src, "\n")}
	t.lines = t.lf
	if strings.Count(src, "\r") > strings.Count(src, "\r\n") {
		t.lines = lineStarts(src, "\r\n")
	}
	return t
}

// lineStarts returns the offsets at which lines begin that end in one of the
// characters of ends, or in \r\n.
func lineStarts(src, ends string) []int {
	starts := []int{0}
	for i := 0; ; {
		n := strings.IndexAny(src[i:], ends)
		if n < 0 {
			return starts
		}
		i += n + 1
		if src[i-1] == '\r' && i < len(src) && src[i] == '\n' {
			i++
		}
		starts = append(starts, i)
	}
}

// offset returns the offset of a position. One that does not exist is taken
// for the nearest that does, as the protocol wants it.
func (t *text) offset(p position) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(t.lines) {
		return len(t.src)
	}
	at, end := t.lines[p.Line], t.lineEnd(p.Line)
	for units := 0; at < end && units < p.Character; {
		r, size := utf8.DecodeRuneInString(t.src[at:end])
		units += utf16Units(r)
		if units > p.Character {
			break // in the middle of a surrogate pair
		}
		at += size
	}
	return at
}

// lineEnd returns the offset at which a line ends, what ends it excluded.
func (t *text) lineEnd(line int) int {
	if line+1 >= len(t.lines) {
		return len(t.src)
	}
	end := t.lines[line+1]
	for end > t.lines[line] && (t.src[end-1] == '\n' || t.src[end-1] == '\r') {
		end--
	}
	return end
}

// position returns the position of an offset.
func (t *text) position(offset int) position {
	offset = min(max(offset, 0), len(t.src))
	line := sort.SearchInts(t.lines, offset+1) - 1
	units := 0
	for _, r := range t.src[t.lines[line]:offset] {
		units += utf16Units(r)
	}
	return position{line, units}
}

func utf16Units(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

func (t *text) rangeOf(s span) textRange { return textRange{t.position(s.start), t.position(s.end)} }

// A span is a part of a text.
type span struct{ start, end int }

// locate returns the span between two places of a finding. What is missing
// of the end is the rest of the word, or of the line.
func (t *text) locate(line, column, endLine, endColumn int) span {
	start := t.at(line, column)
	if end := t.at(endLine, endColumn); endLine > 0 && end > start {
		return span{start, end}
	}
	end := start
	for end < len(t.src) && !strings.ContainsRune(" \t\r\n", rune(t.src[end])) {
		end++
	}
	return span{start, end}
}

// at returns the offset of a line and column as findings count them.
func (t *text) at(line, column int) int {
	line = min(max(line, 1), len(t.lf))
	end := len(t.src)
	if line < len(t.lf) {
		end = t.lf[line] - 1
	}
	return min(t.lf[line-1]+max(column-1, 0), end)
}

// edited returns the text after a change, and what it replaced.
func (t *text) edited(c change) (*text, report.Edit) {
	if c.Range == nil {
		return newText(c.Text), difference(t.src, c.Text)
	}
	start, end := t.offset(c.Range.Start), t.offset(c.Range.End)
	if end < start {
		start, end = end, start
	}
	return newText(t.src[:start] + c.Text + t.src[end:]), report.Edit{Start: start, End: end, NewText: c.Text}
}

// difference returns one edit that turns a text into another: of what lies
// between their common beginning and their common end, in whole characters.
func difference(a, b string) report.Edit {
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for start > 0 && (inside(a, start) || inside(b, start)) {
		start--
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	for end > 0 && (inside(a, len(a)-end) || inside(b, len(b)-end)) {
		end--
	}
	return report.Edit{Start: start, End: len(a) - end, NewText: b[start : len(b)-end]}
}

// inside reports whether an offset is in the middle of a character.
func inside(s string, offset int) bool { return offset < len(s) && !utf8.RuneStart(s[offset]) }
