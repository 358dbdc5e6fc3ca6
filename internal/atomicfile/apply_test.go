package atomicfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
)

func TestApplyReplaces(t *testing.T) {
	name := put(t, "old", 0o640)
	if err := atomicfile.Apply(atomicfile.Change{Name: name, Old: []byte("old"), New: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	expect(t, name, "new")
	if info, _ := os.Stat(name); runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("permissions became %v", info.Mode().Perm())
	}
	alone(t, filepath.Dir(name))
}

func TestApplyCreates(t *testing.T) {
	name := filepath.Join(t.TempDir(), "new")
	if err := atomicfile.Apply(atomicfile.Change{Name: name, New: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	expect(t, name, "new")
	err := atomicfile.Apply(atomicfile.Change{Name: name, New: []byte("newer")})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second creation: %v", err)
	}
	expect(t, name, "new")
	alone(t, filepath.Dir(name))
}

// One change that cannot be made keeps all from being made.
func TestApplyRefuses(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, file string){
		"was changed":  func(t *testing.T, file string) { must(t, os.WriteFile(file, []byte("theirs"), 0o644)) },
		"is read-only": func(t *testing.T, file string) { must(t, os.Chmod(file, 0o444)) },
		"directory": func(t *testing.T, file string) {
			must(t, os.Chmod(filepath.Dir(file), 0o555))
			t.Cleanup(func() { os.Chmod(filepath.Dir(file), 0o755) })
		},
		"no such file": func(t *testing.T, file string) { must(t, os.Remove(file)) },
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && name != "was changed" {
				t.Skip("permissions and words are others here")
			}
			good, bad := put(t, "old", 0o644), put(t, "old", 0o644)
			spoil(t, bad)
			before, _ := os.ReadFile(bad)
			err := atomicfile.Apply(
				atomicfile.Change{Name: good, Old: []byte("old"), New: []byte("new")},
				atomicfile.Change{Name: bad, Old: []byte("old"), New: []byte("new")})
			if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), filepath.Dir(bad)) {
				t.Errorf("error is %v", err)
			}
			expect(t, good, "old")
			alone(t, filepath.Dir(good))
			alone(t, filepath.Dir(bad))
			if after, _ := os.ReadFile(bad); !bytes.Equal(before, after) {
				t.Errorf("%s became %q", bad, after)
			}
		})
	}
}

// Under the lock nobody's byte is lost.
func TestLock(t *testing.T) {
	name := put(t, "", 0o644)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			unlock, err := atomicfile.Lock(name)
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			old, err := os.ReadFile(name)
			if err == nil {
				err = atomicfile.Apply(atomicfile.Change{Name: name, Old: old, New: append(bytes.Clone(old), 'x')})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	expect(t, name, "xxxxxxxx")
}

func put(t *testing.T, content string, mode fs.FileMode) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(name, []byte(content), 0o644))
	must(t, os.Chmod(name, mode))
	return name
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, name, content string) {
	t.Helper()
	got, err := os.ReadFile(name)
	must(t, err)
	if string(got) != content {
		t.Errorf("%s holds %q, not %q", name, got, content)
	}
}

// alone checks that no temporary file is left.
func alone(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) > 1 {
		t.Errorf("%s holds %v", dir, entries)
	}
}
