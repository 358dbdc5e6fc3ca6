package drivertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// check runs the command's check with the toys.
func (t *tree) check(opt check.Options) *check.Result {
	t.Helper()
	opt.Config, opt.Dir, opt.Tool = t.path(config.FileName), t.dir, toyTool(t.T)
	res, err := check.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// lines are the findings, as short as can be.
func lines(found []report.Finding) []string {
	var all []string
	for _, f := range found {
		all = append(all, strings.Join([]string{f.File, f.Rule, f.Message}, " "))
	}
	return all
}

func (t *tree) same(got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestCheckTyped(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes)
	for range 2 {
		res := tr.check(check.Options{})
		tr.same(lines(res.Findings), []string{
			"products/shop/logic/logic.go contract-write Name is written; leave it alone",
			"products/shop/logic/logic_test.go contract-write Name is written; leave it alone",
			"products/shop/logic/x_test.go contract-write Name is written; leave it alone",
		})
		f := res.Findings[0]
		want := report.Finding{
			Rule: "contract-write", Severity: "error",
			File: "products/shop/logic/logic.go", Line: 6, Column: 2, EndLine: 6, EndColumn: 18,
			Package: "example.com/mono/products/shop/logic", Module: "products/shop",
			Target: "example.com/mono/products/shop/facade/contracts.Item", TargetModule: "products/shop",
			Message: "Name is written; leave it alone", Help: "leave it alone", URL: f.URL,
			Related: []report.Related{{File: "products/shop/facade/contracts/contracts.go", Line: 4, Column: 1, Message: "declared here"}},
			Fixes:   []report.Fix{{Message: "drop the value", Edits: []report.Edit{{File: "products/shop/logic/logic.go", Start: 107, End: 113, NewText: "_"}}}},
			Subject: f.Subject,
		}
		if diff := cmp.Diff(want, f); diff != "" {
			t.Errorf("the first (-want +got):\n%s", diff)
		}
	}
	for _, opt := range []check.Options{{Imports: true}, {Skip: []string{"contract-write"}}, {Rules: []string{"private-import", "orm-leak"}}} {
		tr.same(lines(tr.check(opt).Findings), nil)
	}
	tr.same(lines(tr.check(check.Options{Patterns: []string{"./products/shop/facade/..."}}).Findings), nil)
}

// Comments are the command's own affair, so that it knows which are used.
func TestCheckTypedIgnores(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes+`
-- products/shop/logic/logic.go --
package logic

import "example.com/mono/products/shop/facade/contracts"

func Rename(i *contracts.Item) {
	i.Name = "x" //boundaries:ignore contract-write it is ours
	_ = i        //boundaries:ignore contract-write it is nothing
}
-- products/shop/logic/logic_test.go --
package logic
-- products/shop/logic/x_test.go --
package logic
-- products/shop/logic/logic_plan9.go --
package logic

var _ = 0 //boundaries:ignore contract-write nobody looked here
-- products/billing/logic/logic.go --
package logic

var _ = 0 //boundaries:ignore contract-write no contract can be seen from here
`)
	res := tr.check(check.Options{})
	tr.same(lines(res.Findings), []string{
		"products/billing/logic/logic.go unused-ignore //boundaries: comment ignores no contract-write; remove it",
		"products/shop/logic/logic.go unused-ignore //boundaries: comment ignores no contract-write; remove it",
	})
	if res.Summary.Ignored != 1 {
		t.Errorf("%d ignored, want 1", res.Summary.Ignored)
	}
	tr.says(tr.vetToys("./..."))
}

// The build cache remembers; the tool runs for what has changed.
func TestCheckTypedRemembers(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes+`
-- products/shop/presentation/view.go --
package presentation

import "example.com/mono/products/shop/facade/contracts"

func View(i contracts.Item) string { return i.Name }
-- products/shop/tasks/tasks.go --
package tasks
-- products/shop/facade/facade.go --
package facade

import "example.com/mono/products/shop/logic"

var Rename = logic.Rename
`)
	program, err := os.ReadFile(toyTool(t))
	if err != nil {
		t.Fatal(err)
	}
	built := filepath.Join(t.TempDir(), "built")
	build := func(content []byte) {
		if err := os.WriteFile(built, content, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	build(program)
	trace := filepath.Join(t.TempDir(), "trace")
	tool := filepath.Join(t.TempDir(), "tool")
	script := "#!/bin/sh\ncase \"$*\" in *.cfg) pwd >> '" + trace + "';; esac\nexec '" + built + "' \"$@\"\n"
	if err := os.WriteFile(tool, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(tool, "-flags").Run(); err != nil {
		t.Skip("no shell")
	}
	ran := func(opt check.Options) []string {
		t.Helper()
		if err := os.WriteFile(trace, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		opt.Config, opt.Dir, opt.Tool = tr.path(config.FileName), tr.dir, tool
		if _, err := check.Run(t.Context(), opt); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(trace)
		if err != nil {
			t.Fatal(err)
		}
		var dirs []string
		for _, dir := range strings.Fields(string(data)) {
			if rel, ok := strings.CutPrefix(dir, tr.path("products/shop")+"/"); ok && !slices.Contains(dirs, rel) {
				dirs = append(dirs, rel)
			}
		}
		slices.Sort(dirs)
		return dirs
	}
	only := func(name string) check.Options { return check.Options{Rules: []string{name}} }

	tr.same(ran(only("mutable-contract")), []string{"facade/contracts"})
	tr.same(ran(only("mutable-contract")), nil)
	tr.same(ran(only("orm-leak")), []string{"facade", "logic"}) // logic as a dependency
	tr.same(ran(check.Options{}), []string{"logic", "presentation"})
	tr.same(ran(check.Options{}), nil)
	tr.write("products/shop/tasks/tasks.go", "package tasks\n\n// edited\n")
	tr.same(ran(check.Options{}), nil)
	tr.write("products/shop/presentation/view.go", "package presentation\n\nimport \"example.com/mono/products/shop/facade/contracts\"\n\ntype T = contracts.Item\n")
	tr.same(ran(check.Options{}), []string{"presentation"})
	tr.write("boundaries.toml", "products = [\"products/*\"]\n[contracts]\nmax_fields = 7\n")
	tr.same(ran(check.Options{}), []string{"facade", "facade/contracts", "logic", "presentation"})
	build(append(program, "rebuilt"...))
	tr.same(ran(check.Options{}), []string{"facade", "facade/contracts", "logic", "presentation"})
	tr.same(ran(check.Options{}), nil)
	tr.write("boundaries.toml", "")
	tr.same(ran(check.Options{}), nil) // no product, no module, no contract
}

// A configuration that disappears, or becomes another, while go vet is at work:
// one says so, and nothing of it is remembered.
func TestCheckTypedConfigurationChangesMeanwhile(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]string{
		"disappears": "rm -f boundaries.toml",
		"is broken":  "echo prodcts = 1 > boundaries.toml",
	} {
		tr := plant(t, writes)
		tool := filepath.Join(t.TempDir(), "tool")
		script := "#!/bin/sh\ncase \"$*\" in *.cfg) (cd '" + tr.dir + "' && " + edit + ");; esac\nexec '" + toyTool(t) + "' \"$@\"\n"
		if err := os.WriteFile(tool, []byte(script), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := exec.Command(tool, "-flags").Run(); err != nil {
			t.Skip("no shell")
		}
		res, err := check.Run(t.Context(), check.Options{Config: tr.path(config.FileName), Dir: tr.dir, Tool: tool})
		if err != nil {
			t.Fatal(err)
		}
		if !res.Incomplete || !slices.ContainsFunc(res.Findings, func(f report.Finding) bool { return f.File == "boundaries.toml" || f.Rule == "bad-config" }) {
			t.Errorf("%s: incomplete is %v: %v", name, res.Incomplete, lines(res.Findings))
		}
		tr.write("boundaries.toml", "products = [\"products/*\"]\n")
		if got := lines(tr.check(check.Options{}).Findings); len(got) != 3 {
			t.Errorf("%s: after it has come back: %v", name, got)
		}
	}
}

func TestCheckTypedTags(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes+`
-- products/shop/logic/logic.go --
//go:build special

package logic

import "example.com/mono/products/shop/facade/contracts"

func Rename(i *contracts.Item) { i.Name = "x" }
-- products/shop/logic/logic_test.go --
package logic
-- products/shop/logic/x_test.go --
package logic
`)
	tr.same(lines(tr.check(check.Options{}).Findings), nil)
	tr.same(lines(tr.check(check.Options{Tags: "special"}).Findings), []string{
		"products/shop/logic/logic.go contract-write Name is written; leave it alone",
	})
}

const write = "\n\nimport \"example.com/mono/products/shop/facade/contracts\"\n\nfunc Rename(i *contracts.Item) { i.Name = \"x\" }\n"

// Whatever is broken, the rest is reported.
func TestCheckTypedIncomplete(t *testing.T) {
	t.Parallel()
	const sound = "products/shop/logic/logic.go contract-write Name is written; leave it alone"
	base := writes + "-- products/shop/logic/logic_test.go --\npackage logic\n-- products/shop/logic/x_test.go --\npackage logic\n"
	for _, test := range []struct {
		name, archive string
		want          []string
	}{
		{"type error", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/facade/contracts"

var x int = "x"
`, []string{"products/shop/tasks/tasks.go:5 incomplete cannot use \"x\" (untyped string constant) as int value in variable declaration"}},
		{"a dependency does not compile", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/internal/broken"
-- products/shop/internal/broken/broken.go --
package broken

import _ "example.com/mono/products/shop/facade/contracts"

var x int = "x"
`, []string{"products/shop/internal/broken/broken.go:5 incomplete cannot use \"x\" (untyped string constant) as int value in variable declaration"}},
		{"an import of nothing", `
-- products/shop/tasks/tasks.go --
package tasks

import (
	_ "example.com/mono/nothing"
	_ "example.com/mono/products/shop/facade/contracts"
)
`, []string{"products/shop/tasks/tasks.go:4 incomplete no required module provides package example.com/mono/nothing; to add it: go get example.com/mono/nothing"}},
		{"a dependency imports nothing", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/internal/broken"
-- products/shop/internal/broken/broken.go --
package broken

import (
	_ "nothing"
	_ "example.com/mono/products/shop/facade/contracts"
)
`, []string{"products/shop/internal/broken/broken.go:4 incomplete package nothing is not in std"}},
		{"a syntax error is told once", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/facade/contracts"

func {
`, []string{"products/shop/tasks/tasks.go:5 incomplete expected 'IDENT', found '{'"}},
		{"an import cycle", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/tasks/a"
import _ "example.com/mono/products/shop/facade/contracts"
-- products/shop/tasks/a/a.go --
package a

import _ "example.com/mono/products/shop/tasks"
`, []string{
			"products/shop/tasks/tasks.go:3 incomplete import cycle not allowed: example.com/mono/products/shop/tasks → example.com/mono/products/shop/tasks/a → example.com/mono/products/shop/tasks",
		}},
		{"not for this platform", `
-- products/shop/tasks/tasks_plan9.go --
package tasks

import _ "example.com/mono/products/shop/facade/contracts"
`, nil},
		{"two packages in a directory", `
-- products/shop/tasks/tasks.go --
package tasks

import _ "example.com/mono/products/shop/facade/contracts"
-- products/shop/tasks/other.go --
package other
`, []string{"products/shop/tasks/other.go:1 incomplete found packages other (other.go) and tasks (tasks.go)"}},
		{"a test does not compile", `
-- products/shop/logic/broken_test.go --
package logic

var x int = "x"
`, nil},
		{"a rule has failed", `
-- products/shop/facade/facade.go --
package failing
`, []string{"facadeleak: a toy has broken"}},
		{"go is too old", `
-- go.mod --
module example.com/mono

go 1.99
toolchain go1.99.0
`, []string{"go.mod:1 incomplete"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, base+test.archive)
			res := tr.check(check.Options{Skip: []string{"role-violation"}})
			var got []string
			for _, f := range res.Findings {
				if f.Rule == "incomplete" {
					got = append(got, lines([]report.Finding{{File: f.File + ":" + strconv.Itoa(f.Line), Rule: f.Rule, Message: f.Message}})...)
				}
			}
			if len(got) != len(test.want) {
				t.Fatalf("got %q, want %q", got, test.want)
			}
			for i := range got {
				if !strings.Contains(got[i], test.want[i]) {
					t.Errorf("got %q, want %q", got[i], test.want[i])
				}
			}
			if res.Incomplete != (len(test.want) > 0) {
				t.Errorf("incomplete: %v", res.Incomplete)
			}
			if test.name != "go is too old" && !slices.Contains(lines(res.Findings), sound) {
				t.Errorf("what is sound was not reported: %q", lines(res.Findings))
			}
		})
	}
}

func TestCheckTypedGoModules(t *testing.T) {
	t.Parallel()
	archive := writes + `
-- products/shop/logic/logic_test.go --
package logic
-- products/shop/logic/x_test.go --
package logic
-- tools/go.mod --
module example.com/tools

go 1.26

require example.com/mono v0.0.0

replace example.com/mono => ..
-- tools/rename/rename.go --
package rename` + write
	want := []string{
		"products/shop/logic/logic.go contract-write Name is written; leave it alone",
		"tools/rename/rename.go contract-write Name is written; leave it alone",
	}
	t.Run("nested", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, archive)
		tr.same(lines(tr.check(check.Options{}).Findings), want)
	})
	t.Run("go.work", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, archive+"-- go.work --\ngo 1.26\nuse (\n\t.\n\t./tools\n)\n")
		tr.same(lines(tr.check(check.Options{}).Findings), want)
	})
	t.Run("outside the go.work", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, archive+"-- go.work --\ngo 1.26\nuse .\n")
		tr.same(lines(tr.check(check.Options{}).Findings), want)
	})
	t.Run("the root below its go.mod", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, strings.NewReplacer("-- products", "-- below/products", "-- boundaries", "-- below/boundaries", "mono/products", "mono/below/products").Replace(writes))
		tr.dir = tr.path("below")
		if got := lines(tr.check(check.Options{}).Findings); len(got) != 3 {
			t.Errorf("got %q", got)
		}
	})
}

func TestCheckWithoutGo(t *testing.T) {
	tr := plant(t, writes+"-- cmd/main.go --\npackage main\n\nimport _ \"example.com/mono/products/shop/logic\"\n")
	t.Setenv("PATH", "")
	res := tr.check(check.Options{})
	tr.same(lines(res.Findings), []string{
		"boundaries.toml incomplete there is no go command on PATH, so nobody looked for what only types show; install go or run with --imports",
		"cmd/main.go private-import cmd imports shop/logic, which shop keeps private; import shop/facade",
	})
	if !res.Incomplete {
		t.Error("the answer counts as complete")
	}
	if res := tr.check(check.Options{Imports: true}); res.Incomplete {
		t.Error("--imports needs no go command")
	}
}

func TestCheckTypedCancelled(t *testing.T) {
	t.Parallel()
	tr := plant(t, writes)
	ctx, cancel := context.WithCancel(t.Context())
	opt := check.Options{Config: tr.path(config.FileName), Dir: tr.dir, Tool: toyTool(t), Progress: func(int, int) { cancel() }}
	if _, err := check.Run(ctx, opt); err == nil {
		t.Error("a run that was cancelled has an answer")
	}
}
