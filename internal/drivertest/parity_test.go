package drivertest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A sight is what a finding is to people: which rule, where, in what words.
type sight struct {
	rule, file   string
	line, column int
	message      string
}

func (s sight) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s)", s.file, s.line, s.column, s.message, s.rule)
}

// TestParity holds every driver to what the command says of the reference
// monorepo. Rules about the whole tree are the command's alone, and about
// imports it looks at files that are not built here, which the others have to
// be asked about by GOOS and tags.
func TestParity(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: downloads and compiles the libraries of testdata/shop")
	}
	shop := &tree{T: t, dir: filepath.Join(home(t), "testdata", "shop")}
	want := shop.seenByCheck()
	if len(want) < 50 {
		t.Fatalf("the command finds %d things in the shop; there are more", len(want))
	}
	t.Run("go vet", func(t *testing.T) {
		t.Parallel()
		shop := &tree{T: t, dir: shop.dir}
		same(t, want, shop.eachPlatform(shop.seenByVet))
	})
	t.Run("golangci-lint", func(t *testing.T) {
		t.Parallel()
		shop := &tree{T: t, dir: shop.dir}
		lint := golangciLint(t)
		same(t, want, shop.eachPlatform(func() []sight { return shop.seenByGolangci(lint) }))
	})
	t.Run("nogo", func(t *testing.T) { // alone: it runs where the sandbox is
		shop := &tree{T: t, dir: shop.dir}
		same(t, want, shop.eachPlatform(shop.seenByNogo))
	})
}

func same(t *testing.T, want, got []sight) {
	t.Helper()
	words := func(all []sight) []string {
		var lines []string
		for _, s := range all {
			lines = append(lines, s.String())
		}
		return lines
	}
	if diff := gocmp.Diff(words(want), words(got)); diff != "" {
		t.Errorf("(-check +driver):\n%s", diff)
	}
}

// tags are the build tags in the shop.
const tags = "loadtest"

// goModules are the directories of the shop's Go modules.
var goModules = []string{".", "tools", "libs/smtpx"}

// eachPlatform unites what a driver sees on the platforms for which the shop
// has files of their own.
func (t *tree) eachPlatform(see func() []sight) []sight {
	var all []sight
	for _, goos := range []string{"linux", "windows"} {
		t.env = []string{"GOOS=" + goos, "CGO_ENABLED=0"}
		all = append(all, see()...)
	}
	return sorted(all)
}

func sorted(all []sight) []sight {
	slices.SortFunc(all, func(a, b sight) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), cmp.Compare(a.String(), b.String()))
	})
	return slices.Compact(all)
}

func (t *tree) seenByCheck() []sight {
	t.Helper()
	a := t.run(".", boundaries, "check", "--format", "json", "--tags", tags)
	var out struct {
		Diagnostics []struct {
			Rule, File, Message string
			Line, Column        int
		}
	}
	if err := json.Unmarshal([]byte(a.stdout), &out); err != nil {
		t.Fatalf("%v in %v", err, a)
	}
	var all []sight
	for _, d := range out.Diagnostics {
		if r, _ := rule.Find(d.Rule); !r.Tree {
			all = append(all, sight{d.Rule, d.File, d.Line, d.Column, d.Message})
		}
	}
	return sorted(all)
}

var finding = regexp.MustCompile(`^(.+\.go):(\d+):(\d+): (.*) \(([a-z-]+)\)$`)

// sight reads a line of text that a driver printed in a directory.
func (t *tree) sight(dir, line string) (sight, bool) {
	m := finding.FindStringSubmatch(line)
	if m == nil {
		return sight{}, false
	}
	s := sight{rule: m[5], message: m[4]}
	s.line, _ = strconv.Atoi(m[2])
	s.column, _ = strconv.Atoi(m[3])
	name := m[1]
	if !filepath.IsAbs(name) {
		name = filepath.Join(t.path(dir), name)
	}
	rel, err := filepath.Rel(t.dir, name)
	if err != nil {
		t.Fatal(err)
	}
	s.file = filepath.ToSlash(rel)
	return s, true
}

func (t *tree) seenByVet() []sight {
	var all []sight
	for _, dir := range goModules {
		for line := range strings.Lines(t.run(dir, "go", "vet", "-vettool="+boundaries, "-tags="+tags, "./...").stderr) {
			if s, ok := t.sight(dir, strings.TrimSpace(line)); ok {
				all = append(all, s)
			}
		}
	}
	return all
}

const golangciSettings = `
version: "2"
linters:
  default: none
  enable: [boundaries]
  settings:
    custom:
      boundaries:
        type: module
  exclusions:
    generated: disable
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`

func (t *tree) seenByGolangci(lint string) []sight {
	settings := filepath.Join(t.TempDir(), ".golangci.yml")
	if err := os.WriteFile(settings, []byte(golangciSettings), 0o666); err != nil {
		t.Fatal(err)
	}
	var all []sight
	for _, dir := range goModules {
		a := t.run(dir, lint, "run", "-c", settings, "--build-tags", tags, "--path-mode", "abs", "--allow-parallel-runners", "--output.json.path", "stdout", "--output.text.path", os.DevNull, "./...")
		var out struct {
			Issues []struct {
				Text string
				Pos  struct {
					Filename     string
					Line, Column int
				}
			}
		}
		if err := json.NewDecoder(strings.NewReader(a.stdout)).Decode(&out); err != nil {
			t.Fatalf("%v in %v", err, a)
		}
		for _, issue := range out.Issues {
			_, text, _ := strings.Cut(issue.Text, ": ") // the analyzer
			s, ok := t.sight(dir, fmt.Sprintf("%s:%d:%d: %s", issue.Pos.Filename, issue.Pos.Line, issue.Pos.Column, text))
			if !ok {
				t.Errorf("not understood: %+v", issue)
				continue
			}
			all = append(all, s)
		}
	}
	return all
}

// home is the directory of our go.mod.
func home(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
