package survey

import (
	_ "embed"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer finds the configuration on disk.
var Analyzer = analyzer("survey", func(pass *analysis.Pass) *Site {
	file, dir, ok := governing(pass)
	if !ok {
		return ungoverned(pass)
	}
	c, problems := config.Load(file, nil)
	if len(problems) > 0 {
		return broken(problems)
	}
	goModules, _ := imports.GoModulesFor(c.Dir, relative(c.Dir, dir))
	return site(pass, lawOf(c, goModules))
})

// lawOf makes the law of a configuration. If that lies on disk, the law knows
// which directories there are in its tree.
func lawOf(c *config.Config, goModules []imports.GoModule) *policy.Law {
	law := policy.New(c, goModules)
	if c.Dir != "" {
		law.HasDir = func(dir string) bool { return imports.LooksInto(c.Dir, dir, c.Excluded) }
	}
	return law
}

func analyzer(name string, survey func(*analysis.Pass) *Site) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:             name,
		Doc:              rule.Doc(doc),
		URL:              rule.Home + "/analyzers/survey",
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Site](),
		Run: func(pass *analysis.Pass) (any, error) {
			if nothingToSurvey(pass) {
				return (*Site)(nil), nil
			}
			return survey(pass), nil
		},
	}
}

// nothingToSurvey is true for what drivers make up: packages without files,
// and the main packages of test binaries.
func nothingToSurvey(pass *analysis.Pass) bool {
	if len(pass.Files) == 0 {
		return true
	}
	importPath, name := named(pass)
	return name == "main" && strings.HasSuffix(importPath, ".test")
}

// MadeUp is the import path that the go command gives to files named on the
// command line.
const MadeUp = "command-line-arguments"

// named returns the import path and name of the package. A driver that has no
// types, as golangci-lint without them, says neither.
func named(pass *analysis.Pass) (importPath, name string) {
	if pass.Pkg != nil {
		return pass.Pkg.Path(), pass.Pkg.Name()
	}
	importPath, name = MadeUp, pass.Files[0].Name.Name
	if strings.HasSuffix(name, "_test") && IsTest(pass.Fset, pass.Files[0].Package) {
		importPath += "_test"
	}
	return importPath, name
}

// governing finds the configuration file for a package and the directory of
// the package.
func governing(pass *analysis.Pass) (file, dir string, ok bool) {
	dirs := packageDirs(pass)
	if named := os.Getenv(config.EnvVar); named != "" {
		return named, dirs[0], true
	}
	for _, dir := range dirs {
		if file, ok := config.Find(dir); ok {
			return file, dir, true
		}
	}
	return "", dirs[0], false
}

// packageDirs returns the directories the package may lie in, likeliest first.
// Of a file that cgo has rewritten it is hearsay: that may have been done in
// another checkout.
func packageDirs(pass *analysis.Pass) []string {
	var dirs, rewritten, generated []string
	for _, f := range pass.Files {
		name := written(pass.Fset, f)
		switch dir := filepath.Dir(name); {
		case madeByCgo(name):
			generated = append(generated, dir)
		case name != pass.Fset.PositionFor(f.Package, false).Filename:
			rewritten = append(rewritten, dir)
		default:
			dirs = append(dirs, dir)
		}
	}
	for _, name := range pass.IgnoredFiles {
		dirs = append(dirs, filepath.Dir(name))
	}
	dirs = append(dirs, rewritten...)
	if wd, err := os.Getwd(); err == nil {
		dirs = append(dirs, wd)
	}
	return append(dirs, generated...)
}

// relative returns dir relative to the root, with slashes. A directory
// elsewhere (BOUNDARIES_CONFIG named another tree) is "..".
func relative(root, dir string) string {
	rel, err := filepath.Rel(realPath(root), realPath(dir))
	if err != nil {
		return ".."
	}
	return filepath.ToSlash(rel)
}

// realPath resolves symbolic links, so that a root and a package reached by
// two ways are compared as what they are.
func realPath(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// ungoverned is the site of a package without a configuration.
func ungoverned(pass *analysis.Pass) *Site {
	return &Site{problems: []string{fmt.Sprintf("no %s in %s or above it; write one or run boundaries init", config.FileName, packageDirs(pass)[0])}}
}

// notAtHand is the site of a package without a configuration that the driver
// has found when it was started.
func notAtHand(pass *analysis.Pass) *Site {
	dir := packageDirs(pass)[0]
	if file, ok := config.Find(dir); ok {
		return &Site{problems: []string{fmt.Sprintf("%s lies in no Go module of the directory where this was started; start it where that lies", file)}}
	}
	return ungoverned(pass)
}

func broken(problems []config.Problem) *Site {
	s := &Site{}
	for _, p := range problems {
		s.problems = append(s.problems, p.String())
	}
	return s
}

// site locates the package. It is classified by its import path; where it
// lies serves only if nobody knows that.
func site(pass *analysis.Pass, law *policy.Law) *Site {
	importPath, name := named(pass)
	importPath, _, _ = strings.Cut(importPath, " [") // as in "p [p.test]"
	external := isExternalTest(pass, importPath, name)
	if external {
		importPath = strings.TrimSuffix(importPath, "_test")
	}
	if importPath == MadeUp && law.Config.Dir != "" {
		dir := relative(law.Config.Dir, packageDirs(pass)[0])
		if real, ok := law.ImportPath(dir); ok && filepath.IsLocal(dir) {
			importPath = real
		}
	}
	place := law.Locate(importPath, "")
	if !place.InTree || law.Config.Excluded(place.Dir) {
		return nil
	}
	if external {
		importPath += "_test"
	}
	return &Site{Law: law, Place: place, path: importPath, baseline: debt.NewBaseline(law.Config.Baseline, importPath)}
}

// isExternalTest reports whether the package is the one of foo_test files.
func isExternalTest(pass *analysis.Pass, importPath, name string) bool {
	if !strings.HasSuffix(name, "_test") || !strings.HasSuffix(importPath, "_test") {
		return false
	}
	for _, f := range pass.Files {
		if !IsTest(pass.Fset, f.Package) {
			return false
		}
	}
	return true
}

// IsTest reports whether a position lies in a _test.go file.
func IsTest(fset *token.FileSet, pos token.Pos) bool {
	return strings.HasSuffix(fset.PositionFor(pos, false).Filename, "_test.go")
}
