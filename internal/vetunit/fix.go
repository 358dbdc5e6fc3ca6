package vetunit

import (
	"archive/zip"
	"go/ast"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/internal/fix"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// applyFixes changes the files of the package, or shows how, and reports
// whether there is anything to change. Under go vet
// files are changed by the go command, when all units are done. As with the
// go command's own tools, nothing is said of findings, and what a program wrote
// is left alone: it would change it back.
func (u *unit) applyFixes(opt *options, p *packages.Package, all []found, stdout io.Writer) (changes bool, err error) {
	generated := map[string]bool{}
	for _, f := range p.Syntax {
		generated[p.Fset.PositionFor(f.FileStart, false).Filename] = ast.IsGenerated(f)
	}
	var findings []report.Finding
	for _, f := range all {
		if len(f.Fixes) > 0 && !slices.ContainsFunc(f.Fixes[0].Edits, func(e report.Edit) bool { return generated[e.File] }) {
			findings = append(findings, f.Finding)
		}
	}
	changed, err := fix.Apply(findings, os.ReadFile)
	if err != nil {
		return false, err
	}
	changes = len(changed) > 0
	names := slices.Sorted(maps.Keys(changed))
	if opt.diff {
		for _, name := range names {
			before, err := os.ReadFile(name)
			if err != nil {
				return changes, err
			}
			if _, err := stdout.Write(diff.Diff(name+" (old)", before, name+" (new)", changed[name])); err != nil {
				return changes, err
			}
		}
		return changes, nil
	}
	if u.FixArchive == "" {
		for _, name := range names {
			if err := os.WriteFile(name, changed[name], 0o666); err != nil {
				return changes, err
			}
		}
		return changes, nil
	}
	f, err := os.Create(u.FixArchive)
	if err != nil {
		return changes, err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return changes, err
		}
		if _, err := w.Write(changed[name]); err != nil {
			return changes, err
		}
	}
	return changes, z.Close()
}
