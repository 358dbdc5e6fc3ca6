package vetunit

import (
	"errors"
	"fmt"
	"go/types"
	"io"
	"os"
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
	load := &packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Tests: true}
	if tags != "" {
		load.BuildFlags = []string{"-tags=" + tags}
	}
	all, err := packages.Load(load, opt.flags.Args()...)
	if err != nil {
		return err
	}
	root := roots.Read(os.Getenv(config.EnvVar))
	problems := slices.DeleteFunc(root.Problems, func(p config.Problem) bool { return p.Pos.File == config.BaselineFile })
	law := survey.Unfiltered(survey.Loaded(root.Config, problems, root.GoModules))
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

func reportSource(p *packages.Package, suite []*analysis.Analyzer, stdout io.Writer) error {
	u := &unit{ID: p.ID, Dir: p.Dir, ImportPath: p.PkgPath, GoFiles: p.CompiledGoFiles}
	// The go command may not have come to running cgo. That is no mistake.
	p.TypeErrors = slices.DeleteFunc(p.TypeErrors, func(err types.Error) bool { return strings.HasPrefix(err.Msg, "could not import C (") })
	// A package with a broken dependency counts as broken. To us it is what
	// its own source makes it.
	p.IllTyped = illTyped(p)
	done, err := u.analyze(p, suite)
	if err != nil {
		return err
	}
	if err := u.writeReport(stdout, p, u.findings(p, done)); err != nil {
		return fmt.Errorf("%s: %w", p.ID, err)
	}
	return nil
}
