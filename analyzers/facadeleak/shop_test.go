package facadeleak_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/boundaries-dev/boundaries/analyzers/crossrelation"
	"github.com/boundaries-dev/boundaries/analyzers/facadeleak"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// TestShop holds the rules to the reference monorepo, which is built on the
// real libraries: they find what is planted there, and nothing else.
func TestShop(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks testdata/shop and the libraries below it")
	}
	root, err := filepath.Abs("../../testdata/shop")
	if err != nil {
		t.Fatal(err)
	}
	rules := slices.Concat(ruletest.Of("facadeleak"), ruletest.Of("crossrelation"))
	want := planted(t, root, rules)
	got := map[string]bool{}
	config := &packages.Config{Mode: packages.LoadAllSyntax &^ packages.NeedDeps, Dir: root}
	pkgs, err := packages.Load(config, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("the shop does not compile")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{facadeleak.Analyzer, crossrelation.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if !act.IsRoot || act.Err != nil {
			continue
		}
		for _, d := range act.Diagnostics {
			posn := act.Package.Fset.PositionFor(d.Pos, false)
			rel, err := filepath.Rel(root, posn.Filename)
			if err != nil {
				t.Fatal(err)
			}
			finding := fmt.Sprintf("%s:%d: %s", filepath.ToSlash(rel), posn.Line, d.Category)
			if !want[finding] && !got[finding] {
				t.Errorf("not planted: %s: %s", finding, d.Message)
			}
			got[finding] = true
		}
	}
	for finding := range want {
		if !got[finding] {
			t.Errorf("not found: %s", finding)
		}
	}
	t.Logf("%d planted", len(want))
}

var (
	plant     = regexp.MustCompile(`// planted: ([a-z, -]+?) — `)
	plantNext = regexp.MustCompile(`// planted-next: ([a-z, -]+?) — `)
)

// planted reads the marks of a tree for some rules, as "file:line: rule".
func planted(t *testing.T, root string, rules []string) map[string]bool {
	t.Helper()
	marks := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			at, m := n, plant.FindStringSubmatch(lines.Text())
			if m == nil {
				at, m = n+1, plantNext.FindStringSubmatch(lines.Text())
			}
			if m == nil {
				continue
			}
			for _, name := range strings.Split(m[1], ", ") {
				if slices.Contains(rules, name) {
					marks[fmt.Sprintf("%s:%d: %s", filepath.ToSlash(rel), at, name)] = true
				}
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return marks
}
