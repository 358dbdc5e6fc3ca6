package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// Each case is a depends_on as somebody wrote it, and as it is without "b" and
// "z" and with "c" and "e".
var arrays = []struct{ name, old, want string }{
	{"one line", `["a", "b", "d"]`, `["a", "c", "d", "e"]`},
	{"one line, tight", `["a","b"]`, `["a", "c", "e"]`},
	{"one line, airy", `[ "a", "b", ]`, `[ "a", "c", "e", ]`},
	{"unsorted", `["d", "a", "b"]`, `["d", "a", "c", "e"]`},
	{"empty", `[]`, `["c", "e"]`},
	{"emptied", `["b"]`, `["c", "e"]`},
	{"literal strings", `['a', 'b']`, `['a', 'c', 'e']`},
	{"inline tables", `["a", { path = "b", reason = "x ]#," }, { path = "d", deprecated = true }]`,
		`["a", "c", { path = "d", deprecated = true }, "e"]`},
	{"lines", `[
  "a",
  "b",
  "d",
]`, `[
  "a",
  "c",
  "d",
  "e",
]`},
	{"no comma at the end", `[
	"a",
	"b",
	"d"
]`, `[
	"a",
	"c",
	"d",
	"e"
]`},
	{"the last goes", `[
  "a",
  "b"
]`, `[
  "a",
  "c",
  "e",
]`},
	{"comments", `[ # all of it
  # platform
  "a", # first
  "b", # second
  # the rest
  "d", # third
  # that is all
]`, `[ # all of it
  # platform
  "a", # first
  "c",
  # second
  # the rest
  "d", # third
  "e",
  # that is all
]`},
	{"comment without a comma", `[
  "a",
  "b" # why
]`, `[
  "a",
  "c",
  "e",
  # why
]`},
	{"only comments left", `[
    # soon: "q", ]
    "b",
]`, `[
    "c",
    "e",
    # soon: "q", ]
]`},
	{"hanging", `["a",
              "b",
              "d"]`, `["a", "c",
              "d",
              "e"]`},
	{"hanging, the last goes", `["a",
 "d",
 "b"]`, `["a", "c",
 "d",
 "e"]`},
	{"several on a line", `[
  "a", "b",
  "d", "z",
]`, `[
  "a",
  "c",
  "d",
  "e",
]`},
	{"a whole line of several goes", `[
  "a",
  "b", "z",
]`, `[
  "a",
  "c",
  "e",
]`},
	{"comma on its own line", `[
  "a"
  , "b"
  , "d"
]`, `[
  "a"
  , 
  "c",
   "d",
   "e"
]`},
	{"a string over lines", `["a", """b""", '''d''']`, `["a", "c", '''d''', "e"]`},
}

func TestDependKeepsLayout(t *testing.T) {
	for _, newline := range []string{"\n", "\r\n"} {
		for _, a := range arrays {
			t.Run(a.name, func(t *testing.T) {
				old := strings.ReplaceAll("# top\n[[modules]]\npath = \"m\" # m\ndepends_on = "+a.old+" # end\nowners = [\"o\"]\n", "\n", newline)
				want := strings.ReplaceAll("# top\n[[modules]]\npath = \"m\" # m\ndepends_on = "+a.want+" # end\nowners = [\"o\"]\n", "\n", newline)
				got := depend(t, old, []string{"b", "z"}, []string{"e", "c"})
				if got != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			})
		}
	}
}

// depend edits the depends_on of the first module of a file.
func depend(t *testing.T, text string, remove, add []string) string {
	t.Helper()
	c, problems := config.Parse([]byte(text), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m := &c.Modules[0]
	var gone []config.Dependency
	for _, d := range m.DependsOn {
		if slices.Contains(remove, d.String()) {
			gone = append(gone, d)
		}
	}
	e := config.Edit(c, map[string][]byte{config.FileName: []byte(text)})
	if err := e.Depend(m, dependencies(add), gone); err != nil {
		t.Fatal(err)
	}
	return string(e.Bytes()[config.FileName])
}

func dependencies(names []string) []config.Dependency {
	var list []config.Dependency
	for _, name := range names {
		list = append(list, config.Dependency{Pattern: config.Pattern{Pattern: pattern.MustCompile(name)}})
	}
	return list
}

func TestDependBreaksWideLines(t *testing.T) {
	old := "  [[modules]]\n  path = \"m\"\n  depends_on = [\"a/long/path/of/a/module\", \"b/long/path/of/a/module\"]\n"
	got := depend(t, old, nil, []string{"c/long/path/of/a/module", "d/long/path/of/a/module"})
	want := `  [[modules]]
  path = "m"
  depends_on = [
    "a/long/path/of/a/module",
    "b/long/path/of/a/module",
    "c/long/path/of/a/module",
    "d/long/path/of/a/module",
  ]
`
	if got != want {
		t.Errorf("got:\n%s", got)
	}
}

// FuzzDepend holds edits to their promise on any file: what they were asked
// for is done, everything else that the file says is said as before, and no
// comment is lost.
func FuzzDepend(f *testing.F) {
	for _, a := range arrays {
		f.Add("[[modules]]\npath = \"m\"\ndepends_on = "+a.old+"\n", uint8(2))
	}
	f.Add("\xef\xbb\xbfmodules = [{ path = 'm', depends_on = [\"b\", ] } , { path = \"n\" }]\r\n", uint8(1))
	f.Add("[[modules]]\npath=\"m\"\n\"depends_on\"=[\n\"x\"\n#\"y\"\n,\"b\"#\n]\n[rules]\norm-leak='off'", uint8(3))
	f.Fuzz(func(t *testing.T, text string, mask uint8) {
		c, problems := config.Parse([]byte(text), nil)
		if len(problems) > 0 || len(c.Modules) == 0 || c.Modules[0].DependsOn == nil {
			return
		}
		m := &c.Modules[0]
		var gone []config.Dependency
		var want []string
		for i, d := range m.DependsOn {
			if mask>>(i%8)&1 == 1 {
				gone = append(gone, d)
			} else {
				want = append(want, d.String())
			}
		}
		e := config.Edit(c, map[string][]byte{config.FileName: []byte(text)})
		if err := e.Depend(m, dependencies([]string{"new/module", "other"}), gone); err != nil {
			return
		}
		edited := e.Bytes()[config.FileName]
		after, problems := config.Parse(edited, nil)
		if len(problems) > 0 {
			t.Fatalf("%q became %q: %v", text, edited, problems)
		}
		var got []string
		for _, d := range after.Modules[0].DependsOn {
			got = append(got, d.String())
		}
		want = append(want, "new/module", "other")
		if sorted(got) != sorted(want) {
			t.Errorf("%q became %q: depends on %q, want %q", text, edited, got, want)
		}
		if before, now := strings.Count(text, "#"), strings.Count(string(edited), "#"); len(gone) == 0 && before != now {
			t.Errorf("%q became %q: %d comments, not %d", text, edited, now, before)
		}
	})
}

func sorted(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(words, "\n")
}

func TestDeclareAndInsert(t *testing.T) {
	for _, test := range []struct{ name, old, want string }{
		{"tables", `products = ["p/*"]

[[modules]]
path  = "p/a"   # a
layer = "x"

# about b
[[modules]]
path       = "p/b"
interfaces = []

[rules]
`, `products = ["p/*"]

[[modules]]
path  = "p/a"   # a
depends_on = ["q"]
layer = "x"

[[modules]]
path       = "new"
depends_on = ["q"]
owners     = ["me \"o\""]

# about b
[[modules]]
path       = "p/b"
interfaces = []

[rules]
`},
		{"aligned", "layers = [\"x\"]\n[[modules]]\npath          = \"p/a\"\nlayer         = \"x\"", "layers = [\"x\"]\n[[modules]]\npath          = \"p/a\"\ndepends_on    = [\"q\"]\nlayer         = \"x\"\n\n[[modules]]\npath       = \"new\"\ndepends_on = [\"q\"]\nowners     = [\"me \\\"o\\\"\"]"},
		{"inline", `modules = [ { path = "p/a" }, { path = "p/b" } ] # end`,
			`modules = [ { path = "p/a", depends_on = ["q"] }, { path = "new", depends_on = ["q"], owners = ["me \"o\""] }, { path = "p/b" } ] # end`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, _ := config.Parse([]byte(test.old), nil)
			e := config.Edit(c, map[string][]byte{config.FileName: []byte(test.old)})
			e.Declare(&c.Modules[0], dependencies([]string{"q"}))
			e.Insert(&c.Modules[0], config.Entry{Path: "new", DependsOn: dependencies([]string{"q"}), Owners: []string{`me "o"`}})
			if got := string(e.Bytes()[config.FileName]); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// The order of edits is not that of the file: a new entry behind another, and
// then a key at the end of that one. Two new ones need one line break only
// where the file ends without.
func TestEditsInOnePlace(t *testing.T) {
	const old = "[[modules]]\npath = \"p/a\""
	c, _ := config.Parse([]byte(old), nil)
	edited := func(edit func(*config.Editor)) string {
		e := config.Edit(c, map[string][]byte{config.FileName: []byte(old)})
		edit(e)
		return string(e.Bytes()[config.FileName])
	}
	got := edited(func(e *config.Editor) {
		e.Insert(&c.Modules[0], config.Entry{Path: "new"})
		e.Declare(&c.Modules[0], dependencies([]string{"q"}))
	})
	if want := old + "\ndepends_on = [\"q\"]\n\n[[modules]]\npath       = \"new\""; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	got = edited(func(e *config.Editor) {
		e.Insert(nil, config.Entry{Path: "x"})
		e.Insert(nil, config.Entry{Path: "y"})
	})
	if want := old + "\n\n[[modules]]\npath       = \"x\"\n\n[[modules]]\npath       = \"y\"\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
