package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

func TestProblems(t *testing.T) {
	for _, tt := range []struct {
		name string
		toml string
		want []string
	}{
		{"empty", "", nil},
		{"comment only", "# nothing\n", nil},
		{"minimum", `products = ["products/*"]`, nil},
		{"byte order mark and CRLF", "\ufeffproducts = [\"products/*\"]\r\nroot_module = \"allow\"\r\n", nil},
		{"everything", everything, nil},

		{"syntax", "products = [\n", []string{"1:13: does not parse: array is incomplete"}},
		{"syntax with place", "a = 1\nb = = 2\n", []string{"2:5: does not parse"}},
		{"duplicate key", "exclude = []\nexclude = []\n", []string{"2:1: does not parse"}},
		{"key twice through tables", "[orm]\npresets = []\n[orm]\n", []string{"does not parse"}},
		{"not UTF-8", "products = [\"\xff\"]", []string{"1:14: is not UTF-8"}},
		{"NUL", "a\x00", []string{"1:2: has a NUL byte"}},
		{"huge", strings.Repeat("#", maxFile+1), []string{"1:1: is larger than 4 MiB"}},
		{"deep", "a = " + strings.Repeat("[", 100000), []string{"1:1005: is nested too deeply"}},

		{"unknown key", "product = []\n", []string{`1:1: unknown key "product" in boundaries.toml; did you mean "products"?`}},
		{"unknown keys at every level", `
[[modules]]
path = "a"
dependson = []
[[modules]]
path = "b"
depends_on = [{ path = "a", deprecate = true }]
[[interfaces]]
exposes = []
expose = []
[roles.presentation]
package = []
[[external]]
packages = ["x"]
onyl = []
[orm]
tags = []
[contracts]
levle = "strict"
[facade]
allowtypes = []
[rules]
orm-leek = "off"
`, []string{
			`4:1: unknown key "dependson" in [[modules]]; did you mean "depends_on"?`,
			`7:29: unknown key "deprecate" in a depends_on entry; did you mean "deprecated"?`,
			`9:1: unknown key "exposes" in [[interfaces]]; did you mean "expose"?`,
			`12:1: unknown key "package" in [roles.presentation]; did you mean "packages"?`,
			`15:1: unknown key "onyl" in [[external]]; did you mean "only"?`,
			`17:1: unknown key "tags" in [orm]`,
			`19:1: unknown key "levle" in [contracts]; did you mean "level"?`,
			`21:1: unknown key "allowtypes" in [facade]; did you mean "allow_types"?`,
			`23:1: unknown rule "orm-leek"; did you mean "orm-leak"?`,
		}},
		{"key of another table", "[[modules]]\npath = \"a\"\nexpose = [\"b\"]\n", []string{`3:1: unknown key "expose" in [[modules]]; did you mean "interfaces"?`}},
		{"single brackets", "[modules]\npath = \"a\"\n", []string{"1:2: must be an array of tables; write [[modules]]"}},
		{"array of tables for a table", "[[orm]]\n", []string{"1:3: must be a table, not an array"}},

		{"wrong types", `
products = "products/*"
exclude = [1]
layers_explicit_depends_on = "yes"
root_module = true
layers = [3]
[[modules]]
path = ["a"]
utility = 1
depends_on = [true]
owners = "me"
[contracts]
max_fields = "40"
max_bytes = 0
`, []string{
			"2:12: must be an array, not a string",
			"3:12: must be a string, not an integer",
			"4:30: must be true or false, not a string",
			"5:15: must be a string, not a boolean",
			`6:11: must be a name or { name = "...", closed = true }, not an integer`,
			"8:1: must be a string, not an array",
			"9:11: must be true or false, not an integer",
			"10:15: must be a module or { path",
			"11:10: must be an array, not a string",
			"13:14: must be an integer, not a string",
			"14:13: must be between 1 and",
		}},
		{"wrong words", `
root_module = "forbidden"
layers = ["a", "a"]
[[modules]]
path = "a"
layer = "b"
frozen = "strickt"
[roles.presentation]
imports = ["facad"]
exposed = "test"
[roles.webhooks]
imports = []
[rules]
orm-leak = "warning"
incomplete = "off"
`, []string{
			`2:15: "forbidden" is none of "ignore", "allow", "dependenciesonly", "forbid"; did you mean "forbid"?`,
			`3:16: layer "a" is listed twice`,
			`6:9: layer "b" is not in layers`,
			`7:10: "strickt" is none of "strict", "readonly", "off"; did you mean "strict"?`,
			`9:12: role "facad" does not exist; did you mean "facade"?`,
			`10:11: "test" is none of "tests", "root"; did you mean "tests"?`,
			`11:8: [roles.webhooks] has no packages`,
			`14:12: "warning" is none of "error", "warn", "off"`,
			`15:1: rule "incomplete" is always an error`,
		}},
		{"required keys", "[[modules]]\n[[modules]]\npath = \"a\"\npaths = [\"b\"]\n[[interfaces]]\n[[external]]\n[[external]]\npackages = []\n[[modules]]\npaths = []\n", []string{
			"1:3: [[modules]] has neither path nor paths",
			"2:3: [[modules]] has both path and paths; keep one",
			"5:3: [[interfaces]] has no expose",
			"6:3: [[external]] has no packages",
			"7:3: [[external]] has no packages",
			"9:3: [[modules]] has no paths",
		}},
		{"excluding everything", "exclude = [\".\"]\n", []string{`1:12: exclude has ".", which is the root itself`}},
		{"patterns", `
products = ["products/**", "/abs", "../x", "a//b", "a\\b", "{a", "[a-z]"]
[[interfaces]]
expose = ["a.B.", "a/**", "x.Émile", ".Handler", "api.v1"]
`, []string{
			`2:13: pattern "products/**" has "**"; write "..."`,
			`2:28: pattern "/abs" is an absolute path`,
			`2:36: pattern "../x" has ".."`,
			`2:44: pattern "a//b" has an empty path element`,
			`2:52: pattern "a\\b" has a backslash`,
			`2:60: pattern "{a" has "{" without "}"`,
			`2:66: pattern "[a-z]" has '['`,
			`4:19: pattern "a/**" has "**"`,
		}},
		{"duplicate modules", "[[modules]]\npath = \"a\"\n[[modules]]\npaths = [\"b\", \"a\"]\n[[modules]]\npath = \"x/*\"\n[[modules]]\npath = \"x/*\"\n", []string{
			`4:15: module "a" is already declared at boundaries.toml:2:8`,
			`8:8: module "x/*" is already declared at boundaries.toml:6:8`,
		}},
		{"type names", "[contracts]\nknown_immutable = [\"Type\", \"*a/b.T\", \"a.b/c.List[*]\", \"x y.T\"]\n[facade]\nallow_types = [\"net/http.Request\"]\n[orm]\npresets = [\"gormm\"]\n", []string{
			`2:20: "Type" is no type; write "import/path.Type"`,
			`2:55: "x y.T" is no type`,
			`6:12: "gormm" is no preset; did you mean "gorm"?`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := Parse([]byte(tt.toml), nil)
			var got []string
			for _, p := range problems {
				got = append(got, strings.TrimPrefix(p.String(), FileName+":"))
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %d problems, want %d:\n%s", len(got), len(tt.want), strings.Join(got, "\n"))
			}
			for i := range got {
				if !strings.Contains(got[i], tt.want[i]) {
					t.Errorf("problem %d:\n got %s\nwant %s", i, got[i], tt.want[i])
				}
			}
		})
	}
}

// everything uses every key there is.
const everything = `
products    = ["products/*"]
exclude     = ["gen"]
layers      = ["app", { name = "core", closed = true }]
layers_explicit_depends_on = true
root_module = "dependenciesonly"

[[modules]]
path  = "products/billing"
depends_on        = ["products/teams", { path = "products/legacy", deprecated = true, reason = "old" }]
cannot_depend_on  = []
layer             = "app"
visibility        = []
utility           = false
unchecked         = true
interfaces        = ["api/...", "webhooks.Handler", "."]
depends_on_external        = ["std", "github.com/..."]
cannot_depend_on_external  = []
owners            = ["team-billing"]
frozen            = "readonly"

[[modules]]
paths = ["core", "platform/*"]
layer = "core"

[[interfaces]]
from       = ["products/*"]
expose     = ["facade", "webhooks.Handler"]
visibility = ["cmd/..."]
exclusive  = true
reason     = "because"

[roles.presentation]
packages = ["presentation/..."]
imports  = ["presentation", "facade"]
exposed  = false

[roles.hooks]
packages = ["hooks"]
exposed  = "root"

[[external]]
packages = ["github.com/posthog/posthog-go/..."]
only     = ["platform/posthog/..."]
reason   = "one home"

[orm]
presets        = ["gorm", "ent"]
packages       = ["example.com/dbx/..."]
types          = ["example.com/tx.Driver"]
ignore_types   = ["example.com/null.String"]
struct_tags    = ["...", "mydb"]
weak_tags      = ["db"]
embeds         = ["...", "example.com/base.Model"]
generated_by   = ["sqlc"]
methods        = ["TableName"]
models_package = "orm"
wiring_funcs   = ["New*"]
wiring_structs = ["*Config"]
exclude        = [".../testutils/..."]

[contracts]
level           = "readonly"
known_immutable = ["example.com/decimal.Decimal"]
known_mutable   = ["*example.com/x.T"]
imports         = ["example.com/units"]
max_fields      = 20
max_bytes       = 256
max_statements  = 5
max_complexity  = 3
tests           = true

[facade]
allow_types = ["net/http.Request"]

[rules]
orm-leak = "error"
private-import = "warn"
module-cycle = "off"
`

func TestParse(t *testing.T) {
	c, problems := Parse([]byte(everything), map[string][]byte{"products/teams": []byte("depends_on = []\nowners = ['x']\n")})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := c.Modules[0].DependsOn[1]; !got.Deprecated || got.Reason != "old" || got.Pos != (Pos{FileName, 10, 49, 66}) {
		t.Errorf("depends_on entry: %+v at %+v", got.Reason, got.Pos)
	}
	if m := c.Modules[2]; !m.ProductFile || m.DependsOn == nil || len(m.DependsOn) != 0 || m.Keys["owners"].String() != "products/teams/product.toml:2:1" {
		t.Errorf("product.toml: %+v", m)
	}
	if m := c.Modules[1]; m.DependsOn != nil || m.Visibility != nil || m.Utility != nil {
		t.Errorf("absent keys are not nil: %+v", m)
	}
	if e := c.Modules[0].Interfaces[1]; e.Package.String() != "webhooks" || e.Symbol != "Handler" {
		t.Errorf("symbol exposure: %+v", e)
	}
	severities := map[string]rule.Severity{rule.ORMLeak: rule.Error, rule.PrivateImport: rule.Warn, rule.ModuleCycle: rule.Off, rule.UnusedDependency: rule.Warn}
	for name, want := range severities {
		if got := c.Severity(name); got != want {
			t.Errorf("severity of %s: %s, want %s", name, got, want)
		}
	}
	defaults, _ := Parse(nil, nil)
	want := Contracts{Level: Strict, MaxFields: 40, MaxBytes: 1024, MaxStatements: 10, MaxComplexity: 5}
	if diff := cmp.Diff(want, defaults.Contracts); diff != "" {
		t.Errorf("defaults: -want +got\n%s", diff)
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		FileName:                         "products = [\"products/*\", \"apps/...\"]\nexclude = [\"apps/gen\"]\n[[modules]]\npath = \"products/a\"\ndepends_on = []\n",
		"products/a/product.toml":        "depends_on = []\n",
		"products/b/product.toml":        "path = \"x\"\n",
		"products/b/nested/product.toml": "nonsense",
		"products/testdata/product.toml": "nonsense",
		"products/other/" + FileName:     "",
		"products/other/product.toml":    "nonsense",
		"apps/x/y/product.toml":          "owners = 1\n",
		"apps/gen/product.toml":          "nonsense",
		"apps/vendor/product.toml":       "nonsense",
		"elsewhere/product.toml":         "nonsense",
	})
	c, problems := Load(filepath.Join(dir, FileName), nil)
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := []string{
		"apps/x/y/product.toml:1:10: must be an array, not an integer",
		`products/a/product.toml:1:1: "depends_on" is set here and at boundaries.toml:5:1; keep one`,
		`products/b/product.toml:1:1: unknown key "path" in products/b/product.toml`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems: -want +got\n%s", diff)
	}
	if c.Dir != dir {
		t.Errorf("root is %s, want %s", c.Dir, dir)
	}
	if file, ok := Find(filepath.Join(dir, "products", "b", "nested")); !ok || file != filepath.Join(dir, FileName) {
		t.Errorf("Find: %s, %v", file, ok)
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o777); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		filepath.Join(dir, FileName):  "boundaries.toml:1:1: cannot be read: is a directory",
		filepath.Join(dir, "no.toml"): "no.toml:1:1: cannot be read: no such file or directory",
	} {
		_, problems := Load(file, nil)
		if len(problems) != 1 || problems[0].String() != want {
			t.Errorf("%s: %v, want %s", file, problems, want)
		}
	}
}

// The digest changes with every byte of every file of the configuration, and
// with nothing else.
func TestDigest(t *testing.T) {
	dir := t.TempDir()
	load := func() string {
		c, _ := Load(filepath.Join(dir, FileName), nil)
		return c.Digest
	}
	seen := map[string]string{}
	for _, step := range []struct {
		file, content string
		same          bool
	}{
		{FileName, "products = [\"p/*\"]\n", false},
		{FileName, "products = [\"p/*\"]\n# changed\n", false},
		{"p/a/a.go", "package a\n", true},
		{"p/a/" + ProductFile, "owners = []\n", false},
		{"p/a/" + ProductFile, "owners = ['x']\n", false},
		{"q/" + ProductFile, "owners = []\n", true},
		{BaselineFile, "x = 1\n", false},
	} {
		before := ""
		if len(seen) > 0 {
			before = load()
		}
		write(t, dir, map[string]string{step.file: step.content})
		after := load()
		if (after == before) != step.same {
			t.Errorf("%s = %q: digest the same: %v, want %v", step.file, step.content, after == before, step.same)
		}
		if other, known := seen[after]; known && !step.same {
			t.Errorf("%s = %q has the digest of %s", step.file, step.content, other)
		}
		seen[after] = step.file + step.content
	}
}

func TestNearest(t *testing.T) {
	words := []string{"depends_on", "cannot_depend_on", "layer", "layers"}
	for word, want := range map[string]string{
		"dependson": "depends_on", "layerz": "layer", "leyer": "layer", "depend_on": "depends_on", "banana": "", "": "", "b": "", "cannot_depend": "cannot_depend_on", "lyaer": "layer",
	} {
		if got := Nearest(word, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(everything), []byte("depends_on = []"))
	f.Add([]byte("[[modules]]\npath.x = 1\n"), []byte("a.b.c = [{d = 1}]"))
	f.Add([]byte("\ufeffproducts = ['a']\r\n"), []byte("\xff"))
	f.Fuzz(func(t *testing.T, root, product []byte) {
		c, problems := Parse(root, map[string][]byte{"products/a": product})
		if c == nil {
			t.Fatal("no config")
		}
		for _, p := range problems {
			if p.Pos.Line < 1 || p.Pos.Column < 1 || p.Message == "" || strings.Contains(p.Message, "\n") {
				t.Errorf("problem without a place or a sentence: %+v", p)
			}
		}
		again, _ := Parse(root, map[string][]byte{"products/a": product})
		if again.Digest != c.Digest {
			t.Error("digest changed")
		}
	})
}
