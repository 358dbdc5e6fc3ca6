package vetunit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// write gives the answer in the form that the flags ask for. repeatable says
// that the go command may give it again from memory. An answer that raced with
// an edit of the configuration is given in a form that it does not even keep
// aside, where it could take the place of another.
func (u *unit) write(opt *options, p *packages.Package, all []found, raced bool, stdout, stderr io.Writer) (repeatable bool, err error) {
	out := &bytes.Buffer{}
	changes := false
	switch {
	case opt.raw != "":
		err = u.writeReport(out, p, all)
	case len(p.TypeErrors) > 0:
		// Exit code 1, and the go command prints all of it: there is no
		// other way to say in one answer that the package is wrong, and
		// what else is.
		writeText(stderr, all, opt.context)
		u.writeTypeErrors(stderr, p)
		return false, errReported
	case opt.fix && !slices.ContainsFunc(all, func(f found) bool { return f.Rule == rule.BadConfig }):
		changes, err = u.applyFixes(opt, p, all, out)
	case len(all) == 0:
	case opt.json && !raced:
		err = u.writeJSON(out, all)
	default:
		writeText(stderr, all, opt.context)
		return false, errReported
	}
	switch {
	case err != nil:
		return false, err
	case out.Len() == 0:
		return !changes, nil // a change that is undone wants to be made again, and has the names of one checkout
	case u.Stdout == "": // go 1.25 and older do not remember what a tool prints
		_, err = stdout.Write(out.Bytes())
		return false, err
	}
	// The command knows what it asked for, and does without full names.
	repeatable = opt.raw != "" || !changes && u.onlyAskedFor(p) && !u.trimmed(p)
	return repeatable, os.WriteFile(u.Stdout, out.Bytes(), 0o666)
}

// onlyAskedFor reports whether the unit is never a dependency of another, or
// the go command knows when it is. Else that would repeat what was found in it
// when something else is asked for.
func (u *unit) onlyAskedFor(p *packages.Package) bool {
	return knowsRoots() || p.Name == "main" || slices.ContainsFunc(u.GoFiles, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// trimmed reports whether the unit is built with -trimpath, as far as its
// dependencies tell; the standard library always is. Then an answer may be
// repeated in a checkout elsewhere, where the names in it are wrong. A //line
// directive may name any file, and proves nothing unless that is there.
func (u *unit) trimmed(p *packages.Package) bool {
	full := map[string]bool{}
	for _, dep := range p.Types.Imports() {
		if u.Standard[dep.Path()] {
			continue
		}
		scope := dep.Scope()
		for _, name := range scope.Names() {
			switch at := p.Fset.PositionFor(scope.Lookup(name).Pos(), false); {
			case at.Filename == "":
			case filepath.IsAbs(at.Filename):
				full[at.Filename] = true
			default:
				return true
			}
		}
	}
	for name := range full {
		if _, err := os.Stat(name); err == nil && strings.HasSuffix(name, ".go") {
			return false
		}
	}
	return true
}

// text is a message as go vet prints it: it tells neither analyzer nor
// category, so the rule stands in the message.
func (f found) text() string { return fmt.Sprintf("%s (%s)", f.Message, f.Rule) }

// writeText writes findings as go vet prints them, with lines of context; none
// if that is negative. Since go 1.26 go vet writes text itself.
func writeText(w io.Writer, all []found, context int) {
	for _, f := range all {
		fmt.Fprintf(w, "%s:%d:%d: %s\n", f.File, f.Line, f.Column, f.text())
		if context < 0 {
			continue
		}
		src, err := os.ReadFile(f.File)
		if err != nil {
			continue
		}
		lines := strings.Split(string(src), "\n")
		for n := max(f.Line-context, 1); n <= min(max(f.Line, f.EndLine)+context, len(lines)); n++ {
			fmt.Fprintf(w, "%d\t%s\n", n, lines[n-1])
		}
	}
}

// maxTypeErrors is how many errors of the source are shown, as by the
// compiler.
const maxTypeErrors = 10

func (u *unit) writeTypeErrors(w io.Writer, p *packages.Package) {
	for i, err := range p.TypeErrors {
		if i == maxTypeErrors {
			fmt.Fprintln(w, "too many errors")
			return
		}
		if at, ok := u.position(p.Fset, err.Pos); ok {
			fmt.Fprintf(w, "%s:%d:%d: %s\n", at.Filename, at.Line, at.Column, err.Msg)
		} else {
			fmt.Fprintf(w, "%s: %s\n", u.ImportPath, err.Msg)
		}
	}
}

// The JSON that go vet expects of a tool, by package and analyzer.
type (
	jsonDiagnostic struct {
		Category       string        `json:"category,omitempty"`
		Posn           string        `json:"posn"`
		End            string        `json:"end"`
		Message        string        `json:"message"`
		SuggestedFixes []jsonFix     `json:"suggested_fixes,omitempty"`
		Related        []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

func (u *unit) writeJSON(w io.Writer, all []found) error {
	byAnalyzer := map[string][]jsonDiagnostic{}
	for _, f := range all {
		byAnalyzer[f.analyzer] = append(byAnalyzer[f.analyzer], f.json())
	}
	return encode(w, map[string]map[string][]jsonDiagnostic{u.ID: byAnalyzer})
}

func (f found) json() jsonDiagnostic {
	d := jsonDiagnostic{Category: f.Rule, Message: f.text()}
	d.Posn = posn(f.File, f.Line, f.Column)
	d.End = posn(f.File, f.EndLine, f.EndColumn)
	if f.EndLine == 0 {
		d.End = d.Posn
	}
	for _, fix := range f.Fixes {
		j := jsonFix{Message: fix.Message}
		for _, e := range fix.Edits {
			j.Edits = append(j.Edits, jsonEdit{e.File, e.Start, e.End, e.NewText})
		}
		d.SuggestedFixes = append(d.SuggestedFixes, j)
	}
	for _, r := range f.Related {
		at := posn(r.File, r.Line, r.Column)
		d.Related = append(d.Related, jsonRelated{at, at, r.Message})
	}
	return d
}

func posn(file string, line, column int) string { return fmt.Sprintf("%s:%d:%d", file, line, column) }

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(v)
}
