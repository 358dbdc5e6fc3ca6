package ruletest

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// planted matches "// planted: RULE[, RULE] — why" at the end of the line that
// a finding is about, and "// planted-next: …" alone on the line above it.
var planted = regexp.MustCompile(`(?://|#) planted(-next)?: ([a-z, -]+[a-z]) — `)

// Planted returns the findings planted in testdata/shop, as "file:line rule",
// sorted, for the rules wanted.
func Planted(t *testing.T, wanted ...string) []string {
	t.Helper()
	root := Shop(t)
	var marks []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || d.IsDir() || ext != ".go" && ext != ".toml" {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			m := planted.FindStringSubmatch(lines.Text())
			if m == nil {
				continue
			}
			line := n
			if m[1] != "" {
				line++
			}
			for _, name := range strings.Split(m[2], ", ") {
				if slices.Contains(wanted, name) {
					marks = append(marks, fmt.Sprintf("%s:%d %s", filepath.ToSlash(rel), line, name))
				}
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(marks)
	return marks
}

// Shop is the directory of the reference monorepo.
func Shop(t *testing.T) string {
	t.Helper()
	return filepath.Join(home(t), "testdata", "shop")
}
