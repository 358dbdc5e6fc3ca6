package imports

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Modules outside the tree that directives lead to may import what is in it.
func TestBeyond(t *testing.T) {
	top := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":               "module example.com/around\n",
		"go.work":              "go 1.25\nuse ./tree/tools\nuse ./used\nuse ./nothing\nreplace example.com/everywhere => ./e\n",
		"used/go.mod":          "module example.com/used\n",
		"tree/boundaries.toml": "",
		"tree/tools/go.mod":    "module example.com/tools\nreplace example.com/inside => ../inside\nreplace example.com/outside => ../../o\nreplace example.com/other => example.com/fork v1.0.0\n",
		"tree/p/p.go":          "package p\n",
	} {
		write(t, filepath.Join(top, filepath.FromSlash(name)), content)
	}
	got := scan(t, filepath.Join(top, "tree"), Options{}).Beyond
	want := []string{"example.com/around", "example.com/everywhere", "example.com/outside", "example.com/used"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
