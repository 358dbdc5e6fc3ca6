package frozenwrite_test

import (
	"fmt"
	"go/build"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// BenchmarkLargePackage looks at the runtime, the largest package of the
// standard library that is not generated, as if it were a
// package of contracts: each of its types is guarded against each of its
// functions. "types" is what type-checking it takes; "unseen" the same package
// where there are no contracts to see.
func BenchmarkLargePackage(b *testing.B) {
	pkg, err := build.Import("runtime", "", 0)
	if err != nil {
		b.Fatal(err)
	}
	var files []string
	for _, name := range pkg.GoFiles {
		src, err := os.ReadFile(filepath.Join(pkg.Dir, name))
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, string(src))
	}
	guarded := ruletest.Source(b, here, strict, files...)
	unseen := ruletest.Source(b, "example.com/mono/types", strict, files...)
	b.Run("types", func(b *testing.B) {
		for b.Loop() {
			guarded.Check()
		}
	})
	b.Run("guarded", func(b *testing.B) {
		for b.Loop() {
			guarded.Run(b, frozenwrite.Analyzer)
		}
	})
	b.Run("unseen", func(b *testing.B) {
		for b.Loop() {
			unseen.Run(b, frozenwrite.Analyzer)
		}
	})
}

// BenchmarkMegafunction looks at one function of ever more statements, as
// generators write them: twice as many should take about twice as long.
func BenchmarkMegafunction(b *testing.B) {
	const some = "p%[1]d := &Order{}\nif ok(%[1]d) {\nKeep(p%[1]d)\n}\np%[1]d.N = 1\n"
	shapes := map[string]struct{ head, line, tail string }{
		"append":   {"var out []*Order\n", "p%[1]d := &Order{N: %[1]d}\nout = append(out, p%[1]d)\np%[1]d.N = 1\n", "Keep(out...)\n"},
		"branch":   {"p := &Order{}\n", "if ok(%[1]d) {\np.N = %[1]d\nKeep(p)\nreturn\n}\n", ""},
		"some":     {"", some, ""},
		"deferred": {"defer func() { Keep() }()\n", some, ""},
		"goto":     {"L:\n", some, "goto L\n"},
		"loop":     {"for {\n", some, "}\n"},
		"same":     {"p := &Order{}\n", "Keep(p)\np.N = %[1]d\n", ""},
		"renew":    {"p := &Order{}\n", "Keep(p)\np = &Order{Next: p}\np.N = %[1]d\np.Next.N = 2\n", ""},
		"swap":     {"a, b, c := &Order{}, &Order{}, &Order{}\n", "a, b, c = b, c, a\nif ok(%[1]d) { Keep(a) }\nb.N = 1\n", ""},
		"nest":     {"p := &Order{}\n", "q%[1]d := &Order{Next: p}\np = q%[1]d\nif ok(%[1]d) {\np.N = 1\n}\n", "Keep(p)\n"},
		"literals": {"p := &Order{}\n", "do(func() { p.N = %[1]d })\nKeep(p)\n", ""},
		"group":    {"m := map[int]*Order{}\n", "p%[1]d, found%[1]d := m[%[1]d]\nif !found%[1]d {\np%[1]d = &Order{}\nm[%[1]d] = p%[1]d\n}\np%[1]d.N++\n", ""},
		"twice":    {"m := map[int]*Order{}\nn := map[int]*Order{}\n", "if p%[1]d, found := m[%[1]d]; !found {\np%[1]d = &Order{}\nm[%[1]d] = p%[1]d\nn[%[1]d] = &Order{Next: p%[1]d}\np%[1]d.N = 3\n}\n", "for _, p := range n {\nKeep(p)\np.Next.N = 3\n}\n"},
		"held":     {"var out []*Order\n", "p%[1]d := &Order{}\nout = append(out, p%[1]d)\nout[0].N = 1\np%[1]d.N = 2\nKeep(out...)\n", ""},
	}
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		for _, n := range []int{500, 1000, 2000} {
			var body strings.Builder
			body.WriteString("package contracts\ntype Order struct { N int; Next *Order }\nfunc Keep(...*Order)\nfunc ok(int) bool\nfunc do(func())\nfunc F() {\n" + shapes[name].head)
			for i := range n {
				fmt.Fprintf(&body, shapes[name].line, i)
			}
			body.WriteString(shapes[name].tail + "}\n")
			source := ruletest.Source(b, here, strict, body.String())
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					source.Run(b, frozenwrite.Analyzer)
				}
			})
		}
	}
}
