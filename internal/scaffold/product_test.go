package scaffold_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/scaffold"
)

// strictest is a configuration that forbids what can be forbidden.
func strictest() string {
	var out strings.Builder
	out.WriteString(`products    = ["products/*"]
root_module = "forbid"

[[modules]]
path       = "products/*"
depends_on = []
frozen     = "strict"
cannot_depend_on_external = ["os"]

[contracts]
level          = "strict"
max_fields     = 8
max_statements = 4
max_complexity = 3
tests          = true

[rules]
`)
	for _, r := range rule.All() {
		if !r.Fixed {
			out.WriteString(r.Name + " = \"error\"\n")
		}
	}
	return out.String()
}

// A new product, of each ORM in each layout, compiles with the real library,
// passes its own tests, and has no finding under the strictest settings.
func TestNewProductsAreRight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the products of every ORM with the real libraries; not with -short")
	}
	root := repository(t, strictest())
	for _, orm := range scaffold.ORMs {
		for _, layout := range scaffold.Layouts {
			p, err := scaffold.New(t.Context(), scaffold.Options{
				Config: filepath.Join(root, config.FileName), Name: orm + "_" + layout, ORM: orm, Layout: scaffold.Layout(layout), Owners: []string{"me"},
			})
			if err != nil {
				t.Fatal(err)
			}
			setup, err := p.Setup(root, orm)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range setup {
				run(t, c.Dir, c.Args...)
			}
		}
	}
	run(t, root, "go", "mod", "tidy")
	run(t, root, "go", "vet", "./...")
	run(t, root, "go", "test", "./...")
	self := filepath.Join(t.TempDir(), "boundaries.exe")
	run(t, ".", "go", "build", "-o", self, "github.com/boundaries-dev/boundaries/cmd/boundaries")
	if found := run(t, root, self, "check"); found != "" {
		t.Errorf("check finds:\n%s", found)
	}
	_, found, err := scaffold.Lint(t.Context(), filepath.Join(root, config.FileName), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Rule != scaffold.UnmountedRoutes { // there is no program
			t.Errorf("%s:%d: %s (%s)", f.File, f.Line, f.Message, f.Rule)
		}
	}
}

func repository(t *testing.T, toml string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/mono\n\ngo 1.26\n", config.FileName: toml} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestNamesThatAreNone(t *testing.T) {
	root := repository(t, "products = [\"products/*\"]\n")
	if err := os.MkdirAll(filepath.Join(root, "products", "teams"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, why := range map[string]string{
		"":                      "is empty",
		"Billing":               "capital letter B",
		"billing-v2":            "'-'",
		"a/b":                   "is a path",
		`a\b`:                   "is a path",
		"..":                    "skipped",
		".hidden":               "skipped",
		"_x":                    "skipped",
		"testdata":              "skipped",
		"vendor":                "skipped",
		"x_":                    "ends with _",
		"2fa":                   "begins with a digit",
		"internal":              "where a package lies",
		"facade":                "part of a product",
		"type":                  "something else in Go",
		"main":                  "something else in Go",
		"con":                   "reserved",
		"straße":                "'ß'",
		"with space":            "' '",
		strings.Repeat("x", 41): "longer than 40",
		"teams":                 "products/teams exists already",
	} {
		_, err := scaffold.New(t.Context(), scaffold.Options{Config: filepath.Join(root, config.FileName), Name: name, ORM: "none", Layout: scaffold.Plain})
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: error is %v, not that it %s", name, err, why)
		}
	}
	if entries, _ := os.ReadDir(filepath.Join(root, "products")); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}
