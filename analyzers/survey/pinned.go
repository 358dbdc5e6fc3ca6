package survey

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Here is what a driver needs that lives on while configurations change, such
// as gopls.

// Pinned returns a survey that answers by configuration files as they are on
// the disk at the time of the call, whatever becomes of them: the driver calls
// it again when one changes. Its name carries a digest of them all. A package
// that no configuration governs is not surveyed; one of another file is, by
// that as it is then.
func Pinned(files ...string) *analysis.Analyzer {
	type loaded struct {
		config   *config.Config
		problems []config.Problem
	}
	known, sum := map[string]loaded{}, sha256.New()
	files = slices.Clone(files)
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		c, problems := config.Load(file, nil)
		known[absolute(file)] = loaded{c, problems}
		fmt.Fprintf(sum, "%s %s\n", file, c.Digest)
	}
	return analyzer(digestName(hex.EncodeToString(sum.Sum(nil))), func(pass *analysis.Pass) *Site {
		file, dir, ok := governing(pass)
		if !ok {
			return nil
		}
		l, ok := known[absolute(file)]
		if !ok {
			l.config, l.problems = config.Load(file, nil)
		}
		if len(l.problems) > 0 {
			return broken(l.problems)
		}
		goModules, _ := imports.GoModulesFor(l.config.Dir, relative(l.config.Dir, dir))
		return site(pass, lawOf(l.config, goModules))
	})
}

func absolute(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}

// Find returns the configuration file that governs a directory.
func Find(dir string) (file string, ok bool) { return config.Find(dir) }

// Digest returns a digest of all files that make up the configuration of that
// name. Where it cannot be read the digest is that of nothing.
func Digest(file string) string {
	c, _ := config.Load(file, nil)
	return c.Digest
}

// FileNames returns the base names of the files of a configuration.
func FileNames() []string { return []string{config.FileName, config.ProductFile, config.BaselineFile} }

// IsError reports whether a finding of a rule is an error, rather than a
// warning, where the package under analysis stands.
func IsError(pass *analysis.Pass, name string) bool {
	for _, result := range pass.ResultOf {
		if s, ok := result.(*Site); ok && s != nil && s.Law != nil {
			return s.Config().Severity(name) == rule.Error
		}
	}
	return true
}
