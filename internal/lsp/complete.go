package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// completion offers what a configuration file can say at a place.
func (s *server) completion(_ context.Context, p positionParams) (any, error) {
	list := completionList{Items: []completionItem{}}
	s.mu.Lock()
	pg := s.pages[pathOf(p.TextDocument.URI)]
	if pg == nil || !pg.open || pg.root == nil || isGo(pg.file) {
		s.mu.Unlock()
		return list, nil
	}
	t, memory := pg.text, pg.root.memory
	s.mu.Unlock()
	c, ok := find(t.src, t.offset(p.Position))
	if !ok {
		return list, nil
	}
	o := offer{cursor: c, text: t, memory: memory, list: &list}
	if filepath.Base(pg.file) == config.ProductFile {
		o.file = config.ProductFile
	}
	o.fill()
	return list, nil
}

// An offer is a list of completions being made.
type offer struct {
	cursor
	file   string // config.ProductFile, or ""
	text   *text
	memory *check.Memory // may be nil
	list   *completionList
}

// The tables of a configuration, by their headers.
var (
	tables = []string{"contracts", "facade", "orm", "roles", "rules"}
	arrays = []string{"external", "interfaces", "modules"}
	inline = []string{"layers"} // written as values only
)

func (o *offer) fill() {
	if o.header != "" {
		o.headers()
		return
	}
	section := o.table()
	if o.section == "" && (len(o.dotted) > 0 || o.inline && slices.Contains(slices.Concat(tables, arrays, inline), o.key)) {
		section = o.enter()
	}
	switch {
	case section == "roles" && o.section == "" && o.key == "" && len(o.dotted) == 0:
		o.names(o.roles())
	case len(o.dotted) > 0 && section != "roles":
	case o.key == "" && (!o.quoted || o.naming):
		o.keys(section, section)
	case o.inline && o.inner == "" && !o.quoted:
		o.keys(o.key, o.key)
	default:
		o.values(section, o.key)
	}
}

// enter returns the table that is not opened by a header but named by the
// first of the keys, as in rules.x = or in modules = [{ x = }], and leaves the
// keys in it.
func (o *offer) enter() (section string) {
	if len(o.dotted) > 0 {
		section, o.dotted = o.dotted[0], o.dotted[1:]
		return section
	}
	section = o.key
	o.key, o.inner, o.inline = strings.Cut(o.inner, ".")
	if section == "roles" && o.inline { // it has tables in it
		o.dotted = []string{o.key}
		o.key, o.inner, o.inline = strings.Cut(o.inner, ".")
	}
	return section
}

// headers offers what a header can name.
func (o *offer) headers() {
	switch {
	case len(o.dotted) == 1 && o.dotted[0] == "roles" && o.header == "[":
		o.names(o.roles())
	case len(o.dotted) > 0 || o.file != "":
	case o.header == "[[":
		o.names(arrays)
	case o.header == "[":
		o.names(tables)
	}
}

// names offers words to write without quotes.
func (o *offer) names(words []string) {
	for _, w := range words {
		o.add(completionItem{Label: w, Kind: kindProperty}, w)
	}
}

// table is the section that the keys at the cursor belong to.
func (o *offer) table() string {
	if o.section == "" && o.file != "" {
		return o.file
	}
	return o.section
}

// keys offers the keys of a table.
func (o *offer) keys(section, detail string) {
	for _, key := range config.Keys(section) {
		item := completionItem{Label: key, Kind: kindProperty, Detail: detail}
		if r, ok := rule.Find(key); ok && section == "rules" {
			item.Detail = string(r.Default) + " by default"
			if page := rulePage(key); page != "" {
				item.Documentation = &markup{"markdown", page}
			}
		}
		o.add(item, key)
	}
}

// values offers what a key can be set to.
func (o *offer) values(section, key string) {
	if words := config.Words(section, key); words != nil {
		o.words(words, kindValue, "")
	}
	switch key {
	case "exposed", "utility", "unchecked", "exclusive", "tests", "closed", "deprecated", "layers_explicit_depends_on":
		o.booleans()
	case "depends_on", "cannot_depend_on":
		switch o.inner {
		case "", "path":
			o.modules()
		case "deprecated":
			o.booleans()
		}
	case "visibility", "from":
		o.modules()
	case "layer":
		o.layers()
	case "imports":
		if section == "roles" {
			o.words(o.roles(), kindValue, "role")
		}
	case "path", "paths", "products", "exclude", "only":
		o.directories()
	case "interfaces", "expose":
		o.subpackages()
	}
}

func (o *offer) booleans() {
	if o.quoted {
		return
	}
	for _, word := range []string{"true", "false"} {
		o.add(completionItem{Label: word, Kind: kindValue}, word)
	}
}

func (o *offer) words(words []string, kind int, detail string) {
	for _, w := range words {
		insert := w
		if !o.quoted {
			insert = strconv.Quote(w)
		}
		o.add(completionItem{Label: w, Kind: kind, Detail: detail}, insert)
	}
}

func (o *offer) add(item completionItem, insert string) {
	item.TextEdit = &textEdit{o.text.rangeOf(o.span), insert}
	o.list.Items = append(o.list.Items, item)
}

// modules offers the modules that own packages, and that of unowned ones.
func (o *offer) modules() {
	if o.memory == nil {
		return
	}
	var products, others []string
	for _, m := range o.memory.Modules() {
		if m.Product {
			products = append(products, m.Path)
		} else {
			others = append(others, m.Path)
		}
	}
	o.words(products, kindModule, "product")
	o.words(others, kindModule, "module")
}

func (o *offer) layers() {
	if o.memory == nil {
		return
	}
	var names []string
	for _, l := range o.memory.Law().Config.Layers {
		names = append(names, l.Name)
	}
	o.words(names, kindValue, "layer")
}

func (o *offer) roles() []string {
	names := slices.Clone(config.BuiltinRoles)
	if o.memory != nil {
		for _, r := range o.memory.Law().Config.Roles {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// manyDirs bounds how many directories are offered at once.
const manyDirs = 500

// directories offers those below what is written of the path already, one
// level at a time.
func (o *offer) directories() {
	if o.memory == nil {
		return
	}
	prefix := ""
	if o.quoted {
		typed := o.text.src[o.start:o.end]
		prefix = typed[:strings.LastIndexByte(typed, '/')+1]
	}
	var dirs []string
	for _, dir := range o.memory.Tree().Dirs {
		if rest, ok := strings.CutPrefix(dir, prefix); ok && rest != "" && rest != "." && !strings.Contains(rest, "/") {
			dirs = append(dirs, dir)
		}
		if len(dirs) == manyDirs {
			o.list.IsIncomplete = true
			break
		}
	}
	o.list.IsIncomplete = true // the next slash shows more
	o.words(dirs, kindFolder, "")
}

// subpackages offers the packages of modules, relative to them.
func (o *offer) subpackages() {
	if o.memory == nil {
		return
	}
	seen := map[string]bool{}
	var subs []string
	for _, pkg := range o.memory.Tree().Packages {
		p := o.memory.Law().LocateDir(pkg.Dir, pkg.ImportPath)
		if p.Module != nil && !seen[p.Sub] && len(subs) < manyDirs {
			seen[p.Sub] = true
			subs = append(subs, p.Sub)
		}
	}
	slices.Sort(subs)
	o.words(subs, kindModule, "package")
}
