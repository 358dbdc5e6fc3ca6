package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A Text writes findings for people.
type Text struct {
	Root  string // the directory that the files of findings are relative to
	Dir   string // the directory that printed paths are relative to
	Long  bool   // with an excerpt of the source and related places
	Color bool
}

// Write writes findings in the order given. The first line of each is always
// file:line:col: severity: message (rule), for editors and CI to jump to.
func (t Text) Write(w io.Writer, findings []Finding) error {
	out := bufio.NewWriter(w)
	for i, f := range findings {
		if t.Long && i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, t.line(f))
		if t.Long {
			t.details(out, f)
		}
	}
	return out.Flush()
}

func (t Text) line(f Finding) string {
	paint := red
	if f.Severity == rule.Warn {
		paint = yellow
	}
	return fmt.Sprintf("%s: %s: %s (%s)",
		t.paint(bold, fmt.Sprintf("%s:%d:%d", t.Path(f.File), f.Line, f.Column)),
		t.paint(paint, string(f.Severity)), Line(f.Message), f.Rule)
}

// Line makes sure that a text is one line, and nothing to a terminal but text.
func Line(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// Path returns the path of a file as it is printed.
func (t Text) Path(file string) string {
	rel, err := filepath.Rel(t.Dir, filepath.Join(t.Root, filepath.FromSlash(file)))
	if err != nil {
		rel = file
	}
	return Line(rel)
}

// details prints the line of the source with the offending part underlined,
// and the places that explain it.
func (t Text) details(w io.Writer, f Finding) {
	gutter := strings.Repeat(" ", len(fmt.Sprint(f.Line)))
	if line, ok := t.source(f.File, f.Line); ok {
		fmt.Fprintf(w, "%s |\n%d | %s\n%s | %s\n", gutter, f.Line, expandTabs(line), gutter, t.paint(red, underline(line, f)))
	}
	for _, r := range f.Related {
		place := fmt.Sprintf("%s:%d:%d", t.Path(r.File), r.Line, r.Column)
		fmt.Fprintf(w, "%s = %s: %s\n", gutter, place, Line(r.Message))
		if line, ok := t.source(r.File, r.Line); ok {
			fmt.Fprintf(w, "%s     %s\n", gutter, strings.TrimSpace(expandTabs(line)))
		}
	}
	if f.Help != "" {
		fmt.Fprintf(w, "%s = %s %s\n", gutter, t.paint(cyan, "help:"), Line(f.Help))
	}
}

// source returns a line of a file of the tree.
func (t Text) source(file string, line int) (string, bool) {
	src, err := os.ReadFile(filepath.Join(t.Root, filepath.FromSlash(file)))
	if err != nil || line < 1 {
		return "", false
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	for range line - 1 {
		i := bytes.IndexByte(src, '\n')
		if i < 0 {
			return "", false
		}
		src = src[i+1:]
	}
	src, _, _ = bytes.Cut(src, []byte("\n"))
	text := strings.TrimRight(string(src), "\r")
	return text, text != "" && utf8.ValidString(text) && len(text) < 400
}

func expandTabs(line string) string { return strings.ReplaceAll(line, "\t", "    ") }

func underline(line string, f Finding) string {
	start := min(max(f.Column-1, 0), len(line))
	end := len(line)
	if f.EndLine == f.Line && f.EndColumn > f.Column {
		end = min(f.EndColumn-1, len(line))
	}
	width := func(s string) int { return utf8.RuneCountInString(expandTabs(s)) }
	return strings.Repeat(" ", width(line[:start])) + strings.Repeat("^", max(1, width(line[start:end])))
}

// The few attributes that a terminal is asked for.
const (
	bold   = "1"
	red    = "31"
	yellow = "33"
	cyan   = "36"
)

func (t Text) paint(attribute, s string) string {
	if !t.Color {
		return s
	}
	return "\x1b[" + attribute + "m" + s + "\x1b[0m"
}
