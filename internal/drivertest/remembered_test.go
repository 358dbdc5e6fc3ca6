package drivertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/check"
)

const (
	strictMono = "products = [\"products/*\"]\n"
	laxMono    = "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\norm-leak = \"off\"\n"
)

// eachGo tries the go command at hand and, if it is in the module cache, the
// one since which whether a package is asked for is part of the keys.
func eachGo(t *testing.T, try func(t *testing.T, env []string)) {
	for _, name := range []string{"local", "go1.27.4"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := []string{"GOTOOLCHAIN=" + name, "GOPROXY=off"}
			cmd := exec.Command("go", "version")
			cmd.Env = append(os.Environ(), env...)
			if out, err := cmd.Output(); err != nil || name != "local" && !strings.Contains(string(out), name) {
				t.Skip("not downloaded")
			}
			try(t, env)
		})
	}
}

// meddling is our program, in a script that copies strict.toml over the
// configuration before it looks at a package in a directory of that name, as
// long as there is a file RACE.
func (t *tree) meddling(dir string) string {
	t.Helper()
	wrapper := filepath.Join(t.TempDir(), "tool")
	script := "#!/bin/sh\n" +
		"case \"$*\" in *.cfg) test -e '" + t.path("RACE") + "' && test \"${PWD##*/}\" = " + dir + " && cp '" + t.path("strict.toml") + "' '" + t.path("boundaries.toml") + "';; esac\n" +
		"exec '" + boundaries + "' \"$@\"\n"
	if err := os.WriteFile(wrapper, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(wrapper, "-flags").Run(); err != nil {
		t.Skip("no shell")
	}
	return wrapper
}

// What was found while somebody edited the configuration, and undid it, is told
// in that run and never again. The go command keeps what a tool prints even if
// the answer is not to be remembered, and would take it for that of a later one.
func TestVetForgetsWhatRacedWithAnEdit(t *testing.T) {
	t.Parallel()
	eachGo(t, vetForgetsWhatRaced)
}

func vetForgetsWhatRaced(t *testing.T, env []string) {
	for name, then := range map[string][]string{
		"asked for":              {"./products/flags/logic"},
		"a dependency":           {"./products/flags/facade", "./products/flags/logic"},
		"with other packages":    {"./...", "./products/flags/logic"},
		"asked for all over":     {"-a ./products/flags/logic", "./products/flags/logic"},
		"in JSON":                {"-json ./products/flags/logic", "./products/flags/logic"},
		"in words, after others": {"-importboundary ./products/flags/logic", "./products/flags/logic"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, mono)
			tr.env = env
			tool := tr.meddling("logic")
			vet := func(args string) answer {
				return tr.run(".", "go", append([]string{"vet", "-vettool=" + tool}, strings.Fields(args)...)...)
			}
			tr.write("strict.toml", strictMono)
			if name == "asked for all over" { // remembered already; -a asks all the same
				tr.write("boundaries.toml", laxMono)
				tr.says(vet("./products/flags/logic"))
			}
			tr.write("boundaries.toml", laxMono)
			tr.write("RACE", "")
			first := "./products/flags/logic"
			if strings.HasPrefix(then[0], "-") {
				first = then[0]
			}
			if a := vet(first); !strings.Contains(a.stdout+a.stderr, "flags imports billing/models") {
				t.Errorf("the edit has not raced: %v", a)
			}
			if err := os.Remove(tr.path("RACE")); err != nil {
				t.Fatal(err)
			}
			tr.write("boundaries.toml", laxMono)
			for range 3 {
				for _, args := range then {
					if a := vet(strings.TrimPrefix(args, "-a ")); a.code != 0 || strings.Contains(a.stdout+a.stderr, "flags imports") {
						t.Errorf("%s: %v", args, a)
					}
				}
			}
		})
	}
}

// The command says that it has seen two configurations, and the next run is as if
// that had not been.
func TestCheckForgetsWhatRacedWithAnEdit(t *testing.T) {
	t.Parallel()
	eachGo(t, checkForgetsWhatRaced)
}

func checkForgetsWhatRaced(t *testing.T, env []string) {
	const lax = strictMono + "[orm]\nignore_types = [\"example.com/mono/products/billing/models.Row\"]\n"
	tr := plant(t, edited)
	tr.env = append(env, "BOUNDARIES_CONFIG="+tr.path("boundaries.toml"))
	tool := tr.meddling("facade")
	vet := func(packages ...string) answer {
		return tr.run(".", "go", append([]string{"vet", "-vettool=" + tool, "-json", "-raw=1"}, packages...)...)
	}
	tr.write("products/shop/logic/logic.go", "package logic\n\nimport _ \"example.com/mono/products/billing/facade\"\n")
	tr.write("strict.toml", strictMono)
	tr.write("boundaries.toml", lax)
	tr.write("RACE", "")
	if a := vet("./products/billing/facade"); a.code == 0 || !strings.Contains(a.stderr, "the configuration has changed") {
		t.Errorf("the edit has not raced: %v", a)
	}
	tr.write("boundaries.toml", lax)
	res, err := check.Run(t.Context(), check.Options{Config: tr.path("boundaries.toml"), Dir: tr.dir, Tool: tool, Rules: []string{"orm-leak"}})
	if err != nil {
		t.Fatal(err)
	}
	if told := strings.Join(lines(res.Findings), "\n"); !strings.Contains(told, " incomplete ") || !strings.Contains(told, "the configuration has changed") {
		t.Errorf("check says %q", told)
	}
	if err := os.Remove(tr.path("RACE")); err != nil {
		t.Fatal(err)
	}
	tr.write("boundaries.toml", lax)
	for range 2 {
		for _, pkg := range []string{"./products/shop/logic", "./products/billing/facade"} { // which imports the second
			if a := vet(pkg); a.code != 0 || strings.Contains(a.stdout, "orm-leak") {
				t.Errorf("%s: %v", pkg, a)
			}
		}
	}
}

// What was changed in one checkout is no business of another.
func TestVetFixStaysInItsCheckout(t *testing.T) {
	t.Parallel()
	eachGo(t, vetFixStays)
}

func vetFixStays(t *testing.T, env []string) {
	first, second := plant(t, writes), plant(t, writes)
	content := func(tr *tree) string {
		src, err := os.ReadFile(tr.path("products/shop/logic/logic.go"))
		if err != nil {
			t.Fatal(err)
		}
		return string(src)
	}
	before := content(first)
	env = append(env, "GOCACHE="+t.TempDir())
	first.env, second.env = env, env
	first.says(first.vetToys("-trimpath", "-fix", "./..."))
	if content(first) == before {
		t.Error("nothing was changed")
	}
	first.write("products/shop/logic/logic.go", before)
	second.says(second.vetToys("-trimpath", "-fix", "./..."))
	if content(first) != before {
		t.Errorf("the first checkout was changed again:\n%s", content(first))
	}
	if content(second) == before {
		t.Error("the second was not changed")
	}
	// And what is undone can be done again, also after somebody has asked for
	// an importer of it.
	second.write("products/shop/logic/logic.go", before)
	second.write("products/shop/web/web.go", "package web\n\nimport _ \"example.com/mono/products/shop/logic\"\n")
	second.says(second.vetToys("-trimpath", "-fix", "./products/shop/web"))
	second.says(second.vetToys("-trimpath", "-fix", "./products/shop/logic"))
	if content(second) == before {
		t.Error("the second was not changed again")
	}
}

// Files as arguments all belong to one package, wherever they lie.
func TestVetTrimmedFileArguments(t *testing.T) {
	t.Parallel()
	const same = "package logic\n\nimport _ \"example.com/mono/products/billing/models\"\n"
	tr := plant(t, mono)
	tr.write("products/billing/logic/logic.go", same)
	tr.write("products/flags/logic/logic.go", same)
	for range 2 {
		tr.says(tr.vet("-trimpath", "products/billing/logic/logic.go"))
		tr.says(tr.vet("-trimpath", "products/flags/logic/logic.go"), private)
	}
}

// A //line directive in a dependency does not make names full.
func TestVetTrimmedInSpiteOfLineDirectives(t *testing.T) {
	t.Parallel()
	cache := "GOCACHE=" + t.TempDir()
	story := mono + `
-- products/billing/models/models.go --
package models

//line /src/models.y:1
type A struct{}
-- products/flags/logic/logic_test.go --
package logic
`
	first, second := plant(t, story), plant(t, story)
	first.env, second.env = []string{cache}, []string{cache}
	first.says(first.vet("-trimpath", "./products/flags/logic"), private)
	a := second.vet("-trimpath", "./products/flags/logic")
	if strings.Contains(a.stderr, filepath.Base(first.dir)+string(filepath.Separator)+"products") && first.dir != second.dir && !strings.Contains(a.stderr, "\n"+private) {
		t.Errorf("the second checkout is told names of the first: %v", a)
	}
	if n := second.units(second.vet("-trimpath", "-x", "./products/flags/logic")); n == 0 {
		t.Error("what was found is remembered")
	}
}
