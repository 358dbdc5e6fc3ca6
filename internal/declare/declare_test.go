package declare_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/declare"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Whatever the tree and however the file is laid out: after sync there is no
// dependency undeclared and none unused, a second sync changes nothing, and
// the bytes outside the lists are those of before.
func TestSyncIsTrue(t *testing.T) {
	seeds := 200
	if testing.Short() {
		seeds = 40
	}
	for seed := range uint64(seeds) {
		for _, opt := range []declare.Options{{}, {Declare: true}} {
			t.Run(fmt.Sprintf("%d/%v", seed, opt.Declare), func(t *testing.T) {
				w := newWorld(t, rand.New(rand.NewPCG(seed, 7)))
				w.write(t)
				before := w.configs(t)
				sync(t, w.dir, opt)
				after := w.configs(t)
				w.isTrue(t)
				if t.Failed() {
					for _, name := range slices.Sorted(maps.Keys(before)) {
						t.Logf("%s was\n%s\nand is\n%s", name, before[name], after[name])
					}
				}
				for name := range before {
					keeps(t, name, before[name], after[name])
				}
				plan, err := declare.Make(t.Context(), filepath.Join(w.dir, config.FileName), opt)
				if err != nil || len(plan.Changes) > 0 || len(plan.Files) > 0 {
					t.Errorf("a second sync would change %v, %v", plan, err)
				}
			})
		}
	}
}

func sync(t *testing.T, dir string, opt declare.Options) {
	t.Helper()
	plan, err := declare.Make(t.Context(), filepath.Join(dir, config.FileName), opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Apply(plan.Files...); err != nil {
		t.Fatal(err)
	}
}

// A world is a random tree with a random configuration.
type world struct {
	*rand.Rand
	dir     string
	files   map[string]string
	modules []string
	newline string
}

func newWorld(t *testing.T, r *rand.Rand) *world {
	w := &world{Rand: r, dir: t.TempDir(), files: map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n"}, newline: "\n"}
	if w.IntN(4) == 0 {
		w.newline = "\r\n"
	}
	for i := range 3 + w.IntN(5) {
		w.modules = append(w.modules, fmt.Sprintf("products/p%d", i))
	}
	for i := range 2 + w.IntN(4) {
		w.modules = append(w.modules, fmt.Sprintf("libs/l%d", i))
	}
	for _, m := range w.modules {
		var code strings.Builder
		code.WriteString("package facade\n\n")
		for _, to := range w.some(3) {
			if to != m {
				fmt.Fprintf(&code, "import _ \"example.com/m/%s/facade\"%s\n", to, []string{"", "", "", " //boundaries:ignore undeclared-dependency for the test"}[w.IntN(4)])
			}
		}
		w.files[m+"/facade/facade.go"] = code.String()
		code.Reset()
		code.WriteString("package facade\n\n")
		for _, to := range w.some(1) {
			if to != m {
				fmt.Fprintf(&code, "import _ \"example.com/m/%s/facade\"\n", to)
			}
		}
		w.files[m+"/facade/facade_test.go"] = code.String()
	}
	w.files["products/p0/unowned.go"] = "package p0\n\nimport _ \"example.com/m/shared\"\n"
	w.files["shared/shared.go"] = "package shared\n"
	w.configure()
	return w
}

// some returns up to n modules, or names that are none.
func (w *world) some(n int) []string {
	var list []string
	for range w.IntN(n + 1) {
		list = append(list, w.modules[w.IntN(len(w.modules))])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (w *world) configure() {
	var out strings.Builder
	fmt.Fprintf(&out, "# The law.\nproducts = [\"products/*\"] # all of them\nroot_module = %q\n", []string{"ignore", "allow", "forbid"}[w.IntN(3)])
	if w.IntN(3) == 0 {
		fmt.Fprintf(&out, "layers = [\"top\", \"low\"]\nlayers_explicit_depends_on = %v\n", w.IntN(2) == 0)
	} else {
		out.WriteString("layers = [\"top\", \"low\"]\n")
	}
	out.WriteString("contracts.level = \"strict\" # dotted\n")
	if w.IntN(6) == 0 {
		w.inline(&out)
	} else {
		w.tables(&out)
	}
	out.WriteString("\n[rules]\n# [[modules]]\norm-leak = 'warn' # depends_on\n")
	w.files[config.FileName] = strings.ReplaceAll(out.String(), "\n", w.newline)
}

func (w *world) tables(out *strings.Builder) {
	grouped := ""
	for _, shared := range []string{`path = "libs/*"`, `path = "products/*"`, `paths = ["libs/{l0,l1}", "products/p1"]`} {
		if w.IntN(2) == 0 {
			fmt.Fprintf(out, "\n# shared\n[[modules]]\n%s\n%s", shared, w.keys())
			grouped = shared
		}
	}
	modules := slices.Clone(w.modules)
	w.Shuffle(len(modules), func(i, j int) { modules[i], modules[j] = modules[j], modules[i] })
	for _, m := range modules {
		if strings.HasPrefix(grouped, "paths") && slices.Contains([]string{"libs/l0", "libs/l1", "products/p1"}, m) {
			continue // one entry names it already
		}
		switch w.IntN(4) {
		case 0:
		case 1:
			if strings.HasPrefix(m, "products/") {
				w.files[m+"/product.toml"] = strings.ReplaceAll("# of "+m+"\n"+w.keys(), "\n", w.newline)
			}
		default:
			fmt.Fprintf(out, "\n# about %s\n[[modules]] # it\npath = %q # here\n%s", m, m, w.keys())
		}
	}
}

func (w *world) inline(out *strings.Builder) {
	out.WriteString("modules = [ # inline\n")
	for _, m := range append([]string{"libs/*"}, w.modules...) {
		text := fmt.Sprintf("  { path = %q", m)
		if w.IntN(3) > 0 {
			text += ", depends_on = " + w.array()
		}
		out.WriteString(text + " }, # " + m + "\n")
	}
	out.WriteString("]\n")
}

// keys are the keys of an entry.
func (w *world) keys() string {
	if w.IntN(3) == 0 {
		return "" // the path is the last line
	}
	var out strings.Builder
	if w.IntN(4) == 0 {
		out.WriteString("utility = true\n")
	}
	if w.IntN(4) == 0 {
		out.WriteString("layer = \"" + []string{"top", "low"}[w.IntN(2)] + "\" # floor\n")
	}
	if w.IntN(3) > 0 {
		out.WriteString([]string{"depends_on = ", "\"depends_on\"=", "depends_on     = "}[w.IntN(3)] + w.array() + " # truth\n")
	}
	if w.IntN(5) == 0 {
		out.WriteString("cannot_depend_on = [\"libs/l0\"]\n")
	}
	if w.IntN(8) == 0 {
		out.WriteString("unchecked = true\n")
	}
	out.WriteString("owners = [\n  'me', # and you\n]\n")
	return out.String()
}

func (w *world) array() string {
	var elems []string
	for _, m := range append(w.some(4), []string{"libs/*", "products/{p0,p2}", "gone", "<root>"}[w.IntN(4)]) {
		switch w.IntN(4) {
		case 0:
			elems = append(elems, fmt.Sprintf("{ path = %q, deprecated = true, reason = \"#1, not ]\" }", m))
		case 1:
			elems = append(elems, "'"+m+"'")
		default:
			elems = append(elems, fmt.Sprintf("%q", m))
		}
	}
	w.Shuffle(w.IntN(len(elems)+1), func(i, j int) { elems[i], elems[j] = elems[j], elems[i] })
	switch w.IntN(5) {
	case 0:
		return "[]"
	case 1:
		return "[\n  # one\n  " + strings.Join(elems, ", # each\n  ") + ", # last\n  # end\n]"
	case 2:
		return "[" + strings.Join(elems, ",\n              ") + "]"
	case 3:
		return "[\n\t" + strings.Join(elems, ",\n\t") + "\n\t]"
	}
	return "[" + strings.Join(elems, ", ") + "]"
}

func (w *world) write(t *testing.T) {
	t.Helper()
	for name, text := range w.files {
		file := filepath.Join(w.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) configs(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".toml") {
			files[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func (w *world) isTrue(t *testing.T) {
	t.Helper()
	res, err := check.Run(t.Context(), check.Options{Config: filepath.Join(w.dir, config.FileName), Dir: w.dir, Imports: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		if f.Rule == rule.UndeclaredDependency || f.Rule == rule.UnusedDependency || f.Rule == rule.BadConfig {
			t.Errorf("%s:%d: %s (%s)", f.File, f.Line, f.Message, f.Rule)
		}
	}
}

var list = regexp.MustCompile(`(depends_on"?\s*= ?)\[(?:'[^']*'|"[^"]*"|#[^\n]*|[^]#'"])*\]`)

// keeps checks that what is not in a list is as it was, but for new entries
// and keys, and that no comment went.
func keeps(t *testing.T, name string, before, after []byte) {
	t.Helper()
	if bytes.Contains(before, []byte("\r\n")) && bytes.Count(after, []byte("\n")) != bytes.Count(after, []byte("\r\n")) {
		t.Errorf("%s mixes line ends", name)
	}
	rest := list.ReplaceAll(after, []byte("${1}[]"))
	for line := range bytes.Lines(list.ReplaceAll(before, []byte("${1}[]"))) {
		was := bytes.TrimRight(line, "\r\n")
		_, behind, found := bytes.Cut(rest, was)
		if !found && bytes.Contains(was, []byte("{ path")) {
			found = true // an inline table has got a new key
			behind = rest
		}
		if !found {
			t.Errorf("%s lost %q:\n%s\nbecame\n%s", name, line, before, after)
			return
		}
		rest = behind
	}
	comments := regexp.MustCompile(`# [a-zT][a-z ]*`)
	if was, is := comments.FindAll(before, -1), comments.FindAll(after, -1); len(was) != len(is) {
		t.Errorf("%s had comments %q, has %q", name, was, is)
	}
}

// What somebody writes while a plan is made is not overwritten by it.
func TestNothingIsLost(t *testing.T) {
	w := newWorld(t, rand.New(rand.NewPCG(3, 7)))
	w.write(t)
	file := filepath.Join(w.dir, config.FileName)
	plan, err := declare.Make(t.Context(), file, declare.Options{Declare: true})
	if err != nil || len(plan.Files) == 0 {
		t.Fatal(plan, err)
	}
	theirs := []byte("# theirs\n" + w.files[config.FileName])
	if err := os.WriteFile(file, theirs, 0o666); err != nil {
		t.Fatal(err)
	}
	before := w.configs(t)
	if err := atomicfile.Apply(plan.Files...); !errors.Is(err, atomicfile.ErrChanged) {
		t.Errorf("Apply says %v", err)
	}
	for name, text := range w.configs(t) {
		if !bytes.Equal(text, before[name]) {
			t.Errorf("%s was changed", name)
		}
	}
}

// One declares a single dependency, also where that makes a module leave an
// entry it shares for its own.
func TestOne(t *testing.T) {
	w := &world{Rand: rand.New(rand.NewPCG(1, 1)), dir: t.TempDir(), files: map[string]string{
		"go.mod": "module example.com/m\n",
		config.FileName: `[[modules]]
path       = "libs/*"
depends_on = []

[[modules]]
path  = "libs/a"
owners = ["me"]
`,
		"libs/a/a.go": "package a\n\nimport (\n\t_ \"example.com/m/libs/b\"\n\t_ \"example.com/m/libs/c\"\n)\n",
		"libs/b/b.go": "package b\n",
		"libs/c/c.go": "package c\n",
	}}
	w.write(t)
	file := filepath.Join(w.dir, config.FileName)
	c, _ := config.Load(file, nil)
	m, err := check.Remember(t.Context(), c, check.Options{Config: file})
	if err != nil {
		t.Fatal(err)
	}
	needs := m.Needs()
	if len(needs) != 2 {
		t.Fatalf("needs %v", needs)
	}
	sources, err := config.Sources(c)
	if err != nil {
		t.Fatal(err)
	}
	after, err := declare.One(m, sources, needs[0])
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(w.files[config.FileName], "\"libs/a\"\n", "\"libs/a\"\ndepends_on = [\"libs/b\"]\n", 1)
	if got := string(after[config.FileName]); got != want {
		t.Errorf("got:\n%s", got)
	}
}
