package drivertest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestStale puts every driver that remembers through the same edits. What it
// says after each, twice, is what holds then.
func TestStale(t *testing.T) {
	t.Parallel()
	t.Run("check", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, edited)
		tr.followsEdits(func() answer { return tr.run(".", boundaries, "check", "--rules", edits) })
	})
	t.Run("check in a sub-directory", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, edited)
		tr.followsEdits(func() answer { return tr.run("products", boundaries, "check", "--rules", edits, "./...") })
	})
	t.Run("go vet", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, edited)
		tr.followsEdits(func() answer { return tr.vet("./...") })
	})
	t.Run("go vet in a sub-directory", func(t *testing.T) {
		t.Parallel()
		tr := plant(t, edited)
		tr.followsEdits(func() answer { return tr.run("products", "go", "vet", "-vettool="+boundaries, "./...") })
	})
	t.Run("golangci-lint", func(t *testing.T) {
		t.Parallel()
		lint := golangciLint(t)
		tr := plant(t, edited+"-- .golangci.yml --"+golangciSettings)
		tr.env = []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
		tr.followsEdits(func() answer { return tr.run(".", lint, "run", "--allow-parallel-runners") })
	})
	t.Run("golangci-lint in a sub-directory", func(t *testing.T) {
		t.Parallel()
		lint := golangciLint(t)
		tr := plant(t, edited+"-- .golangci.yml --"+golangciSettings)
		tr.env = []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}
		tr.followsEdits(func() answer { return tr.run("products", lint, "run", "--allow-parallel-runners") })
	})
}

const edited = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
products = ["products/*"]
-- products/billing/facade/facade.go --
package facade

import "example.com/mono/products/billing/models"

func Get() models.Row { return models.Row{} }
-- products/billing/models/models.go --
package models

type Row struct {
	Name string
}
-- products/flags/logic/logic.go --
package logic

import _ "example.com/mono/products/billing/models"
-- products/flags/logic/logic_test.go --
package logic
-- products/flags/cmd/main.go --
package main

import "example.com/mono/products/billing/models"

var _ models.Row

func main() {}
`

// edits are the rules that play a part.
const edits = "private-import,orm-leak,undeclared-dependency"

func (t *tree) followsEdits(run func() answer) {
	t.Helper()
	const strict = "products = [\"products/*\"]\n"
	const mistake = "boundaries.toml:1:1: "
	all := []string{"logic.go:3:8: ", "main.go:3:8: ", "(private-import)", "facade.go:5:12: ", "(orm-leak)", "without declaring it", mistake}
	both := []string{"logic.go:3:8: ", "main.go:3:8: ", "(private-import)", "facade.go:5:12: ", "(orm-leak)"}
	says := func(when string, want ...string) {
		t.Helper()
		for _, again := range []string{"", ", again"} {
			got := run()
			for _, text := range all {
				found := strings.Contains(got.stdout+got.stderr, text)
				if containsAny(text, want) != found {
					t.Errorf("%s%s: found %q is %v, in %v", when, again, text, found, got)
				}
			}
			if failed := got.code != 0; failed != (len(want) > 0) {
				t.Errorf("%s%s: %v", when, again, got)
			}
		}
	}
	remove := func(name string) {
		t.Helper()
		if err := os.Remove(t.path(name)); err != nil {
			t.Fatal(err)
		}
	}

	says("at first", both...)
	t.write("boundaries.toml", strict+"[rules]\nprivate-import = \"off\"\norm-leak = \"off\"\n")
	says("laxer")
	t.write("boundaries.toml", strict)
	says("restored", both...)
	t.write("products/flags/product.toml", "depends_on = []\n")
	says("a stricter product.toml", append(both, "without declaring it")...)
	t.write("products/flags/product.toml", "depends_on = [\"products/billing\"]\n")
	says("a laxer product.toml", both...)
	remove("products/flags/product.toml")
	says("without product.toml", both...)
	if a := t.run(".", boundaries, "check", "--write-baseline"); a.code != 0 {
		t.Fatal(a)
	}
	says("under a baseline")
	t.write("boundaries.baseline.toml", "findings = []\n")
	says("an empty baseline", both...)
	remove("boundaries.baseline.toml")
	says("without a baseline", both...)
	t.write("boundaries.toml", "prodcts = []\n")
	says("broken", mistake)
	t.write("boundaries.toml", strict)
	says("mended", both...)
}

// A golangci-lint with another suite inside does not answer from the cache of
// the first. What it remembers shows in the files of its cache.
func TestGolangciRebuilt(t *testing.T) {
	t.Parallel()
	lint := golangciLint(t)
	tr := plant(t, mono+"-- .golangci.yml --"+golangciSettings)
	cache := t.TempDir()
	tr.env = []string{"GOLANGCI_LINT_CACHE=" + cache}
	remembered := func(program string) int {
		tr.says(tr.run(".", program, "run", "--allow-parallel-runners"), "(private-import)")
		files := 0
		err := filepath.WalkDir(cache, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				files++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	first := remembered(lint)
	if again := remembered(lint); again != first {
		t.Errorf("the same program has left %d files in its cache, and then %d", first, again)
	}
	program, err := os.ReadFile(lint)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "golangci-lint.exe")
	if err := os.WriteFile(other, append(program, "rebuilt"...), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(other, "--version").Run(); err != nil {
		t.Skip("it does not run with something at its end: ", err)
	}
	if rebuilt := remembered(other); rebuilt == first {
		t.Errorf("rebuilt, it has left nothing else than the %d files of the first", first)
	}
}
