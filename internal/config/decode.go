package config

import (
	"fmt"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// A decoder turns nodes into a Config and gathers every complaint on the way;
// what it cannot read it leaves out, and goes on.
type decoder struct {
	problems []Problem
	keys     map[string][]string // see Keys
}

func (d *decoder) complain(pos Pos, format string, args ...any) {
	d.problems = append(d.problems, Problem{pos, fmt.Sprintf(format, args...)})
}

// fields says for each key a table may have what reads it.
type fields map[string]func(*node)

// table hands each key of a table to its field, in the order of the file, and
// complains about the others.
func (d *decoder) table(t *table, name string, f fields) {
	if d.keys != nil {
		d.keys[name] = slices.Sorted(maps.Keys(f))
	}
	for _, k := range t.keys {
		read := f[k.name]
		if read == nil {
			d.complain(k.pos, "unknown key %q in %s%s", k.name, name, d.meant(k.name, f))
			continue
		}
		n := *t.at[k.name]
		n.pos = cmpPos(n.pos, k.pos)
		read(&n)
	}
}

func cmpPos(p, fallback Pos) Pos {
	if p == (Pos{}) {
		return fallback
	}
	return p
}

// meant guesses which key was meant by an unknown one: a near spelling, or
// what another tool of this kind calls it.
func (d *decoder) meant(word string, f fields) string {
	if hint := didYouMean(word, slices.Collect(maps.Keys(f))); hint != "" {
		return hint
	}
	other := map[string]string{"module": "modules", "interface": "interfaces", "root": "root_module", "strict": "frozen", "expose": "interfaces", "cannot_depend": "cannot_depend_on", "allow": "depends_on", "deny": "cannot_depend_on", "ignore": "exclude"}[word]
	if other != "" && f[other] != nil {
		return fmt.Sprintf("; did you mean %q?", other)
	}
	return ""
}

// wants complains that a key has the wrong type.
func (d *decoder) wants(n *node, what string) {
	d.complain(n.pos, "must be %s, not %s", what, kindOf(n.value))
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case int64:
		return "an integer"
	case []*node:
		return "an array"
	case *table:
		return "a table"
	}
	return "such a value"
}

func (d *decoder) bool(dst *bool) func(*node) {
	return func(n *node) {
		b, ok := n.value.(bool)
		if !ok {
			d.wants(n, "true or false")
			return
		}
		*dst = b
	}
}

func (d *decoder) optionalBool(dst **bool) func(*node) {
	return func(n *node) {
		b, ok := n.value.(bool)
		if !ok {
			d.wants(n, "true or false")
			return
		}
		*dst = &b
	}
}

// limit reads an integer that must be positive.
func (d *decoder) limit(dst *int) func(*node) {
	return func(n *node) {
		i, ok := n.value.(int64)
		switch {
		case !ok:
			d.wants(n, "an integer")
		case i < 1 || i > 1<<30:
			d.complain(n.pos, "must be between 1 and %d, not %d", 1<<30, i)
		default:
			*dst = int(i)
		}
	}
}

func (d *decoder) str(dst *string) func(*node) {
	return func(n *node) {
		if t, ok := d.asText(n); ok {
			*dst = t.Value
		}
	}
}

func (d *decoder) text(dst **Text) func(*node) {
	return func(n *node) {
		if t, ok := d.asText(n); ok {
			*dst = &t
		}
	}
}

func (d *decoder) asText(n *node) (Text, bool) {
	s, ok := n.value.(string)
	if !ok {
		d.wants(n, "a string")
	}
	return Text{s, n.pos}, ok
}

// word reads a string that must be one of a few.
func (d *decoder) word(choices []string, set func(string)) func(*node) {
	return func(n *node) {
		t, ok := d.asText(n)
		if !ok {
			return
		}
		if !slices.Contains(choices, t.Value) {
			d.complain(t.Pos, "%q is none of %s%s", t.Value, quoteAll(choices), didYouMean(t.Value, choices))
			return
		}
		set(t.Value)
	}
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(quoted, ", ")
}

// each reads an array, element by element. It calls start first, so that an
// empty array is told from an absent one.
func (d *decoder) each(start func(), element func(*node)) func(*node) {
	return func(n *node) {
		items, ok := n.value.([]*node)
		if !ok {
			d.wants(n, "an array")
			return
		}
		start()
		for _, item := range items {
			element(item)
		}
	}
}

// isEmpty reports whether a value is an array without elements.
func isEmpty(n *node) bool {
	items, ok := n.value.([]*node)
	return ok && len(items) == 0
}

func (d *decoder) texts(dst *[]Text) func(*node) {
	return d.each(func() { *dst = []Text{} }, func(n *node) {
		if t, ok := d.asText(n); ok {
			*dst = append(*dst, t)
		}
	})
}

// checkedTexts reads strings that must pass a check.
func (d *decoder) checkedTexts(dst *[]Text, check func(string) error) func(*node) {
	return d.each(func() { *dst = []Text{} }, func(n *node) {
		t, ok := d.asText(n)
		if !ok {
			return
		}
		if err := check(t.Value); err != nil {
			d.complain(t.Pos, "%q %v", t.Value, err)
			return
		}
		*dst = append(*dst, t)
	})
}

func (d *decoder) patterns(dst *[]Pattern) func(*node) {
	return d.each(func() { *dst = []Pattern{} }, func(n *node) {
		if p, ok := d.asPattern(n); ok {
			*dst = append(*dst, p)
		}
	})
}

func (d *decoder) asPattern(n *node) (Pattern, bool) {
	t, ok := d.asText(n)
	if !ok {
		return Pattern{}, false
	}
	p, err := pattern.Compile(t.Value)
	if err != nil {
		d.complain(t.Pos, "pattern %q %v", t.Value, err)
		return Pattern{}, false
	}
	return Pattern{p, t.Pos}, true
}

// tables reads an array of tables.
func (d *decoder) tables(name string, element func(*table)) func(*node) {
	return func(n *node) {
		items, ok := n.value.([]*node)
		if !ok {
			d.complain(n.pos, "must be an array of tables; write [[%s]]", name)
			return
		}
		for _, item := range items {
			if t, ok := item.value.(*table); ok {
				element(t)
			} else {
				d.wants(item, "a table")
			}
		}
	}
}

// section reads one table.
func (d *decoder) section(element func(*table)) func(*node) {
	return func(n *node) {
		if t, ok := n.value.(*table); ok {
			element(t)
		} else {
			d.wants(n, "a table")
		}
	}
}

// root reads boundaries.toml.
func (d *decoder) root(t *table, c *Config) {
	d.table(t, "boundaries.toml", fields{
		"products":                   func(n *node) { c.ProductsPos = n.pos; d.patterns(&c.Products)(n) },
		"exclude":                    d.patterns(&c.Exclude),
		"layers":                     d.each(func() {}, func(n *node) { d.layer(n, c) }),
		"layers_explicit_depends_on": d.bool(&c.LayersExplicit),
		"root_module": func(n *node) {
			d.word(rootModes, func(s string) { c.RootModule, c.RootModulePos = RootMode(s), n.pos })(n)
		},
		"modules": d.tables("modules", func(t *table) {
			c.Modules = append(c.Modules, d.module(t))
		}),
		"interfaces": d.tables("interfaces", func(t *table) { d.iface(t, c) }),
		"roles": d.section(func(t *table) {
			for _, k := range t.keys {
				d.section(func(t *table) { d.role(k, t, c) })(t.at[k.name])
			}
		}),
		"external":  d.tables("external", func(t *table) { d.external(t, c) }),
		"orm":       d.section(func(t *table) { d.orm(t, &c.ORM) }),
		"contracts": d.section(func(t *table) { d.contracts(t, &c.Contracts) }),
		"facade": d.section(func(t *table) {
			d.table(t, "[facade]", fields{"allow_types": d.checkedTexts(&c.Facade.AllowTypes, checkTypeName)})
		}),
		"rules": d.section(func(t *table) { d.rules(t, c) }),
	})
}

func (d *decoder) layer(n *node, c *Config) {
	l := Layer{Pos: n.pos}
	switch v := n.value.(type) {
	case string:
		l.Name = v
	case *table:
		d.table(v, "a layer", fields{"name": d.str(&l.Name), "closed": d.bool(&l.Closed)})
		if v.at["name"] == nil {
			d.complain(n.pos, "layer has no name")
			return
		}
	default:
		d.wants(n, "a name or { name = \"...\", closed = true }")
		return
	}
	if slices.ContainsFunc(c.Layers, func(o Layer) bool { return o.Name == l.Name }) {
		d.complain(n.pos, "layer %q is listed twice", l.Name)
		return
	}
	c.Layers = append(c.Layers, l)
}

// module reads a [[modules]] entry.
func (d *decoder) module(t *table) Module {
	m := Module{Pos: t.pos, Keys: t.places()}
	f := d.moduleFields(&m)
	f["path"] = func(n *node) {
		if p, ok := d.asPattern(n); ok {
			m.Paths = append(m.Paths, p)
		}
	}
	f["paths"] = func(n *node) {
		var ps []Pattern
		d.patterns(&ps)(n)
		m.Paths = append(m.Paths, ps...)
	}
	d.table(t, "[[modules]]", f)
	switch path, paths := t.at["path"], t.at["paths"]; {
	case path == nil && paths == nil:
		d.complain(t.pos, "[[modules]] has neither path nor paths")
	case paths != nil && len(m.Paths) == 0 && isEmpty(paths):
		d.complain(t.pos, "[[modules]] has no paths")
	case path != nil && paths != nil:
		d.complain(t.pos, "[[modules]] has both path and paths; keep one")
	}
	return m
}

// moduleFields are the keys that a [[modules]] entry and a product.toml share.
func (d *decoder) moduleFields(m *Module) fields {
	return fields{
		"depends_on":                d.each(func() { m.DependsOn = []Dependency{} }, func(n *node) { d.dependency(n, m) }),
		"cannot_depend_on":          d.patterns(&m.CannotDependOn),
		"layer":                     d.text(&m.Layer),
		"visibility":                d.patterns(&m.Visibility),
		"utility":                   d.optionalBool(&m.Utility),
		"unchecked":                 d.optionalBool(&m.Unchecked),
		"interfaces":                d.exposures(&m.Interfaces),
		"depends_on_external":       d.patterns(&m.DependsOnExternal),
		"cannot_depend_on_external": d.patterns(&m.CannotDependOnExternal),
		"owners":                    d.texts(&m.Owners),
		"frozen": d.word(levels, func(s string) {
			level := Level(s)
			m.Frozen = &level
		}),
	}
}

func (d *decoder) dependency(n *node, m *Module) {
	t, isTable := n.value.(*table)
	if !isTable {
		if _, ok := n.value.(string); !ok {
			d.wants(n, "a module or { path = \"...\", deprecated = true, reason = \"...\" }")
			return
		}
		if p, ok := d.asPattern(n); ok {
			m.DependsOn = append(m.DependsOn, Dependency{Pattern: p})
		}
		return
	}
	dep, found := Dependency{}, false
	d.table(t, "a depends_on entry", fields{
		"path": func(n *node) {
			if dep.Pattern, found = d.asPattern(n); !found {
				return
			}
		},
		"deprecated": d.bool(&dep.Deprecated),
		"reason":     d.str(&dep.Reason),
	})
	if t.at["path"] == nil {
		d.complain(n.pos, "depends_on entry has no path")
	}
	if found {
		m.DependsOn = append(m.DependsOn, dep)
	}
}

func (d *decoder) exposures(dst *[]Exposure) func(*node) {
	return d.each(func() { *dst = []Exposure{} }, func(n *node) {
		t, ok := d.asText(n)
		if !ok {
			return
		}
		e, err := parseExposure(t)
		if err != nil {
			d.complain(t.Pos, "pattern %q %v", t.Value, err)
			return
		}
		*dst = append(*dst, e)
	})
}

// parseExposure tells "webhooks.Handler", a symbol of a package, from
// "api.v1", a package: what follows the last dot of the last element is a
// symbol if Go exports it.
func parseExposure(t Text) (Exposure, error) {
	pkg, symbol := t.Value, ""
	if dot := strings.LastIndexByte(pkg, '.'); dot > strings.LastIndexByte(pkg, '/') && token.IsExported(pkg[dot+1:]) {
		pkg, symbol = pkg[:dot], pkg[dot+1:]
		if pkg == "" || strings.HasSuffix(pkg, "/") {
			pkg += "."
		}
		if !token.IsIdentifier(symbol) {
			return Exposure{}, fmt.Errorf("names %q, which is not a Go identifier", symbol)
		}
	}
	p, err := pattern.Compile(pkg)
	return Exposure{p, symbol, t.Value, t.Pos}, err
}

func (d *decoder) iface(t *table, c *Config) {
	i := Interface{Pos: t.pos}
	d.table(t, "[[interfaces]]", fields{
		"from":       d.patterns(&i.From),
		"expose":     d.exposures(&i.Expose),
		"visibility": d.patterns(&i.Visibility),
		"exclusive":  d.bool(&i.Exclusive),
		"reason":     d.str(&i.Reason),
	})
	if t.at["expose"] == nil {
		d.complain(t.pos, "[[interfaces]] has no expose")
	}
	c.Interfaces = append(c.Interfaces, i)
}

func (d *decoder) role(k key, t *table, c *Config) {
	r := Role{Name: k.name, Pos: k.pos}
	d.table(t, "[roles."+k.name+"]", fields{
		"packages": d.patterns(&r.Packages),
		"imports":  d.texts(&r.Imports),
		"exposed": func(n *node) {
			switch v := n.value.(type) {
			case bool:
				e := Exposed(fmt.Sprint(v))
				r.Exposed = &e
			case string:
				d.word([]string{string(ExposedTests), string(ExposedRoot)}, func(s string) {
					e := Exposed(s)
					r.Exposed = &e
				})(n)
			default:
				d.wants(n, "true, false, \"tests\" or \"root\"")
			}
		},
	})
	c.Roles = append(c.Roles, r)
}

func (d *decoder) external(t *table, c *Config) {
	e := External{Pos: t.pos}
	d.table(t, "[[external]]", fields{
		"packages": d.patterns(&e.Packages),
		"only":     d.patterns(&e.Only),
		"reason":   d.str(&e.Reason),
	})
	if packages := t.at["packages"]; packages == nil || isEmpty(packages) {
		d.complain(t.pos, "[[external]] has no packages")
	}
	c.External = append(c.External, e)
}

func (d *decoder) orm(t *table, o *ORM) {
	d.table(t, "[orm]", fields{
		"presets": d.checkedTexts(&o.Presets, func(s string) error {
			if !slices.Contains(Presets, s) {
				return fmt.Errorf("is no preset%s", didYouMean(s, Presets))
			}
			return nil
		}),
		"packages":       d.patterns(&o.Packages),
		"types":          d.checkedTexts(&o.Types, checkTypeName),
		"ignore_types":   d.checkedTexts(&o.IgnoreTypes, checkTypeName),
		"struct_tags":    d.checkedTexts(&o.StructTags, checkTagKey),
		"weak_tags":      d.checkedTexts(&o.WeakTags, checkTagKey),
		"embeds":         d.checkedTexts(&o.Embeds, orMore(checkTypeName)),
		"generated_by":   d.texts(&o.GeneratedBy),
		"methods":        d.texts(&o.Methods),
		"models_package": d.word(modelsPackages, func(s string) { o.ModelsPackage = s }),
		"wiring_funcs":   d.checkedTexts(&o.WiringFuncs, orMore(checkNameGlob)),
		"wiring_structs": d.checkedTexts(&o.WiringStructs, orMore(checkNameGlob)),
		"exclude":        d.patterns(&o.Exclude),
	})
}

func (d *decoder) contracts(t *table, c *Contracts) {
	d.table(t, "[contracts]", fields{
		"level":           d.word(levels, func(s string) { c.Level = Level(s) }),
		"known_immutable": d.checkedTexts(&c.KnownImmutable, checkTypeName),
		"known_mutable":   d.checkedTexts(&c.KnownMutable, checkTypeName),
		"imports":         d.patterns(&c.Imports),
		"max_fields":      d.limit(&c.MaxFields),
		"max_bytes":       d.limit(&c.MaxBytes),
		"max_statements":  d.limit(&c.MaxStatements),
		"max_complexity":  d.limit(&c.MaxComplexity),
		"tests":           d.bool(&c.Tests),
	})
}

func (d *decoder) rules(t *table, c *Config) {
	for _, k := range t.keys {
		r, ok := rule.Find(k.name)
		switch {
		case !ok:
			d.complain(k.pos, "unknown rule %q%s", k.name, didYouMean(k.name, rule.Names()))
		case r.Fixed:
			d.complain(k.pos, "rule %q is always an error", k.name)
		default:
			d.word(rule.Severities, func(s string) { c.Rules[k.name] = rule.Severity(s) })(t.at[k.name])
		}
	}
}

var (
	typeName = regexp.MustCompile(`^\*?([^\s\[\]*{}"\\]+/)?[^\s/\[\]*{}"\\]+\.(\*|[\pL_][\pL_\pN]*)(\[[^\]]*\])?$`)
	tagKey   = regexp.MustCompile(`^[^\s:"\x60]+$`)
	nameGlob = regexp.MustCompile(`^[\pL_*][\pL_\pN*]*$`)
)

// checkTypeName accepts "import/path.Type", with "*" before it for the pointer
// and "[…]" behind it for type arguments.
func checkTypeName(s string) error {
	if !typeName.MatchString(s) {
		return fmt.Errorf("is no type; write \"import/path.Type\"")
	}
	return nil
}

func checkTagKey(s string) error {
	if s != "..." && !tagKey.MatchString(s) {
		return fmt.Errorf("is no struct tag key")
	}
	return nil
}

func checkNameGlob(s string) error {
	if !nameGlob.MatchString(s) {
		return fmt.Errorf("is no identifier, with * for any run of characters")
	}
	return nil
}

// orMore also accepts "...", which keeps the built-in list.
func orMore(check func(string) error) func(string) error {
	return func(s string) error {
		if s == "..." {
			return nil
		}
		return check(s)
	}
}
