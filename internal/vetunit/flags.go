package vetunit

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// RawFlag makes a unit write a [Report] for the command. As a flag it is part
// of the key by which go vet remembers, so that the command and people with
// go vet never get each other's answers. So is its value, which may be any
// word. All analyzers run but the one for imports, whatever other flags say.
const RawFlag = "raw"

// errReported is an error that the user has been told.
var errReported = errors.New("reported")

// options are what the flags say.
type options struct {
	flags    *flag.FlagSet
	describe bool // print the flags
	json     bool
	fix      bool
	diff     bool
	raw      string
	context  int // lines around a finding in text

	suite []*analysis.Analyzer // those that are enabled
	file  string               // the description of the unit
}

// parseFlags understands what unitchecker does: -json, -c, -fix, -diff, for each
// analyzer -NAME and -NAME=false, and its own flags as -NAME.FLAG.
func parseFlags(args []string, suite []*analysis.Analyzer, stderr io.Writer) (*options, error) {
	f := flag.NewFlagSet("boundaries", flag.ContinueOnError)
	f.SetOutput(stderr)
	opt := &options{flags: f}
	f.BoolVar(&opt.describe, "flags", false, "print the flags of the tool in JSON")
	f.BoolVar(&opt.json, "json", false, "write findings in JSON")
	f.BoolVar(&opt.fix, "fix", false, "apply the first fix of each finding")
	f.BoolVar(&opt.diff, "diff", false, "with -fix, show a diff instead of changing files")
	f.IntVar(&opt.context, "c", -1, "show the line of each finding and `N` lines around it")
	f.StringVar(&opt.raw, RawFlag, "", "write reports for boundaries check, by this key")
	enabled := map[*analysis.Analyzer]*bool{}
	for _, a := range suite {
		title, _, _ := strings.Cut(a.Doc, "\n")
		enabled[a] = f.Bool(a.Name, false, "look for: "+title)
		a.Flags.VisitAll(func(own *flag.Flag) { f.Var(own.Value, a.Name+"."+own.Name, own.Usage) })
	}
	if err := f.Parse(args); err != nil {
		return nil, errReported // by the flag package
	}
	opt.suite = choose(f, suite, enabled)
	if opt.raw != "" { // whoever asks so has all rules in mind; what GOFLAGS turns on or off is for people
		opt.suite = slices.DeleteFunc(slices.Clone(suite), func(a *analysis.Analyzer) bool { return a.Name == "importboundary" })
	}
	opt.file = f.Arg(0)
	if opt.diff && !opt.fix {
		return nil, errors.New("-diff shows what -fix would do; give both")
	}
	return opt, nil
}

// choose keeps the analyzers that flags ask for by name, or if none does,
// those that no flag turns off.
func choose(f *flag.FlagSet, suite []*analysis.Analyzer, enabled map[*analysis.Analyzer]*bool) []*analysis.Analyzer {
	given := map[string]bool{}
	f.Visit(func(set *flag.Flag) { given[set.Name] = true })
	asked := func(a *analysis.Analyzer) bool { return *enabled[a] }
	refused := func(a *analysis.Analyzer) bool { return given[a.Name] && !*enabled[a] }
	if slices.ContainsFunc(suite, asked) {
		refused = func(a *analysis.Analyzer) bool { return !asked(a) }
	}
	return slices.DeleteFunc(slices.Clone(suite), refused)
}

// writeFlags describes the flags in JSON, for the go command.
func (opt *options) writeFlags(w io.Writer) error {
	type description struct {
		Name  string
		Bool  bool
		Usage string
	}
	var all []description
	opt.flags.VisitAll(func(f *flag.Flag) {
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		all = append(all, description{f.Name, ok && b.IsBoolFlag(), f.Usage})
	})
	data, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
