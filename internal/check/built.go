package check

import (
	"bytes"
	"go/build"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
)

// built returns a package without the files that are not built here, which
// drivers that look at what is built do not see; or all of it if none is.
func (r *run) built(pkg *imports.Package) *imports.Package {
	here := build.Default
	here.BuildTags = strings.FieldsFunc(r.opt.Tags, func(c rune) bool { return c == ',' || c == ' ' })
	here.OpenFile = func(name string) (io.ReadCloser, error) {
		if src, ok := r.opt.Overlay[path.Join(pkg.Dir, filepath.Base(name))]; ok {
			return io.NopCloser(bytes.NewReader(src)), nil
		}
		return os.Open(name)
	}
	left := *pkg
	left.Files = slices.DeleteFunc(slices.Clone(pkg.Files), func(f *imports.File) bool {
		ok, err := here.MatchFile(filepath.Join(r.config.Dir, filepath.FromSlash(pkg.Dir)), path.Base(f.Path))
		return err == nil && !ok || !here.CgoEnabled && imported(f, "C")
	})
	if len(left.Files) == 0 {
		return pkg
	}
	return &left
}
