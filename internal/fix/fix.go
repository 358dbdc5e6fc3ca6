// Package fix answers: what do files look like when the fixes of findings are
// applied?
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// Apply applies the first fix of each finding, and returns the new content of
// the files that change, by their names in the fixes. read returns their
// present content.
//
// A fix is applied as a whole or not at all: not if it would change what
// another one has changed already, of a finding earlier in the list. The same
// change wanted twice is made once. Go files keep their line ends, and those that
// are formatted stay so.
//
// An error says that a file could not be read, or that a fix does not fit it.
func Apply(findings []report.Finding, read func(name string) ([]byte, error)) (map[string][]byte, error) {
	accepted := map[string][]report.Edit{}
	for _, f := range findings {
		if len(f.Fixes) > 0 && compatible(f.Fixes[0].Edits, accepted) {
			for _, e := range f.Fixes[0].Edits {
				if !slices.Contains(accepted[e.File], e) {
					accepted[e.File] = append(accepted[e.File], e)
				}
			}
		}
	}
	changed := map[string][]byte{}
	for name, edits := range accepted {
		before, err := read(name)
		if err != nil {
			return nil, err
		}
		after, err := apply(name, before, edits)
		if err != nil {
			return nil, err
		}
		if string(after) != string(before) {
			changed[name] = after
		}
	}
	return changed, nil
}

// compatible reports whether edits leave alone what others change.
func compatible(edits []report.Edit, accepted map[string][]report.Edit) bool {
	for _, e := range edits {
		for _, other := range accepted[e.File] {
			if e != other && e.Start <= other.End && other.Start <= e.End {
				return false
			}
		}
	}
	return true
}

func apply(name string, src []byte, edits []report.Edit) ([]byte, error) {
	slices.SortFunc(edits, func(a, b report.Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []byte
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End < e.Start || e.End > len(src) {
			return nil, fmt.Errorf("%s: a fix does not fit the file", name)
		}
		out = append(append(out, src[at:e.Start]...), e.NewText...)
		at = e.End
	}
	out = append(out, src[at:]...)
	if !strings.HasSuffix(name, ".go") {
		return out, nil
	}
	return layout(out, src), nil
}

// layout gives Go source the layout that it had before it was edited: its line
// ends, and gofmt's form if that is how it was. What never was formatted is
// not now, where that would bury the change among others.
func layout(src, before []byte) []byte {
	crlf := bytes.Contains(before, []byte("\r\n"))
	if crlf && bytes.Count(before, []byte("\n")) != bytes.Count(before, []byte("\r\n")) {
		return src // of both kinds
	}
	out := unix(src)
	was := unix(before)
	if formatted, err := format.Source(was); err == nil && bytes.Equal(formatted, was) {
		if formatted, err = format.Source(out); err == nil {
			out = formatted
		}
	}
	if crlf {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out
}

func unix(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }
