package drivertest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// homeless is the environment without a cache directory for us.
func homeless(t *testing.T, goPath string) []string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dirs := strings.Fields(string(out))
	return []string{"HOME=", "XDG_CACHE_HOME=", "LocalAppData=", "GOCACHE=" + dirs[0], "GOMODCACHE=" + dirs[1], "GOPATH=" + goPath}
}

// Units run in the directories of their packages. Where nothing tells them
// where go vet was started, a relative name is refused, once.
func TestVetRelativeConfigurationWithoutKeys(t *testing.T) {
	t.Parallel()
	tr := plant(t, mono)
	tr.write("products/flags/lax.toml", laxMono)
	tr.env = append(homeless(t, tr.path("gopath")), "BOUNDARIES_CONFIG=lax.toml")
	for range 2 {
		a := tr.run("products/flags", "go", "vet", "-vettool="+boundaries, "./...")
		if a.code == 0 || strings.Count(a.stderr, "BOUNDARIES_CONFIG=lax.toml is relative") != 1 || !strings.Contains(a.stderr, "full path") {
			t.Errorf("got %v", a)
		}
	}
	tr.env = append(homeless(t, tr.path("gopath")), "BOUNDARIES_CONFIG="+tr.path("products/flags/lax.toml"))
	tr.says(tr.vet("./products/flags/logic"))
}

// What a message advises does not hang on whether there are keys: a directory
// that belongs to another root is none of this one.
func TestVetSameWordsWithoutKeys(t *testing.T) {
	t.Parallel()
	for _, story := range []string{
		"", // nothing out of the ordinary
		"-- products/billing/facade/boundaries.toml --\n",
		"-- boundaries.toml --\nproducts = [\"products/*\"]\nexclude = [\"products/billing/facade\"]\n",
	} {
		tr := plant(t, mono+story)
		words := func() string {
			var all []string
			for _, line := range findings(tr.vet("./products/flags/logic")) {
				all = append(all, strings.TrimPrefix(line, filepath.ToSlash(tr.dir)+"/"))
			}
			return strings.Join(all, "\n")
		}
		with := words()
		tr.env = homeless(t, tr.path("gopath"))
		if without := words(); without != with || !strings.Contains(with, "(private-import)") {
			t.Errorf("with %q:\n%s\nwithout keys:\n%s", story, with, without)
		}
	}
}
