package lsp

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Real editors, where there are some. GOPLS may name a gopls with the suite
// inside; then they are tried with that, too.

func TestNeovim(t *testing.T) {
	inEditor(t, "nvim", "--headless", "--clean", "-n", "-S", "testdata/neovim.lua")
}

func TestEmacs(t *testing.T) {
	inEditor(t, "emacs", "--batch", "--eval", "(package-initialize)", "-l", "testdata/emacs.el")
}

func TestLSPMode(t *testing.T) {
	inEditor(t, "emacs", "--batch", "--eval", "(package-initialize)", "-l", "testdata/lspmode.el")
}

func inEditor(t *testing.T, program string, args ...string) {
	if testing.Short() {
		t.Skip("runs a whole editor; not under -short")
	}
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skip("no ", program, " on PATH")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func(env ...string) func(*testing.T) {
		return func(t *testing.T) {
			dir := t.TempDir()
			files, err := txtar.FS(txtar.Parse([]byte(shop)))
			if err != nil {
				t.Fatal(err)
			}
			root := filepath.Join(dir, "root")
			if err := os.CopyFS(root, files); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), path, args...)
			cmd.Env = append(os.Environ(), "ROOT="+root, "HOME="+dir, "GOPATH="+goEnv(t, "GOPATH"), "GOCACHE="+goEnv(t, "GOCACHE"), "GOPLSCACHE="+dir)
			cmd.Env = append(cmd.Env, env...)
			out, err := cmd.CombinedOutput()
			for _, missing := range []string{"no eglot", "no lsp-mode"} {
				if strings.Contains(string(out), missing) {
					t.Skip("this emacs has ", missing)
				}
			}
			if err != nil || !strings.Contains(string(out), "seen: its shutdown") {
				t.Errorf("%v\n%s", err, out)
			}
		}
	}
	t.Run("lsp", run("SERVER="+exe, "SERVE_LSP=1", "FIX=1"))
	t.Run("gopls", func(t *testing.T) {
		gopls := os.Getenv("GOPLS")
		if gopls == "" {
			t.Skip("GOPLS names no gopls with the suite inside")
		}
		run("SERVER="+gopls, `SETTINGS={"diagnosticsDelay":"100ms"}`)(t)
	})
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
