package check

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// A Memory is a tree that was read once and can be asked again after each
// change, for an editor that wants its answer before the next key is struck.
// It holds the heads of all Go files and never changes: what differs is
// another Memory, which shares with it all that is the same.
type Memory struct {
	opt      Options
	config   *config.Config
	law      *policy.Law
	tree     *imports.Tree
	excluded *excludes
	glimpse  bool
	left     *sync.Map // see run
}

// Remember reads the tree that a configuration without problems governs. The
// overlay of opt counts for the files it names. The error says that ctx was
// cancelled or that the root cannot be read.
func Remember(ctx context.Context, c *config.Config, opt Options) (*Memory, error) {
	opt.Imports = true
	tree, excluded, err := scan(ctx, c, opt)
	if err != nil {
		return nil, err
	}
	opt.Imports = false
	m := &Memory{opt: opt, config: c, law: lawOf(c, tree), tree: tree, excluded: excluded, left: &sync.Map{}}
	return m.With(opt.Overlay), nil
}

// Glimpse is a Memory of nothing but the Go files of the overlay, for an
// answer about their imports while Remember is still at work.
func Glimpse(c *config.Config, opt Options) *Memory {
	var goModules []imports.GoModule
	known := map[string]bool{}
	for file := range opt.Overlay {
		found, _ := imports.GoModulesFor(c.Dir, path.Dir(file))
		for _, m := range found {
			if !known[m.Dir] {
				known[m.Dir] = true
				goModules = append(goModules, m)
			}
		}
	}
	slices.SortFunc(goModules, func(a, b imports.GoModule) int { return strings.Compare(a.Dir, b.Dir) })
	m := &Memory{
		opt: opt, config: c, law: policy.New(c, goModules), tree: &imports.Tree{Root: c.Dir, GoModules: goModules},
		excluded: newExcludes(c.Exclude), glimpse: true, left: &sync.Map{},
	}
	m.law.HasDir = m.isDir
	return m.With(opt.Overlay)
}

func (m *Memory) isDir(dir string) bool {
	info, err := os.Stat(filepath.Join(m.config.Dir, filepath.FromSlash(dir)))
	return err == nil && info.IsDir()
}

// IsGlimpse reports whether the tree was not read yet.
func (m *Memory) IsGlimpse() bool { return m.glimpse }

// Law is the law that the tree stands under.
func (m *Memory) Law() *policy.Law { return m.law }

// Tree is the tree as it is remembered.
func (m *Memory) Tree() *imports.Tree { return m.tree }

// Under returns the same tree under another configuration, or ok = false if
// that one excludes other directories: then the tree has to be read again.
func (m *Memory) Under(c *config.Config) (_ *Memory, ok bool) {
	same := slices.EqualFunc(m.config.Exclude, c.Exclude, func(a, b config.Pattern) bool { return a.String() == b.String() })
	if !same {
		return nil, false
	}
	n := *m
	n.config, n.law = c, lawOf(c, m.tree)
	if m.glimpse {
		n.law.HasDir = n.isDir
	}
	n.excluded = &excludes{c.Exclude, m.excluded.hit}
	return &n, true
}

// With returns the memory with other contents of some files, by their path
// below the root; nil means that the file is no more. What is no Go file of
// the tree is only noted for those who read it.
func (m *Memory) With(files map[string][]byte) *Memory {
	n := *m
	n.opt.Overlay = maps.Clone(m.opt.Overlay)
	if n.opt.Overlay == nil {
		n.opt.Overlay = map[string][]byte{}
	}
	tree := *m.tree
	tree.Packages = slices.Clone(m.tree.Packages)
	n.tree = &tree
	for _, name := range slices.Sorted(maps.Keys(files)) {
		src := files[name]
		if src == nil {
			delete(n.opt.Overlay, name)
		} else {
			n.opt.Overlay[name] = src
		}
		if n.Holds(name) {
			n.replace(name, src)
		}
	}
	return &n
}

// Reread returns the memory after another look at some files on the disk,
// whatever an overlay said about them.
func (m *Memory) Reread(files ...string) *Memory {
	contents := map[string][]byte{}
	for _, name := range files {
		contents[name] = nil
		full := filepath.Join(m.config.Dir, filepath.FromSlash(name))
		if info, err := os.Stat(full); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if src, err := os.ReadFile(full); err == nil {
			contents[name] = append([]byte{}, src...) // not nil, even if empty
		}
	}
	n := m.With(contents)
	for _, name := range files {
		delete(n.opt.Overlay, name)
	}
	return n
}

// Holds reports whether a file, by its path below the root, is a Go file that
// the tree has or would have.
func (m *Memory) Holds(file string) bool {
	name := path.Base(file)
	if !strings.HasSuffix(name, ".go") || name[0] == '.' || name[0] == '_' {
		return false
	}
	dir := path.Dir(file)
	for element := range strings.SplitSeq(dir, "/") {
		if element != "." && config.SkippedName(element) {
			return false
		}
	}
	return !m.config.Excluded(dir)
}

// replace puts the head of a file into the tree, or takes it out.
func (m *Memory) replace(name string, src []byte) {
	dir := path.Dir(name)
	at, found := findPackage(m.tree.Packages, dir)
	if !found {
		if src == nil {
			return
		}
		pkg := &imports.Package{Dir: dir, GoModule: -1}
		if importPath, ok := m.law.ImportPath(dir); ok {
			pkg.GoModule, pkg.ImportPath = 0, importPath
		}
		m.tree.Packages = slices.Insert(m.tree.Packages, at, pkg)
	}
	pkg := *m.tree.Packages[at]
	pkg.Files = slices.DeleteFunc(slices.Clone(pkg.Files), func(f *imports.File) bool { return f.Path == name })
	if src != nil {
		ours := bytes.Contains(src, []byte("boundaries:")) // then comments count, wherever they stand
		file, _ := imports.ScanFile(name, src, ours)
		pkg.Files = append(pkg.Files, file)
		slices.SortFunc(pkg.Files, func(a, b *imports.File) int { return strings.Compare(a.Path, b.Path) })
	}
	if len(pkg.Files) == 0 {
		m.tree.Packages = slices.Delete(m.tree.Packages, at, at+1)
		return
	}
	m.tree.Packages[at] = &pkg
}

func (m *Memory) run(whole bool) *run {
	return &run{
		opt: m.opt, config: m.config, law: m.law, tree: m.tree, excluded: m.excluded, whole: whole,
		ignores: map[string]*debt.Ignores{},
		left:    m.left,
	}
}

// Package returns what the imports of one package show.
func (m *Memory) Package(dir string) []report.Finding {
	at, found := findPackage(m.tree.Packages, dir)
	if !found || m.tree.Packages[at].GoModule < 0 {
		return nil
	}
	r := m.run(false)
	r.judge(r.place(m.tree.Packages[at]))
	return r.result(map[string]bool{dir: true}).Findings
}

// Whole returns what the whole tree shows: the findings of the rules that
// need it, and for the packages in the directories of look those of Package
// as well.
func (m *Memory) Whole(look map[string]bool) []report.Finding {
	r := m.run(true)
	r.judgeTree(look)
	r.treeRules()
	return r.result(look).Findings
}

// Importers returns the directories of the packages from which an import
// leads, over any number of others, to a package in one of dirs, which are
// among them.
func (m *Memory) Importers(dirs ...string) map[string]bool {
	importers := m.run(true).web(true).importers
	reached := map[string]bool{}
	for _, dir := range dirs {
		reached[dir] = true
	}
	for queue := slices.Clone(dirs); len(queue) > 0; queue = queue[1:] {
		for _, from := range importers[queue[0]] {
			if !reached[from] {
				reached[from] = true
				queue = append(queue, from)
			}
		}
	}
	return reached
}

// NeedTypes returns those of some directories with a package about which a
// rule has something to say that only its types show.
func (m *Memory) NeedTypes(dirs []string) []string {
	selected := map[string]bool{}
	for _, dir := range dirs {
		selected[dir] = true
	}
	var need []string
	for _, pkg := range m.run(false).needTypes(selected) {
		need = append(need, pkg.Dir)
	}
	return need
}

// HasPackage reports whether there are Go files in a directory, others than
// tests.
func (m *Memory) HasPackage(dir string) bool {
	if m.glimpse {
		return m.isDir(dir)
	}
	at, found := findPackage(m.tree.Packages, dir)
	return found && !onlyTests(m.tree.Packages[at])
}
