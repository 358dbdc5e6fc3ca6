package vetunit

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/orm"
)

// By the header of its file a type of a dependency is told to be generated,
// and of a comment the go command knows nothing: its key for a package has the
// export data of the dependencies, which an edit of a comment does not change.
// But it also has what the tool has left for the facts of each direct
// dependency. So a unit leaves a digest there, of the headers of its files and
// of what its own dependencies have left. An edit of a header reaches the
// importers in this way, and no others.
//
// A package of which nothing may be remembered leaves nothing. Whoever looks
// at a header there, or may do so behind its back, is not remembered either.

// heads is what a unit leaves for its importers. It is empty if no file has
// such a header, as of most packages.
type heads struct {
	digest  string
	partial bool // some dependency has left nothing
}

const (
	digestLine  = "headers "
	partialLine = "partial\n"
)

func (h heads) String() string {
	var s string
	if h.digest != "" {
		s = digestLine + h.digest + "\n"
	}
	if h.partial {
		s += partialLine
	}
	return s
}

// heads reads the headers of the unit, and what its dependencies have left.
func (u *unit) heads() (heads, error) {
	var h heads
	var all strings.Builder
	if !u.immutable(u.Dir) {
		for _, name := range u.GoFiles {
			if text := orm.Header(u.written(name)); text != "" {
				fmt.Fprintf(&all, "%s %q\n", filepath.Base(name), text)
			}
		}
	}
	for _, path := range slices.Sorted(maps.Values(u.ImportMap)) {
		if path == "unsafe" || path == "C" || u.Standard[path] {
			continue
		}
		file, ok := u.PackageVetx[path]
		if !ok {
			h.partial = true
			continue
		}
		left, err := os.ReadFile(file)
		if err != nil {
			return h, err
		}
		digest, partial := strings.CutSuffix(string(left), partialLine)
		h.partial = h.partial || partial
		if digest != "" {
			fmt.Fprintf(&all, "%s %s", path, digest)
		}
	}
	if all.Len() > 0 {
		h.digest = fmt.Sprintf("%x", sha256.Sum256([]byte(all.String())))
	}
	return h, nil
}

// keyed reports whether the importer would be asked again if the header that
// was looked at changed.
func (u *unit) keyed(g survey.Glance, h heads) bool {
	_, left := u.PackageVetx[g.Package]
	return u.immutable(filepath.Dir(g.File)) || (left || !h.partial) && strings.HasSuffix(g.File, ".go")
}

// written returns the file that somebody wrote: cgo makes others of them.
func (u *unit) written(name string) string {
	if !u.cgoMade(name) {
		return name
	}
	return filepath.Join(u.Dir, strings.TrimSuffix(filepath.Base(name), ".cgo1.go")+".go")
}

// immutable reports whether the files in a directory never change: those of
// the standard library and of the module cache.
func (u *unit) immutable(dir string) bool {
	for _, home := range []string{os.Getenv("GOROOT"), os.Getenv("GOMODCACHE")} { // set by the go command
		if home != "" && (dir == home || strings.HasPrefix(dir, filepath.Clean(home)+string(filepath.Separator))) {
			return true
		}
	}
	return false
}
