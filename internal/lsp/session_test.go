package lsp

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/editor"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// TestMain lets the test binary be the server, so that sessions go over a
// real pipe between two processes, and the vet tool that check runs.
func TestMain(m *testing.M) {
	if vetunit.Asked(os.Args[1:]) {
		os.Exit(vetunit.Main(os.Args[1:], analyzers.Suite))
	}
	if os.Getenv("SERVE_LSP") != "" {
		if err := Serve(context.Background(), os.Stdin, os.Stdout, "test"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serverCommand returns the command that is the server.
func serverCommand(t *testing.T) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "SERVE_LSP=1", "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	cmd.Stderr = os.Stderr
	return cmd
}

// A session is an editor in a tree of its own.
type session struct {
	*editor.Editor
	t   *testing.T
	ctx context.Context
	dir string
}

// begin unpacks a tree and starts an editor in it.
func begin(t *testing.T, tree string, opt editor.Options) *session {
	t.Helper()
	s := &session{t: t, dir: t.TempDir()}
	if real, err := filepath.EvalSymlinks(s.dir); err == nil {
		s.dir = real
	}
	for _, f := range txtar.Parse([]byte(tree)).Files {
		s.write(f.Name, string(f.Data))
	}
	if opt.Folders == nil {
		opt.Folders = []string{s.dir}
	}
	for i, dir := range opt.Folders {
		if !filepath.IsAbs(dir) {
			opt.Folders[i] = filepath.Join(s.dir, dir)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	s.ctx = ctx
	e, err := editor.Start(ctx, serverCommand(t), opt)
	if err != nil {
		t.Fatal(err)
	}
	s.Editor = e
	t.Cleanup(func() {
		defer cancel()
		if t.Failed() {
			for _, line := range e.Logs() {
				t.Log("server: ", line)
			}
		}
		e.Kill()
	})
	return s
}

func (s *session) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *session) write(name, content string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(content), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) read(name string) string {
	s.t.Helper()
	src, err := os.ReadFile(s.path(name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(src)
}

// open opens a file as it is on the disk.
func (s *session) open(name string) {
	s.t.Helper()
	if err := s.Open(s.ctx, s.path(name), s.read(name)); err != nil {
		s.t.Fatal(err)
	}
}

// edit gives an open file another content.
func (s *session) edit(name, content string) int {
	s.t.Helper()
	version, err := s.Change(s.ctx, s.path(name), content)
	if err != nil {
		s.t.Fatal(err)
	}
	return version
}

// expect waits until exactly the findings wanted are shown in a file, each
// given as "LINE rule".
func (s *session) expect(name string, want ...string) editor.Published {
	s.t.Helper()
	slices.Sort(want)
	ctx, cancel := context.WithTimeout(s.ctx, 20*time.Second)
	defer cancel()
	p, err := s.Wait(ctx, s.path(name), func(p editor.Published) bool {
		return p.Count > 0 && slices.Equal(shown(p), want)
	})
	if err != nil {
		s.t.Fatalf("want %q, got %q: %v", want, shown(p), err)
	}
	return p
}

func shown(p editor.Published) []string {
	list := []string{}
	for _, d := range p.Diagnostics {
		list = append(list, fmt.Sprintf("%d %s", d.Range.Start.Line+1, d.Rule()))
	}
	slices.Sort(list)
	return list
}

const shop = `
-- go.mod --
module example.com/mono

go 1.26
-- boundaries.toml --
products = ["products/*"]

[[modules]]
path = "products/billing"
depends_on = ["products/users"]

[[modules]]
path = "products/users"
depends_on = []
-- products/billing/logic/logic.go --
package logic

import "example.com/mono/products/users/facade"

var _ = facade.Name
-- products/billing/facade/facade.go --
package facade

func Invoice() string { return "" }
-- products/users/facade/facade.go --
package facade

const Name = "users"
-- products/users/models/models.go --
package models

type User struct{ ID int }
`

const logic = "products/billing/logic/logic.go"

// An import that reaches behind the facade is shown while it is being typed,
// and gone when it is mended, all without a save.
func TestUnsavedImport(t *testing.T) {
	s := begin(t, shop, editor.Options{})
	s.open(logic)
	s.expect(logic)
	bad := strings.ReplaceAll(s.read(logic), "users/facade", "users/models")
	version := s.edit(logic, bad)
	p := s.expect(logic, "3 private-import")
	d := p.Diagnostics[0]
	if p.Version != version {
		t.Errorf("diagnostics are for version %d, want %d", p.Version, version)
	}
	if d.Source != "boundaries" || d.Severity != 1 || !strings.Contains(d.CodeDescription.Href, "private_import") {
		t.Errorf("diagnostic lacks source, severity or link: %+v", d)
	}
	if got, want := d.Range, (editor.Range{Start: editor.Position{Line: 2, Character: 7}, End: editor.Position{Line: 2, Character: 47}}); got != want {
		t.Errorf("range %v, want %v", got, want)
	}
	s.edit(logic, s.read(logic))
	s.expect(logic)
	if err := s.Stop(s.ctx); err != nil {
		t.Errorf("stop: %v", err)
	}
}
