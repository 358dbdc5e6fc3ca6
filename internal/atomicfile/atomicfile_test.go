package atomicfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.toml")
	if err := atomicfile.Write(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(name, []byte("two")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != "two" {
		t.Errorf("read %q, %v", got, err)
	}
	if info, _ := os.Stat(name); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode became %v", info.Mode())
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteThroughLink(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	if err := os.WriteFile(name, []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	if err := atomicfile.Write(link, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != "two" {
		t.Errorf("the file behind the link holds %q", got)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
}

func TestWriteDirectory(t *testing.T) {
	if err := atomicfile.Write(t.TempDir(), nil); err == nil {
		t.Error("a directory was written")
	}
}

// Whoever reads while many write sees all of one content.
func TestWriteConcurrently(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() {
			content := strings.Repeat(fmt.Sprint(i), 10_000)
			if err := atomicfile.Write(name, []byte(content)); err != nil && runtime.GOOS != "windows" {
				t.Error(err)
			}
		})
	}
	done := make(chan bool)
	go func() { writers.Wait(); close(done) }()
	for {
		select {
		case <-done:
			return
		default:
		}
		if got, err := os.ReadFile(name); err == nil && string(got) != strings.Repeat(string(got[:1]), 10_000) {
			t.Fatal("half a file was seen")
		}
	}
}
