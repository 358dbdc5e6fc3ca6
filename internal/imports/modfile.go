package imports

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Here is what modules needs to know of the files that declare them. Their
// names are relative to the root, and begin with ../ above it.

// replaces returns those replace directives of a file in dir that lead into
// the tree: directories by module path. It notes those that lead out of it.
func (m *modules) replaces(dir string, list []*modfile.Replace) map[string]string {
	found := map[string]string{}
	for _, r := range list {
		if r.New.Version != "" {
			continue // another module, not a directory
		}
		if at, ok := m.resolve(dir, r.New.Path); ok {
			found[r.Old.Path] = at
		} else {
			m.beyond[r.Old.Path] = true
		}
	}
	return found
}

// replace makes m go where the replacements say, whatever it said before.
func (g *GoModule) replace(found map[string]string) {
	for old, dir := range found {
		r := Replace{Old: old, Dir: dir}
		i, ok := slices.BinarySearchFunc(g.Replace, old, func(r Replace, old string) int {
			return strings.Compare(r.Old, old)
		})
		if ok {
			g.Replace[i] = r
		} else {
			g.Replace = slices.Insert(g.Replace, i, r)
		}
	}
}

// resolve returns the directory that a file in dir calls name, and whether it
// belongs to the tree.
func (m *modules) resolve(dir, name string) (string, bool) {
	name = filepath.FromSlash(name)
	if !filepath.IsAbs(name) {
		name = filepath.Join(m.path(dir), name)
	}
	return below(m.root, name)
}

// findUp returns the nearest directory, from the root upwards, with a file of
// that name.
func (m *modules) findUp(name string) (dir string, ok bool) {
	for dir := "."; ; dir = join(dir, "..") {
		if m.isFile(join(dir, name)) {
			return dir, true
		}
		if at := m.path(dir); filepath.Dir(at) == at {
			return "", false
		}
	}
}

// isFile says whether name is a file that can be read without the danger of
// waiting for its end.
func (m *modules) isFile(name string) bool {
	if _, ok := m.overlay[name]; ok {
		return true
	}
	info, err := os.Stat(m.path(name))
	return err == nil && info.Mode().IsRegular()
}

// load returns the content of a file that exists.
func (m *modules) load(name string) ([]byte, bool) {
	if data, ok := m.overlay[name]; ok {
		return data, true
	}
	if info, err := os.Stat(m.path(name)); err == nil && !info.Mode().IsRegular() {
		m.complain(name, errors.New("not a regular file"))
		return nil, false
	}
	data, err := os.ReadFile(m.path(name))
	if err != nil {
		m.complain(name, err)
		return nil, false
	}
	return data, true
}

func (m *modules) path(name string) string {
	return filepath.Join(m.root, filepath.FromSlash(name))
}

// complain notes what is wrong with the file called name, at its lines if
// modfile knows them.
func (m *modules) complain(name string, err error) {
	list, ok := errors.AsType[modfile.ErrorList](err)
	if !ok {
		m.problems = append(m.problems, Problem{File: name, Message: reason(err)})
		return
	}
	for _, e := range list {
		p := Problem{File: name, Line: e.Pos.Line, Column: e.Pos.LineRune}
		e.Filename, e.Pos = "", modfile.Position{} // the message repeats them otherwise
		p.Message = e.Error()
		m.problems = append(m.problems, p)
	}
}

// reason returns what err says beyond the name of the file.
func reason(err error) string {
	if err, ok := errors.AsType[*fs.PathError](err); ok {
		return err.Err.Error()
	}
	return err.Error()
}
