// Package atomicfile answers: how is a file replaced so that nobody ever sees
// half of it, and nothing is lost that somebody else wrote?
package atomicfile

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// ErrChanged says that a file is not what it was when a change was made up.
var ErrChanged = errors.New("was changed by somebody else meanwhile; run the command again")

// Write replaces the content of a file, or creates it. A reader, or a crash,
// finds the old content or the new, never a part. An existing file keeps its
// permissions, and one behind a symbolic link is replaced where it lies. What
// is read-only is refused.
func Write(name string, content []byte) error {
	s, err := newStage(name, content)
	if err != nil {
		return err
	}
	defer s.discard()
	return s.blame(os.Rename(s.temp, s.name))
}

// A Change is the new content of a file. Old is what the file must still hold
// for the change to be made; nil: the file must not exist.
type Change struct {
	Name     string
	Old, New []byte
}

// Apply is Write for changes that belong together. Everything that can fail
// is tried before the first file is touched: every new content lies on the
// disk, beside its file, and only then are the files replaced.
//
// Its errors name the file and say why; they include [ErrChanged], and
// [fs.ErrExist] for a file that was not to exist.
func Apply(changes ...Change) error {
	var staged []stage
	defer func() {
		for _, s := range staged {
			s.discard()
		}
	}()
	for _, c := range changes {
		if err := c.unchanged(); err != nil {
			return err
		}
		s, err := newStage(c.Name, c.New)
		if err != nil {
			return err
		}
		staged = append(staged, s)
	}
	for i, c := range changes {
		if err := c.finish(staged[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c Change) unchanged() error {
	now, err := os.ReadFile(c.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.Old == nil:
		return nil
	case err != nil:
		return err
	case c.Old == nil:
		return &fs.PathError{Op: "create", Path: c.Name, Err: fs.ErrExist}
	case !bytes.Equal(now, c.Old):
		return fmt.Errorf("%s %w", c.Name, ErrChanged)
	}
	return nil
}

func (c Change) finish(s stage) error {
	if c.Old == nil {
		// A link, unlike a rename, never replaces what is there.
		if err := os.Link(s.temp, s.name); err == nil || errors.Is(err, fs.ErrExist) {
			return s.blame(err)
		}
	}
	if err := c.unchanged(); err != nil {
		return err
	}
	return s.blame(os.Rename(s.temp, s.name))
}

// A stage is where new content waits, and the file it waits for.
type stage struct{ temp, name string }

func (s stage) discard() { _ = os.Remove(s.temp) }

func newStage(name string, content []byte) (s stage, err error) {
	s.name = name
	if real, err := filepath.EvalSymlinks(name); err == nil {
		s.name = real
	}
	var mode fs.FileMode
	switch info, err := os.Stat(s.name); {
	case err == nil && !info.Mode().IsRegular():
		return s, &fs.PathError{Op: "write", Path: name, Err: errors.New("is not a regular file")}
	case err == nil && info.Mode().Perm()&0o222 == 0:
		return s, &fs.PathError{Op: "write", Path: name, Err: errors.New("is read-only")}
	case err == nil:
		mode = info.Mode().Perm()
	}
	if err := Writable(filepath.Dir(s.name)); err != nil {
		return s, err
	}
	// The name begins with a dot, so that nobody takes it for part of a tree.
	s.temp = filepath.Join(filepath.Dir(s.name), ".boundaries-"+rand.Text())
	return s, s.blame(write(s.temp, content, mode))
}

// blame puts the name of the file into an error about its stage, whose own
// name says nothing to anybody.
func (s stage) blame(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return &fs.PathError{Op: "write", Path: s.name, Err: pe.Err}
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		return &fs.PathError{Op: "write", Path: s.name, Err: le.Err}
	}
	return err
}

// Writable says why no file can be made in a directory, if its permissions
// say so. It asks them, because to an administrator the system would grant
// what they deny.
func Writable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory", dir)
	case info.Mode().Perm()&0o222 == 0 && runtime.GOOS != "windows": // there it means something else
		return fmt.Errorf("directory %s is read-only", dir)
	}
	return nil
}

// write writes a new file, with the permissions given or, if mode is 0, those
// that new files have.
func write(name string, content []byte, mode fs.FileMode) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			_ = os.Remove(name)
		}
	}()
	if mode != 0 {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if _, err := f.Write(content); err != nil {
		return err
	}
	return f.Sync()
}
