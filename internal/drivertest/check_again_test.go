package drivertest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// A count is how often the tool was started during a check: by how many go
// commands, for how many packages, and for packages from source.
type count struct{ commands, packages, source int }

// counted runs a check with a tool that writes down what it is started for.
func (t *tree) counted(opt check.Options) count {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	tool := filepath.Join(filepath.Dir(t.dir), "tool") // the same each time
	script := "#!/bin/sh\necho \"$*\" >> \"$TRACE\"\nexec '" + toyTool(t.T) + "' \"$@\"\n"
	if err := os.WriteFile(tool, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(tool, "-flags").Run(); err != nil {
		t.Skip("no shell")
	}
	t.Setenv("TRACE", trace)
	opt.Config, opt.Dir, opt.Tool = t.path(config.FileName), t.dir, tool
	res, err := check.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if res.Incomplete {
		t.Errorf("incomplete: %q", lines(res.Findings))
	}
	data, err := os.ReadFile(trace)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var n count
	for line := range strings.Lines(string(data)) {
		switch line = strings.TrimSpace(line); {
		case line == "-V=full":
			n.commands++
		case strings.HasSuffix(line, ".cfg"):
			n.packages++
		case strings.HasPrefix(line, "-source="):
			n.source++
		}
	}
	return n
}

// A second run after no change looks at nothing, however Go modules depend on
// one another, and whichever of them were dependencies before they were asked
// about.
func TestCheckAgainModules(t *testing.T) {
	const n = 4
	var b strings.Builder
	b.WriteString("-- boundaries.toml --\nproducts = [\"products/*\"]\n")
	work := "-- go.work --\ngo 1.25\n"
	for i := range n {
		work += fmt.Sprintf("use ./products/p%d\n", i)
		fmt.Fprintf(&b, "-- products/p%d/go.mod --\nmodule example.com/p%d\n\ngo 1.25\n", i, i)
		for j := i + 1; j < n; j++ {
			fmt.Fprintf(&b, "require example.com/p%d v0.0.0\nreplace example.com/p%d => ../p%d\n", j, j, j)
		}
		fmt.Fprintf(&b, "-- products/p%d/facade/f.go --\npackage facade\n\n", i)
		for j := i + 1; j < n; j++ {
			fmt.Fprintf(&b, "import _ \"example.com/p%d/facade\"\n", j)
		}
	}
	t.Run("go.work", func(t *testing.T) {
		tr := plant(t, b.String()+work)
		if got := tr.counted(check.Options{}); got.commands != 1 || got.packages < n || got.source != 0 {
			t.Errorf("first: %+v", got)
		}
		if got, want := tr.counted(check.Options{}), (count{commands: 1}); got != want {
			t.Errorf("again: %+v, want %+v", got, want)
		}
	})
	t.Run("apart", func(t *testing.T) {
		tr := plant(t, b.String())
		if got := tr.counted(check.Options{}); got.commands != n || got.packages < n || got.source != 0 {
			t.Errorf("first: %+v", got)
		}
		if got, want := tr.counted(check.Options{}), (count{commands: n}); got != want {
			t.Errorf("again: %+v, want %+v", got, want)
		}
	})
}

func TestCheckAgainPatterns(t *testing.T) {
	tr := plant(t, `
-- go.mod --
module example.com/mono

go 1.25
-- boundaries.toml --
products = ["products/*"]
-- products/r/facade/f.go --
package facade

import _ "example.com/mono/products/q/facade"
-- products/q/facade/f.go --
package facade

import _ "example.com/mono/products/p/facade"
-- products/p/facade/f.go --
package facade
`)
	only := func(product string) check.Options {
		return check.Options{Patterns: []string{"./products/" + product + "/..."}}
	}
	for _, product := range []string{"r", "q", "p"} {
		if got := tr.counted(only(product)); got.commands != 1 || got.source != 0 {
			t.Errorf("%s first: %+v", product, got)
		}
	}
	for _, product := range []string{"q", "p", "r"} {
		if got, want := tr.counted(only(product)), (count{commands: 1}); got != want {
			t.Errorf("%s: %+v, want %+v", product, got, want)
		}
	}
}

// Tests come as packages of their own. Of one that was seen without them, as
// the dependency of another, they are missed, and of external tests the package.
func TestCheckAgainTests(t *testing.T) {
	base := writes + `
-- boundaries.toml --
products = ["products/*"]

[contracts]
tests = true
-- products/shop/logic/plan9_test.go --
//go:build plan9

package logic
-- products/shop/facade/f.go --
package facade

import _ "example.com/mono/products/shop/logic"
`
	tr := plant(t, base)
	first := lines(tr.check(check.Options{}).Findings)
	if len(first) != 3 {
		t.Errorf("got %q", first)
	}
	tr.counted(check.Options{})
	if got, want := tr.counted(check.Options{}), (count{commands: 1}); got != want {
		t.Errorf("again: %+v, want %+v", got, want)
	}
	// A package that only tests import does not compile.
	tr.write("products/shop/broken/b.go", "package broken\n\nvar x int = \"x\"\n")
	tr.write("products/shop/logic/more_test.go", "package logic\n\nimport _ \"example.com/mono/products/shop/broken\"\n")
	res := tr.check(check.Options{})
	tr.same(lines(res.Findings), append([]string{
		"products/shop/broken/b.go incomplete cannot use \"x\" (untyped string constant) as int value in variable declaration",
	}, first...))
	// Or does, but the package itself imports what does not.
	tr.write("products/shop/logic/more_test.go", "package logic\n")
	tr.write("products/shop/logic/more.go", "package logic\n\nimport _ \"example.com/mono/products/shop/broken\"\n")
	res = tr.check(check.Options{})
	tr.same(lines(res.Findings), append([]string{
		"products/shop/broken/b.go incomplete cannot use \"x\" (untyped string constant) as int value in variable declaration",
	}, first...))
}
