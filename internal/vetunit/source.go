package vetunit

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

// SourceFlag is a first argument that asks for packages that the go command
// cannot hand over, because something that they import does not compile. Its
// value is the build tags; after the flags of a vet tool come patterns of
// packages. The configuration is the one that the environment names.
//
// What has been compiled is read as the compiler wrote it, and the rest is
// type-checked from source, as far as it goes. Nothing is remembered.
const SourceFlag = "source"

func askedSource(args []string) (tags string, ok bool) {
	return strings.CutPrefix(args[0], "-"+SourceFlag+"=")
}

// answerSource writes a [Report] for each package that could be looked at. The
// error is about the others.
func answerSource(tags string, args []string, suite []*analysis.Analyzer, stdout, stderr io.Writer) error {
	opt, err := parseFlags(args, suite, stderr)
	if err != nil {
		return err
	}
	load := &packages.Config{
		Mode: packages.LoadSyntax | packages.NeedModule, Tests: true,
		Env:       append(os.Environ(), "GOPACKAGESDRIVER=off"), // it is the go command that has failed, and whose words count
		ParseFile: parseMade,
	}
	if tags != "" {
		load.BuildFlags = []string{"-tags=" + tags}
	}
	all, err := packages.Load(load, opt.flags.Args()...)
	if err != nil {
		return err
	}
	root := roots.Read(os.Getenv(config.EnvVar))
	problems := slices.DeleteFunc(root.Problems, func(p config.Problem) bool { return p.Pos.File == config.BaselineFile })
	law := survey.Unfiltered(surveyOf(root, problems))
	chosen := append(survey.Substitute(opt.suite, law), law)
	var errs []error
	for _, p := range all {
		if p.Types == nil || len(p.Syntax) == 0 || strings.HasSuffix(p.PkgPath, ".test") {
			continue
		}
		errs = append(errs, reportSource(p, chosen, stdout))
	}
	return errors.Join(errs...)
}

// parseMade parses a file under the name that it would have under go vet, if it
// is one that cgo has made: the build cache knows it by a digest only.
func parseMade(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	if filepath.Ext(name) != ".go" {
		dir, base := filepath.Split(name)
		if m := madeOf.FindSubmatch(src); m != nil {
			name = filepath.Join(dir, strings.TrimSuffix(filepath.Base(string(m[1])), ".go")+".cgo1.go")
		} else {
			name = filepath.Join(dir, "_cgo_"+base+".go")
		}
	}
	return parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
}

// madeOf is what the files that stand for a file of the package begin with.
var madeOf = regexp.MustCompile(`(?m)^//line (.*):1:1\r?$`)

func reportSource(p *packages.Package, suite []*analysis.Analyzer, stdout io.Writer) error {
	u := &unit{ID: p.ID, Dir: p.Dir, ImportPath: p.PkgPath, GoFiles: p.GoFiles, IgnoredFiles: p.IgnoredFiles}
	if len(u.GoFiles) == 0 {
		u.GoFiles = p.CompiledGoFiles
	}
	inMade := func(err types.Error) bool {
		_, ok := u.position(p.Fset, err.Pos)
		return err.Pos.IsValid() && !ok
	}
	all := slices.DeleteFunc(p.TypeErrors, inMade)
	// The go command may not have come to running cgo, or could not. That
	// does not make the rest of the package wrong, but it is told.
	noC := func(err types.Error) bool { return strings.HasPrefix(err.Msg, NoCgo) }
	p.TypeErrors = slices.DeleteFunc(slices.Clone(all), noC)
	// A package with a broken dependency counts as broken. To us it is what
	// its own source makes it.
	p.IllTyped = illTyped(p)
	done, err := u.analyze(p, suite)
	if err != nil {
		return err
	}
	p.TypeErrors = all
	if err := u.writeReport(stdout, p, u.findings(p, done)); err != nil {
		return fmt.Errorf("%s: %w", p.ID, err)
	}
	return nil
}

// NoCgo is how the error in a [Report] begins that says that cgo did not run.
const NoCgo = "could not import C ("
