package vetunit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/roots"
)

// The keys of a run of go vet are the configurations that it has in the key
// by which it remembers. The process that answers -V=full finds them and
// leaves them in a file for the units, which are children of the same go
// command; the file is named after that process.
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
	saved, err := saveKeys(keys)
	if err != nil {
		return err
	}
	if named := os.Getenv(config.EnvVar); named != "" && !saved && !filepath.IsAbs(named) {
		return errRelative(named)
	}
	keys.WriteDigest(h)
	_, err = fmt.Fprintf(stdout, "boundaries version devel buildID=%x\n", h.Sum(nil))
	return err
}

// errRelative is why a name in the environment leads nowhere: a unit runs in the
// directory of its package, and only the keys say where go vet was started.
func errRelative(name string) error {
	return fmt.Errorf("%s=%s is relative, and for want of a cache directory (set HOME or XDG_CACHE_HOME) nothing says to what; name the file by its full path", config.EnvVar, name)
}

// keysFile is the file for the children of a go command. certain says that no
// other process can have the same.
func keysFile() (name string, certain bool, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", false, err
	}
	id, certain := parent()
	return filepath.Join(cache, "boundaries", "vet", fmt.Sprintf("%x.json", sha256.Sum256([]byte(id)))), certain, nil
}

// parent names the process that has started us. Several machines or containers
// may share a home, and each counts its processes from one; a number is used
// again when a process has ended. So where the system tells, the name says
// which boot of which kernel it is, which namespace, and since when it runs.
func parent() (id string, certain bool) {
	host, _ := os.Hostname() // some do without a name
	id = fmt.Sprintf("%s %d", host, os.Getppid())
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return id, false
	}
	namespace, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return id, false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", os.Getppid()))
	if err != nil {
		return id, false
	}
	// The second field is a name in parentheses, which may contain anything.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const since = 22 - 3 // proc(5) counts fields from 1, and these begin with the third
	if len(fields) <= since {
		return id, false
	}
	return fmt.Sprintf("%s %s %s %s", id, boot, namespace, fields[since]), true
}

// A note is what stands in the file. That of a go command with another
// environment is none of ours.
type note struct {
	Env  string // names the configuration
	Keys *roots.Set
}

// saveKeys leaves the keys to the units. Where there is no place for them,
// they will find none, which is right but slow.
func saveKeys(keys *roots.Set) (saved bool, err error) {
	name, certain, err := keysFile()
	if err != nil {
		return false, nil
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, nil
	}
	sweep(dir)
	data, err := json.Marshal(note{os.Getenv(config.EnvVar), keys})
	if err != nil {
		return false, err
	}
	if old, err := os.ReadFile(name); err == nil && certain && !bytes.Equal(old, data) {
		data = nil // one process has asked twice, and who can tell what for?
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		// What another run has left there would be taken for ours.
		if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
			return false, err
		}
		return false, nil
	}
	return true, nil
}

// sweep removes what runs of go vet have left that began long ago. One that
// takes longer goes on without.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// loadKeys returns the keys of the go command that has started us; none if it
// is unknown what they are.
func loadKeys() *roots.Set {
	name, _, err := keysFile()
	if err != nil {
		return &roots.Set{}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return &roots.Set{}
	}
	var n note
	if err := json.Unmarshal(data, &n); err != nil || n.Keys == nil || n.Env != os.Getenv(config.EnvVar) {
		return &roots.Set{}
	}
	return n.Keys
}
