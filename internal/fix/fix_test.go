package fix_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/fix"
	"github.com/boundaries-dev/boundaries/internal/report"
)

func edit(start, end int, text string) report.Edit {
	return report.Edit{File: "a.txt", Start: start, End: end, NewText: text}
}

func one(edits ...report.Edit) report.Finding {
	return report.Finding{Fixes: []report.Fix{{Edits: edits}, {Edits: []report.Edit{edit(0, 10, "never")}}}}
}

func TestApply(t *testing.T) {
	for _, test := range []struct {
		name     string
		findings []report.Finding
		want     string
	}{
		{"none", []report.Finding{{}}, ""},
		{"one", []report.Finding{one(edit(2, 4, "X"))}, "01X456789"},
		{"apart, last first", []report.Finding{one(edit(8, 9, "Y")), one(edit(0, 1, "X"))}, "X1234567Y9"},
		{"the same twice", []report.Finding{one(edit(2, 4, "X")), one(edit(2, 4, "X"))}, "01X456789"},
		{"the later of two that collide", []report.Finding{one(edit(2, 4, "X")), one(edit(3, 5, "Y"))}, "01X456789"},
		{"all of it or nothing", []report.Finding{one(edit(2, 4, "X")), one(edit(8, 9, "Y"), edit(3, 5, "Y"))}, "01X456789"},
		{"two insertions in one place", []report.Finding{one(edit(5, 5, "X")), one(edit(5, 5, "Y"))}, "01234X56789"},
		{"no change at all", []report.Finding{one(edit(2, 4, "23"))}, ""},
	} {
		changed, err := fix.Apply(test.findings, func(string) ([]byte, error) { return []byte("0123456789"), nil })
		if got := string(changed["a.txt"]); err != nil || got != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestApplyErrors(t *testing.T) {
	read := func(string) ([]byte, error) { return []byte("0123456789"), nil }
	for _, bad := range []report.Edit{edit(8, 11, ""), edit(4, 3, ""), edit(-1, 3, "")} {
		if _, err := fix.Apply([]report.Finding{one(bad)}, read); err == nil {
			t.Errorf("%+v was applied", bad)
		}
	}
	gone := func(string) ([]byte, error) { return nil, fmt.Errorf("gone") }
	if _, err := fix.Apply([]report.Finding{one(edit(0, 1, ""))}, gone); err == nil {
		t.Error("a file that cannot be read was changed")
	}
}

// A file keeps the layout that it had.
func TestApplyKeepsLayout(t *testing.T) {
	for _, test := range []struct{ name, src, old, new, want string }{
		{"formatted", "package p\n\nvar x = 1\n", "x = 1", "( x,  y = 1,2 )", "package p\n\nvar (\n\tx, y = 1, 2\n)\n"},
		{"not formatted", "package p\nvar  x   = 1\n", "1", "2", "package p\nvar  x   = 2\n"},
		{"CRLF", "package p\r\n\r\nvar x = 1\r\n", "x = 1", "x  =  2\nvar y = 3", "package p\r\n\r\nvar x = 2\r\nvar y = 3\r\n"},
		{"CRLF, not formatted", "package p\r\nvar  x = 1\r\n", "1", "2\nvar y = 3", "package p\r\nvar  x = 2\r\nvar y = 3\r\n"},
		{"both", "package p\r\n\nvar x = 1\n", "1", "2", "package p\r\n\nvar x = 2\n"},
	} {
		at := strings.Index(test.src, test.old)
		f := one(report.Edit{File: "a.go", Start: at, End: at + len(test.old), NewText: test.new})
		changed, err := fix.Apply([]report.Finding{f}, func(string) ([]byte, error) { return []byte(test.src), nil })
		if got := string(changed["a.go"]); err != nil || got != test.want {
			t.Errorf("%s: got %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}
