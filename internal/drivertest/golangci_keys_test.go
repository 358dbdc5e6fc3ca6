package drivertest

import (
	"os"
	"strings"
	"testing"
)

// lints returns a golangci-lint with a cache of its own.
func (t *tree) lints() func(args ...string) answer {
	lint := golangciLint(t.T)
	t.write(".golangci.yml", golangciSettings)
	t.env = append(t.env, "GOLANGCI_LINT_CACHE="+t.TempDir())
	return func(args ...string) answer {
		return t.run(".", lint, append([]string{"run", "--allow-parallel-runners"}, args...)...)
	}
}

func (t *tree) remove(name string) {
	t.Helper()
	if err := os.Remove(t.path(name)); err != nil {
		t.Fatal(err)
	}
}

// A law of its own holds for what the outer one leaves out, under each driver.
func TestRootInAnExcludedDirectory(t *testing.T) {
	t.Parallel()
	const strict = "[[external]]\npackages = [\"example.com/mono/products/billing/...\"]\nonly = [\"facade\"]\n"
	const lax = "[[external]]\npackages = [\"example.com/mono/products/billing/...\"]\nonly = [\"...\"]\n"
	const found = "old/logic/logic.go:3:8: "
	story := mono + "-- boundaries.toml --\nproducts = [\"products/*\"]\nexclude = [\"old/...\"]\n[rules]\nprivate-import = \"off\"\n" +
		"-- old/logic/logic.go --\npackage logic\n\nimport _ \"example.com/mono/products/billing/models\"\n"
	follow := func(tr *tree, run func() answer) {
		for _, law := range []struct {
			text  string
			found bool
		}{{"", false}, {strict, true}, {lax, false}, {strict, true}, {"", false}, {lax, false}} {
			if law.text != "" {
				tr.write("old/boundaries.toml", law.text)
			} else if err := os.Remove(tr.path("old/boundaries.toml")); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			for range 2 {
				if a := run(); strings.Contains(a.stdout+a.stderr, found) != law.found {
					t.Errorf("under %q: %v", law.text, a)
				}
			}
		}
	}
	t.Run("go vet", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, story)
		follow(tr, func() answer { return tr.vet("./...") })
	})
	t.Run("golangci-lint", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, story)
		lint := tr.lints()
		follow(tr, func() answer { return lint() })
	})
}

// One in a directory that ./... passes by counts only where it is at hand from
// the start: golangci-lint would not notice an edit of it.
func TestGolangciRootNotAtHand(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono+"-- testdata/logic/logic.go --\npackage logic\n\nimport _ \"example.com/mono/products/billing/models\"\n")
	lint := tr.lints()
	for _, law := range []string{"products = []\n", "prodcts = 1\n", ""} {
		if law != "" {
			tr.write("testdata/logic/boundaries.toml", law)
		} else {
			tr.remove("testdata/logic/boundaries.toml")
		}
		for range 2 {
			tr.says(lint("./testdata/logic"), "logic.go:3:8: importboundary: testdata/logic imports billing/models")
		}
	}
}

// unowned are files of packages that belong to no module.
const unowned = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
root_module = "forbid"
`

// Where an unowned package is told of hangs on its own files, which is all that
// drivers have in their keys, and is the same under each.
func TestUnownedPackage(t *testing.T) {
	t.Parallel()
	const own, test, importing, other = "package p\n", "package p\n", "package p_test\n\nimport _ \"example.com/mono/p\"\n", "package p_test\n"
	steps := []struct {
		files map[string]string
		want  []string
	}{
		{map[string]string{"x_test.go": other}, []string{"p/x_test.go:1:1: "}},
		{map[string]string{"x_test.go": importing, "z.go": own}, []string{"p/z.go:1:1: "}},
		{map[string]string{"x_test.go": importing, "z.go": own, "a_test.go": test}, []string{"p/z.go:1:1: "}},
		{map[string]string{"x_test.go": other, "z.go": own}, []string{"p/x_test.go:1:1: ", "p/z.go:1:1: "}},
		{map[string]string{"x_test.go": other}, []string{"p/x_test.go:1:1: "}},
		{map[string]string{"b_test.go": test, "c_test.go": test}, []string{"p/b_test.go:1:1: "}},
		{map[string]string{"c_test.go": test}, []string{"p/c_test.go:1:1: "}},
		{map[string]string{"y.go": own, "c_test.go": test}, []string{"p/y.go:1:1: "}},
		{map[string]string{"b.go": own, "y.go": own}, []string{"p/b.go:1:1: "}},
	}
	follow := func(tr *tree, run func() answer) {
		for i, step := range steps {
			if err := os.RemoveAll(tr.path("p")); err != nil {
				t.Fatal(err)
			}
			for name, content := range step.files {
				tr.write("p/"+name, content)
			}
			for range 2 {
				a := run()
				var n int
				for line := range strings.Lines(a.stdout + a.stderr) {
					if strings.Contains(line, "belongs to no module") {
						n++
					}
				}
				for _, want := range step.want {
					if !strings.Contains(a.stdout+a.stderr, want) {
						t.Errorf("step %d: want %q, got %v", i, step.want, a)
					}
				}
				if n != len(step.want) {
					t.Errorf("step %d: want %q, got %v", i, step.want, a)
				}
			}
		}
	}
	t.Run("check", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, unowned)
		follow(tr, func() answer { return tr.run(".", boundaries, "check") })
	})
	t.Run("go vet", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, unowned)
		follow(tr, func() answer { return tr.vet("./...") })
	})
	t.Run("golangci-lint", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, unowned)
		lint := tr.lints()
		follow(tr, func() answer { return lint() })
	})
	t.Run("golangci-lint, imports alone", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, unowned)
		lint := tr.lints()
		tr.write(".golangci.yml", strings.Replace(golangciSettings, "type: module\n", "type: module\n        settings:\n          imports: true\n", 1))
		follow(tr, func() answer { return lint() })
	})
}

// The baseline that the command writes holds for the drivers, too.
func TestUnownedTestsInTheBaseline(t *testing.T) {
	t.Parallel()
	tr := plant(t, unowned+"-- p/x_test.go --\npackage p_test\n-- q/q.go --\npackage q\n-- q/x_test.go --\npackage q_test\n")
	tr.says(tr.vet("./..."), "p/x_test.go:1:1: ", "q/q.go:1:1: ", "q/x_test.go:1:1: ")
	if a := tr.run(".", boundaries, "check", "--write-baseline"); a.code != 0 {
		t.Fatal(a)
	}
	tr.says(tr.run(".", boundaries, "check"))
	tr.says(tr.vet("./..."))
}
