package fix_test

import (
	"fmt"
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

func TestApplyFormatsGo(t *testing.T) {
	src := "package p\nvar  x   = 1\n"
	f := report.Finding{Fixes: []report.Fix{{Edits: []report.Edit{{File: "a.go", Start: 21, End: 22, NewText: "2"}}}}}
	changed, err := fix.Apply([]report.Finding{f}, func(string) ([]byte, error) { return []byte(src), nil })
	if got, want := string(changed["a.go"]), "package p\n\nvar x = 2\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
