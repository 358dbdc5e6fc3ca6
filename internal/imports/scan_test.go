package imports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// plant writes the files of a txtar archive below a new directory.
func plant(t testing.TB, archive string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		write(t, filepath.Join(root, f.Name), string(f.Data))
	}
	return root
}

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func scan(t testing.TB, root string, opt Options) *Tree {
	t.Helper()
	tree, err := Scan(context.Background(), root, opt)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// sketch writes a tree as the tests below expect it.
func sketch(tree *Tree) string {
	var b strings.Builder
	b.WriteString(sketchModules(tree.GoModules))
	for _, p := range tree.Packages {
		fmt.Fprintf(&b, "package %s %q of %d:", p.Dir, p.ImportPath, p.GoModule)
		for _, f := range p.Files {
			fmt.Fprintf(&b, " %s", filepath.Base(f.Path))
			for _, im := range f.Imports {
				fmt.Fprintf(&b, ",%s", im.Path)
			}
		}
		b.WriteString("\n")
	}
	for _, dir := range tree.NestedRoots {
		fmt.Fprintf(&b, "root %s\n", dir)
	}
	for _, file := range tree.ProductFiles {
		fmt.Fprintf(&b, "product %s\n", file)
	}
	b.WriteString(sketchProblems(tree.Problems))
	return b.String()
}

func sketchModules(list []GoModule) string {
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintf(&b, "module %s %s", m.Dir, m.Path)
		for _, r := range m.Replace {
			fmt.Fprintf(&b, " %s=>%s", r.Old, r.Dir)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func sketchProblems(list []Problem) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "! %s:%d:%d: %s\n", p.File, p.Line, p.Column, p.Message)
	}
	return b.String()
}

func check(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

var shop = `
-- boundaries.toml --
-- go.mod --
module example.com/shop
-- shop.go --
package shop
import "example.com/shop/products/orders"
-- shop_windows.go --
//go:build never
package shop
import "C"
-- products/orders/orders.go --
package orders
import "fmt"
-- products/orders/orders_test.go --
package orders_test
import "testing"
-- products/orders/product.toml --
-- products/orders/.hidden.go --
not read
-- products/orders/_draft.go --
not read
-- products/orders/testdata/x.go --
not read
-- products/orders/_x/x.go --
not read
-- products/orders/.x/x.go --
not read
-- vendor/x/x.go --
not read
-- node_modules/x/x.go --
package x
-- old/x/x.go --
not read
-- other/boundaries.toml --
-- other/deep/other.go --
not read
-- other/deep/go.mod --
not read
-- tools/go.mod --
module example.com/tools // another
-- tools/gen/gen.go --
package main
import "example.com/shop"
-- wrong/wrong.go --
package wrong
import (
	"a"
	b
)
-- empty/README --
-- long/long.go --
package long
import "a"
/* ` + longComment + ` */
import "b"
`

var longComment = strings.Repeat("longer than what is read at first ", 2*headSize/30)

func TestScan(t *testing.T) {
	root := plant(t, shop)
	tree := scan(t, root, Options{Skip: func(dir string) bool { return dir == "old" }})
	check(t, sketch(tree), `
module . example.com/shop
module tools example.com/tools
package . "example.com/shop" of 0: shop.go,example.com/shop/products/orders shop_windows.go,C
package long "example.com/shop/long" of 0: long.go,a,b
package node_modules/x "example.com/shop/node_modules/x" of 0: x.go
package products/orders "example.com/shop/products/orders" of 0: orders.go,fmt orders_test.go,testing
package tools/gen "example.com/tools/gen" of 1: gen.go,example.com/shop
package wrong "example.com/shop/wrong" of 0: wrong.go,a
root other
product products/orders/product.toml
! wrong/wrong.go:4:3: missing import path
`)
	if tree.Root != root {
		t.Errorf("root %s, want %s", tree.Root, root)
	}
	for dir, want := range map[string]bool{".": true, "empty": true, "products": true, "old": false, "other": false, "vendor": false, "nowhere": false} {
		if tree.HasDir(dir) != want {
			t.Errorf("HasDir(%q) = %v", dir, !want)
		}
	}
	orders := tree.Packages[3]
	if orders.Files[0].Test() || !orders.Files[1].Test() {
		t.Error("which files are tests?")
	}
	modules, problems := FindGoModules(root, func(dir string) bool { return dir == "old" })
	if diff := cmp.Diff(tree.GoModules, modules); diff != "" || problems != nil {
		t.Errorf("FindGoModules: -Scan +got\n%s%v", diff, problems)
	}
}

// The same tree gives the same Tree, however many look at it.
func TestDeterminism(t *testing.T) {
	root := plant(t, shop)
	for i := range 40 {
		write(t, filepath.Join(root, fmt.Sprintf("p%d/q%d/x.go", i%7, i)), fmt.Sprintf("package x\nimport \"a%d\"\nimport 5\n", i%5))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := scan(t, root, Options{})
	for i := range 20 {
		runtime.GOMAXPROCS(1 + i)
		if diff := cmp.Diff(want, scan(t, root, Options{})); diff != "" {
			t.Fatalf("with %d workers: -one +many\n%s", 1+i, diff)
		}
	}
}

func TestWholeTree(t *testing.T) {
	root := plant(t, `
-- long/x.go --
package x
import "a"
/* `+longComment+` */
func f() { return } //boundaries:ignore x y
func g() { 1 2 }
`)
	check(t, sketch(scan(t, root, Options{Whole: true})), `
package long "" of -1: x.go,a
! long/x.go:5:14: expected ';', found 2
`)
	comments := scan(t, root, Options{Whole: true}).Packages[0].Files[0].Comments
	if len(comments) != 1 || comments[0].Line != 4 {
		t.Errorf("comments: %v", comments)
	}
}

func TestOverlay(t *testing.T) {
	root := plant(t, `
-- go.mod --
module a
-- x/x.go --
package x
import "old"
-- x/other.go --
package x
-- y/README --
`)
	tree := scan(t, root, Options{Overlay: map[string][]byte{
		"go.mod":         []byte("module b"),
		"x/x.go":         []byte("package x\nimport \"new\""),
		"x/y.go":         []byte("package x\nimport \"unsaved\""),
		"y/y.go":         []byte("package y\nimport 5"),
		"y/note.txt":     []byte("x"),
		"nowhere/y/z.go": []byte("package z"),
	}})
	check(t, sketch(tree), `
module . b
package x "b/x" of 0: other.go x.go,new y.go,unsaved
package y "b/y" of 0: y.go
! y/y.go:2:8: import path must be a string
`)
}

func TestLinks(t *testing.T) {
	root := plant(t, `
-- a/a.go --
package a
import "x"
`)
	for link, target := range map[string]string{
		"a/loop":       "..",
		"a/self.go":    "self.go",
		"linked":       "a",
		"a/dir.go":     "../a",
		"a/gone.go":    "gone",
		"b/linked.go":  "../a/a.go",
		"a/.#emacs.go": "user@host.1:1",
	} {
		os.MkdirAll(filepath.Dir(filepath.Join(root, link)), 0o755)
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip(err)
		}
	}
	tree := scan(t, root, Options{})
	if len(tree.Problems) != 2 || tree.Problems[0].File != "a/gone.go" || tree.Problems[1].File != "a/self.go" {
		t.Errorf("problems: %v", tree.Problems)
	}
	tree.Problems = nil // whose words are those of the system
	check(t, sketch(tree), `
package a "" of -1: a.go,x
package b "" of -1: linked.go,x
`)
	if tree := scan(t, filepath.Join(root, "linked"), Options{}); tree.Root != filepath.Join(root, "linked") || len(tree.Packages) != 1 {
		t.Errorf("a linked root: %s, %d packages", tree.Root, len(tree.Packages))
	}
}

func TestNoRoot(t *testing.T) {
	root := plant(t, "-- file --\n")
	for _, name := range []string{"nowhere", "file"} {
		if _, err := Scan(context.Background(), filepath.Join(root, name), Options{}); err == nil {
			t.Errorf("Scan(%s): no error", name)
		}
		if _, problems := FindGoModules(filepath.Join(root, name), nil); problems == nil {
			t.Errorf("FindGoModules(%s): no problem", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Scan(ctx, root, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
