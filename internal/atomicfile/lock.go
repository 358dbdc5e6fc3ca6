package atomicfile

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Lock waits until no other run of the program on this machine holds the lock
// of a file, and takes it. The lock lies in the user's cache directory: a tree
// that is only looked at gets no new file.
func Lock(name string) (unlock func(), err error) {
	name, err = filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	dir, err := lockDir()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(name))
	return lockedfile.MutexAt(filepath.Join(dir, fmt.Sprintf("%x", sum[:16]))).Lock()
}

// lockDir is a directory for the locks of this user: in the cache or, where
// there is none to write to, among the temporary files.
func lockDir() (string, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(cache, "boundaries", "locks")
		if os.MkdirAll(dir, 0o777) == nil {
			return dir, nil
		}
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("boundaries-%d", os.Getuid()), "locks")
	return dir, os.MkdirAll(dir, 0o700)
}
