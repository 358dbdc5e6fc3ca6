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
	return &vet{command, tool, filepath.Join(c.Dir, c.File), c.Dir, opt.Tags, tick}, nil
}

// run vets packages of the Go module in a directory, by a key of its own,
// gives what it is told to each, and returns what else the go command said.
func (v *vet) run(ctx context.Context, module string, dirs []string, key string, each func(vetunit.Report)) (said string) {
	args := []string{"vet", "-vettool=" + v.tool, "-json", "-" + vetunit.RawFlag + "=" + key, "-importboundary=false"}
	take := func(r vetunit.Report) { each(r); v.tick() }
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, module, append(v.flags(args), some...), &stderr, func(stdout io.Reader) error {
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

func (v *vet) flags(args []string) []string {
	if v.tags != "" {
		args = append(args, "-tags="+v.tags)
	}
	return append(args, "--")
}

// start runs the go command in the directory of a module. A module that the
// go.work around it does not use is its own master.
func (v *vet) start(ctx context.Context, module string, args []string, stderr *bytes.Buffer, read func(io.Reader) error) error {
	cmd := exec.CommandContext(ctx, v.command, args...)
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

// list sorts packages into those that the go command can load, and findings
// about the others. What is excluded by its build constraints is neither. An
// error says that it could load none.
func (v *vet) list(ctx context.Context, module string, dirs []string) (sound []string, broken []report.Finding, err error) {
	bad := map[string]bool{} // by real path
	each := func(p listed) {
		if p.Error != nil {
			p.DepsErrors = append(p.DepsErrors, p.Error)
		}
		for _, e := range p.DepsErrors {
			bad[realPath(p.Dir)] = true
			if !strings.Contains(e.Err, "build constraints exclude all Go files") {
				broken = append(broken, v.place(module, e.Pos, e.Err))
			}
		}
	}
	args := v.flags([]string{"list", "-e", "-test", "-json=Dir,Error,DepsErrors"})
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, module, append(args, some...), &stderr, func(stdout io.Reader) error {
			return decodeAll(stdout, each)
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for _, dir := range dirs {
		if !bad[realPath(filepath.Join(v.root, filepath.FromSlash(dir)))] {
			sound = append(sound, dir)
		}
	}
	return sound, broken, nil
}

// A listed is what go list says of a package.
type listed struct {
	Dir        string
	Error      *loadError
	DepsErrors []*loadError
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
	rel, err := filepath.Rel(realPath(v.root), realPrefix(name))
	if rel = filepath.ToSlash(rel); err != nil || strings.HasPrefix(rel, "../") {
		f.Message = fmt.Sprintf("%s: %s", pos, f.Message)
		return f
	}
	f.File = rel
	f.Line, _ = strconv.Atoi(m[2])
	f.Column, _ = strconv.Atoi(m[3])
	return f
}

var compileError = regexp.MustCompile(`^(?:vet: )?(.*?\.go:\d+(?::\d+)?): (.*)$`)

// compileErrors finds what the compiler said in the words of go vet.
func (v *vet) compileErrors(module, said string) []report.Finding {
	var all []report.Finding
	for line := range strings.Lines(said) {
		if m := compileError.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil {
			all = append(all, v.place(module, m[1], m[2]))
		}
	}
	return all
}
