package facadeleak_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/crossrelation"
	"github.com/boundaries-dev/boundaries/analyzers/facadeleak"
)

// analyze writes files to a new Go module and returns the findings in it.
func analyze(t testing.TB, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	config := &packages.Config{Mode: packages.LoadSyntax, Dir: dir, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")}
	pkgs, err := packages.Load(config, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{facadeleak.Analyzer, crossrelation.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			found = append(found, fmt.Sprintf("%s: %s", act.Package.Fset.Position(d.Pos), d.Message))
		}
	}
	return found
}

const minimal = "products = [\"products/*\"]\n"

// What does not compile is judged as far as it can be; nothing panics.
func TestBrokenCode(t *testing.T) {
	for name, src := range map[string]string{
		"syntax":            "package facade\n\nfunc F( *sql.DB {\n\ntype T struct {\n",
		"missing import":    "package facade\n\nimport \"example.com/nowhere\"\n\nfunc F(x nowhere.T) nowhere.U { return nowhere.V }\n\nvar X = nowhere.W\n\ntype E struct{ nowhere.T }\n\ntype A = nowhere.T\n",
		"undefined":         "package facade\n\nfunc F(x undefined) (any, error) { return undefined, nil }\n\nfunc (m Missing) M() {}\n\nfunc (1) N() {}\n\nfunc () O() {}\n\ntype G[T undefined] struct{ T }\n",
		"duplicates":        "package facade\n\ntype T struct{ A int; A int }\n\ntype T interface{}\n\nfunc F() {}\n\nfunc F() any { return 1 }\n\nvar F = 1\n",
		"invalid recursion": "package facade\n\ntype T [1]T\n\ntype S struct{ S }\n\ntype I interface{ I }\n\ntype A = A\n\ntype B = []B\n\nfunc F() (T, S, I, A, B) { panic(0) }\n",
		"generics":          "package facade\n\ntype G[T any] struct{ Next *G[G[T]] }\n\ntype H[P interface{ *Q }, Q any] struct{ P P; q Q }\n\nfunc F[T G[T]](x T) G[int] { var g G[T]; _ = g; return G[int]{} }\n\nfunc E() H { return H[int]{} }\n",
		"returns":           "package facade\n\nfunc F() (any, error) { return }\n\nfunc G() any { return 1, 2 }\n\nfunc H() any { return G() }\n\nfunc I() (a, b any) { return H() }\n\nfunc J() { return 1 }\n\nfunc K() any\n",
		"statements":        "package facade\n\nfunc F(f func(any), c chan any, p *any, m map[string]any) any {\n\tgoto L\nL:\n\tf()\n\tf(1, 2)\n\tf(nil...)\n\tc <- p\n\t*p = c\n\tm[\"a\"] = m\n\tp, c := c\n\tvar x, y any = 1\n\tappend()\n\t_ = append(1, 2)\n\tfor range 3 { break }\n\tswitch x := y.(type) { case int: return x; default: panic(x) }\n\treturn func() any { return F }\n}\n",
		"recursive helpers": "package facade\n\nfunc F() any { return a(1) }\n\nfunc a(v any) any { return b(a(v)) }\n\nfunc b(v any) any { return a(b(v)) }\n",
		"unsafe and blank":  "package facade\n\nimport (\n\t_ \"embed\"\n\t. \"errors\"\n\t\"unsafe\"\n)\n\nvar P unsafe.Pointer\n\nvar _ = New(\"x\")\n\nfunc _() {}\n\nfunc F() error { return New(\"x\") }\n\ntype _ = struct{ X any }\n\nfunc (_ T) M(_ int) (_ any) { return nil }\n\ntype T struct{ _ int }\n",
		"tags":              "package facade\n\ntype T struct {\n\tA int `gorm`\n\tB int `gorm:`\n\tC int `gorm:\"`\n\tD int \"\\x00gorm:\\\"x\\\"\"\n\tE int `:\"x\" gorm:\"-`\n}\n",
		"cgo":               "package facade\n\n// typedef struct { int x; } point;\nimport \"C\"\n\ntype T struct{ P C.point }\n\nfunc F() C.int { return 1 }\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := analyze(t, map[string]string{
				"go.mod":                        "module example.com/m\n\ngo 1.26\n",
				"boundaries.toml":               minimal,
				"products/a/facade/facade.go":   src,
				"products/b/facade/facade.go":   "package facade\n\nimport \"example.com/m/products/b/logic\"\n\nfunc F() logic.T { return logic.T{} }\n",
				"products/b/logic/logic.go":     "package logic\n\ntype T struct{}\n",
				"products/b/models/models.go":   "package models\n\nimport a \"example.com/m/products/a/facade\"\n\ntype M struct{ X a.T; Y []a.T; a.S }\n",
				"products/b/facade/nothing.txt": "",
			})
			for _, f := range found {
				if strings.Contains(f, filepath.Join("b", "facade")) {
					return
				}
			}
			t.Errorf("the finding in the sound package is missing; found %q", found)
		})
	}
}

// A body may nest as deep as a generator likes.
func TestDeepBodies(t *testing.T) {
	var b strings.Builder
	b.WriteString("package facade\n\nfunc id(v any) any { return v }\n\nfunc F() any { return ")
	b.WriteString(strings.Repeat("id(", 300) + "1" + strings.Repeat(")", 300) + " }\n\nfunc G() any { return ")
	b.WriteString(strings.Repeat("func() any { return ", 200) + "1" + strings.Repeat(" }", 200) + " }\n\nfunc H(x any) any {\n")
	b.WriteString(strings.Repeat("for { if x == nil {\n", 200) + "return x" + strings.Repeat(" } }\n", 200) + "\n}\n\nfunc I() any { return ")
	b.WriteString(strings.Repeat("[]any{", 300) + strings.Repeat("}", 300) + " }\n")
	analyze(t, map[string]string{
		"go.mod":                      "module example.com/m\n\ngo 1.26\n",
		"boundaries.toml":             minimal,
		"products/a/facade/facade.go": b.String(),
	})
}
