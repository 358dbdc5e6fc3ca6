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
	case u.VetxOnly && knowsRoots():
		return u.remember()
	case u.VetxOnly && opt.fix:
		return nil // by the same key may lie what somebody was once to change, and we are not handed the place to say nothing
	case len(u.PackageFile) == 0 && needsExportData(u.ImportMap):
		return fmt.Errorf("this go command hands vet tools no export data, which is what %s reads; boundaries check --imports does without", builtWith())
	}
	here, err := u.stand(opt.raw != "")
	if err != nil {
		return err
	}
	switch {
	case opt.raw == "":
	case here.raced:
		return errors.New("the configuration has changed since boundaries check was started; run it again")
	default:
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
	// The command is told of dependencies, too, and takes what it needs. So
	// there is an answer to remember when they are asked for one day.
	if u.VetxOnly && (opt.raw == "" || u.Stdout == "") {
		if len(found) > 0 || len(p.TypeErrors) > 0 || !keyed {
			return nil // somebody may ask one day, by the same key
		}
		return u.remember()
	}
	repeatable, err := u.write(opt, p, found, here.raced, stdout, stderr)
	if err != nil || !keyed || len(p.TypeErrors) > 0 || !repeatable {
		return err
	}
	return u.remember()
}

// knowsRoots reports whether the go command has in its key whether a package
// is asked for.
func knowsRoots() bool { return version.Compare(os.Getenv("GOVERSION"), "go1.27") >= 0 }

// remember writes what stands for facts, without which the go command keeps no
// answer. It does keep what was printed without any, and takes that for ours
// later, by the same key; so silence is written, too.
//
// Files that were named as arguments are not remembered. They share one import
// path, and with -trimpath the key has nothing else to tell where they lie.
func (u *unit) remember() error {
	if strings.TrimSuffix(u.ImportPath, "_test") == survey.MadeUp {
		return nil
	}
	h, err := u.heads()
	if err != nil {
		return err
	}
	if u.Stdout != "" {
		f, err := os.OpenFile(u.Stdout, os.O_CREATE|os.O_WRONLY, 0o666) // with what was found, if it was written
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
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
	raced  bool               // it has changed since the go command was started
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
func (u *unit) stand(raw bool) (standpoint, error) {
	complaints := func(all []config.Problem) []config.Problem {
		return slices.DeleteFunc(slices.Clone(all), func(p config.Problem) bool { return raw && p.Pos.File == config.BaselineFile })
	}
	keys := loadKeys()
	file := keys.Named
	if file == "" {
		file = os.Getenv(config.EnvVar)
		if file != "" && !filepath.IsAbs(file) {
			return standpoint{}, errRelative(file)
		}
	}
	if file == "" {
		var ok bool
		if file, ok = config.Find(u.Dir); !ok {
			return standpoint{survey: survey.Analyzer}, nil // it says so
		}
	}
	known := keys.Find(file)
	c, problems := config.Load(file, nil)
	if known != nil && known.Digest == c.Digest && len(complaints(problems)) == 0 {
		return standpoint{survey: survey.Fixed(known.Law(c)), keyed: true}, nil
	}
	here := standpoint{raced: known != nil && known.Digest != c.Digest}
	r := roots.Read(file)
	here.survey = surveyOf(r, complaints(r.Problems))
	return here, nil
}

// surveyOf answers by a root or, if that has problems, by those.
func surveyOf(r *roots.Root, problems []config.Problem) *analysis.Analyzer {
	if len(problems) > 0 {
		return survey.Loaded(r.Config, problems, nil)
	}
	return survey.Fixed(r.Law(r.Config))
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
