package imports

import (
	"context"
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// BenchmarkScan scans the standard library and generated trees of growing
// size. BenchmarkFloor does the same without keeping anything; no scan can
// be faster.
func BenchmarkScan(b *testing.B) {
	benchTrees(b, func(root string) int {
		tree, err := Scan(context.Background(), root, Options{})
		if err != nil {
			b.Fatal(err)
		}
		files := 0
		for _, p := range tree.Packages {
			files += len(p.Files)
		}
		return files
	})
}

func BenchmarkFloor(b *testing.B) { benchTrees(b, floor) }

func BenchmarkWhole(b *testing.B) {
	benchTrees(b, func(root string) int {
		tree, err := Scan(context.Background(), root, Options{Whole: true})
		if err != nil {
			b.Fatal(err)
		}
		return len(tree.Packages)
	})
}

// BenchmarkHead reads one head, from memory.
func BenchmarkHead(b *testing.B) {
	src := []byte(source(1, 12))
	h := head{intern: func([]byte) string { return "" }}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		h.read(src, true)
	}
}

func benchTrees(b *testing.B, scan func(root string) (files int)) {
	run := func(name, root string) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			files := 0
			for b.Loop() {
				files = scan(root)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*max(files, 1)), "ns/file")
		})
	}
	run("std", filepath.Join(build.Default.GOROOT, "src"))
	for _, packages := range []int{100, 1000, 5000} {
		run(fmt.Sprintf("packages=%d", packages), generate(b, packages))
	}
}

// generate makes a tree of products with ten packages each, of five files.
func generate(b *testing.B, packages int) string {
	root := b.TempDir()
	write(b, filepath.Join(root, "go.mod"), "module example.com/mono\n")
	for i := range packages {
		for j := range 5 {
			write(b, filepath.Join(root, fmt.Sprintf("products/p%d/q%d/file%d.go", i/10, i%10, j)), source(i, 6))
		}
	}
	return root
}

func source(n, imports int) string {
	var b strings.Builder
	b.WriteString("// Copyright of nobody in particular.\n// " + strings.Repeat("All rights are yours. ", 20) + "\n\npackage q\n\nimport (\n\t\"context\"\n\n")
	for i := range imports {
		fmt.Fprintf(&b, "\t\"example.com/mono/products/p%d/q%d\"\n", (n+i)/10, i)
	}
	b.WriteString(")\n\nfunc f() {\n" + strings.Repeat("\tprintln(\"the rest of the file\")\n", 50) + "}\n")
	return b.String()
}

// floor walks a tree and reads the heads of its files, in parallel.
func floor(root string) int {
	w := &walker{ctx: context.Background(), stack: []string{root}}
	w.ready = sync.NewCond(&w.mu)
	counts := make([]int, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range counts {
		all.Go(func() {
			h := head{intern: func([]byte) string { return "" }}
			buf := make([]byte, headSize)
			for dir, ok := w.take(); ok; dir, ok = w.take() {
				d, err := os.Open(dir)
				if err != nil {
					w.finish()
					continue
				}
				entries, _ := d.ReadDir(-1)
				d.Close()
				for _, e := range entries {
					if e.IsDir() && !ignored(e.Name()) {
						w.add([]string{dir + "/" + e.Name()})
					}
					if !e.Type().IsRegular() || !goFile(e.Name()) {
						continue
					}
					if f, err := open(dir + "/" + e.Name()); err == nil {
						n, _ := f.Read(buf)
						h.read(buf[:n], false)
						f.Close()
						counts[i]++
					}
				}
				w.finish()
			}
		})
	}
	all.Wait()
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}
