package imports

import (
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// FindGoModules returns the Go modules that [Scan] would find below root, at
// the price of a walk through the directories: no Go file is read. skip is
// as [Options.Skip].
func FindGoModules(root string, skip func(dir string) bool) ([]GoModule, []Problem) {
	o := FindOutline(root, skip)
	return o.GoModules, o.Problems
}

// GoModulesFor returns the Go modules that can be known from a directory,
// without a walk: those of the go.mod files in dir and above it, those which
// their replace directives lead to, and those which the go.work at or above
// root uses. It is for drivers that see a single package. If dir is not
// absolute, it is a path below root.
func GoModulesFor(root, dir string) ([]GoModule, []Problem) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, []Problem{{File: ".", Message: reason(err)}}
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(root, dir)
	}
	m := &modules{root: root, byDir: map[string]*GoModule{}, beyond: map[string]bool{}}
	if rel, ok := below(root, dir); ok {
		for _, d := range parents(rel) {
			m.addIfThere(d)
		}
	}
	m.above()
	m.workspace()
	slices.SortFunc(m.problems, compareProblems)
	return m.list(), m.problems
}

// modules collects the Go modules of a tree.
type modules struct {
	root     string
	overlay  map[string][]byte
	byDir    map[string]*GoModule // nil where a go.mod does not say its path
	top      string               // the directory above the root whose go.mod governs it, if so
	beyond   map[string]bool      // the paths of the modules that lie outside the tree
	problems []Problem
}

// modules reads the go.mod files that were seen, the one above the root, and
// the go.work.
func (h *harvest) modules(root string, overlay map[string][]byte) *modules {
	m := &modules{root: root, overlay: overlay, byDir: map[string]*GoModule{}, beyond: map[string]bool{}}
	for _, dir := range h.modDirs {
		m.add(dir)
	}
	m.above()
	m.workspace()
	return m
}

// list returns the modules by directory.
func (m *modules) list() []GoModule {
	var list []GoModule
	for _, dir := range slices.Sorted(maps.Keys(m.byDir)) {
		if mod := m.byDir[dir]; mod != nil {
			list = append(list, *mod)
		}
	}
	return list
}

// locate returns the import path of a directory, and the index in list of
// the module that the nearest go.mod above it declares.
func (m *modules) locate(list []GoModule, dir string) (index int, importPath string) {
	for _, d := range parents(dir) {
		mod, ok := m.byDir[d]
		if !ok {
			continue
		}
		if mod == nil {
			return -1, "" // it belongs to a module, but who knows to which
		}
		index, _ := slices.BinarySearchFunc(list, d, func(g GoModule, dir string) int {
			return strings.Compare(g.Dir, dir)
		})
		rest := strings.TrimPrefix(strings.TrimPrefix(dir, "."), strings.TrimPrefix(d, "."))
		return index, path.Join(mod.Path, rest)
	}
	return -1, ""
}

// add reads the go.mod of a directory of the tree, and those of the
// directories to which its replace directives lead.
func (m *modules) add(dir string) {
	if _, ok := m.byDir[dir]; ok {
		return
	}
	mod := m.read(dir)
	m.byDir[dir] = mod
	m.follow(mod)
}

func (m *modules) addIfThere(dir string) bool {
	if !m.isFile(join(dir, "go.mod")) {
		return false
	}
	m.add(dir)
	return true
}

func (m *modules) follow(mod *GoModule) {
	if mod == nil {
		return
	}
	for _, r := range mod.Replace {
		m.addIfThere(r.Dir)
	}
}

// above looks for a go.mod above the root, if the root has none. It says what
// the import path of the root is.
func (m *modules) above() {
	if _, ok := m.byDir["."]; ok {
		return
	}
	top, ok := m.findUp("go.mod")
	if !ok {
		return
	}
	mod := m.read(top)
	if mod != nil {
		m.beyond[mod.Path] = true
		rest, _ := below(m.path(top), m.root)
		mod.Path = path.Join(mod.Path, rest)
		mod.Dir = "."
	}
	m.top = top
	m.byDir["."] = mod
	m.follow(mod)
}

// workspace reads the go.work at or above the root. The modules it uses
// belong to the tree even where nobody looked. Its replace directives hold
// for all modules; those of the modules it uses, for one another.
func (m *modules) workspace() {
	dir, ok := m.findUp("go.work")
	if !ok {
		return
	}
	name := join(dir, "go.work")
	data, ok := m.load(name)
	if !ok {
		return
	}
	work, err := modfile.ParseWork(name, data, nil)
	if err != nil {
		m.complain(name, err)
		return
	}
	used := m.use(name, work.Use)
	shared := map[string]string{}
	for _, mod := range used {
		for _, r := range mod.Replace {
			shared[r.Old] = r.Dir
		}
	}
	for _, mod := range used {
		mod.replace(shared)
	}
	everywhere := m.replaces(dir, work.Replace)
	for _, dir := range everywhere {
		m.addIfThere(dir)
	}
	for _, mod := range m.byDir {
		if mod != nil {
			mod.replace(everywhere)
		}
	}
}

// use adds the modules which the go.work called name uses, and returns them.
func (m *modules) use(name string, list []*modfile.Use) []*GoModule {
	var used []*GoModule
	for _, use := range list {
		dir, inside := m.resolve(path.Dir(name), use.Path)
		switch {
		case dir == m.top:
			dir = "."
		case !inside:
			m.leadsOut(dir)
			continue
		case !m.addIfThere(dir):
			at := use.Syntax.Start
			m.problems = append(m.problems, Problem{name, at.Line, at.LineRune, "use " + use.Path + ": no go.mod there"})
			continue
		}
		if mod := m.byDir[dir]; mod != nil {
			used = append(used, mod)
		}
	}
	return used
}

// leadsOut notes which module a directory outside the tree holds.
func (m *modules) leadsOut(dir string) {
	if data, err := os.ReadFile(m.path(join(dir, "go.mod"))); err == nil && modfile.ModulePath(data) != "" {
		m.beyond[modfile.ModulePath(data)] = true
	}
}

// read reads the go.mod of a directory. It is nil if that does not say which
// module it declares; a file that is wrong elsewhere can still say so.
func (m *modules) read(dir string) *GoModule {
	name := join(dir, "go.mod")
	data, ok := m.load(name)
	if !ok {
		return nil
	}
	mod := &GoModule{Path: modfile.ModulePath(data), Dir: dir}
	file, err := modfile.Parse(name, data, nil)
	if err != nil {
		m.complain(name, err)
	} else if file.Module == nil {
		m.complain(name, errors.New("no module directive"))
	} else {
		mod.Path = file.Module.Mod.Path
		mod.replace(m.replaces(dir, file.Replace))
	}
	if mod.Path == "" {
		return nil
	}
	return mod
}
