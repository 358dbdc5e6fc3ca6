package lsp

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/boundaries-dev/boundaries/internal/report"
)

func TestLines(t *testing.T) {
	text := newText("a\r\nb\rc\n𝕏d")
	for offset, want := range map[int]position{0: {0, 0}, 3: {1, 0}, 5: {2, 0}, 7: {3, 0}, 11: {3, 2}, 12: {3, 3}} {
		if got := text.position(offset); got != want {
			t.Errorf("position of %d is %v, want %v", offset, got, want)
		}
		if got := text.offset(want); got != offset {
			t.Errorf("offset of %v is %d, want %d", want, got, offset)
		}
	}
	if got := text.offset(position{3, 1}); got != 7 {
		t.Errorf("in the middle of a pair: %d", got)
	}
	// Findings know only \n.
	if got := text.at(3, 1); got != 7 {
		t.Errorf("line 3 of a finding begins at %d", got)
	}
}

// What an edit does not touch stays on its words.
func TestMove(t *testing.T) {
	for _, test := range []struct {
		edit report.Edit
		want string // what the note on "import" covers afterwards, "" if it is gone
	}{
		{report.Edit{Start: 0, End: 0, NewText: "// x\n"}, "import"},
		{report.Edit{Start: 0, End: 4, NewText: ""}, "import"},
		{report.Edit{Start: 14, End: 14, NewText: "\n"}, "import"},
		{report.Edit{Start: 10, End: 10, NewText: " "}, "import"},
		{report.Edit{Start: 10, End: 10, NewText: "s"}, ""},
		{report.Edit{Start: 6, End: 7, NewText: "x"}, ""},
		{report.Edit{Start: 0, End: 16, NewText: ""}, ""},
	} {
		const src = "xxx\nimport \"a\"\n"
		after := src[:test.edit.Start] + test.edit.NewText + src[min(test.edit.End, len(src)):]
		moved := move([]note{{span: span{4, 10}}}, test.edit)
		got := ""
		if len(moved) == 1 {
			got = after[moved[0].start:moved[0].end]
		}
		if got != test.want {
			t.Errorf("%+v: got %q, want %q", test.edit, got, test.want)
		}
	}
}

func FuzzEdit(f *testing.F) {
	f.Add("package a\r\n\nimport \"b\"\n", "𝕏\r", 0, 3, 2, 1)
	f.Fuzz(func(t *testing.T, src, insert string, line, character, endLine, endCharacter int) {
		if !utf8.ValidString(src) || !utf8.ValidString(insert) {
			t.Skip("JSON is UTF-8")
		}
		text := newText(src)
		r := textRange{position{line, character}, position{endLine, endCharacter}}
		after, e := text.edited(change{&r, insert})
		if want := src[:e.Start] + e.NewText + src[e.End:]; after.src != want {
			t.Errorf("got %q, want %q", after.src, want)
		}
		if !utf8.ValidString(after.src) {
			t.Errorf("%q is not UTF-8", after.src)
		}
		whole, d := text.edited(change{nil, insert})
		if got := src[:d.Start] + d.NewText + src[d.End:]; got != insert || whole.src != insert {
			t.Errorf("difference makes %q of %q", got, insert)
		}
		if !utf8.ValidString(d.NewText) {
			t.Errorf("difference splits a character: %q", d.NewText)
		}
		for offset := range after.src {
			if got := after.offset(after.position(offset)); got > offset || offset-got > 1 {
				t.Errorf("offset %d of %q comes back as %d", offset, after.src, got)
			}
		}
	})
}

// Whatever stands in a configuration, somebody may be writing there.
func FuzzFind(f *testing.F) {
	f.Add("[[modules]]\ndepends_on = [\"a\", { path = 'b' }] # c\n", 20)
	f.Fuzz(func(t *testing.T, src string, at int) {
		if at < 0 || at > len(src) {
			t.Skip()
		}
		if c, ok := find(src, at); ok && (c.start > c.end || c.end > len(src) || c.start < 0) {
			t.Errorf("at %d of %q: %+v", at, src, c)
		}
	})
}

// Of two messages the second arrives, whatever comes before the first.
func FuzzFraming(f *testing.F) {
	f.Add("Content-Length: 5\r\n\r\nhel")
	f.Fuzz(func(t *testing.T, junk string) {
		if strings.Contains(strings.ToLower(junk), "content-length") {
			t.Skip("it may take the message for its own")
		}
		framing := newFraming(strings.NewReader(junk+"\r\n\r\nContent-Length: 2\r\n\r\n{}"), &bytes.Buffer{})
		msg, err := framing.Recv()
		if err != nil || string(msg) != "{}" {
			t.Errorf("got %q, %v", msg, err)
		}
		if _, err := framing.Recv(); !errors.Is(err, io.EOF) {
			t.Errorf("at the end: %v", err)
		}
	})
}

// A message that is larger than any should be is skipped, wherever the header
// of the next begins.
func TestTooLarge(t *testing.T) {
	for pad := range 40 {
		body := strings.Repeat("x", 3*64<<10-len("Content-Length: 2\r\n\r\n")-20+pad)
		in := "Content-Length: 999999999\r\n\r\n" + body + "Content-Length: 2\r\n\r\n{}"
		framing := newFraming(strings.NewReader(in), io.Discard)
		if msg, err := framing.Recv(); err != nil || string(msg) != "too large" {
			t.Fatalf("got %q, %v", msg, err)
		}
		if msg, err := framing.Recv(); err != nil || string(msg) != "{}" {
			t.Errorf("%d bytes: got %q, %v", len(body), msg, err)
		}
	}
}
