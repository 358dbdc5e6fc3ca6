package imports

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGoModAbove(t *testing.T) {
	top := plant(t, `
-- go.mod --
module example.com/mono

replace example.com/lib => ./go/shop/lib
replace example.com/far => ./far
-- go/shop/lib/lib.go --
package lib
-- go/shop/shop.go --
package shop
`)
	check(t, sketch(scan(t, filepath.Join(top, "go", "shop"), Options{})), `
module . example.com/mono/go/shop example.com/lib=>lib
package . "example.com/mono/go/shop" of 0: shop.go
package lib "example.com/mono/go/shop/lib" of 0: lib.go
`)
}

func TestBrokenGoMods(t *testing.T) {
	root := plant(t, `
-- go.mod --
module example.com/a

requite x v1.0.0
-- a/a.go --
package a
-- b/go.mod --
// nothing
-- b/c/c.go --
package c
-- d/go.mod --
modul example.com/d
-- d/d.go --
package d
-- e/go.mod --
module example.com/e
-- e/e.go --
package e
`)
	check(t, sketch(scan(t, root, Options{})), `
module . example.com/a
module e example.com/e
package a "example.com/a/a" of 0: a.go
package b/c "" of -1: c.go
package d "" of -1: d.go
package e "example.com/e" of 1: e.go
! b/go.mod:0:0: no module directive
! d/go.mod:1:1: unknown directive: modul
! go.mod:3:1: unknown directive: requite
`)
}

const workspace = `
-- go.work --
go 1.26

use (
	./mono
	./mono/a
	./mono/hidden/c
	./mono/missing
	./far
)

replace example.com/x => ./mono/x
-- far/go.mod --
module example.com/far
-- mono/go.mod --
module example.com/mono

replace example.com/y v1.2.3 => ./y

replace example.com/x => ./elsewhere

replace example.com/z => example.com/zz v1.0.0

replace example.com/far => ../far
-- mono/a/go.mod --
module example.com/a
-- mono/a/a/a.go --
package a
-- mono/b/go.mod --
module example.com/b
-- mono/hidden/c/go.mod --
module example.com/c
-- mono/hidden/c/c.go --
package c
-- mono/y/go.mod --
module example.com/fork
`

func TestWorkspace(t *testing.T) {
	root := filepath.Join(plant(t, workspace), "mono")
	skip := func(dir string) bool { return dir == "hidden" }
	tree := scan(t, root, Options{Skip: skip})
	check(t, sketch(tree), `
module . example.com/mono example.com/x=>x example.com/y=>y
module a example.com/a example.com/x=>x example.com/y=>y
module b example.com/b example.com/x=>x
module hidden/c example.com/c example.com/x=>x example.com/y=>y
module y example.com/fork example.com/x=>x
package a/a "example.com/a/a" of 1: a.go
! ../go.work:7:2: use ./mono/missing: no go.mod there
`)
	modules, problems := FindGoModules(root, skip)
	if diff := cmp.Diff(tree.GoModules, modules); diff != "" {
		t.Errorf("FindGoModules: -Scan +got\n%s", diff)
	}
	if diff := cmp.Diff(tree.Problems, problems); diff != "" {
		t.Errorf("FindGoModules: -Scan +got\n%s", diff)
	}
}

// Without a walk, b is found only by those who stand in it.
func TestGoModulesFor(t *testing.T) {
	root := filepath.Join(plant(t, workspace), "mono")
	const common = `
module . example.com/mono example.com/x=>x example.com/y=>y
module a example.com/a example.com/x=>x example.com/y=>y
`
	const rest = `module hidden/c example.com/c example.com/x=>x example.com/y=>y
module y example.com/fork example.com/x=>x
`
	modules, problems := GoModulesFor(root, filepath.Join(root, "a", "a"))
	check(t, sketchModules(modules), common+rest)
	check(t, sketchProblems(problems), "! ../go.work:7:2: use ./mono/missing: no go.mod there\n")

	modules, _ = GoModulesFor(root, "b")
	check(t, sketchModules(modules), common+"module b example.com/b example.com/x=>x\n"+rest)

	modules, _ = GoModulesFor(filepath.Join(root, "a"), filepath.Join(root, "a", "a"))
	check(t, sketchModules(modules), "module . example.com/a\n")
}

func TestBrokenGoWork(t *testing.T) {
	root := plant(t, "-- go.work --\nuse (\n-- go.mod --\nmodule a\n")
	check(t, sketch(scan(t, root, Options{})), `
module . a
! go.work:2:1: syntax error (unterminated block started at go.work:1:1)
`)
}

// In the workspace of a module above the root, that module is the root's.
func TestWorkspaceAbove(t *testing.T) {
	top := plant(t, `
-- go.work --
use .
use ./sub/tool
-- go.mod --
module example.com/mono
replace example.com/x => ./sub/x
-- sub/tool/go.mod --
module example.com/tool
`)
	check(t, sketch(scan(t, filepath.Join(top, "sub"), Options{})), `
module . example.com/mono/sub example.com/x=>x
module tool example.com/tool example.com/x=>x
`)
}
