// Package ruletest holds the rules to their stories: the txtar archives in
// testdata/rules. A story is prose, then a tree with go.mod, boundaries.toml
// and code, in which each line with a finding says so:
//
//	import "example.com/mono/products/billing/models" // want `keeps private.*\(private-import\)`
//
// In boundaries.toml the mark is "# want". The expression must match the
// message, with the rule's name in parentheses at its end, as go vet prints
// it; every finding must be wanted.
package ruletest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Stories returns the archives whose name begins with one of the rules.
func Stories(t *testing.T, rules ...string) []string {
	t.Helper()
	var stories []string
	for _, name := range rules {
		found, err := filepath.Glob(filepath.Join(home(t), "testdata", "rules", name+"_*.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("rule %s has no story", name)
		}
		stories = append(stories, found...)
	}
	return stories
}

// home is the directory of our go.mod.
func home(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// Unpack writes a story to a new directory.
func Unpack(t *testing.T, story string) string {
	t.Helper()
	archive, err := txtar.ParseFile(story)
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Analyzer tells the stories of rules to their analyzer, one subtest each.
func Analyzer(t *testing.T, a *analysis.Analyzer, rules ...string) {
	for _, story := range Stories(t, rules...) {
		t.Run(strings.TrimSuffix(filepath.Base(story), ".txtar"), func(t *testing.T) {
			t.Parallel()
			analysistest.Run(t, Unpack(t, story), WithRuleNames(a), "./...")
		})
	}
}

// WithRuleNames returns an analyzer whose messages end in the rule's name.
func WithRuleNames(a *analysis.Analyzer) *analysis.Analyzer {
	named := *a
	named.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) {
			d.Message += " (" + d.Category + ")"
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &named
}

// Check tells the stories of rules to the command's check. only names the
// rules to look for; nil means all.
func Check(t *testing.T, only []string, rules ...string) {
	for _, story := range Stories(t, rules...) {
		t.Run(strings.TrimSuffix(filepath.Base(story), ".txtar"), func(t *testing.T) {
			t.Parallel()
			dir := Unpack(t, story)
			opt := check.Options{Config: filepath.Join(dir, config.FileName), Dir: dir, Rules: only}
			res, err := check.Run(t.Context(), opt)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, dir, res, only)
		})
	}
}

// compare matches findings against the marks of a tree.
func compare(t *testing.T, dir string, res *check.Result, only []string) {
	t.Helper()
	wants := marks(t, dir)
	for _, f := range res.Findings {
		line := fmt.Sprintf("%s:%d", f.File, f.Line)
		text := fmt.Sprintf("%s (%s)", f.Message, f.Rule)
		i := slices.IndexFunc(wants[line], func(re *regexp.Regexp) bool { return re.MatchString(text) })
		if i < 0 {
			t.Errorf("%s: unexpected finding: %s", line, text)
			continue
		}
		wants[line] = slices.Delete(wants[line], i, i+1)
	}
	for line, left := range wants {
		for _, re := range left {
			if concerns(re.String(), only) {
				t.Errorf("%s: no finding matches %s", line, re)
			}
		}
	}
}

// concerns reports whether a mark names one of the rules.
func concerns(mark string, only []string) bool {
	if only == nil {
		return true
	}
	return slices.ContainsFunc(only, func(name string) bool { return strings.Contains(mark, "("+name) || strings.Contains(mark, `\(`+name) })
}

var mark = regexp.MustCompile("(?:// ?|# ?)want((?: (?:\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`))+)")
var quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// marks reads the marks of a tree, by "file:line".
func marks(t *testing.T, dir string) map[string][]*regexp.Regexp {
	t.Helper()
	wants := map[string][]*regexp.Regexp{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".toml") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(src), "\n") {
			for _, m := range mark.FindAllStringSubmatch(line, -1) {
				for _, q := range quoted.FindAllString(m[1], -1) {
					text, err := strconv.Unquote(q)
					if err != nil {
						return err
					}
					at := fmt.Sprintf("%s:%d", filepath.ToSlash(rel), i+1)
					wants[at] = append(wants[at], regexp.MustCompile(text))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wants
}

// Of returns the names of the rules that an analyzer reports.
func Of(analyzer string) []string {
	var names []string
	for _, r := range rule.All() {
		if r.Analyzer == analyzer && !r.Fixed {
			names = append(names, r.Name)
		}
	}
	return names
}
