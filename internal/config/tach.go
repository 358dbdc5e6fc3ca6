package config

import (
	"fmt"
	"maps"
	"slices"
)

// TachFile is the configuration of tach, which does for Python what we do
// for Go.
const TachFile = "tach.toml"

// A Tach is what a tach.toml says that can mean something here. Its paths are
// dotted and its surfaces are regular expressions, as they are written there.
type Tach struct {
	SourceRoots []string
	Exclude     []string
	Layers      []Layer
	Explicit    bool
	RootModule  string
	Modules     []TachModule
	Interfaces  []TachInterface
	Other       []string // what it says beyond that, as "key at tach.toml:LINE:COL"
}

// A TachModule is one [[modules]] entry of a tach.toml.
type TachModule struct {
	Pos            Pos
	Paths          []string
	DependsOn      []TachDependency // nil: absent
	CannotDependOn []string
	Layer          string
	Visibility     []string // nil: absent
	Utility        bool
	Unchecked      bool
}

// A TachDependency is one entry of its depends_on.
type TachDependency struct {
	Path       string
	Deprecated bool
}

// A TachInterface is one [[interfaces]] entry of a tach.toml.
type TachInterface struct {
	Pos        Pos
	Expose     []string
	From       []string
	Visibility []string
	Exclusive  bool
}

// ParseTach reads a tach.toml. Its error says that it is no TOML.
func ParseTach(src []byte) (*Tach, error) {
	root, problem := parseTOML(TachFile, src)
	if problem != nil {
		return nil, fmt.Errorf("%s", *problem)
	}
	d, t := &tachDecoder{}, &Tach{}
	d.table(root, "", map[string]func(*node){
		"source_roots":               d.strings(&t.SourceRoots),
		"exclude":                    d.strings(&t.Exclude),
		"layers":                     func(n *node) { t.Layers = d.layers(n) },
		"layers_explicit_depends_on": d.bool(&t.Explicit),
		"root_module":                d.string(&t.RootModule),
		"modules":                    d.tables(func(e *table) { t.Modules = append(t.Modules, d.module(e)) }),
		"interfaces":                 d.tables(func(e *table) { t.Interfaces = append(t.Interfaces, d.iface(e)) }),
	})
	t.Other = d.other
	return t, nil
}

// A tachDecoder reads what it knows and notes the rest. tach itself judges
// whether its file is right.
type tachDecoder struct{ other []string }

func (d *tachDecoder) table(t *table, in string, f map[string]func(*node)) {
	for _, k := range t.keys {
		if read := f[k.name]; read != nil {
			read(t.at[k.name])
		} else {
			d.other = append(d.other, fmt.Sprintf("%s%s at %s", in, k.name, k.pos))
		}
	}
}

func (d *tachDecoder) string(dst *string) func(*node) {
	return func(n *node) { *dst, _ = n.value.(string) }
}

func (d *tachDecoder) bool(dst *bool) func(*node) {
	return func(n *node) { *dst, _ = n.value.(bool) }
}

func (d *tachDecoder) strings(dst *[]string) func(*node) {
	return func(n *node) {
		items, _ := n.value.([]*node)
		*dst = []string{}
		for _, item := range items {
			if s, ok := item.value.(string); ok {
				*dst = append(*dst, s)
			}
		}
	}
}

func (d *tachDecoder) tables(element func(*table)) func(*node) {
	return func(n *node) {
		items, _ := n.value.([]*node)
		for _, item := range items {
			if t, ok := item.value.(*table); ok {
				element(t)
			}
		}
	}
}

func (d *tachDecoder) layers(n *node) []Layer {
	var layers []Layer
	items, _ := n.value.([]*node)
	for _, item := range items {
		l := Layer{Pos: item.pos}
		switch v := item.value.(type) {
		case string:
			l.Name = v
		case *table:
			d.table(v, "layers.", map[string]func(*node){"name": d.string(&l.Name), "closed": d.bool(&l.Closed)})
		}
		layers = append(layers, l)
	}
	return layers
}

func (d *tachDecoder) module(t *table) TachModule {
	m := TachModule{Pos: t.pos}
	var path string
	d.table(t, "modules.", map[string]func(*node){
		"path":             d.string(&path),
		"paths":            d.strings(&m.Paths),
		"depends_on":       func(n *node) { m.DependsOn = d.dependencies(n) },
		"cannot_depend_on": func(n *node) { m.CannotDependOn = names(d.dependencies(n)) },
		"layer":            d.string(&m.Layer),
		"visibility":       d.strings(&m.Visibility),
		"utility":          d.bool(&m.Utility),
		"unchecked":        d.bool(&m.Unchecked),
	})
	if path != "" {
		m.Paths = append(m.Paths, path)
	}
	return m
}

func (d *tachDecoder) dependencies(n *node) []TachDependency {
	list := []TachDependency{}
	items, _ := n.value.([]*node)
	for _, item := range items {
		var dep TachDependency
		switch v := item.value.(type) {
		case string:
			dep.Path = v
		case *table:
			d.table(v, "depends_on.", map[string]func(*node){"path": d.string(&dep.Path), "deprecated": d.bool(&dep.Deprecated)})
		}
		list = append(list, dep)
	}
	return list
}

func names(deps []TachDependency) []string {
	paths := map[string]bool{}
	for _, d := range deps {
		paths[d.Path] = true
	}
	return slices.Sorted(maps.Keys(paths))
}

func (d *tachDecoder) iface(t *table) TachInterface {
	i := TachInterface{Pos: t.pos}
	d.table(t, "interfaces.", map[string]func(*node){
		"expose":     d.strings(&i.Expose),
		"from":       d.strings(&i.From),
		"visibility": d.strings(&i.Visibility),
		"exclusive":  d.bool(&i.Exclusive),
	})
	return i
}
