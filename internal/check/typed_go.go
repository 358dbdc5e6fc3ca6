package check

import (
	"bytes"
	"cmp"
	"context"
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

// run vets packages from the directory of a Go module, gives what it is told
// to each, and returns what else the go command said.
func (v *vet) run(ctx context.Context, module string, dirs []string, each func(vetunit.Report)) (said string) {
	// GOFLAGS may say -fix.
	args := []string{"vet", "-vettool=" + v.tool, "-json", "-fix=false", "-diff=false", "-" + vetunit.RawFlag + "=1"}
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
	args := []string{"-" + vetunit.SourceFlag + "=" + v.tags, "-" + vetunit.RawFlag + "=1", "--"}
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

// A buildFailure is what the go command said of a package when there is no
// place in Go code among it.
type buildFailure struct{ pkg, said string }

func buildFailures(said string) []buildFailure {
	var all []buildFailure
	for group := range strings.SplitSeq("\n"+said, "\n# ") {
		head, rest, _ := strings.Cut(group, "\n")
		switch pkg, _, _ := strings.Cut(strings.TrimSpace(head), " ["); {
		case pkg == "":
		case strings.HasPrefix(head, "["): // what goes on, or the command that failed
			if len(all) > 0 {
				all[len(all)-1].said += rest + "\n"
			}
		default:
			all = append(all, buildFailure{pkg, rest + "\n"})
		}
	}
	all = slices.DeleteFunc(all, func(f buildFailure) bool {
		placed := func(line string) bool { return compileError.MatchString(strings.TrimRight(line, "\r")) }
		return strings.TrimSpace(f.said) == "" || slices.ContainsFunc(strings.Split(f.said, "\n"), placed)
	})
	slices.SortFunc(all, func(a, b buildFailure) int {
		return cmp.Or(strings.Compare(a.pkg, b.pkg), strings.Compare(a.said, b.said))
	})
	return slices.Compact(all)
}
