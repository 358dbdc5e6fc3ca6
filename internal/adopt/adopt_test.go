package adopt_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/internal/adopt"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func tree(t *testing.T, archive string) string {
	t.Helper()
	files, err := txtar.FS(txtar.Parse([]byte(archive)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

const slices = `
-- go.mod --
module example.com/m
-- apps/a/api/api.go --
package api
-- apps/a/models/models.go --
package models
-- apps/a/handlers/handlers.go --
package handlers

import (
	_ "example.com/m/apps/b/api"
	_ "example.com/m/apps/c/api"
)
-- apps/b/api/api.go --
package api
-- apps/b/models/models.go --
package models
-- apps/b/service/service.go --
package service

import (
	_ "example.com/m/apps/a/api"
	_ "example.com/m/apps/c/models"
)
-- apps/c/api/api.go --
package api
-- apps/c/models/models.go --
package models
-- apps/c/service/service.go --
package service
`

// A package of the same name that most imports from outside lead to is the
// facade; who passes it by is found.
func TestFacadeByAnotherName(t *testing.T) {
	p, err := adopt.Propose(t.Context(), tree(t, slices), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(p.Text), "[roles.facade]\npackages = [\"api\", \"facade\"]\n") || strings.Contains(string(p.Text), "interfaces") {
		t.Errorf("wrote:\n%s", p.Text)
	}
	private := 0
	for _, f := range p.Findings.Findings {
		if f.Rule == rule.PrivateImport {
			private++
		}
	}
	if private != 1 || p.Products != 3 {
		t.Errorf("finds %d private imports in %d products", private, p.Products)
	}
}

// A service is a module although it has a program; what is nothing but
// programs belongs to no module.
func TestServicesWithPrograms(t *testing.T) {
	p, err := adopt.Propose(t.Context(), tree(t, `
-- go.mod --
module example.com/m
-- services/auth/main.go --
package main
-- services/auth/token/token.go --
package token
-- services/mail/main.go --
package main
-- services/mail/smtp/smtp.go --
package smtp
-- jobs/nightly/main.go --
package main
-- tools/gen/main.go --
package main
-- tools/gen/parse/parse.go --
package parse
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Modules != 2 || !strings.Contains(string(p.Text), "on a surface: jobs, tools.\n") {
		t.Errorf("%d modules:\n%s", p.Modules, p.Text)
	}
}

// What the user does not take for products is modules.
func TestAnswerNo(t *testing.T) {
	var asked []string
	p, err := adopt.Propose(t.Context(), tree(t, slices), func(q string) bool { asked = append(asked, q); return false })
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || asked[0] != "Each in apps/* (3): a product?" {
		t.Errorf("asked %q", asked)
	}
	if p.Products != 0 || p.Modules != 3 {
		t.Errorf("%d products, %d modules:\n%s", p.Products, p.Modules, p.Text)
	}
}

// The stories of the command are trees as well: whatever the tree, what is
// written loads, and check has nothing to say about the file itself.
func TestProposalsAreSound(t *testing.T) {
	stories, err := filepath.Glob("../../testdata/*/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal(stories, err)
	}
	for _, story := range stories {
		t.Run(filepath.Base(story), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(story)
			if err != nil {
				t.Fatal(err)
			}
			dir := tree(t, withoutConfig(string(text)))
			p, err := adopt.Propose(t.Context(), dir, nil)
			if err != nil {
				if strings.Contains(err.Error(), "no Go package") || strings.Contains(err.Error(), "mend it first") {
					t.Skip(err)
				}
				t.Fatal(err)
			}
			if again, err := adopt.Propose(t.Context(), dir, nil); err != nil || string(again.Text) != string(p.Text) {
				t.Errorf("a second proposal differs: %v", err)
			}
			for _, f := range p.Findings.Findings {
				switch f.Rule {
				case rule.BadConfig, rule.DeadConfig, rule.UndeclaredDependency, rule.UnusedDependency, rule.ForbiddenDependency:
					t.Errorf("%s:%d: %s (%s)\n%s", f.File, f.Line, f.Message, f.Rule, p.Text)
				}
			}
		})
	}
}

// withoutConfig leaves the files of an archive that are no configuration of
// ours or another's, and which can be unpacked.
func withoutConfig(text string) string {
	a := txtar.Parse([]byte(text))
	kept := &txtar.Archive{}
	seen := map[string]bool{}
	for _, f := range a.Files {
		base := filepath.Base(f.Name)
		skip := strings.HasSuffix(base, ".toml") || seen[f.Name] || !fs.ValidPath(f.Name)
		seen[f.Name] = true
		if base != config.FileName && !skip {
			kept.Files = append(kept.Files, f)
		}
	}
	return string(txtar.Format(kept))
}
