package check

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// excludes are the exclude patterns, each with whether it kept the scan from
// a directory.
type excludes struct {
	patterns []config.Pattern
	hit      []atomic.Bool
}

func newExcludes(patterns []config.Pattern) *excludes {
	return &excludes{patterns, make([]atomic.Bool, len(patterns))}
}

// skip is asked from many goroutines at once. It looks at every pattern, so
// that which are hit does not depend on their order.
func (e *excludes) skip(dir string) bool {
	skipped := false
	for i := range e.patterns {
		if dir != "." && e.patterns[i].Match(dir) {
			e.hit[i].Store(true)
			skipped = true
		}
	}
	return skipped
}

// A census is the directories and modules that a configuration can name.
type census struct {
	dirs    []string
	modules map[string][]string // directories of each module, relative to it
	names   []string            // the modules, sorted
}

// A registry answers from the census of what was scanned and, for what is not
// there, from that of all directories: those that are excluded, or belong to
// another root, still have owners.
type registry struct {
	seen *census
	all  func() *census
}

func (r *run) registry() *registry {
	return &registry{r.census(r.tree.Dirs), sync.OnceValue(func() *census { return r.census(r.allDirs()) })}
}

func (r *run) census(dirs []string) *census {
	c := &census{dirs: dirs, modules: map[string][]string{}}
	for _, dir := range dirs {
		if p := r.law.LocateDir(dir, ""); p.Module != nil {
			c.modules[p.Module.Path] = append(c.modules[p.Module.Path], p.Sub)
		}
	}
	c.names = slices.Sorted(maps.Keys(c.modules))
	return c
}

// allDirs lists the directories below the root that Go would look into.
func (r *run) allDirs() []string {
	var dirs []string
	_ = filepath.WalkDir(r.config.Dir, func(name string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(r.config.Dir, name)
		switch {
		case d == nil || !d.IsDir():
			return nil
		case err != nil || relErr != nil || rel != "." && config.SkippedName(d.Name()):
			return filepath.SkipDir
		}
		dirs = append(dirs, filepath.ToSlash(rel))
		return nil
	})
	slices.Sort(dirs)
	return dirs
}

// either asks the census of what was scanned, then that of all.
func (g *registry) either(ask func(*census) bool) bool { return ask(g.seen) || ask(g.all()) }

// dir reports whether a pattern names a directory below the root.
func (g *registry) dir(p pattern.Pattern) bool {
	return g.either(func(c *census) bool {
		if literals, ok := p.Literals(); ok {
			return slices.ContainsFunc(literals, c.hasDir)
		}
		return slices.ContainsFunc(c.dirs, p.Match)
	})
}

func (c *census) hasDir(dir string) bool {
	_, ok := slices.BinarySearch(c.dirs, dir)
	return ok
}

// module reports whether a pattern names a module.
func (g *registry) module(p pattern.Pattern) bool {
	return p.String() == config.Root || g.either(func(c *census) bool {
		if literals, ok := p.Literals(); ok {
			return slices.ContainsFunc(literals, c.hasModule)
		}
		return slices.ContainsFunc(c.names, p.Match)
	})
}

func (c *census) hasModule(name string) bool {
	_, ok := c.modules[name]
	return ok
}

// exposed reports whether a package that a surface exposes exists in one of
// the modules that the patterns match; nil means all.
func (g *registry) exposed(from []config.Pattern, e config.Exposure) bool {
	return g.either(func(c *census) bool {
		return slices.ContainsFunc(c.matching(from), func(name string) bool {
			return slices.ContainsFunc(c.modules[name], e.Package.Match)
		})
	})
}

// matching returns the modules that one of the patterns matches.
func (c *census) matching(patterns []config.Pattern) []string {
	if patterns == nil {
		return c.names
	}
	var names []string
	for _, p := range patterns {
		if literals, ok := p.Literals(); ok {
			names = append(names, literals...)
			continue
		}
		for _, name := range c.names {
			if p.Match(name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// meant guesses which module was meant by a pattern that names none.
func (g *registry) meant(p pattern.Pattern) string {
	if near := config.Nearest(p.String(), g.seen.names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "remove it or name one that exists"
}

// deadConfig reports what the configuration says about nothing, and returns
// where.
func (r *run) deadConfig() map[config.Pos]bool {
	c := r.registry()
	d := &obituary{run: r, dead: map[config.Pos]bool{}}
	d.products(c)
	d.excludes()
	for i := range r.config.Modules {
		d.module(c, &r.config.Modules[i])
	}
	for _, i := range r.config.Interfaces {
		d.iface(c, i)
	}
	for _, role := range r.config.Roles {
		d.role(c, role)
	}
	for _, x := range r.config.External {
		for _, p := range x.Only {
			d.unless(c.dir(p.Pattern), p.Pos, "only of [[external]] names %q, but there is no such directory; remove it or name one that exists", p)
		}
	}
	return d.dead
}

// An obituary collects dead configuration.
type obituary struct {
	run  *run
	dead map[config.Pos]bool
}

func (d *obituary) unless(alive bool, pos config.Pos, format string, args ...any) {
	if alive {
		return
	}
	d.dead[pos] = true
	d.run.findings = append(d.run.findings, at(rule.DeadConfig, pos, fmt.Sprintf(format, args...)))
}

func (d *obituary) products(c *registry) {
	for _, p := range d.run.config.Products {
		d.unless(c.dir(p.Pattern), p.Pos, "products has %q, which matches no directory; remove it or name one that exists", p)
	}
	for _, file := range d.run.tree.ProductFiles {
		dir := path.Dir(file)
		isProduct := slices.ContainsFunc(d.run.config.Products, func(p config.Pattern) bool { return p.Match(dir) })
		d.unless(isProduct, config.Pos{File: file, Line: 1, Column: 1, EndColumn: 1},
			"%s lies in a directory that is no product; remove it or add the directory to products", config.ProductFile)
	}
}

func (d *obituary) excludes() {
	subdirs := func(dir string) []string {
		entries, _ := os.ReadDir(filepath.Join(d.run.config.Dir, filepath.FromSlash(dir)))
		var names []string
		for _, e := range entries {
			if e.IsDir() {
				names = append(names, e.Name())
			}
		}
		return names
	}
	for i, p := range d.run.config.Exclude {
		alive := d.run.excluded.hit[i].Load() || len(p.Expand(subdirs)) > 0
		d.unless(alive, p.Pos, "exclude has %q, which matches no directory; remove it or name one that exists", p)
	}
}

func (d *obituary) module(c *registry, m *config.Module) {
	owner := texts(m.Paths)
	for _, p := range m.Paths {
		if p.String() == config.Root {
			d.unless(d.run.config.RootModule == config.RootAllow, p.Pos, "[[modules]] has path %q, but root_module is %q; set root_module = %q or remove the entry", p, d.run.config.RootModule, config.RootAllow)
			continue
		}
		d.unless(c.dir(p.Pattern), p.Pos, "[[modules]] has path %q, but there is no such directory; remove it or name one that exists", p)
	}
	for _, dep := range m.DependsOn {
		if dep.String() == config.Root && d.run.config.RootModule == config.RootForbid {
			d.unless(false, dep.Pos, "depends_on of %s names %q, but root_module = %q leaves it no package; remove it", owner, dep, config.RootForbid)
			continue
		}
		d.moduleList(c, "depends_on of "+owner, dep.Pattern)
	}
	for _, p := range m.CannotDependOn {
		if p.String() == config.Root && d.run.config.RootModule != config.RootAllow {
			d.unless(false, p.Pos, "cannot_depend_on of %s names %q, but root_module is %q; set root_module = %q or remove it", owner, p, d.run.config.RootModule, config.RootAllow)
			continue
		}
		d.moduleList(c, "cannot_depend_on of "+owner, p)
	}
	for _, p := range m.Visibility {
		d.moduleList(c, "visibility of "+owner, p)
	}
	for _, e := range m.Interfaces {
		d.unless(c.exposed(m.Paths, e), e.Pos, "interfaces of %s has %q, but there is no such package; remove it or name one that exists", owner, e.Text)
	}
}

func (d *obituary) moduleList(c *registry, what string, p config.Pattern) {
	if !c.module(p.Pattern) && !c.dir(p.Pattern) {
		d.unless(false, p.Pos, "%s names %q, which is neither a module nor a directory; %s", what, p, c.meant(p.Pattern))
	}
}

func (d *obituary) iface(c *registry, i config.Interface) {
	for _, p := range i.From {
		d.moduleList(c, "from of [[interfaces]]", p)
	}
	for _, p := range i.Visibility {
		d.unless(c.module(p.Pattern) || c.dir(p.Pattern), p.Pos,
			"visibility of [[interfaces]] names %q, which is neither a module nor a directory; remove it or name one that exists", p)
	}
	for _, e := range i.Expose {
		d.unless(c.exposed(i.From, e), e.Pos, "expose of [[interfaces]] has %q, but no module it speaks of has such a package; remove it or name one that exists", e.Text)
	}
}

// role reports a role that no package has. Single patterns of it may well
// match nothing: they cover the flavours of a layout.
func (d *obituary) role(c *registry, r config.Role) {
	if len(r.Packages) == 0 {
		return
	}
	alive := slices.ContainsFunc(r.Packages, func(p config.Pattern) bool {
		return c.exposed(nil, config.Exposure{Package: p.Pattern})
	})
	d.unless(alive, r.Packages[0].Pos, "packages of role %s match no package of any module; remove the role or name packages that exist", r.Name)
}
