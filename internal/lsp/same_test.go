package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/editor"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// What is shown in the files of a story, all of them open, is what check says
// of it: the same findings, at the same places, in the same words.
func TestSameAsCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks every story; not under -short")
	}
	var rules []string
	for _, r := range rule.All() {
		if !r.Fixed {
			rules = append(rules, r.Name)
		}
	}
	for _, story := range ruletest.Stories(t, rules...) {
		t.Run(strings.TrimSuffix(filepath.Base(story), ".txtar"), func(t *testing.T) {
			dir := ruletest.Unpack(t, story)
			if real, err := filepath.EvalSymlinks(dir); err == nil {
				dir = real
			}
			same(t, dir)
		})
	}
}

// The reference monorepo, too: real products on real libraries.
func TestSameAsCheckInShop(t *testing.T) {
	if testing.Short() {
		t.Skip("downloads and compiles the libraries of testdata/shop; not under -short")
	}
	same(t, ruletest.Shop(t))
}

// same opens a tree and waits until what is shown is what check says.
func same(t *testing.T, dir string) {
	t.Helper()
	files := openable(t, dir)
	res, err := check.Run(t.Context(), check.Options{Config: filepath.Join(dir, config.FileName), Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, f := range res.Findings {
		if f.Rule == rule.Incomplete {
			t.Skip("check has no full answer: ", f.Message)
		}
		src, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.File)))
		if err != nil {
			t.Fatal(err)
		}
		text := newText(string(src))
		r := text.rangeOf(text.locate(f.Line, f.Column, f.EndLine, f.EndColumn))
		want[f.File] = append(want[f.File], fmt.Sprintf("%v %s %s %s", r, f.Severity, f.Rule, f.Message))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	cmd := serverCommand(t)
	cmd.Env = append(os.Environ(), "SERVE_LSP=1")
	e, err := editor.Start(ctx, cmd, editor.Options{Folders: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Kill()
	for _, name := range files {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Open(ctx, filepath.Join(dir, name), string(src)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range files {
		rel := filepath.ToSlash(name)
		slices.Sort(want[rel])
		patience, cancel := context.WithTimeout(ctx, time.Minute)
		p, err := e.Wait(patience, filepath.Join(dir, name), func(p editor.Published) bool {
			return p.Count > 0 && slices.Equal(asFindings(p), want[rel])
		})
		cancel()
		if err != nil {
			t.Errorf("%s: check says\n\t%s\nthe editor shows\n\t%s", rel, strings.Join(want[rel], "\n\t"), strings.Join(asFindings(p), "\n\t"))
			for _, line := range e.Logs() {
				t.Log("server: ", line)
			}
		}
	}
}

func asFindings(p editor.Published) []string {
	var list []string
	for _, d := range p.Diagnostics {
		severity := "error"
		if d.Severity == severityWarning {
			severity = "warn"
		}
		list = append(list, fmt.Sprintf("%v %s %s %s", d.Range, severity, d.Rule(), d.Message))
	}
	slices.Sort(list)
	return list
}

// openable returns the files of a tree in which something may be shown.
func openable(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isGo(path) && !isConfig(path) {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		files = append(files, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
