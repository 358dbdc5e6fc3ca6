package vetunit

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/boundaries-dev/boundaries/internal/roots"
)

// The keys of a run of go vet are the configurations that it has in the key
// by which it remembers. The process that answers -V=full finds them and
// leaves them in a file for the units, which are children of the same go
// command; the file is named after its process id.
//
// A unit finds its own configuration. If that is one of the keys, bit for bit,
// its answer may be remembered. If it is not, or if there is no such file,
// nobody would notice a later edit, so it may not.

// answerVersion answers -V=full. The go command wants a line of this form, and
// takes what follows buildID= into its keys.
func answerVersion(stdout io.Writer) error {
	h := sha256.New()
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(exe)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	keys := roots.At(wd)
	if err := saveKeys(keys); err != nil {
		return err
	}
	keys.WriteDigest(h)
	_, err = fmt.Fprintf(stdout, "boundaries version devel buildID=%x\n", h.Sum(nil))
	return err
}

// keysFile is the file for the children of a go command.
func keysFile() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(cache, "boundaries", "vet", strconv.Itoa(os.Getppid())+".json"), nil
}

// saveKeys leaves the keys to the units. Where there is no place for them,
// they will find none, which is right but slow.
func saveKeys(keys *roots.Set) error {
	name, err := keysFile()
	if err != nil {
		return nil
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil
	}
	sweep(dir)
	data, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		// What another run has left there would be taken for ours.
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// sweep removes what runs of go vet have left that ended long ago.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// loadKeys returns the keys of the go command that has started us; none if it
// is unknown what they are.
func loadKeys() *roots.Set {
	keys := &roots.Set{}
	name, err := keysFile()
	if err != nil {
		return keys
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return keys
	}
	if err := json.Unmarshal(data, keys); err != nil {
		return &roots.Set{}
	}
	return keys
}
