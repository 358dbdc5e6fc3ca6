// Package policy is the law: which module owns a package, what its role is
// there, who may see it, and what to say about an edge between two packages.
// It is pure: no files, no types, strings in and verdicts out. Whoever wants
// to know whether an import is right asks Judge, and there is no other judge.
package policy

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// Root is the path of the module made of unowned packages.
const Root = config.Root

// A Law is a configuration, ready to be asked. It may be used by many
// goroutines at once.
type Law struct {
	Config *config.Config

	// HasDir, if set, tells whether a directory below the root exists, so
	// that messages advise nobody to import what is not there.
	HasDir func(dir string) bool

	goModules  []goModule
	byPath     map[string]string // import path of a Go module to its directory
	roles      []*Role
	entries    entries
	interfaces interfaces
	oneHome    bool // all products lie in one directory, so their names differ

	mu       sync.Mutex
	places   map[string]Place // by directory
	modules  map[string]*Module
	verdicts map[[2]*Module]*dependency
}

// New makes a law of a configuration without problems, for the Go modules of
// the tree.
func New(c *config.Config, goModules []imports.GoModule) *Law {
	l := &Law{
		Config:     c,
		byPath:     map[string]string{},
		roles:      roles(c.Roles),
		entries:    index(c.Modules),
		interfaces: indexInterfaces(c.Interfaces),
		places:     map[string]Place{},
		modules:    map[string]*Module{},
		verdicts:   map[[2]*Module]*dependency{},
	}
	for _, m := range goModules {
		replace := map[string]string{}
		for _, r := range m.Replace {
			replace[r.Old] = r.Dir
		}
		l.goModules = append(l.goModules, goModule{m.Path, m.Dir, replace})
		if _, taken := l.byPath[m.Path]; !taken {
			l.byPath[m.Path] = m.Dir
		}
	}
	l.oneHome = oneHome(c.Products)
	// The longest directory first, so that the first that fits is nearest.
	slices.SortStableFunc(l.goModules, func(a, b goModule) int { return cmp.Compare(len(b.dir), len(a.dir)) })
	return l
}

// oneHome reports whether all products lie directly in one directory.
func oneHome(products []config.Pattern) bool {
	first := ""
	for i, p := range products {
		dir, ok := p.Directory()
		if !ok || i > 0 && dir != first {
			return false
		}
		first = dir
	}
	return true
}

// A goModule says which import paths lie where below the root: Path in Dir,
// and what is below Path below Dir.
type goModule struct {
	path, dir string
	replace   map[string]string // for its own packages, import path to directory
}

// A Place is where a package stands.
type Place struct {
	Path   string  // import path
	InTree bool    // it lies below the root; nothing below is set otherwise
	Dir    string  // directory relative to the root
	Sub    string  // directory relative to the module
	Module *Module // its owner, nil if it is unowned
	Role   *Role   // its role there, nil if it is unowned
}

// Owner returns the path of the module, Root for an unowned package, and ""
// for one that is not in the tree.
func (p Place) Owner() string {
	switch {
	case !p.InTree:
		return ""
	case p.Module == nil:
		return Root
	}
	return p.Module.Path
}

// Is reports whether the package has a role, by name.
func (p Place) Is(role string) bool { return p.Role != nil && p.Role.Name == role }

// Locate returns the place of an import path, as a package in directory from
// (relative to the root) resolves it.
func (l *Law) Locate(importPath, from string) Place {
	dir, ok := l.dirOf(importPath, from)
	if !ok {
		return Place{Path: importPath}
	}
	return l.LocateDir(dir, importPath)
}

// dirOf resolves an import path: by the replacements of the importer's Go
// module, then by the Go module of the tree with the longest matching path. Of
// several with that path the importer's own is meant.
func (l *Law) dirOf(importPath, from string) (dir string, ok bool) {
	own := l.goModuleOf(from)
	if own != nil && len(own.replace) > 0 {
		if dir, _, ok := resolve(own.replace, importPath); ok {
			return dir, true
		}
	}
	dir, module, ok := resolve(l.byPath, importPath)
	if ok && own != nil && own.path == module {
		return path.Join(own.dir, importPath[len(module):]), true
	}
	return dir, ok
}

// goModuleOf returns the Go module whose directory is the nearest above dir.
func (l *Law) goModuleOf(dir string) *goModule {
	for i := range l.goModules {
		if below(dir, l.goModules[i].dir) {
			return &l.goModules[i]
		}
	}
	return nil
}

// ImportPath returns the import path of the package in a directory below the
// root; ok is false if no Go module governs it.
func (l *Law) ImportPath(dir string) (importPath string, ok bool) {
	m := l.goModuleOf(dir)
	if m == nil {
		return "", false
	}
	return path.Join(m.path, rel(m.dir, dir)), true
}

// resolve finds the longest prefix of an import path that leads to a directory.
func resolve(dirs map[string]string, importPath string) (dir, prefix string, ok bool) {
	for prefix = importPath; ; {
		if dir, ok := dirs[prefix]; ok {
			return path.Join(dir, importPath[len(prefix):]), prefix, true
		}
		i := strings.LastIndexByte(prefix, '/')
		if i < 0 {
			return "", "", false
		}
		prefix = prefix[:i]
	}
}

// below reports whether a directory is, or lies below, another.
func below(dir, parent string) bool {
	return parent == "." || dir == parent || strings.HasPrefix(dir, parent) && dir[len(parent)] == '/'
}

// rel returns dir relative to a parent directory.
func rel(parent, dir string) string {
	switch {
	case parent == dir:
		return "."
	case parent == ".":
		return dir
	}
	return dir[len(parent)+1:]
}

// LocateDir returns the place of the package in a directory below the root.
func (l *Law) LocateDir(dir, importPath string) Place {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.places[dir]
	if !ok {
		p = l.locate(dir)
		l.places[dir] = p
	}
	p.Path = importPath
	return p
}

// locate finds the nearest owner of a directory.
func (l *Law) locate(dir string) Place {
	p := Place{InTree: true, Dir: dir, Sub: dir}
	for owner := dir; ; owner = pattern.Parent(owner) {
		product := slices.ContainsFunc(l.Config.Products, func(p config.Pattern) bool { return p.Match(owner) })
		if product || l.entries.match(owner) {
			p.Module = l.module(owner, product)
			p.Sub = rel(owner, dir)
			p.Role = roleOf(l.roles, p.Sub)
			return p
		}
		if owner == "." {
			break
		}
	}
	if l.Config.RootModule == config.RootAllow {
		p.Module = l.module(Root, false)
	}
	return p
}

// Module returns the module at a path, if it is one.
func (l *Law) Module(dir string) (*Module, bool) {
	p := l.LocateDir(dir, "")
	return p.Module, p.Module != nil && p.Module.Path == dir
}

// entries are the [[modules]] and product.toml files, found fast: those that
// name their module by its path, and the few that use wildcards.
type entries struct {
	literal map[string][]candidate
	wild    []candidate
}

type candidate struct {
	path  config.Pattern
	entry *config.Module
}

func index(modules []config.Module) entries {
	e := entries{literal: map[string][]candidate{}}
	for i := range modules {
		for _, p := range modules[i].Paths {
			c := candidate{p, &modules[i]}
			names, ok := p.Literals()
			if !ok {
				e.wild = append(e.wild, c)
			}
			for _, name := range names {
				e.literal[name] = append(e.literal[name], c)
			}
		}
	}
	return e
}

func (e entries) match(dir string) bool {
	return len(e.literal[dir]) > 0 || slices.ContainsFunc(e.wild, func(c candidate) bool { return c.path.Match(dir) })
}

// of returns the entries for a module, the most specific first. A product.toml
// is as specific as can be.
func (e entries) of(dir string) []*config.Module {
	all := slices.Clone(e.literal[dir])
	for _, c := range e.wild {
		if c.path.Match(dir) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		if a.entry.ProductFile != b.entry.ProductFile {
			if a.entry.ProductFile {
				return -1
			}
			return 1
		}
		return pattern.Compare(b.path.Pattern, a.path.Pattern, dir)
	})
	found := make([]*config.Module, len(all))
	for i, c := range all {
		found[i] = c.entry
	}
	return found
}
