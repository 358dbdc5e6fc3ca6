// Package drivertest runs the suite under the drivers that people run it
// under, as programs, and holds them to one answer: the same findings from
// each of them, and never one from yesterday's configuration.
package drivertest

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// boundaries is the program under test.
var boundaries string

// The test binary is a vet tool, too, with the toys for a suite, and a cache
// for the go command.
func TestMain(m *testing.M) {
	if os.Getenv(noopEnv) != "" {
		noop()
	}
	if vetunit.Asked(os.Args[1:]) {
		os.Exit(vetunit.Main(os.Args[1:], toys))
	}
	if dirs := os.Getenv(cacheDirs); dirs != "" {
		if err := cacheProgram(dirs, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "drivertest")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	boundaries = filepath.Join(dir, "boundaries.exe")
	if out, err := exec.Command("go", "build", "-o", boundaries, "../../cmd/boundaries").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// A tree is a copy of a small monorepo.
type tree struct {
	*testing.T
	dir string
	env []string // besides the environment of the test
}

// plant writes a txtar archive to a new directory. The last of two files of one
// name counts.
func plant(t *testing.T, archive string) *tree {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	tr := &tree{T: t, dir: dir}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		tr.write(f.Name, string(f.Data))
	}
	return tr
}

func (t *tree) path(name string) string { return filepath.Join(t.dir, filepath.FromSlash(name)) }

func (t *tree) write(name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(t.path(name)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(t.path(name), []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// An answer is what a program said.
type answer struct {
	stdout, stderr string
	code           int
}

func (a answer) String() string {
	return fmt.Sprintf("exit code %d\nstdout:\n%sstderr:\n%s", a.code, a.stdout, a.stderr)
}

// run runs a program in a directory below the tree.
func (t *tree) run(dir, program string, args ...string) answer {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = t.path(dir)
	cmd.Env = append(append(os.Environ(), "GOWORK=", "GOFLAGS=", "PWD="+cmd.Dir), t.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return answer{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// vet runs go vet with our tool.
func (t *tree) vet(args ...string) answer {
	t.Helper()
	return t.run(".", "go", append([]string{"vet", "-vettool=" + boundaries}, args...)...)
}

// says fails the test unless an answer is silence (want is "") or consists of
// findings of which each contains one of the wanted texts, and each text is
// found.
func (t *tree) says(got answer, want ...string) {
	t.Helper()
	code := 0
	if len(want) > 0 {
		code = 1
	}
	if got.code != code {
		t.Errorf("want exit code %d, got %v", code, got)
		return
	}
	for _, line := range findings(got) {
		if !containsAny(line, want) {
			t.Errorf("not wanted: %s", line)
		}
	}
	for _, w := range want {
		if !containsAny(w, []string{w}) || !strings.Contains(got.stderr+got.stdout, w) {
			t.Errorf("missing: %s\nin: %v", w, got)
		}
	}
}

func containsAny(line string, texts []string) bool {
	for _, text := range texts {
		if strings.Contains(line, text) {
			return true
		}
	}
	return false
}

// findings are the lines that end in a rule.
func findings(a answer) []string {
	var lines []string
	for line := range strings.Lines(a.stderr + a.stdout) {
		if line = strings.TrimSpace(line); strings.HasSuffix(line, ")") {
			lines = append(lines, line)
		}
	}
	return lines
}
