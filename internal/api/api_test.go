package api_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/api"
)

// check type-checks one file as a package, after those it imports.
func check(t testing.TB, path, src string, imports ...*types.Package) api.Package {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path+".go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: known{imports, importer.Default()}, Error: func(error) {}}
	pkg, _ := config.Check(path, fset, []*ast.File{f}, info)
	return api.Package{Fset: fset, Files: []*ast.File{f}, Types: pkg, Info: info, Exposes: func(string) bool { return true }}
}

type known struct {
	packages []*types.Package
	types.Importer
}

func (k known) Import(path string) (*types.Package, error) {
	i := slices.IndexFunc(k.packages, func(p *types.Package) bool { return p.Path() == path })
	if i < 0 {
		return k.Importer.Import(path)
	}
	return k.packages[i], nil
}

// culprit is the class of type names that begin with Bad; types of package
// inner are entered, what stands behind other names is looked at.
const culprit api.Class = 1

func walker() *api.Walker {
	judge := func(t *types.TypeName) api.Judgement {
		switch {
		case strings.HasPrefix(t.Name(), "Bad"):
			return api.Judgement{Class: culprit}
		case t.Pkg() != nil && t.Pkg().Path() == "inner":
			return api.Judgement{Enter: true}
		}
		return api.Judgement{Open: t.IsAlias()}
	}
	return api.NewWalker(judge, func(*types.TypeName) api.Class { return 0 })
}

// leaks lists what a package hands out: "declaration: path type".
func leaks(p api.Package) []string {
	var found []string
	w := walker()
	for _, d := range api.Of(p).Decls {
		if c := w.Find(d.Type)[culprit]; c != nil {
			at := p.Fset.Position(d.Pos)
			found = append(found, strings.TrimSpace(fmt.Sprintf("%d %s: %s %s", at.Line, d.Name, c.Path(), types.TypeString(c.Type, (*types.Package).Name))))
		}
	}
	return found
}

const bad = `package bad
type Bad struct{ X int }
type BadHandle interface{ Do() }
`

func TestOf(t *testing.T) {
	badPkg := check(t, "bad", bad).Types
	inner := check(t, "inner", `package inner
import "bad"
type Page struct {
	Items []Item
	next  *bad.Bad
	Self  *Page
}
type Item struct { Owner map[string]*bad.Bad; Back *Page }
type Service struct { db bad.Bad }
func (s *Service) Find(name string) ([]bad.Bad, error) { return nil, nil }
type Callback struct{}
func (Callback) On(f func(h bad.BadHandle)) {}
type Ring struct { Next *Ring2 }
type Ring2 struct { Next *Ring3 }
type Ring3 struct { Next *Ring; B bad.Bad }
type Generic[T any] struct { One T; Many []Generic2[T] }
type Generic2[T any] struct { Bad bad.Bad; Back *Generic[Generic2[T]] }
type Opaque struct { b bad.Bad }
func (o *Opaque) Value() int { return 0 }
type Funcs map[string]func() bad.Bad
`, badPkg).Types
	for _, test := range []struct {
		name, src string
		want      []string
	}{
		{"enters", `func Page() *inner.Page { return nil }`, []string{"1 Page: Page.Items[].Owner[] *bad.Bad"}},
		{"methods", `func S() inner.Service { return inner.Service{} }`, []string{"1 S: Service.Find()[] bad.Bad"}},
		{"callbacks", `func C(inner.Callback) {}`, []string{"1 C: Callback.On(f)(h) bad.BadHandle"}},
		{"a ring", "func A() inner.Ring { return inner.Ring{} }\nfunc B() inner.Ring2 { return inner.Ring2{} }\nfunc C() inner.Ring3 { return inner.Ring3{} }",
			[]string{"1 A: Ring.Next.Next.B bad.Bad", "2 B: Ring2.Next.B bad.Bad", "3 C: Ring3.B bad.Bad"}},
		{"self-instantiating generics", `func G() inner.Generic[int] { return inner.Generic[int]{} }`, []string{"1 G: Generic.Many[].Bad bad.Bad"}},
		{"opaque", `func O() inner.Opaque { return inner.Opaque{} }`, nil},
		{"defined map", `func F() inner.Funcs { return nil }`, []string{"1 F: Funcs[]() bad.Bad"}},
		{"own generics grow", "type G[T any] struct { next *G[[]T] }\nfunc F() G[bad.Bad] { return G[bad.Bad]{} }", []string{"2 F:  bad.Bad"}},
		{"mutual recursion", "type A struct { B *B; X bad.Bad }\ntype B struct { A *A }", []string{"1 A.X:  bad.Bad"}},
		{"recursive alias", "type T[P any] = []P\ntype U = T[T[T[bad.Bad]]]", []string{"2 U:  bad.Bad"}},
		{"blank and unexported", "func _() bad.Bad { return bad.Bad{} }\nvar _ bad.Bad\nfunc f() bad.Bad { return bad.Bad{} }\ntype _ struct { B bad.Bad }", nil},
		{"unsafe", "import _ \"unsafe\"", nil},
		{"interface with union and method", "type C interface { ~[]bad.Bad | string; M() bad.Bad }", []string{"1 C: [] bad.Bad", "1 C.M:  bad.Bad"}},
		{"constraint of a method's type", "type L[T fmt.Stringer] struct{}\nfunc (l L[T]) M(b bad.Bad) {}", []string{"2 L.M:  bad.Bad"}},
		{"embedded generic", "type base[T any] struct { V T }\nfunc (base[T]) M() bad.Bad { return bad.Bad{} }\ntype D struct { base[int] }", []string{"2 base.M:  bad.Bad"}},
		{"embedded instance", "type base[T any] struct { V []T; N int }\nfunc (base[T]) M(map[string]*T) error { return nil }\ntype D struct { base[bad.Bad] }\ntype E struct { base[int] }", []string{"3 D:  bad.Bad", "3 D:  bad.Bad"}},
		{"embedded interface", "type port[T any] interface { Load() bad.Bad; Get() T }\nfunc F(port[int]) {}\ntype D struct { port[bad.BadHandle] }", []string{"1 port.Load:  bad.Bad", "3 D:  bad.BadHandle"}},
		{"type errors", "func F(x undefined) (bad.Bad, missing.T) { return }\ntype T struct { X bad.Bad; Y nope }\ntype T struct {}\nfunc (q) M() bad.Bad", []string{"1 F:  bad.Bad", "2 T.X:  bad.Bad"}},
		{"invalid recursion", "type T [2]T\ntype U struct { U }\ntype I interface { I }\nfunc F() (T, U, I, bad.Bad) { panic(0) }", []string{"4 F:  bad.Bad"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := "package p; import (\"fmt\"; \"bad\"; \"inner\"); " + test.src
			if rest, ok := strings.CutPrefix(test.src, "import "); ok {
				src = "package p; import " + rest
			}
			if diff := cmp.Diff(test.want, leaks(check(t, "p", src, badPkg, inner))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A struct may have as many fields as a generator likes, and be promoted.
func TestManyFields(t *testing.T) {
	var b strings.Builder
	b.WriteString("package p\nimport \"bad\"\ntype hidden struct {\n")
	for i := range 10000 {
		fmt.Fprintf(&b, "F%d int `json:\"f%d\"`\n", i, i)
	}
	b.WriteString("B bad.Bad }\ntype Shown struct { hidden }\n")
	got := leaks(check(t, "p", b.String(), check(t, "bad", bad).Types))
	if want := []string{"10004 hidden.B:  bad.Bad"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A type that mentions another twice, sixty levels deep, is one walk.
func TestSharedTypes(t *testing.T) {
	var b strings.Builder
	b.WriteString("package p\nimport \"bad\"\ntype A0 = struct{ X, Y bad.Bad }\n")
	for i := range 60 {
		fmt.Fprintf(&b, "type A%d = struct{ X, Y A%d }\n", i+1, i)
	}
	b.WriteString("func F() A60 { panic(0) }\n")
	if got := leaks(check(t, "p", b.String(), check(t, "bad", bad).Types)); len(got) != 62 {
		t.Errorf("got %d leaks, want one for each alias and one for F: %q", len(got), got)
	}
}

// BenchmarkWalk is a facade of functions over deeply nested types of another
// package. Twice the functions and types must cost twice the time.
func BenchmarkWalk(b *testing.B) {
	badPkg := check(b, "bad", bad).Types
	for _, n := range []int{1, 2, 4} {
		functions, depth := 2000*n, 500*n
		var src strings.Builder
		src.WriteString("package inner\nimport \"bad\"\n")
		for i := range depth {
			fmt.Fprintf(&src, "type T%d struct { Next *T%d; List []T%d; M map[string]*T%d }\nfunc (t *T%d) Get() *T%d { return nil }\n",
				i, (i+1)%depth, (i*7+3)%depth, (i*13+5)%depth, i, (i*31+11)%depth)
		}
		src.WriteString("type Last struct { B bad.Bad; First *T0 }\n")
		inner := check(b, "inner", src.String(), badPkg).Types
		src.Reset()
		src.WriteString("package p\nimport \"inner\"\n")
		for i := range functions {
			fmt.Fprintf(&src, "func F%d(a inner.T%d, b []*inner.T%d) (map[string]*inner.T%d, error) { return nil, nil }\n", i, i%depth, (i*3)%depth, (i*5)%depth)
		}
		p := check(b, "p", src.String(), inner)
		b.Run(fmt.Sprintf("functions=%d/types=%d", functions, depth), func(b *testing.B) {
			for b.Loop() {
				w := walker()
				for _, d := range api.Of(p).Decls {
					w.Find(d.Type)
				}
			}
		})
	}
}
