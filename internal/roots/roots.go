// Package roots answers: which configurations hold for the packages that are
// at hand where a driver was started, and how would one notice that they have
// changed?
package roots

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// A Root is a tree under one configuration.
type Root struct {
	File      string // the configuration file; absolute, symbolic links resolved
	Digest    string // of the configuration
	GoModules []imports.GoModule
	Homes     []string // the directories on which it hangs what messages advise; see policy.Law.Homes

	Config   *config.Config   `json:"-"` // as config.Load returned them
	Problems []config.Problem `json:"-"`
}

// A Set is the roots at hand. It can be written as JSON, which leaves out what
// the configurations say.
type Set struct {
	Named string `json:",omitempty"` // absolute path of the one configuration that somebody named
	Roots []Root
}

// At finds the roots at hand in a directory: the one that the environment
// variable BOUNDARIES_CONFIG names; or those that govern the directory, the Go
// module around it and the modules of its go.work, and what is nested in them.
// Where there is no Go module, nobody looks below: it may be all of a disk, and
// its packages are not looked at as such.
func At(dir string) *Set {
	if named := os.Getenv(config.EnvVar); named != "" {
		if !filepath.IsAbs(named) {
			named = filepath.Join(dir, named)
		}
		return Named(named)
	}
	s := &Set{}
	used, _ := imports.Workspace(dir)
	if module, ok := goModule(dir); ok {
		used = append([]string{module}, used...)
	}
	if file, ok := config.Find(dir); ok {
		s.add(file)
	}
	for _, start := range used {
		if file, ok := config.Find(start); ok {
			s.add(file)
		} else {
			s.nested(start, imports.FindOutline(start, nil))
		}
	}
	return s
}

// goModule returns the directory of the go.mod that governs a directory.
func goModule(dir string) (module string, ok bool) {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && info.Mode().IsRegular() {
			return dir, true
		}
		if filepath.Dir(dir) == dir {
			return "", false
		}
		dir = filepath.Dir(dir)
	}
}

// Named is the set of one configuration file for all packages.
func Named(file string) *Set {
	s := &Set{Named: file}
	s.add(file)
	return s
}

// add notes the configuration in a file, with or without mistakes, and those
// in directories below its own.
func (s *Set) add(file string) {
	if s.Find(file) != nil {
		return
	}
	r, tree := read(file)
	s.Roots = append(s.Roots, *r)
	if s.Named == "" {
		s.nested(r.Config.Dir, tree)
	}
}

// nested notes the configurations below a directory, of which tree is the
// outline.
func (s *Set) nested(dir string, tree imports.Outline) {
	for _, below := range tree.NestedRoots {
		s.add(filepath.Join(dir, filepath.FromSlash(below), config.FileName))
	}
}

// Read reads one root.
func Read(file string) *Root {
	r, _ := read(file)
	return r
}

func read(file string) (*Root, imports.Outline) {
	c, problems := config.Load(file, nil)
	tree := imports.FindOutline(c.Dir, c.Excluded)
	r := &Root{File: realPath(file), Digest: c.Digest, GoModules: tree.GoModules, Config: c, Problems: problems}
	// The baseline is no part of the law.
	if !slices.ContainsFunc(problems, func(p config.Problem) bool { return p.Pos.File != config.BaselineFile }) {
		r.Homes = policy.New(c, r.GoModules).Homes(tree.Dirs)
	}
	return r, tree
}

// Law is the law of a configuration that has the digest of the root, and so no
// problems. It is the same wherever the tree lies, and whatever happens to it.
func (r *Root) Law(c *config.Config) *policy.Law {
	law := policy.New(c, r.GoModules)
	law.HasDir = func(dir string) bool {
		_, found := slices.BinarySearch(r.Homes, dir)
		return found
	}
	return law
}

// Find returns the root of a configuration file, or nil.
func (s *Set) Find(file string) *Root { return s.at(realPath(file)) }

func (s *Set) at(file string) *Root {
	i := slices.IndexFunc(s.Roots, func(r Root) bool { return r.File == file })
	if i < 0 {
		return nil
	}
	return &s.Roots[i]
}

// Governing returns the root whose configuration holds for a directory, or nil
// if none at hand does. A boundaries.toml that has been written since, or lies
// where no walk comes by, such as testdata, plays no part.
func (s *Set) Governing(dir string) *Root {
	if s.Named != "" {
		return s.Find(s.Named)
	}
	for at := realPath(filepath.Join(dir, config.FileName)); ; {
		if r := s.at(at); r != nil {
			return r
		}
		dir := filepath.Dir(at)
		if filepath.Dir(dir) == dir {
			return nil
		}
		at = filepath.Join(filepath.Dir(dir), config.FileName)
	}
}

// WriteDigest writes what tells configurations apart, but not where their
// trees lie: a checkout elsewhere may share what was found. Of a file that
// somebody named it writes the base name, which stands before mistakes in it.
func (s *Set) WriteDigest(w io.Writer) {
	if s.Named != "" {
		fmt.Fprintf(w, "named %q\n", filepath.Base(s.Named))
	}
	for _, r := range s.Roots {
		fmt.Fprintf(w, "root %s %+v %q\n", r.Digest, r.GoModules, r.Homes)
	}
}

// realPath resolves the symbolic links in the directory of a file.
func realPath(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil {
		return file
	}
	return filepath.Join(dir, filepath.Base(file))
}
