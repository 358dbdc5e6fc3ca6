package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const outlined = `
-- go.mod --
module example.com/mono
-- a/a.go --
package a
-- nested/boundaries.toml --
-- nested/again/boundaries.toml --
-- old/x/go.mod --
module example.com/old
-- old/x/y/boundaries.toml --
-- old/x/y/z/boundaries.toml --
-- old/testdata/boundaries.toml --
-- very/old/boundaries.toml --
-- testdata/boundaries.toml --
`

// What is skipped may hold roots of its own, and nothing else of interest.
func TestOutline(t *testing.T) {
	root := plant(t, outlined)
	skip := func(dir string) bool { return dir == "old" || dir == "very" || strings.HasPrefix(dir, "very/") }
	o := FindOutline(root, skip)
	want := Outline{
		GoModules:   []GoModule{{Path: "example.com/mono", Dir: "."}},
		NestedRoots: []string{"nested", "old/x/y", "very/old"},
		Dirs:        []string{".", "a"},
	}
	if diff := cmp.Diff(want, o); diff != "" {
		t.Errorf("outline (-want +got):\n%s", diff)
	}
	if tree := scan(t, root, Options{Skip: skip}); !cmp.Equal(tree.NestedRoots, []string{"nested"}) || !cmp.Equal(tree.GoModules, o.GoModules) {
		t.Errorf("a scan finds %q and %v", tree.NestedRoots, tree.GoModules)
	}
	for dir, want := range map[string]bool{
		".": true, "a": true, "a/a.go": false, "nowhere": false, "nested": false, "nested/again": false, "old": false, "old/x": false, "testdata": false,
	} {
		if LooksInto(root, dir, skip) != want {
			t.Errorf("LooksInto(%q) = %v", dir, !want)
		}
	}
	if err := os.Remove(filepath.Join(root, "nested", "boundaries.toml")); err != nil {
		t.Fatal(err)
	}
	if !LooksInto(root, "nested", skip) || LooksInto(root, "nested/again", skip) {
		t.Error("nested is no root now, and nested/again is")
	}
}
