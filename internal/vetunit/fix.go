package vetunit

import (
	"archive/zip"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/boundaries-dev/boundaries/internal/fix"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// applyFixes changes the files of the package, or shows how. Under go vet
// files are changed by the go command, when all units are done.
func (u *unit) applyFixes(opt *options, all []found, stdout io.Writer) error {
	findings := make([]report.Finding, len(all))
	for i, f := range all {
		findings[i] = f.Finding
	}
	changed, err := fix.Apply(findings, os.ReadFile)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(changed))
	if opt.diff {
		for _, name := range names {
			before, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if _, err := stdout.Write(diff.Diff(name+" (old)", before, name+" (new)", changed[name])); err != nil {
				return err
			}
		}
		return nil
	}
	if u.FixArchive == "" {
		for _, name := range names {
			if err := os.WriteFile(name, changed[name], 0o666); err != nil {
				return err
			}
		}
		return nil
	}
	f, err := os.Create(u.FixArchive)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(changed[name]); err != nil {
			return err
		}
	}
	return z.Close()
}
