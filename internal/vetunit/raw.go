package vetunit

import (
	"encoding/json"
	"io"
	"path/filepath"

	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// A Report is what a unit writes for the command, under [RawFlag]. A file of
// the package is called by its base name, another by its full name.
type Report struct {
	Package  string           // import path, with _test at the end for external tests
	Files    []string         // that were looked at
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
	return encode(w, r)
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

// ReadReports reads the reports of the units of one run of go vet, which
// prints them one after the other, and gives them to each.
func ReadReports(r io.Reader, each func(Report)) error {
	for dec := json.NewDecoder(r); ; {
		var next Report
		switch err := dec.Decode(&next); err {
		case nil:
			each(next)
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}
