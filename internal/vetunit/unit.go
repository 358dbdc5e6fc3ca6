package vetunit

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

// A unit is one package as the go command describes it, with or without its
// in-package test files. The names of the fields are those of its JSON.
type unit struct {
	ID           string // as "fmt [fmt.test]"
	Dir          string
	ImportPath   string
	GoVersion    string // that the package asks for
	GoFiles      []string
	NonGoFiles   []string
	IgnoredFiles []string

	ModulePath    string
	ModuleVersion string
	Module        *analysis.Module  // instead of these two, since go 1.27
	ImportMap     map[string]string // import path in the source to package path
	PackageFile   map[string]string // package path to export data
	PackageVetx   map[string]string // package path to what the unit of that left in its VetxOutput
	Standard      map[string]bool   // the package paths of the standard library

	VetxOnly   bool   // only the facts are wanted; we have none
	VetxOutput string // where facts go; the go command remembers answers that have some, see heads.go
	Stdout     string // where findings go; "" with go 1.25 and older
	FixArchive string // where changed files go, a zip
}

func readUnit(file string) (*unit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u := &unit{}
	if err := json.Unmarshal(data, u); err != nil {
		return nil, fmt.Errorf("%s does not describe a package for a vet tool: %w", file, err)
	}
	if u.ImportPath == "" || u.VetxOutput == "" {
		return nil, fmt.Errorf("%s does not describe a package for a vet tool: it has no ImportPath or no VetxOutput", file)
	}
	if u.Module != nil {
		u.ModulePath, u.ModuleVersion = u.Module.Path, u.Module.Version
	}
	return u, nil
}

// run analyses the unit. Its answer is remembered if and only if remember is
// called, which comes last.
func (u *unit) run(opt *options, stdout, stderr io.Writer) error {
	switch {
	case u.foreign(), len(u.GoFiles) == 0:
		return u.remember()
	case u.VetxOnly && opt.raw != "" && u.Stdout != "":
		return u.remember() // the command notices if it is asked for one day, and gets no report
	case u.VetxOnly && knowsRoots():
		return u.remember()
	case len(u.PackageFile) == 0 && needsExportData(u.ImportMap):
		return fmt.Errorf("this go command hands vet tools no export data, which is what %s reads; boundaries check --imports does without", builtWith())
	}
	here := u.stand(opt.raw != "")
	if opt.raw != "" {
		here.survey = survey.Unfiltered(here.survey)
	}
	p, err := u.load()
	if err != nil {
		return err
	}
	done, err := u.analyze(p, append(survey.Substitute(opt.suite, here.survey), here.survey))
	if err != nil {
		return err
	}
	found := u.findings(p, done)
	keyed, err := u.allKeyed(here, siteAmong(done))
	if err != nil {
		return err
	}
	if u.VetxOnly {
		if len(found) > 0 || len(p.TypeErrors) > 0 || !keyed {
			return nil // somebody may ask one day, by the same key
		}
		return u.remember()
	}
	repeatable, err := u.write(opt, p, found, stdout, stderr)
	if err != nil || !keyed || len(p.TypeErrors) > 0 || !repeatable {
		return err
	}
	return u.remember()
}

// knowsRoots reports whether the go command has in its key whether a package
// is asked for.
func knowsRoots() bool { return version.Compare(os.Getenv("GOVERSION"), "go1.27") >= 0 }

// remember writes what stands for facts, without which the go command keeps no
// answer.
func (u *unit) remember() error {
	h, err := u.heads()
	if err != nil {
		return err
	}
	return os.WriteFile(u.VetxOutput, []byte(h.String()), 0o666)
}

// foreign reports whether a package comes from elsewhere, and so can be in no
// tree of ours: of the standard library, the module cache or a vendor
// directory.
func (u *unit) foreign() bool {
	return strings.HasSuffix(filepath.ToSlash(u.Dir), "/vendor/"+u.ImportPath) || u.immutable(u.Dir)
}

// A standpoint is how a package is looked at.
type standpoint struct {
	survey *analysis.Analyzer // answers by the configuration of the package
	keyed  bool               // the go command would notice if its configuration changed
}

// allKeyed reports whether the go command would notice if anything changed
// that the answer hangs on.
func (u *unit) allKeyed(here standpoint, site *survey.Site) (bool, error) {
	if !here.keyed || site == nil {
		return here.keyed, nil
	}
	glances := site.Glances()
	if len(glances) == 0 {
		return true, nil
	}
	h, err := u.heads()
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(glances, func(g survey.Glance) bool { return !u.keyed(g, h) }), nil
}

// stand says how to look at the package. For a raw answer the baseline counts
// for nothing, even if it is broken: whoever asks may be about to mend it.
func (u *unit) stand(raw bool) standpoint {
	complaints := func(all []config.Problem) []config.Problem {
		return slices.DeleteFunc(slices.Clone(all), func(p config.Problem) bool { return raw && p.Pos.File == config.BaselineFile })
	}
	keys := loadKeys()
	file := keys.Named
	if file == "" {
		file = os.Getenv(config.EnvVar)
	}
	if file == "" {
		var ok bool
		if file, ok = config.Find(u.Dir); !ok {
			return standpoint{survey.Analyzer, false} // it says so
		}
	}
	known := keys.Find(file)
	if known == nil {
		r := roots.Read(file)
		return standpoint{survey.Loaded(r.Config, complaints(r.Problems), r.GoModules), false}
	}
	c, problems := config.Load(file, nil)
	if problems = complaints(problems); len(problems) > 0 {
		return standpoint{survey.Loaded(c, problems, nil), false}
	}
	if known.Digest != c.Digest {
		return standpoint{survey.Loaded(c, nil, known.GoModules), false}
	}
	law := known.Law(c)
	// Where an unowned package is reported depends on the names of files
	// that may belong to another unit, and are in no key.
	place := law.Locate(strings.TrimSuffix(u.ImportPath, "_test"), "")
	unowned := place.InTree && !c.Excluded(place.Dir) && len(law.JudgePackage(place)) > 0
	return standpoint{survey.Fixed(law), !unowned}
}

// analyze runs the analyzers, and returns what they found, by analyzer.
func (u *unit) analyze(p *packages.Package, suite []*analysis.Analyzer) ([]*checker.Action, error) {
	graph, err := checker.Analyze(suite, []*packages.Package{p}, nil)
	if err != nil {
		return nil, err
	}
	var errs []error
	var done []*checker.Action
	for _, action := range graph.Roots {
		switch {
		case action.Err == nil:
			done = append(done, action)
		case !p.IllTyped || action.Analyzer.RunDespiteErrors:
			errs = append(errs, fmt.Errorf("%s: %s: %w", u.ID, action.Analyzer.Name, action.Err))
		}
	}
	return done, errors.Join(errs...)
}
