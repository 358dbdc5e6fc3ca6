package check

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// A vet runs the go command with this program as its vet tool.
type vet struct {
	command string // go
	tool    string // this program
	config  string // the configuration file
	root    string
	tags    string
	tests   bool   // some rule needs the types of tests
	tick    func() // called with each report
}

// newVet returns an error if there is no go command.
func newVet(opt Options, c *config.Config, tick func()) (*vet, error) {
	command, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("there is no go command on PATH")
	}
	if command, err = filepath.Abs(command); err != nil {
		return nil, err
	}
	tool := opt.Tool
	if tool == "" {
		if tool, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	return &vet{command, tool, filepath.Join(c.Dir, c.File), c.Dir, opt.Tags, c.Contracts.Tests, tick}, nil
}

// run vets packages of the Go module in a directory, by a key of its own,
// gives what it is told to each, and returns what else the go command said.
func (v *vet) run(ctx context.Context, module string, dirs []string, key string, each func(vetunit.Report)) (said string) {
	args := []string{"vet", "-vettool=" + v.tool, "-json", "-" + vetunit.RawFlag + "=" + key, "-importboundary=false"}
	take := func(r vetunit.Report) { each(r); v.tick() }
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, v.command, module, append(v.flags(args), some...), &stderr, func(stdout io.Reader) error {
			_, err := vetunit.ReadReports(stdout, take)
			return err
		})
		rest, _ := vetunit.ReadReports(&stderr, take)
		if err != nil && rest == "" {
			rest = err.Error() + "\n"
		}
		said += rest
	}
	return said
}

// source has packages looked at that go vet does not hand over, gives what is
// told of them to each, and returns what went wrong.
func (v *vet) source(ctx context.Context, module string, dirs []string, each func(vetunit.Report)) (said string) {
	args := []string{"-" + vetunit.SourceFlag + "=" + v.tags, "-" + vetunit.RawFlag + "=1", "-importboundary=false", "--"}
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, v.tool, module, append(slices.Clone(args), some...), &stderr, func(stdout io.Reader) error {
			_, err := vetunit.ReadReports(stdout, func(r vetunit.Report) { each(r); v.tick() })
			return err
		})
		if said += stderr.String(); err != nil && stderr.Len() == 0 {
			said += err.Error() + "\n"
		}
	}
	return said
}

func (v *vet) flags(args []string) []string {
	if v.tags != "" {
		args = append(args, "-tags="+v.tags)
	}
	return append(args, "--")
}

// start runs a program in the directory of a module. A module that the go.work
// around it does not use is its own master.
func (v *vet) start(ctx context.Context, program, module string, args []string, stderr *bytes.Buffer, read func(io.Reader) error) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = filepath.Join(v.root, filepath.FromSlash(module))
	cmd.Env = append(cmd.Environ(), config.EnvVar+"="+v.config)
	if used, governed := imports.Workspace(cmd.Dir); governed && !uses(used, cmd.Dir) {
		cmd.Env = append(cmd.Env, "GOWORK=off")
	}
	cmd.Stderr = stderr
	cmd.WaitDelay = 5 * time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = read(stdout)
	_, _ = io.Copy(io.Discard, stdout) // so that the go command can end
	return errors.Join(err, cmd.Wait())
}

// uses reports whether a directory belongs to one of the modules.
func uses(modules []string, dir string) bool {
	home := realPath(dir)
	for {
		if _, err := os.Stat(filepath.Join(home, "go.mod")); err == nil || filepath.Dir(home) == home {
			return slices.ContainsFunc(modules, func(module string) bool { return realPath(module) == home })
		}
		home = filepath.Dir(home)
	}
}

// patterns names packages for the go command: their directories, relative to
// that of their module.
func (v *vet) patterns(module string, dirs []string) []string {
	patterns := make([]string, len(dirs))
	for i, dir := range dirs {
		rel, err := filepath.Rel(filepath.FromSlash(module), filepath.FromSlash(dir))
		if err != nil {
			rel = dir
		}
		patterns[i] = "." + string(filepath.Separator) + rel
	}
	return patterns
}

// batches divides a list so that each part fits a command line.
func batches(patterns []string) [][]string {
	limit := 100_000
	if runtime.GOOS == "windows" {
		limit = 20_000
	}
	var all [][]string
	size := limit
	for _, p := range patterns {
		if size += len(p) + 1; size > limit {
			all, size = append(all, nil), len(p)
		}
		all[len(all)-1] = append(all[len(all)-1], p)
	}
	return all
}

// list sorts packages into those that the go command can hand over, and those
// that it cannot, with findings that say why. What is excluded by its build
// constraints is neither. An error says that it could load none.
func (v *vet) list(ctx context.Context, module string, dirs []string) (sound, unsound []string, why []report.Finding, err error) {
	bad, excluded := map[string]bool{}, map[string]bool{} // by real path
	each := func(p listed) {
		if p.Error != nil {
			p.DepsErrors = append(p.DepsErrors, p.Error)
		}
		for _, e := range p.DepsErrors {
			bad[realPath(p.Dir)] = true
			switch none := strings.Contains(e.Err, "build constraints exclude all Go files"); {
			case none && e == p.Error:
				excluded[realPath(p.Dir)] = true
			case !none && (v.tests || !p.ofTest()):
				why = append(why, v.loadError(module, p.Dir, e))
			}
		}
	}
	args := v.flags([]string{"list", "-e", "-test", "-json=Dir,ImportPath,Error,DepsErrors"})
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, v.command, module, append(slices.Clone(args), some...), &stderr, func(stdout io.Reader) error {
			return decodeAll(stdout, each)
		})
		if err != nil {
			return nil, nil, nil, err
		}
	}
	for _, dir := range dirs {
		switch at := realPath(filepath.Join(v.root, filepath.FromSlash(dir))); {
		case !bad[at]:
			sound = append(sound, dir)
		case !excluded[at]:
			unsound = append(unsound, dir)
		}
	}
	return sound, unsound, why, nil
}

// loadError is the finding for what go list says of a package. Of some
// mistakes, mostly in tests, it gives the place in the message only.
func (v *vet) loadError(module, dir string, e *loadError) report.Finding {
	if e.Pos == "" {
		if all := v.compileErrors(module, e.Err); len(all) > 0 {
			return all[0]
		}
	}
	f := v.place(module, e.Pos, strings.TrimSuffix(e.Err, " in "+dir))
	if f.File == "" && dir != "" {
		f.Package = v.below(dir)
	}
	return f
}

// A listed is what go list says of a package.
type listed struct {
	Dir        string
	ImportPath string
	Error      *loadError
	DepsErrors []*loadError
}

// ofTest reports whether only tests bring the package about: it is the main
// package of one, or was built again for one.
func (p listed) ofTest() bool {
	return strings.HasSuffix(p.ImportPath, ".test") || strings.HasSuffix(p.ImportPath, ".test]")
}

type loadError struct{ Pos, Err string }

func decodeAll(r io.Reader, each func(listed)) error {
	for dec := json.NewDecoder(r); ; {
		var p listed
		switch err := dec.Decode(&p); err {
		case nil:
			each(p)
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

var position = regexp.MustCompile(`^(.*?\.go):(\d+)(?::(\d+))?$`)

// place is a finding at a position that the go command has printed.
func (v *vet) place(module, pos, message string) report.Finding {
	f := report.Finding{Message: oneLine(message)}
	m := position.FindStringSubmatch(pos)
	if m == nil {
		if pos != "" {
			f.Message = pos + ": " + f.Message
		}
		return f
	}
	name := m[1]
	if !filepath.IsAbs(name) {
		name = filepath.Join(v.root, filepath.FromSlash(module), name)
	}
	if f.File = v.below(name); f.File == "" {
		f.Message = fmt.Sprintf("%s: %s", pos, f.Message)
		return f
	}
	f.Line, _ = strconv.Atoi(m[2])
	f.Column, _ = strconv.Atoi(m[3])
	return f
}

// below returns a file or directory relative to the root, or "" if it lies
// elsewhere.
func (v *vet) below(name string) string {
	rel, _ := inside(v.root, name)
	return rel
}

var compileError = regexp.MustCompile(`^(?:vet: )?(\S.*?\.go:\d+(?::\d+)?): (.*)$`)

// compileErrors finds what the compiler said in the words of go vet. A line
// that is indented goes on with the one before.
func (v *vet) compileErrors(module, said string) []report.Finding {
	var all []report.Finding
	goesOn := false
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\r\n")
		if m := compileError.FindStringSubmatch(line); m != nil {
			all = append(all, v.place(module, m[1], m[2]))
			goesOn = true
		} else if goesOn = goesOn && strings.HasPrefix(line, "\t"); goesOn {
			f := &all[len(all)-1]
			f.Message = oneLine(f.Message + "\n" + line)
		}
	}
	return all
}
