// Package house holds the repository to its own rules.
package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

func TestMain(m *testing.M) {
	if args := os.Args[1:]; vetunit.Asked(args) {
		os.Exit(vetunit.Main(args, analyzers.Suite))
	}
	os.Exit(m.Run())
}

const root = "../.."

// We live under our own law.
func TestOwnBoundaries(t *testing.T) {
	dir, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	res, err := check.Run(t.Context(), check.Options{Config: filepath.Join(dir, config.FileName), Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		t.Errorf("%s:%d:%d: %s (%s)", f.File, f.Line, f.Column, f.Message, f.Rule)
	}
}

// Every rule has a page with an example or a way out, and every page is that
// of a rule: the catalogue and the documentation are the same list.
func TestPages(t *testing.T) {
	pages := map[string]string{}
	for _, r := range analyzers.Rules() {
		pages[r.Name] = r.Page
	}
	for _, name := range rule.Names() {
		if len(strings.Split(pages[name], "\n\n")) < 3 {
			t.Errorf("rule %s has no page that says what it finds, why it matters and what to do", name)
		}
	}
	for _, a := range analyzers.Suite {
		for _, section := range rule.Sections(a.Doc) {
			if r, ok := rule.Find(section); !ok || r.Analyzer != a.Name {
				t.Errorf("analyzer %s documents %s, which it does not report", a.Name, section)
			}
		}
	}
}

// The table of rules in the README is the catalogue.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	want := section(string(readme), ruleTable())
	if string(readme) == want {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatal("the table of rules in the README is not up to date; run UPDATE=1 go test ./internal/house")
	}
	if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(want), 0o666); err != nil {
		t.Fatal(err)
	}
}

func section(text, content string) string {
	const begin, end = "<!-- BEGIN rules -->\n", "<!-- END rules -->"
	before, rest, _ := strings.Cut(text, begin)
	_, after, _ := strings.Cut(rest, end)
	return before + begin + content + end + after
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("\n| rule | default | reports |\n|---|---|---|\n")
	for _, r := range analyzers.Rules() {
		first, _, _ := strings.Cut(r.Page, "\n\n")
		b.WriteString("| [`" + r.Name + "`](" + r.URL + ") | " + r.Severity + " | " + strings.Join(strings.Fields(first), " ") + " |\n")
	}
	b.WriteString("\n")
	return b.String()
}

// go.mod lists what is needed and no more.
func TestTidy(t *testing.T) {
	if out, err := exec.Command("go", "-C", root, "mod", "tidy", "-diff").CombinedOutput(); err != nil {
		t.Errorf("go mod tidy would change something: %v\n%s", err, out)
	}
}

// The reference monorepo compiles, vets and passes its tests, in all its Go
// modules.
func TestShop(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the reference monorepo with all its libraries; left out under -short")
	}
	shop := filepath.Join(root, "testdata", "shop")
	for _, module := range []string{".", "tools", "libs/smtpx"} {
		for _, verb := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
			cmd := exec.Command("go", verb...)
			cmd.Dir = filepath.Join(shop, module)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("go %s in %s: %v\n%s", strings.Join(verb, " "), module, err, out)
			}
		}
	}
}
