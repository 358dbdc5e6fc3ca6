//go:build unix

package imports

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Nobody writes into these pipes: to open one would be to wait forever.
func TestPipes(t *testing.T) {
	root := plant(t, "-- a/a.go --\npackage a\n")
	for _, name := range []string{"a/pipe.go", "go.mod", "a/go.mod", "go.work"} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	check(t, sketch(scan(t, root, Options{})), `
package a "" of -1: a.go
! a/go.mod:0:0: not a regular file
! a/pipe.go:0:0: not a regular file
! go.mod:0:0: not a regular file
`)
}

func TestPermissions(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	root := plant(t, "-- a/a.go --\npackage a\n-- a/b.go --\npackage a\n-- b/b.go --\npackage b\n-- c/go.mod --\nmodule c\n")
	for _, name := range []string{"a/b.go", "b", "c/go.mod"} {
		name := filepath.Join(root, name)
		if err := os.Chmod(name, 0); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(name, 0o755)
	}
	check(t, sketch(scan(t, root, Options{})), `
package a "" of -1: a.go b.go
! a/b.go:0:0: permission denied
! b:0:0: permission denied
! c/go.mod:0:0: permission denied
`)
}

// A huge file costs no more than its head; unless the head is huge as well.
func TestHuge(t *testing.T) {
	root := plant(t, `
-- head/x.go --
package x
import "a"
var x = 1
-- all/x.go --
package x
import "a"
/*
-- binary/x.go --
-- empty/x.go --
`)
	for _, dir := range []string{"head", "all", "binary"} {
		if err := os.Truncate(filepath.Join(root, dir, "x.go"), 1<<30); err != nil {
			t.Skip(err) // a file system without holes, perhaps
		}
	}
	check(t, sketch(scan(t, root, Options{})), `
package all "" of -1: x.go,a
package binary "" of -1: x.go
package empty "" of -1: x.go
package head "" of -1: x.go,a
! all/x.go:0:0: larger than 64 MiB, not read to its end
! binary/x.go:0:0: larger than 64 MiB, not read to its end
! empty/x.go:1:1: expected 'package', found 'EOF'
`)
}
