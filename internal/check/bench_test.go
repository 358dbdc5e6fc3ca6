package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// BenchmarkImports checks the imports of generated monorepos. The time per
// package (ns/package) should hardly grow with the number of products or of
// packages; the memory (B/op) is proportional to the packages.
func BenchmarkImports(b *testing.B) {
	for _, size := range []struct{ products, packages int }{
		{10, 100}, {100, 1_000}, {1_000, 10_000}, {10, 10_000}, {1_000, 50_000},
	} {
		b.Run(fmt.Sprintf("products=%d/packages=%d", size.products, size.packages), func(b *testing.B) {
			dir := b.TempDir()
			generate(b, dir, size.products, size.packages)
			b.ReportAllocs()
			for b.Loop() {
				opt := check.Options{Config: filepath.Join(dir, config.FileName), Dir: dir, Imports: true}
				res, err := check.Run(b.Context(), opt)
				if err != nil {
					b.Fatal(err)
				}
				if res.Summary.Packages != size.packages || res.Summary.Errors == 0 {
					b.Fatalf("%+v", res.Summary)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size.packages), "ns/package")
		})
	}
}

// generate writes a monorepo in which each product declares three others, and
// each package imports eight, one in a hundred of them wrongly.
func generate(b *testing.B, dir string, products, packages int) {
	b.Helper()
	write := func(name, content string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	name := func(i int) string { return fmt.Sprintf("products/p%04d", i%products) }
	var toml strings.Builder
	toml.WriteString("products = [\"products/*\"]\n")
	for i := range products {
		fmt.Fprintf(&toml, "[[modules]]\npath = %q\ndepends_on = [%q, %q, %q]\n", name(i), name(i+1), name(i+2), name(i+3))
	}
	write(config.FileName, toml.String())
	write("go.mod", "module example.com/mono\n")
	per := packages / products
	for i := range packages {
		product, n := i/per, i%per
		dir := fmt.Sprintf("%s/logic/l%04d", name(product), n)
		if n == 0 {
			dir = name(product) + "/facade"
		}
		var src strings.Builder
		fmt.Fprintf(&src, "package %s\n\nimport (\n\t_ \"context\"\n\t_ \"fmt\"\n\t_ \"strings\"\n\t_ \"github.com/google/uuid\"\n", filepath.Base(dir))
		for j := range 3 {
			fmt.Fprintf(&src, "\t_ \"example.com/mono/%s/facade\"\n", name(product+1+j))
		}
		if i%100 == 1 {
			fmt.Fprintf(&src, "\t_ \"example.com/mono/%s/logic/l0001\"\n", name(product+1))
		} else {
			fmt.Fprintf(&src, "\t_ \"example.com/mono/%s/logic/l%04d\"\n", name(product), (n+1)%per)
		}
		src.WriteString(")\n")
		write(dir+"/"+filepath.Base(dir)+".go", src.String())
	}
}
