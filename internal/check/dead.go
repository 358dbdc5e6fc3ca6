package check

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
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

// A census is what the tree has that a configuration can name.
type census struct {
	run     *run
	modules map[string][]string // directories of each module, relative to it
	names   []string            // the modules, sorted
}

func (r *run) census() *census {
	c := &census{run: r, modules: map[string][]string{}}
	for _, dir := range r.tree.Dirs {
		if p := r.law.LocateDir(dir, ""); p.Module != nil {
			c.modules[p.Module.Path] = append(c.modules[p.Module.Path], p.Sub)
		}
	}
	c.names = slices.Sorted(maps.Keys(c.modules))
	return c
}

// dirs reports whether a pattern names a directory below the root.
func (c *census) dirs(p pattern.Pattern) bool {
	if literals, ok := p.Literals(); ok {
		return slices.ContainsFunc(literals, c.isDir)
	}
	return slices.ContainsFunc(c.run.tree.Dirs, p.Match)
}

// isDir also knows the directories that were excluded.
func (c *census) isDir(dir string) bool {
	if c.run.tree.HasDir(dir) {
		return true
	}
	info, err := os.Stat(filepath.Join(c.run.config.Dir, filepath.FromSlash(dir)))
	return err == nil && info.IsDir()
}

// module reports whether a pattern names a module.
func (c *census) module(p pattern.Pattern) bool {
	if literals, ok := p.Literals(); ok {
		return slices.ContainsFunc(literals, func(name string) bool {
			_, ok := c.modules[name]
			return ok || name == config.Root
		})
	}
	return slices.ContainsFunc(c.names, p.Match)
}

// exposed reports whether a package that a surface exposes exists in one of
// the modules that match.
func (c *census) exposed(from func(module string) bool, e config.Exposure) bool {
	return slices.ContainsFunc(c.names, func(name string) bool {
		return from(name) && slices.ContainsFunc(c.modules[name], e.Package.Match)
	})
}

// meant guesses which module was meant by a pattern that names none.
func (c *census) meant(p pattern.Pattern) string {
	if near := config.Nearest(p.String(), c.names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "remove it or name one that exists"
}

// deadConfig reports what the configuration says about nothing, and returns
// where.
func (r *run) deadConfig() map[config.Pos]bool {
	c := r.census()
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
			d.unless(c.dirs(p.Pattern), p.Pos, "only of [[external]] names %q, but there is no such directory; remove it or name one that exists", p)
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

func (d *obituary) products(c *census) {
	for _, p := range d.run.config.Products {
		d.unless(c.dirs(p.Pattern), p.Pos, "products has %q, which matches no directory; remove it or name one that exists", p)
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

func (d *obituary) module(c *census, m *config.Module) {
	owner := texts(m.Paths)
	for _, p := range m.Paths {
		if p.String() == config.Root {
			d.unless(d.run.config.RootModule == config.RootAllow, p.Pos, "[[modules]] has path %q, but root_module is %q; set root_module = %q or remove the entry", p, d.run.config.RootModule, config.RootAllow)
			continue
		}
		d.unless(c.dirs(p.Pattern), p.Pos, "[[modules]] has path %q, but there is no such directory; remove it or name one that exists", p)
	}
	for _, dep := range m.DependsOn {
		if dep.String() == config.Root && d.run.config.RootModule == config.RootForbid {
			d.unless(false, dep.Pos, "depends_on of %s names %q, but root_module = %q leaves it no package; remove it", owner, dep, config.RootForbid)
			continue
		}
		d.moduleList(c, "depends_on of "+owner, dep.Pattern)
	}
	for _, p := range m.CannotDependOn {
		d.moduleList(c, "cannot_depend_on of "+owner, p)
	}
	for _, p := range m.Visibility {
		d.moduleList(c, "visibility of "+owner, p)
	}
	for _, e := range m.Interfaces {
		from := func(name string) bool {
			return slices.ContainsFunc(m.Paths, func(p config.Pattern) bool { return p.Match(name) })
		}
		d.unless(c.exposed(from, e), e.Pos, "interfaces of %s has %q, but there is no such package; remove it or name one that exists", owner, e.Text)
	}
}

func (d *obituary) moduleList(c *census, what string, p config.Pattern) {
	if !c.module(p.Pattern) {
		d.unless(false, p.Pos, "%s names %q, which is no module; %s", what, p, c.meant(p.Pattern))
	}
}

func (d *obituary) iface(c *census, i config.Interface) {
	for _, p := range i.From {
		d.moduleList(c, "from of [[interfaces]]", p)
	}
	for _, p := range i.Visibility {
		d.unless(c.module(p.Pattern) || c.dirs(p.Pattern), p.Pos,
			"visibility of [[interfaces]] names %q, which is neither a module nor a directory; remove it or name one that exists", p)
	}
	from := func(name string) bool {
		return i.From == nil || slices.ContainsFunc(i.From, func(p config.Pattern) bool { return p.Match(name) })
	}
	for _, e := range i.Expose {
		d.unless(c.exposed(from, e), e.Pos, "expose of [[interfaces]] has %q, but no module it speaks of has such a package; remove it or name one that exists", e.Text)
	}
}

// role reports a role that no package has. Single patterns of it may well
// match nothing: they cover the flavours of a layout.
func (d *obituary) role(c *census, r config.Role) {
	if len(r.Packages) == 0 {
		return
	}
	alive := slices.ContainsFunc(c.names, func(name string) bool {
		return slices.ContainsFunc(c.modules[name], func(sub string) bool {
			return slices.ContainsFunc(r.Packages, func(p config.Pattern) bool { return p.Match(sub) })
		})
	})
	d.unless(alive, r.Packages[0].Pos, "packages of role %s match no package of any module; remove the role or name packages that exist", r.Name)
}
