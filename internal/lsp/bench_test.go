package lsp

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/boundaries-dev/boundaries/internal/editor"
	"github.com/boundaries-dev/boundaries/internal/imports"
)

// How long until an edit is answered, and how much memory 200 open files
// take: our server against a gopls alone and, if there is one, against a gopls
// with the suite inside, one after the other in the same tree. The edit adds
// an import that crosses a boundary and a line that go vet finds fault with or,
// if BENCH_TYPES is set, one that does not compile; each server is held to what
// it can see of that.
//
//	BENCH_TREE=dir BENCH_FILE=file.go BENCH_IMPORT=path BENCH_GOPLS=gopls BENCH_HOSTED=gopls \
//		go test ./internal/lsp -run - -bench Session -benchtime 10x
//
// Without BENCH_TREE it is a tree of 3,000 packages made for the purpose, for
// our server alone.
func BenchmarkSession(b *testing.B) {
	tree := benchTree(b)
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	ours := func() *exec.Cmd {
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), "SERVE_LSP=1")
		return cmd
	}
	b.Run("boundaries lsp", func(b *testing.B) { tree.measure(b, ours, tree.isOurs) })
	for _, env := range []string{"BENCH_GOPLS", "BENCH_HOSTED"} {
		program := os.Getenv(env)
		if program == "" {
			continue
		}
		cache := b.TempDir()
		gopls := func() *exec.Cmd {
			cmd := exec.Command(program)
			cmd.Env = append(os.Environ(), "GOPLSCACHE="+cache)
			return cmd
		}
		b.Run(env+", empty cache", func(b *testing.B) { tree.measure(b, gopls, isGopls) })
		b.Run(env, func(b *testing.B) { tree.measure(b, gopls, isGopls) })
		if env == "BENCH_HOSTED" {
			b.Run(env+", ours", func(b *testing.B) { tree.measure(b, gopls, tree.isOurs) })
		}
	}
}

// isOurs reports whether a diagnostic is about the import.
func (t benched) isOurs(d editor.Diagnostic) bool {
	return d.Rule() == "private-import" && strings.Contains(d.Message, filepath.Base(t.path)+",")
}

// isGopls reports whether it is about the other line.
func isGopls(d editor.Diagnostic) bool {
	return strings.Contains(d.Message, "cannot use") || strings.Contains(d.Message, "self-assignment")
}

// A benched is a tree and the edit in it.
type benched struct {
	dir, file, path string
}

func benchTree(b *testing.B) benched {
	if dir := os.Getenv("BENCH_TREE"); dir != "" {
		return benched{dir, filepath.Join(dir, os.Getenv("BENCH_FILE")), os.Getenv("BENCH_IMPORT")}
	}
	dir := b.TempDir()
	write := func(name, content string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	write("go.mod", "module example.com/mono\n\ngo 1.26\n")
	write("boundaries.toml", "products = [\"products/*\"]\n")
	for i := range 300 {
		for _, pkg := range []string{"facade", "facade/contracts", "models", "presentation", "routes", "tasks", "logic", "logic/a", "logic/b", "logic/c"} {
			var specs strings.Builder
			for j := range 5 {
				fmt.Fprintf(&specs, "import _ \"example.com/mono/products/p%d/facade/contracts\"\n", (i+j+1)%300)
			}
			write(fmt.Sprintf("products/p%d/%s/file.go", i, pkg), "package "+filepath.Base(pkg)+"\n\n"+specs.String())
		}
	}
	return benched{dir, filepath.Join(dir, "products/p1/logic/file.go"), "example.com/mono/products/p2/models"}
}

// measure reports how long a server takes from its start to its first answer,
// from an edit to the answer to that, and to the answer to one that comes
// behind the opening of 200 files, and its memory with these.
func (t benched) measure(b *testing.B, server func() *exec.Cmd, sees func(editor.Diagnostic) bool) {
	ctx, cancel := context.WithTimeout(b.Context(), 20*time.Minute)
	defer cancel()
	src, err := os.ReadFile(t.file)
	if err != nil {
		b.Fatal(err)
	}
	good, bad := string(src), t.edited(string(src))
	seen := func(version int, want bool) func(editor.Published) bool {
		return func(p editor.Published) bool {
			return p.Version >= version && p.Count > 0 && slices.ContainsFunc(p.Diagnostics, sees) == want
		}
	}
	begin := func() *editor.Editor {
		e, err := editor.Start(ctx, server(), editor.Options{Folders: []string{t.dir}})
		if err != nil {
			b.Fatal(err)
		}
		return e
	}
	wait := func(e *editor.Editor, ready func(editor.Published) bool) editor.Published {
		p, err := e.Wait(ctx, t.file, ready)
		if err != nil {
			b.Fatal(err)
		}
		return p
	}
	started := time.Now()
	e := begin()
	defer func() { e.Kill() }()
	if err := e.Open(ctx, t.file, bad); err != nil {
		b.Fatal(err)
	}
	cold := wait(e, seen(1, true)).At.Sub(started)

	var took []time.Duration
	edit := func(text string, want bool) time.Duration {
		from := time.Now()
		version, err := e.Change(ctx, t.file, text)
		if err != nil {
			b.Fatal(err)
		}
		return wait(e, seen(version, want)).At.Sub(from)
	}
	edit(good, false)
	before := processorTime(e.Process())
	for b.Loop() {
		took = append(took, edit(bad, true))
		edit(good, false)
	}
	busy := processorTime(e.Process()) - before
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(cold.Milliseconds()), "cold-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "edit-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "worst-ms")
	b.ReportMetric(float64(busy.Milliseconds())/float64(2*len(took)), "cpu-ms/edit")

	opening := time.Now()
	t.open(b, ctx, e, 200)
	edit(bad, true)
	b.ReportMetric(float64(time.Since(opening).Milliseconds()), "open-200-ms")
	time.Sleep(3 * time.Second) // what is slower comes in
	b.ReportMetric(float64(residentMemory(e.Process()))/(1<<20), "200-files-MB")
}

// edited returns a source with the import and what gopls finds fault with.
func (t benched) edited(src string) string {
	end, line := strings.Index(src, "\nimport "), "func _(x int) { x = x }"
	if os.Getenv("BENCH_TYPES") != "" {
		line = "var _ int = \"\""
	}
	return src[:end] + "\nimport _ \"" + t.path + "\"" + src[end:] + "\n" + line + "\n"
}

// open opens some files of the tree.
func (t benched) open(b *testing.B, ctx context.Context, e *editor.Editor, n int) {
	tree, err := imports.Scan(ctx, t.dir, imports.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, pkg := range tree.Packages {
		for _, f := range pkg.Files {
			name := filepath.Join(t.dir, filepath.FromSlash(f.Path))
			if n == 0 || name == t.file {
				continue
			}
			src, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			if err := e.Open(ctx, name, string(src)); err != nil {
				b.Fatal(err)
			}
			n--
		}
	}
}

// residentMemory returns the bytes of memory that a process holds, as far as
// the system tells.
func residentMemory(pid int) int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kb, _ := strconv.Atoi(cmp.Or(strings.Fields(rest + " 0")[0], "0"))
	return kb << 10
}

// processorTime returns how long a process, and those it waited for, have been
// at work, as far as the system tells: in hundredths of a second, behind the
// name in parentheses.
func processorTime(pid int) time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields, sum := strings.Fields(rest), 0
	for _, i := range []int{11, 12, 13, 14} { // of the user and of the system, own and of children
		if i < len(fields) {
			n, _ := strconv.Atoi(fields[i])
			sum += n
		}
	}
	return time.Duration(sum) * 10 * time.Millisecond
}
