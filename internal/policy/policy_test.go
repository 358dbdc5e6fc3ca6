package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
)

// law makes the law of a configuration for a tree of one Go module.
func law(t testing.TB, toml string, more ...imports.GoModule) *Law {
	t.Helper()
	c, problems := config.Parse([]byte(toml), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return New(c, append([]imports.GoModule{{Path: "m.io/mono", Dir: "."}}, more...))
}

func TestLocate(t *testing.T) {
	l := law(t, `
products = ["products/*", "teams/.../products/*"]
exclude  = ["products/billing/gen"]
[[modules]]
path = "core"
[[modules]]
path = "core/mail"
[[modules]]
path = "products/billing/tax"
[[modules]]
path = "apps/*"
`,
		imports.GoModule{Path: "m.io/mono/core/mail", Dir: "core/mail"},
		imports.GoModule{Path: "other.io/web", Dir: "apps/web", Replace: []imports.Replace{{Old: "third.io/lib", Dir: "core/lib"}}},
	)
	for _, tt := range []struct{ path, from, want string }{
		{"m.io/mono/products/billing", ".", "products/billing . internal"},
		{"m.io/mono/products/billing/facade", ".", "products/billing facade facade"},
		{"m.io/mono/products/billing/facade/contracts/v1", ".", "products/billing facade/contracts/v1 contracts"},
		{"m.io/mono/products/billing/facade/other", ".", "products/billing facade/other internal"},
		{"m.io/mono/products/billing/internal/logic/x", ".", "products/billing internal/logic/x logic"},
		{"m.io/mono/products/billing/backend/facade/facadetest", ".", "products/billing backend/facade/facadetest facadetest"},
		{"m.io/mono/products/billing/tax/models", ".", "products/billing/tax models models"},
		{"m.io/mono/products/billing/taxes", ".", "products/billing taxes internal"},
		{"m.io/mono/products/billing/gen/x", ".", "products/billing gen/x internal"},
		{"m.io/mono/products", ".", "<root>"},
		{"m.io/mono", ".", "<root>"},
		{"m.io/mono/teams/a/b/products/x/models", ".", "teams/a/b/products/x models models"},
		{"m.io/mono/core/mail/smtp", ".", "core/mail smtp internal"},
		{"m.io/mono/core/mails", ".", "core mails internal"},
		{"other.io/web/x", ".", "apps/web x internal"},
		{"third.io/lib/x", "apps/web/x", "core lib/x internal"},
		{"third.io/lib/x", "core", "outside"},
		{"m.io/monolith", ".", "outside"},
		{"fmt", ".", "outside"},
	} {
		p := l.Locate(tt.path, tt.from)
		got := p.Owner()
		switch {
		case !p.InTree:
			got = "outside"
		case p.Module != nil:
			got += " " + p.Sub + " " + p.Role.Name
		}
		if got != tt.want {
			t.Errorf("%s from %s: %s, want %s", tt.path, tt.from, got, tt.want)
		}
	}
	for dir, want := range map[string]string{".": "m.io/mono", "core/mail": "m.io/mono/core/mail", "apps/web/x": "other.io/web/x", "core/mails": "m.io/mono/core/mails"} {
		if got, ok := l.ImportPath(dir); !ok || got != want {
			t.Errorf("import path of %s: %s, want %s", dir, got, want)
		}
	}
}

// Two Go modules of one tree may have the same path; each means its own.
func TestSameModulePath(t *testing.T) {
	l := law(t, "products = [\"products/*\"]\n", imports.GoModule{Path: "app", Dir: "products/a"}, imports.GoModule{Path: "app", Dir: "products/b"})
	for _, from := range []string{"products/a", "products/b"} {
		if p := l.Locate("app/models", from+"/logic"); p.Dir != from+"/models" {
			t.Errorf("app/models in %s is %s", from, p.Dir)
		}
	}
}

// Products are called by their directory's name only where that is enough.
func TestNames(t *testing.T) {
	for products, want := range map[string]string{
		`"products/*"`:                  "billing",
		`"products/{billing,x*}"`:       "billing",
		`"products/*", "products/*/*"`:  "products/billing",
		`"products/*", "apps/*"`:        "products/billing",
		`".../billing"`:                 "products/billing",
		`"{products,apps}/*"`:           "products/billing",
		`"products/billing", "teams/x"`: "products/billing",
	} {
		m, ok := law(t, "products = ["+products+"]\n").Module("products/billing")
		if !ok || m.Name() != want {
			t.Errorf("%s: called %v, want %s", products, m, want)
		}
	}
}

// The most specific entry wins, key by key, whatever the order of the file.
func TestModuleKeys(t *testing.T) {
	entries := []string{`
[[modules]]
path       = "products/*"
depends_on = ["a"]
owners     = ["everybody"]
utility    = true
`, `
[[modules]]
path    = "products/b*"
owners  = ["bees"]
`, `
[[modules]]
path       = "products/billing"
depends_on = []
unchecked  = true
`, `
[[modules]]
path    = "products/{billing,teams}"
utility = false
`}
	for range 4 {
		entries = append(entries[1:], entries[0])
		l := law(t, strings.Join(entries, ""))
		billing, ok := l.Module("products/billing")
		if !ok || billing.DependsOn == nil || len(billing.DependsOn) > 0 || billing.Utility || !billing.Unchecked || billing.Owners[0].Value != "bees" {
			t.Errorf("billing: %+v", billing)
		}
		teams, _ := l.Module("products/teams")
		if len(teams.DependsOn) != 1 || teams.Utility || teams.Unchecked || teams.Owners[0].Value != "everybody" {
			t.Errorf("teams: %+v", teams)
		}
	}
}

func TestView(t *testing.T) {
	l := law(t, `
products = ["products/*"]
[[modules]]
path = "core"
[[modules]]
path       = "platform"
interfaces = ["mail", "log.Info"]
[[interfaces]]
from       = ["products/billing"]
expose     = ["webhooks.Handler", "webhooks.New"]
visibility = ["cmd/..."]
[[interfaces]]
from       = ["products/billing"]
expose     = ["events"]
visibility = ["products/audit"]
exclusive  = true
[[interfaces]]
from       = ["products/billing"]
expose     = ["facade"]
visibility = ["products/*t"]
exclusive  = true
`)
	for _, tt := range []struct {
		from, to string
		test     bool
		want     string
	}{
		{"products/teams", "products/billing/facade", false, "all"},
		{"products/teams", "products/billing/facade/contracts", false, "all"},
		{"products/teams", "products/billing/models", false, "none"},
		{"products/teams", "products/billing/facade/facadetest", false, "none"},
		{"products/teams", "products/billing/facade/facadetest", true, "all"},
		{"products/teams", "products/billing/routes", false, "none"},
		{"cmd/server", "products/billing/routes", false, "all"},
		{"core", "products/billing/routes", false, "all"},
		{"cmd/server", "products/billing/webhooks", false, "Handler New"},
		{"products/teams", "products/billing/webhooks", false, "none"},
		{"products/audit/logic", "products/billing/events", false, "all"},
		{"products/audit/logic", "products/billing/facade", false, "all"},
		{"products/audit/logic", "products/billing/facade/contracts", false, "none"},
		{"products/billing/models", "products/billing/logic", false, "all"},
		{"products/teams", "core/deep", false, "all"},
		{"products/teams", "platform/mail", false, "all"},
		{"products/teams", "platform/log", false, "Info"},
		{"products/teams", "platform", false, "none"},
		{"products/teams", "shared", false, "all"},
	} {
		v := l.View(l.LocateDir(tt.from, ""), l.LocateDir(tt.to, ""), tt.test)
		got := strings.Join(v.Symbols, " ")
		switch {
		case v.All:
			got = "all"
		case v.None():
			got = "none"
		}
		if got != tt.want {
			t.Errorf("%s sees of %s (test %v): %s, want %s", tt.from, tt.to, tt.test, got, tt.want)
		}
	}
	for dir, want := range map[string]bool{
		"products/billing/facade": true, "products/billing/facade/contracts": true, "products/billing/facade/facadetest": true,
		"products/billing/routes": true, "products/billing/webhooks": true, "products/billing/logic": false,
		"platform/mail": true, "platform/log": true, "platform/db": false, "core": false, "shared": false,
	} {
		if got := l.OnSurface(l.LocateDir(dir, "")); got != want {
			t.Errorf("%s on surface: %v, want %v", dir, got, want)
		}
	}
}

// The order of judgement: what comes first wins.
func TestJudgeOrder(t *testing.T) {
	const layers = "layers = [\"hi\", {name = \"mid\", closed = true}, \"lo\"]\n"
	module := func(path string, keys ...string) string {
		return fmt.Sprintf("[[modules]]\npath = %q\n%s\n", path, strings.Join(keys, "\n"))
	}
	for _, tt := range []struct{ name, toml, want string }{
		{"nothing said", module("a") + module("b"), ""},
		{"declared", module("a", `depends_on = ["b"]`) + module("b"), ""},
		{"not declared", module("a", `depends_on = []`) + module("b"), "undeclared-dependency"},
		{"utility", module("a", `depends_on = []`) + module("b", `utility = true`), ""},
		{"denied utility", module("a", `cannot_depend_on = ["b"]`) + module("b", `utility = true`), "forbidden-dependency"},
		{"denied and declared", module("a", `depends_on = ["b"]`, `cannot_depend_on = ["*"]`) + module("b"), "forbidden-dependency"},
		{"denied before layers", layers + module("a", `layer = "hi"`, `cannot_depend_on = ["b"]`) + module("b", `layer = "lo"`), "forbidden-dependency"},
		{"invisible", module("a", `depends_on = ["b"]`) + module("b", `visibility = ["c"]`), "forbidden-dependency"},
		{"invisible before layers", layers + module("a", `layer = "lo"`) + module("b", `layer = "hi"`, `visibility = []`), "forbidden-dependency"},
		{"visible is not declared", module("a", `depends_on = []`) + module("b", `visibility = ["a"]`), "undeclared-dependency"},
		{"up", layers + module("a", `layer = "lo"`, `depends_on = ["b"]`) + module("b", `layer = "hi"`, `utility = true`), "layer-violation"},
		{"past closed", layers + module("a", `layer = "hi"`, `depends_on = ["b"]`) + module("b", `layer = "lo"`), "layer-violation"},
		{"to closed", layers + module("a", `layer = "hi"`, `depends_on = []`) + module("b", `layer = "mid"`), ""},
		{"down without declaring", layers + module("a", `layer = "mid"`, `depends_on = []`) + module("b", `layer = "lo"`), ""},
		{"down, explicit", "layers_explicit_depends_on = true\n" + layers + module("a", `layer = "mid"`, `depends_on = []`) + module("b", `layer = "lo"`), "undeclared-dependency"},
		{"down, explicit, absent", "layers_explicit_depends_on = true\n" + layers + module("a", `layer = "mid"`) + module("b", `layer = "lo"`), ""},
		{"same layer", layers + module("a", `layer = "mid"`, `depends_on = []`) + module("b", `layer = "mid"`), "undeclared-dependency"},
		{"one layered", layers + module("a", `layer = "lo"`, `depends_on = []`) + module("b"), "undeclared-dependency"},
		{"deprecated", module("a", `depends_on = [{path = "b", deprecated = true}]`) + module("b"), "deprecated-dependency"},
		{"deprecated by layer", layers + module("a", `layer = "mid"`, `depends_on = [{path = "b", deprecated = true}]`) + module("b", `layer = "lo"`), "deprecated-dependency"},
		{"deprecated in general, not here", module("a", `depends_on = [{path = "*", deprecated = true}, "b"]`) + module("b"), ""},
		{"deprecated but denied", module("a", `depends_on = [{path = "b", deprecated = true}]`, `cannot_depend_on = ["b"]`) + module("b"), "forbidden-dependency"},
		{"unchecked", module("a", `unchecked = true`, `depends_on = []`) + module("b", `interfaces = []`), ""},
		{"surface and dependency", module("a", `depends_on = []`) + module("b", `interfaces = []`), "private-import undeclared-dependency"},
		{"surface of a denied", module("a", `cannot_depend_on = ["b"]`) + module("b", `interfaces = []`), "private-import forbidden-dependency"},

		{"unowned importer", module("b", `visibility = []`), ""},
		{"unowned importer, surface", module("b", `interfaces = []`), "private-import"},
		{"unowned target", module("a", `depends_on = []`), ""},
		{"unowned importer, allow", "root_module = \"allow\"\n" + module("<root>", `depends_on = []`) + module("b"), "undeclared-dependency"},
		{"unowned importer, allow, absent", "root_module = \"allow\"\n" + module("b"), ""},
		{"unowned target, allow", "root_module = \"allow\"\n" + module("a", `depends_on = []`), "undeclared-dependency"},
		{"unowned target, allow, declared", "root_module = \"allow\"\n" + module("a", `depends_on = ["<root>"]`), ""},
		{"unowned target, dependenciesonly", "root_module = \"dependenciesonly\"\n" + module("a", `depends_on = ["<root>"]`), "forbidden-dependency"},
		{"unowned importer, dependenciesonly", "root_module = \"dependenciesonly\"\n" + module("b"), ""},
		{"most specific is the shorter", module("a", `depends_on = ["b/...", {path = "b", deprecated = true}]`) + module("b"), "deprecated-dependency"},
		{"entry of the shorter path", module("a", `depends_on = []`) + module("a/...", `depends_on = ["b"]`) + module("b"), "undeclared-dependency"},
		{"no wildcard means <root>", "root_module = \"allow\"\n" + module("a", `depends_on = ["*", "..."]`), "undeclared-dependency"},
		{"interfaces of everybody are not of <root>", "root_module = \"allow\"\n[[interfaces]]\nexpose = [\"facade\"]\n" + module("a"), ""},
		{"unowned target, forbid", "root_module = \"forbid\"\n" + module("a", `depends_on = []`), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := law(t, tt.toml)
			e := Edge{From: l.LocateDir("a", "m.io/mono/a"), To: l.LocateDir("b", "m.io/mono/b")}
			if got := rulesOf(l.Judge(e)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			e.Test = true
			want := ""
			if strings.Contains(tt.want, "private-import") {
				want = "private-import"
			}
			if got := rulesOf(l.Judge(e)); got != want {
				t.Errorf("in a test: got %q, want %q", got, want)
			}
		})
	}
}

func rulesOf(verdicts []Verdict) string {
	var names []string
	for _, v := range verdicts {
		names = append(names, v.Rule)
	}
	return strings.Join(names, " ")
}

// Every built-in role may import what the table of the documentation says.
func TestBuiltinRoles(t *testing.T) {
	want := map[string]string{
		Facade:       "contracts facade facadetest internal logic models",
		Contracts:    "contracts",
		FacadeTest:   "contracts facade facadetest internal logic models presentation routes tasks",
		Models:       "contracts models",
		Logic:        "contracts internal logic models",
		Presentation: "contracts facade presentation",
		Routes:       "presentation routes",
		Tasks:        "contracts facade tasks",
		Internal:     "contracts facade facadetest internal logic models presentation routes tasks",
	}
	all := roles(nil)
	got := map[string]string{}
	for _, r := range all {
		var names []string
		for _, other := range all {
			if r.mayImport(other) {
				names = append(names, other.Name)
			}
		}
		slices.Sort(names)
		got[r.Name] = strings.Join(names, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(config.BuiltinRoles)), slices.Sorted(slices.Values(strings.Fields(want[Internal])))); diff != "" {
		t.Errorf("config knows other roles: %s", diff)
	}
}

// A directory has at most one owner, the one whose path is a prefix of it.
func FuzzLocate(f *testing.F) {
	l := law(f, "products = [\"products/*\", \".../apps/*\"]\n[[modules]]\npath = \"products/a/b\"\n[[modules]]\npath = \"x/...\"\n")
	f.Add("m.io/mono/products/a/b/c")
	f.Add("m.io/mono/x//y")
	f.Fuzz(func(t *testing.T, path string) {
		p := l.Locate(path, ".")
		if !p.InTree || p.Module == nil {
			return
		}
		if !below(p.Dir, p.Module.Path) || p.Role == nil {
			t.Errorf("%q lies in %q, but %q owns it", path, p.Dir, p.Module.Path)
		}
	})
}
