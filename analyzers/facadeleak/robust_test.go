package facadeleak_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/facadeleak"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

const (
	here    = "example.com/mono/products/orders/facade"
	minimal = "products = [\"products/*\"]\n"
)

// hostile are packages that no compiler takes, or that no person writes.
func hostile() map[string]string {
	all := map[string]string{
		"syntax":            "package facade\nfunc F( *sql.DB {\ntype T struct {\n",
		"missing import":    "package facade\nimport \"example.com/nowhere\"\nfunc F(x nowhere.T) nowhere.U { return nowhere.V }\nvar X = nowhere.W\ntype E struct{ nowhere.T }\ntype A = nowhere.T\n",
		"undefined":         "package facade\nfunc F(x undefined) (any, error) { return undefined, nil }\nfunc (m Missing) M() {}\nfunc (1) N() {}\nfunc () O() {}\ntype G[T undefined] struct{ T }\n",
		"duplicates":        "package facade\ntype T struct{ A int; A int }\ntype T interface{}\nfunc F() {}\nfunc F() any { return 1 }\nvar F = 1\n",
		"invalid recursion": "package facade\ntype T [1]T\ntype S struct{ S }\ntype I interface{ I }\ntype A = A\ntype B = []B\nfunc F() (T, S, I, A, B) { panic(0) }\n",
		"generics":          "package facade\ntype G[T any] struct{ Next *G[G[T]] }\ntype H[P interface{ *Q }, Q any] struct{ P P; q Q }\nfunc F[T G[T]](x T) G[int] { var g G[T]; _ = g; return G[int]{} }\nfunc E() H { return H[int]{} }\n",
		"growing":           "package facade\ntype F[P any] func(*F[P], F[F[F[P]]])\ntype S[P any] []S[[]P]\ntype M[P any] map[string]M[*P]\nfunc G() (F[int], S[int], M[int]) { panic(0) }\nfunc H() any { return S[int]{} }\nvar X any = M[int]{}\n",
		"returns":           "package facade\nfunc F() (any, error) { return }\nfunc G() any { return 1, 2 }\nfunc H() any { return G() }\nfunc I() (a, b any) { return H() }\nfunc J() { return 1 }\nfunc K() any\n",
		"statements":        "package facade\nfunc F(f func(any), c chan any, p *any, m map[string]any) any {\n\tgoto L\nL:\n\tf()\n\tf(1, 2)\n\tf(nil...)\n\tc <- p\n\t*p = c\n\tm[\"a\"] = m\n\tp, c := c\n\tvar x, y any = 1\n\tappend()\n\t_ = append(1, 2)\n\tfor range 3 { break }\n\tswitch x := y.(type) { case int: return x; default: panic(x) }\n\treturn func() any { return F }\n}\n",
		"recursive helpers": "package facade\nfunc F() any { return a(1) }\nfunc a(v any) any { return b(a(v)) }\nfunc b(v any) any { return a(b(v)) }\n",
		"unsafe and blank":  "package facade\nimport (\n\t_ \"embed\"\n\t. \"errors\"\n\t\"unsafe\"\n)\nvar P unsafe.Pointer\nvar _ = New(\"x\")\nfunc _() {}\nfunc F() error { return New(\"x\") }\ntype _ = struct{ X any }\nfunc (_ T) M(_ int) (_ any) { return nil }\ntype T struct{ _ int }\n",
		"tags":              "package facade\ntype T struct {\n\tA int `gorm`\n\tB int `gorm:`\n\tC int `gorm:\"`\n\tD int \"\\x00gorm:\\\"x\\\"\"\n\tE int `:\"x\" gorm:\"-`\n}\n",
		"no types":          "package facade\nfunc F(a undefined) {{0(a(0)%0(F)()%0, 0 = append(0)\nx := append(f)\ng <- append()\n}}\n",
		"nested calls":      "package facade\nfunc id(v any) any { return v }\nfunc F() any { return " + strings.Repeat("id(", 300) + "1" + strings.Repeat(")", 300) + " }\n",
		"nested closures":   "package facade\nfunc F() any { return " + strings.Repeat("func() any { return ", 200) + "1" + strings.Repeat(" }", 200) + " }\n",
		"nested loops":      "package facade\nfunc F(x any) any {\n" + strings.Repeat("for { if x == nil {\n", 200) + "return x" + strings.Repeat(" } }\n", 200) + "\n}\n",
		"nested literals":   "package facade\nfunc F() any { return " + strings.Repeat("[]any{", 300) + strings.Repeat("}", 300) + " }\n",
	}
	maps.Copy(all, ruletest.Hostile())
	return all
}

func TestHostileCode(t *testing.T) {
	for name, src := range hostile() {
		t.Run(name, func(t *testing.T) {
			pkg := ruletest.Source(t, here, minimal, src)
			if len(pkg.Files) > 0 {
				t.Logf("%d findings", len(pkg.Run(t, facadeleak.Analyzer)))
			}
		})
	}
}

// The compiler rejects these, and go/types itself never ends where somebody
// selects a field of one; so they are no seed of FuzzSource.
func TestGrowingEmbedding(t *testing.T) {
	pkg := ruletest.Source(t, here, minimal, "package facade\ntype b[P any] struct{ *b[[]P]; V P }\ntype B[P any] struct{ b[P] }\ntype E[P any] struct{ *E[[]P]; X any }\nfunc G() (B[int], E[int]) { panic(0) }\nfunc I() any { return E[int]{} }\n")
	pkg.Run(t, facadeleak.Analyzer)
}

func FuzzSource(f *testing.F) {
	for _, src := range hostile() {
		if len(src) < 5_000 {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 10_000 {
			t.Skip("long")
		}
		pkg := ruletest.Source(t, here, minimal, src)
		if len(pkg.Files) > 0 {
			pkg.Run(t, facadeleak.Analyzer)
		}
	})
}

// BenchmarkBodies is a facade whose functions call helpers and hand out what
// they return. Twice the functions must cost twice the time.
func BenchmarkBodies(b *testing.B) {
	for _, functions := range []int{500, 1000, 2000} {
		var src strings.Builder
		src.WriteString("package facade\nimport \"database/sql\"\ntype Facade struct{ db *sql.DB }\nfunc wrap(v any) any { return map[string]any{\"v\": v} }\n")
		for i := range functions {
			fmt.Fprintf(&src, "func (f *Facade) F%d(ctx func(any) error, n int) (any, error) {\n\tvar v any = f.help%d(n)\n\tif n > 3 {\n\t\tv = wrap(v)\n\t}\n\tfor range n {\n\t\tif err := ctx(v); err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t}\n\treturn wrap(v), nil\n}\n", i, i%50)
		}
		for i := range 50 {
			fmt.Fprintf(&src, "func (f *Facade) help%d(n int) any { return []any{n, f.db} }\n", i)
		}
		pkg := ruletest.Source(b, here, minimal, src.String())
		b.Run(fmt.Sprintf("functions=%d", functions), func(b *testing.B) {
			for b.Loop() {
				pkg.Run(b, facadeleak.Analyzer)
			}
		})
	}
}
