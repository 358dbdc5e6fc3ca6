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
		return &Site{problems: []string{fmt.Sprintf("no %s in %s or above it; write one or run boundaries init", config.FileName, dir)}}
	}
	c, problems := config.Load(file, nil)
	if len(problems) > 0 {
		return broken(problems)
	}
	below := relative(c.Dir, dir)
	goModules, _ := imports.GoModulesFor(c.Dir, below)
	return site(pass, policy.New(c, goModules), below)
})

// Fixed returns a survey that always answers by one law. Its name carries the
// digest of the configuration, because the caches of golangci-lint and gopls
// key on the names of analyzers.
func Fixed(law *policy.Law) *analysis.Analyzer {
	return analyzer(digestName(law.Config.Digest), func(pass *analysis.Pass) *Site {
		return site(pass, law, "")
	})
}

// FromBytes returns a survey for a sandbox without a file system of its own,
// such as Bazel's: the content of boundaries.toml, of product.toml files by
// the directory of their product, and for each Go module of the tree its path
// and its directory relative to the root (with slashes, "." for the root).
func FromBytes(boundariesTOML []byte, productTOML map[string][]byte, goModules map[string]string) *analysis.Analyzer {
	c, problems := config.Parse(boundariesTOML, productTOML)
	var modules []imports.GoModule
	for path, dir := range goModules {
		modules = append(modules, imports.GoModule{Path: path, Dir: dir})
	}
	law := policy.New(c, modules)
	return analyzer(digestName(c.Digest), func(pass *analysis.Pass) *Site {
		if len(problems) > 0 {
			return broken(problems)
		}
		return site(pass, law, "")
	})
}

func digestName(digest string) string { return "survey_" + digest[:16] }

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
	return len(pass.Files) == 0 || pass.Pkg.Name() == "main" && strings.HasSuffix(pass.Pkg.Path(), ".test")
}

// governing finds the configuration file for a package and the directory of
// the package. Under cgo, files lie where the build put them: then the
// working directory, which is the package's under go vet, is the next guess.
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
func packageDirs(pass *analysis.Pass) []string {
	var dirs, generated []string
	for _, f := range pass.Files {
		name := pass.Fset.PositionFor(f.Package, false).Filename
		if base := filepath.Base(name); strings.HasSuffix(base, ".cgo1.go") || base == "_cgo_gotypes.go" {
			generated = append(generated, filepath.Dir(name))
			continue
		}
		dirs = append(dirs, filepath.Dir(name))
	}
	for _, name := range pass.IgnoredFiles {
		dirs = append(dirs, filepath.Dir(name))
	}
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

func broken(problems []config.Problem) *Site {
	s := &Site{}
	for _, p := range problems {
		s.problems = append(s.problems, p.String())
	}
	return s
}

// site locates the package. It is classified by its import path; dir, if
// known, serves only where the driver made a path up.
func site(pass *analysis.Pass, law *policy.Law, dir string) *Site {
	importPath := strings.TrimSuffix(pass.Pkg.Path(), " ["+pass.Pkg.Path()+".test]")
	if isExternalTest(pass) {
		importPath = strings.TrimSuffix(importPath, "_test")
	}
	if importPath == "command-line-arguments" {
		if real, ok := law.ImportPath(dir); ok {
			importPath = real
		}
	}
	place := law.Locate(importPath, "")
	if !place.InTree || law.Config.Excluded(place.Dir) {
		return nil
	}
	return &Site{Law: law, Place: place}
}

// isExternalTest reports whether the package is the one of foo_test files.
func isExternalTest(pass *analysis.Pass) bool {
	if !strings.HasSuffix(pass.Pkg.Name(), "_test") || !strings.HasSuffix(pass.Pkg.Path(), "_test") {
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
