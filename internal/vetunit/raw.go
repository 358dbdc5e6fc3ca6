package vetunit

import (
	"bufio"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// A Report is what a unit writes for the command, under [RawFlag]. A file of
// the package is called by its base name, another by its full name.
type Report struct {
	Package  string           // import path, with _test at the end for external tests
	Files    []string         // that were looked at
	Ignored  []string         // that are not built here
	Findings []report.Finding // also those that comments ignore
	Errors   []report.Finding // what is wrong with the source, with place and message
}

func (u *unit) writeReport(w io.Writer, p *packages.Package, all []found) error {
	r := Report{Package: u.ImportPath}
	for _, f := range p.Syntax {
		if at, ok := u.position(p.Fset, f.Package); ok {
			r.Files = append(r.Files, u.short(at.Filename))
		}
	}
	for _, name := range u.IgnoredFiles {
		r.Ignored = append(r.Ignored, u.short(name))
	}
	for _, f := range all {
		r.Findings = append(r.Findings, u.shorten(f.Finding))
	}
	for _, err := range p.TypeErrors {
		e := report.Finding{File: u.GoFiles[0], Message: err.Msg}
		if at, ok := u.position(p.Fset, err.Pos); ok {
			e.File, e.Line, e.Column = at.Filename, at.Line, at.Column
		}
		r.Errors = append(r.Errors, u.shorten(e))
	}
	return json.NewEncoder(w).Encode(r) // in one line
}

func (u *unit) shorten(f report.Finding) report.Finding {
	f.File = u.short(f.File)
	for i := range f.Related {
		f.Related[i].File = u.short(f.Related[i].File)
	}
	for _, fix := range f.Fixes {
		for i := range fix.Edits {
			fix.Edits[i].File = u.short(fix.Edits[i].File)
		}
	}
	return f
}

func (u *unit) short(name string) string {
	if filepath.Dir(name) == filepath.Clean(u.Dir) {
		return filepath.Base(name)
	}
	return name
}

// ReadReports reads what go vet prints, gives the reports in it to each, and
// returns the rest. Up to go 1.25 it prints all to stderr.
func ReadReports(r io.Reader, each func(Report)) (rest string, err error) {
	var b strings.Builder
	for in := bufio.NewReader(r); ; {
		line, err := in.ReadString('\n')
		var next Report
		if strings.HasPrefix(line, `{"Package":`) && json.Unmarshal([]byte(line), &next) == nil {
			each(next)
		} else {
			b.WriteString(line)
		}
		switch err {
		case nil:
		case io.EOF:
			return b.String(), nil
		default:
			return b.String(), err
		}
	}
}
