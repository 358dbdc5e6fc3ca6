package drivertest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/boundaries-dev/boundaries/internal/hosted"
)

// BenchmarkDrivers measures the drivers side by side with what they would cost
// without us, on the reference monorepo and on the source of golangci-lint:
// cpu-s are the CPU seconds of all processes that took part. Warm is a second
// run; cold is one of a tool or with a cache that has not seen the tree, while
// all dependencies are compiled.
func BenchmarkDrivers(b *testing.B) {
	for name, tree := range map[string]func(*testing.B) *stand{"shop": shop, "golangci": golangciSource} {
		b.Run(name, func(b *testing.B) {
			s := tree(b)
			b.Run("vet/noop", func(b *testing.B) { s.vet(b, toyProgram(b), noopEnv+"=1") })
			b.Run("vet/boundaries", func(b *testing.B) { s.vet(b, boundaries) })
			b.Run("check", func(b *testing.B) { s.check(b) })
			b.Run("check/imports", func(b *testing.B) { s.check(b, "--imports") })
			lint := golangciLint(b)
			for _, linter := range []struct{ name, linters string }{
				{"depguard", "[depguard]\n  settings:\n    depguard: {rules: {all: {deny: [{pkg: nobody.example/x, desc: no}]}}}"},
				{"boundaries-imports", "[boundaries]\n  settings:\n    custom: {boundaries: {type: module, settings: {imports: true}}}"},
				{"errname", "[errname]"},
				{"boundaries", "[boundaries]\n  settings:\n    custom: {boundaries: {type: module}}"},
			} {
				b.Run("golangci-lint/"+linter.name, func(b *testing.B) { s.lint(b, lint, linter.linters) })
			}
		})
	}
}

// noopEnv makes a vet tool of the test binary that does nothing.
const noopEnv = "DRIVERTEST_NOOP"

func noop() {
	unitchecker.Main(&analysis.Analyzer{Name: "noop", Doc: "do nothing", Run: func(*analysis.Pass) (any, error) { return nil, nil }})
}

func toyProgram(b *testing.B) string {
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	return exe
}

func shop(b *testing.B) *stand {
	dir, err := filepath.Abs("../../testdata/shop")
	if err != nil {
		b.Fatal(err)
	}
	return &stand{dir, "./...", 1}
}

// golangciSource is a copy of golangci-lint, under a configuration that finds
// nothing.
func golangciSource(b *testing.B) *stand {
	out, err := exec.Command("go", "mod", "download", "-json", "github.com/golangci/golangci-lint/v2@"+hosted.GolangciVersion).Output()
	if err != nil {
		b.Skip("golangci-lint cannot be downloaded: ", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := os.CopyFS(dir, os.DirFS(module.Dir)); err != nil {
		b.Fatal(err)
	}
	put(b, filepath.Join(dir, "boundaries.toml"), []byte("products = [\"pkg/golinters/*\"]\nrules = { private-import = \"off\" }\n"))
	return &stand{dir, "./pkg/...", 0}
}

func put(b *testing.B, name string, content []byte) {
	b.Helper()
	if err := os.WriteFile(name, content, 0o777); err != nil {
		b.Fatal(err)
	}
}

// A stand is a tree on which drivers are measured.
type stand struct {
	dir      string
	packages string
	code     int // the exit code of who finds what there is
}

// run runs a program in the tree, and returns its CPU seconds.
func (s *stand) run(b *testing.B, env []string, program string, args ...string) float64 {
	b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = s.dir
	cmd.Env = append(append(os.Environ(), "GOWORK=", "GOFLAGS=", "PWD="+s.dir), env...)
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 0 && code != s.code {
		b.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
}

// least runs a step some times, and reports the least that it cost.
func least(b *testing.B, step func() float64) {
	b.Helper()
	best := 0.0
	for i := 0; b.Loop(); i++ {
		if cost := step(); i == 0 || cost < best {
			best = cost
		}
	}
	b.ReportMetric(best, "cpu-s")
	b.ReportMetric(0, "ns/op")
}

func (s *stand) vet(b *testing.B, tool string, env ...string) {
	program, err := os.ReadFile(tool)
	if err != nil {
		b.Fatal(err)
	}
	s.run(b, env, "go", "vet", "-vettool="+tool, s.packages)
	b.Run("warm", func(b *testing.B) {
		least(b, func() float64 { return s.run(b, env, "go", "vet", "-vettool="+tool, s.packages) })
	})
	b.Run("cold", func(b *testing.B) {
		other, n := filepath.Join(b.TempDir(), "tool.exe"), 0
		least(b, func() float64 {
			n++
			put(b, other, append(program, fmt.Sprint(os.Getpid(), b.Name(), b.Elapsed(), n)...))
			return s.run(b, env, "go", "vet", "-vettool="+other, s.packages)
		})
	})
}

func (s *stand) check(b *testing.B, args ...string) {
	args = append([]string{"check", s.packages}, args...)
	s.run(b, nil, boundaries, args...)
	least(b, func() float64 { return s.run(b, nil, boundaries, args...) })
}

func (s *stand) lint(b *testing.B, program, linters string) {
	settings := filepath.Join(b.TempDir(), ".golangci.yml")
	put(b, settings, []byte(strings.ReplaceAll("version: \"2\"\nlinters:\n  default: none\n  enable: LINTERS\n", "LINTERS", linters)))
	run := func(cache string) float64 {
		return s.run(b, []string{"GOLANGCI_LINT_CACHE=" + cache}, program, "run", "-c", settings, "--allow-parallel-runners", "--issues-exit-code=0", s.packages)
	}
	cache := b.TempDir()
	run(cache)
	b.Run("warm", func(b *testing.B) { least(b, func() float64 { return run(cache) }) })
	b.Run("cold", func(b *testing.B) { least(b, func() float64 { return run(b.TempDir()) }) })
}
