package frozenwrite_test

import (
	"go/build"
	"os"
	"path/filepath"
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
