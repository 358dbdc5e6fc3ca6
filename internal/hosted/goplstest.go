package hosted

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/editor"
)

// testGopls holds a session with a gopls, and another after it was restarted.
// What it must show is that findings appear, that an edit of the configuration
// counts though nobody tells of it, and that no answer of an earlier time
// comes back from the cache.
func testGopls(ctx context.Context, program string) error {
	dir, err := os.MkdirTemp("", "boundaries-test")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return err
	}
	t := &goplsTest{program: program, dir: dir, file: filepath.Join(dir, "b", "logic", "logic.go")}
	const (
		first  = "products = [\"*\"]\n"
		second = first + "[[modules]]\npath = \"b\"\ndepends_on = []\n[rules]\nprivate-import = \"off\"\nundeclared-dependency = \"warn\"\n"
	)
	for name, content := range map[string]string{
		"go.mod":           "module example.com/mono\n\ngo 1.24\n",
		config.FileName:    first,
		"a/models/m.go":    "package models\n",
		"a/facade/f.go":    "package facade\n",
		"b/logic/logic.go": "package logic\n\nimport _ \"example.com/mono/a/models\"\n",
	} {
		if err := t.write(name, content); err != nil {
			return err
		}
	}
	if err := t.session(ctx,
		step{"a finding appears", "", []string{"error private-import"}},
		step{"a wrong " + config.FileName + " is said to be wrong, once", "products = [\n", []string{"error bad-config"}},
		step{"an edit of " + config.FileName + " takes effect", second, []string{"warning undeclared-dependency"}},
	); err != nil {
		return err
	}
	return t.session(ctx,
		step{"after a restart no old answer comes back", "", []string{"warning undeclared-dependency"}},
		step{"and an edit takes effect", first, []string{"error private-import"}},
	)
}

type goplsTest struct {
	program string
	dir     string
	file    string // the Go file that is open
}

// A step is an edit of the configuration on disk and what is shown after it.
type step struct {
	what  string
	write string // "": nothing
	want  []string
}

func (t *goplsTest) write(name, content string) error {
	name = filepath.Join(t.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(content), 0o666)
}

func (t *goplsTest) session(ctx context.Context, steps ...step) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	var stderr strings.Builder
	cmd := exec.Command(t.program)
	cmd.Dir = t.dir
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPLSCACHE="+filepath.Join(t.dir, ".cache"), config.EnvVar+"=")
	cmd.Stderr = &stderr
	e, err := editor.Start(ctx, cmd, editor.Options{
		Folders:  []string{t.dir},
		Settings: map[string]any{"diagnosticsDelay": "100ms"},
	})
	if err != nil {
		return fmt.Errorf("it does not start: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	defer e.Kill()
	src, err := os.ReadFile(t.file)
	if err != nil {
		return err
	}
	if err := e.Open(ctx, t.file, string(src)); err != nil {
		return err
	}
	for _, s := range steps {
		if s.write != "" {
			if err := t.write(config.FileName, s.write); err != nil {
				return err
			}
		}
		if err := t.see(ctx, e, s); err != nil {
			return err
		}
	}
	return e.Stop(ctx)
}

// see waits until what a step wants is shown.
func (t *goplsTest) see(ctx context.Context, e *editor.Editor, s step) error {
	ctx, cancel := context.WithTimeout(ctx, 45*time.Second)
	defer cancel()
	_, err := e.Wait(ctx, t.file, func(p editor.Published) bool {
		var shown []string
		for _, d := range p.Diagnostics {
			severity := "error"
			if d.Severity != 1 {
				severity = "warning"
			}
			shown = append(shown, severity+" "+d.Rule())
		}
		slices.Sort(shown)
		return slices.Equal(shown, s.want)
	})
	if err != nil {
		return fmt.Errorf("not seen: %s: %w", s.what, err)
	}
	return nil
}
