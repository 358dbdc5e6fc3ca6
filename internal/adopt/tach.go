package adopt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/pattern"
)

const tachHead = `Which modules this repository consists of, and what each may depend on. It was
written by boundaries init, which started from tach.toml and took depends_on
from what the Go code imports today; from now on this file leads.`

// tach drafts from the tach.toml beside the file to be, if there is one; the
// draft is nil if there is none. The notes say what is not carried over.
func (s *surveyor) tach() (*draft, []string, error) {
	src, err := os.ReadFile(filepath.Join(filepath.Dir(s.file), config.TachFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	t, err := config.ParseTach(src)
	if err != nil {
		return nil, nil, err
	}
	if !s.ask(fmt.Sprintf("%s has %d modules. Start from it?", config.TachFile, len(t.Modules))) {
		return nil, nil, nil
	}
	c := &converter{s: s, tach: t, roots: t.SourceRoots}
	if len(c.roots) == 0 {
		c.roots = []string{"."}
	}
	d := c.draft()
	if len(d.groups[0].modules) == 0 {
		return nil, append(c.notes, config.TachFile+" as a whole: none of its modules has a Go package"), nil
	}
	return d, c.notes, nil
}

// A converter turns a tach.toml into a draft.
type converter struct {
	s     *surveyor
	tach  *config.Tach
	roots []string
	known []string // the paths of the modules that are carried over
	notes []string
}

func (c *converter) note(pos config.Pos, format string, args ...any) {
	c.notes = append(c.notes, fmt.Sprintf("%s: %s", pos, fmt.Sprintf(format, args...)))
}

func (c *converter) draft() *draft {
	d := &draft{head: tachHead, carried: true, groups: []group{{title: "modules"}}}
	c.notes = append(c.notes, c.tach.Other...)
	for _, l := range c.tach.Layers {
		text := config.Quote(l.Name)
		if l.Closed {
			text = "{ name = " + text + ", closed = true }"
		}
		d.layers = append(d.layers, text)
	}
	if c.tach.Explicit {
		d.settings = append(d.settings, "layers_explicit_depends_on = true")
	}
	if c.tach.RootModule != "" {
		d.settings = append(d.settings, "root_module = "+config.Quote(c.tach.RootModule))
	}
	for _, text := range c.tach.Exclude {
		if p, ok := c.exclude(text); ok {
			d.exclude = append(d.exclude, p)
		} else {
			c.notes = append(c.notes, fmt.Sprintf("exclude %q: it matches no directory with Go packages", text))
		}
	}
	c.modules(d)
	c.interfaces(d)
	return d
}

// modules carries over the entries whose directories have Go packages. What
// they name is known only when all of them are.
func (c *converter) modules(d *draft) {
	type entry struct {
		path string
		tach config.TachModule
	}
	var entries []entry
	for _, m := range c.tach.Modules {
		for _, dotted := range m.Paths {
			p, ok := c.path(dotted)
			switch {
			case !ok && dotted == config.Root:
				c.note(m.Pos, "module %s: what lies in no module has no entry of its own; say in root_module what it may do", dotted)
			case !ok:
				c.note(m.Pos, "module %s: there is no Go package below it", dotted)
			case slices.Contains(c.known, p):
				c.note(m.Pos, "module %s: it is there already", dotted)
			default:
				c.known = append(c.known, p)
				entries = append(entries, entry{p, m})
			}
		}
	}
	for _, e := range entries {
		d.groups[0].modules = append(d.groups[0].modules, c.module(e.path, e.tach))
	}
}

func (c *converter) module(at string, t config.TachModule) module {
	m := module{path: at, undeclared: t.DependsOn == nil}
	for _, dep := range t.DependsOn {
		p, ok := c.name(t.Pos, "depends_on", dep.Path)
		switch {
		case !ok:
		case dep.Deprecated:
			m.deprecated = append(m.deprecated, deprecation{path: p})
		default:
			m.dependsOn = append(m.dependsOn, p)
		}
	}
	lists := []struct {
		key   string
		names []string
	}{{"cannot_depend_on", t.CannotDependOn}, {"visibility", t.Visibility}}
	for _, l := range lists {
		var names []string
		for _, dotted := range l.names {
			if p, ok := c.name(t.Pos, l.key, dotted); ok {
				names = append(names, p)
			}
		}
		if len(names) > 0 || l.names != nil && l.key == "visibility" {
			m.keys = append(m.keys, l.key+" = "+config.QuoteList(names))
		}
	}
	if t.Layer != "" {
		m.keys = append(m.keys, "layer      = "+config.Quote(t.Layer))
	}
	if t.Utility {
		m.keys = append(m.keys, "utility    = true")
	}
	if t.Unchecked {
		m.keys = append(m.keys, "unchecked  = true")
	}
	return m
}

// name translates the name of a module in a list, if there is such a module.
func (c *converter) name(pos config.Pos, key, dotted string) (string, bool) {
	if dotted == config.Root {
		return dotted, true
	}
	if p, ok := c.path(dotted); ok {
		pat, err := pattern.Compile(p)
		if err == nil && slices.ContainsFunc(c.known, func(name string) bool { return name == p || pat.Match(name) }) {
			return p, true
		}
	}
	c.note(pos, "%s of it: %s is no module with Go packages", key, dotted)
	return "", false
}

// path translates a dotted path, or a pattern of them, below the source root
// where it matches a directory.
func (c *converter) path(dotted string) (string, bool) {
	if dotted == config.Root {
		return dotted, c.tach.RootModule == string(config.RootAllow)
	}
	elements := strings.Split(strings.TrimPrefix(dotted, "//"), ".")
	for i, e := range elements {
		if e == "**" {
			elements[i] = "..."
		}
	}
	for _, root := range c.roots {
		p := path.Join(path.Clean(root), path.Join(elements...))
		if pat, err := pattern.Compile(p); err == nil && c.matches(pat) {
			return p, true
		}
	}
	return "", false
}

// matches reports whether a pattern matches a directory with Go packages in
// or below it.
func (c *converter) matches(p pattern.Pattern) bool {
	for _, pkg := range c.s.memory.Tree().Packages {
		if p.MatchBelow(pkg.Dir) {
			return true
		}
	}
	return false
}

// exclude translates a pattern of files as gitignore has it.
func (c *converter) exclude(text string) (string, bool) {
	text = strings.Trim(strings.TrimSuffix(text, "/**"), "/")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "**/*", "**/"), "**", "...")
	p, err := pattern.Compile(text)
	return text, err == nil && c.matches(p)
}

// interfaces carries over surfaces whose regular expressions a pattern can
// say.
func (c *converter) interfaces(d *draft) {
	var out strings.Builder
	for _, i := range c.tach.Interfaces {
		from, ok := c.from(i)
		if !ok {
			continue
		}
		expose := c.expose(i, from)
		if len(expose) == 0 {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		out.WriteString("[[interfaces]]\n")
		if len(from) > 0 {
			list(&out, "from      ", from)
		}
		list(&out, "expose    ", expose)
		if i.Visibility != nil {
			var visible []string
			for _, dotted := range i.Visibility {
				if p, ok := c.name(i.Pos, "visibility", dotted); ok {
					visible = append(visible, p)
				}
			}
			list(&out, "visibility", visible)
		}
		if i.Exclusive {
			out.WriteString("exclusive  = true\n")
		}
	}
	d.tail = out.String()
}

// from translates whose surface an entry is. None means everybody's.
func (c *converter) from(i config.TachInterface) (from []string, ok bool) {
	if len(i.From) == 0 || slices.Contains(i.From, ".*") {
		return nil, true
	}
	for _, re := range i.From {
		p, ok := glob(re)
		if pat, err := pattern.Compile(p); !ok || err != nil || !slices.ContainsFunc(c.known, pat.Match) {
			c.note(i.Pos, "from of interfaces: %s", re)
			continue
		}
		from = append(from, p)
	}
	return from, len(from) > 0
}

func (c *converter) expose(i config.TachInterface, from []string) []string {
	var expose []string
	for _, re := range i.Expose {
		p, ok := glob(re)
		if pat, err := pattern.Compile(p); !ok || err != nil || !c.exposes(from, pat) {
			c.note(i.Pos, "expose of interfaces: %s names no Go package", re)
			continue
		}
		expose = append(expose, p)
	}
	return expose
}

// exposes reports whether one of the modules has a package that matches.
func (c *converter) exposes(from []string, p pattern.Pattern) bool {
	for _, pkg := range c.s.memory.Tree().Packages {
		for dir, sub := pkg.Dir, "."; ; {
			owner := slices.Contains(c.known, dir) && (from == nil || slices.ContainsFunc(from, func(f string) bool { return pattern.MustCompile(f).Match(dir) }))
			if owner && p.Match(sub) {
				return true
			}
			if dir == "." {
				break
			}
			sub = path.Join(path.Base(dir), sub)
			dir = pattern.Parent(dir)
		}
	}
	return false
}

var (
	alternatives = regexp.MustCompile(`\(([^()]*)\)`)
	beyond       = regexp.MustCompile(`[\\^$+?()\[\]|]`)
)

// glob says as a pattern what a regular expression over dotted paths says, if
// a pattern can.
func glob(re string) (string, bool) {
	text := strings.TrimSuffix(strings.TrimPrefix(re, "^"), "$")
	text = strings.NewReplacer(`\..*`, "\x01", `..*`, "\x01", `.*`, "\x01", `[^.]*`, "*", `[^.]+`, "*", `\w+`, "*", `\.`, "/").Replace(text)
	text = alternatives.ReplaceAllStringFunc(text, func(group string) string {
		return "{" + strings.ReplaceAll(group[1:len(group)-1], "|", ",") + "}"
	})
	text = strings.ReplaceAll(strings.ReplaceAll(text, ".", "/"), "\x01", "/...")
	return strings.TrimPrefix(text, "/"), !beyond.MatchString(text)
}
