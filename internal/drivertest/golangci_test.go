package drivertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// buildGolangci builds a golangci-lint with the suite inside, once.
var buildGolangci = sync.OnceValues(func() (string, error) {
	lint := filepath.Join(filepath.Dir(boundaries), "golangci-lint.exe")
	out, err := exec.Command(boundaries, "golangci", "build", "-o", lint).CombinedOutput()
	return strings.TrimSpace(string(out)), err
})

// golangciLint is a golangci-lint with the suite inside.
func golangciLint(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("slow: builds golangci-lint, from the module proxy")
	}
	if out, err := buildGolangci(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(filepath.Dir(boundaries), "golangci-lint.exe")
}

func TestGolangciFollowsRoots(t *testing.T) {
	t.Parallel()
	lint := golangciLint(t)
	tr := plant(t, mono+"-- .golangci.yml --"+golangciSettings)
	tr.env = []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
	run := func(dir string, args ...string) answer {
		return tr.run(dir, lint, append([]string{"run", "--allow-parallel-runners"}, args...)...)
	}
	const found = "logic.go:3:8: importboundary: flags imports billing/models, which billing keeps private; import billing/facade (private-import)"

	// A dependency before it is asked for.
	tr.says(run(".", "./products/flags/facade"))
	tr.says(run(".", "./products/flags/logic"), found)

	tr.write("products/flags/boundaries.toml", "[[external]]\npackages = [\"example.com/mono/products/billing/...\"]\nonly = [\"facade\"]\n")
	tr.says(run("."), "logic imports example.com/mono/products/billing/models, which is for facade")
	if err := os.Remove(tr.path("products/flags/boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	tr.says(run("."), found)

	tr.write("boundaries.toml", "prodcts = []\n")
	a := run(".", "./products/flags/logic")
	tr.says(a, "logic.go:1:1: importboundary: boundaries.toml:1:1: ")
	if n := strings.Count(a.stdout, "bad-config"); n != 1 {
		t.Errorf("want the mistake once, got %v", a)
	}
}

func TestGolangciSettings(t *testing.T) {
	t.Parallel()
	lint := golangciLint(t)
	tr := plant(t, mono+"-- lax.toml --\nproducts = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n")
	tr.env = []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
	with := func(settings string) answer {
		tr.write(".golangci.yml", strings.Replace(golangciSettings, "type: module\n", "type: module\n        settings:\n          "+settings+"\n", 1))
		return tr.run(".", lint, "run", "--allow-parallel-runners")
	}
	tr.says(with("config: lax.toml"))
	tr.says(with("config: boundaries.toml"), "(private-import)")
	tr.says(with("imports: true"), "(private-import)")
	for settings, want := range map[string]string{
		"confg: lax.toml":      "unknown field \"confg\"",
		"config: [1]":          "cannot unmarshal",
		"config: missing.toml": "there is no missing.toml in ",
	} {
		if a := with(settings); a.code == 0 || !strings.Contains(a.stderr, want) {
			t.Errorf("%s: %v", settings, a)
		}
	}
}
