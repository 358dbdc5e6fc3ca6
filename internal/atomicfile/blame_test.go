package atomicfile

import (
	"io/fs"
	"os"
	"testing"
)

// Nobody knows the temporary file that an error is about.
func TestErrorsNameTheFile(t *testing.T) {
	s := stage{temp: ".boundaries-X", name: "boundaries.toml"}
	for _, err := range []error{
		&fs.PathError{Op: "open", Path: s.temp, Err: fs.ErrPermission},
		&os.LinkError{Op: "rename", Old: s.temp, New: s.name, Err: fs.ErrPermission},
	} {
		if got, want := s.blame(err).Error(), "write boundaries.toml: permission denied"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := s.blame(nil); err != nil {
		t.Error(err)
	}
}
