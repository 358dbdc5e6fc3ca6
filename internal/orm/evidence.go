package orm

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"slices"
)

// Declared returns the evidence that a type of a facade or of contracts has
// made itself a model: what it embeds or its tags. What its other fields are
// says nothing here, they are judged one by one.
func (c *Classifier) Declared(t *types.TypeName) (v Verdict, field *types.Var, ok bool) {
	if c.rules.ignored.Has(t) {
		return Verdict{}, nil, false
	}
	s, isStruct := t.Type().Underlying().(*types.Struct)
	if !isStruct {
		return Verdict{}, nil, false
	}
	return c.structEvidence(t, s)
}

// structEvidence looks at what a struct embeds and at its tags.
func (c *Classifier) structEvidence(t *types.TypeName, s *types.Struct) (v Verdict, field *types.Var, ok bool) {
	for f := range s.Fields() {
		if base := c.modelBase(f); base != nil {
			return Verdict{
				Kind:     Model,
				Evidence: fmt.Sprintf("%s embeds %s", t.Name(), shortName(base)),
				Pos:      c.headers.reach(f.Pos()),
			}, f, true
		}
	}
	for i := range s.NumFields() {
		if key, ok := tagged(s.Tag(i), c.rules.strong); ok {
			f := s.Field(i)
			return Verdict{
				Kind:     Model,
				Evidence: fmt.Sprintf("%s.%s has a %s tag", t.Name(), f.Name(), key),
				Pos:      c.headers.reach(f.Pos()),
			}, f, true
		}
	}
	return Verdict{}, nil, false
}

// modelBase returns the type that an embedded field makes its struct a model
// with: gorm.Model and the like, or another model for certain. The models of
// generators are not made to be embedded; who does so wraps one.
func (c *Classifier) modelBase(f *types.Var) *types.TypeName {
	named := embedded(f)
	if named == nil {
		return nil
	}
	if c.rules.embeds.Has(named.Obj()) {
		return named.Obj()
	}
	if v := c.Classify(named.Obj()); v.Kind == Model && !v.layer && !v.made && c.libraryOf(named) == nil {
		return named.Obj()
	}
	return nil
}

// embedded returns the defined type that a field embeds, or nil.
func embedded(f *types.Var) *types.Named {
	if !f.Embedded() {
		return nil
	}
	t := types.Unalias(f.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named)
	if named == nil || named.Obj().Pkg() == nil {
		return nil
	}
	return named
}

// evidence looks for what makes a type certain, wherever it is declared.
func (c *Classifier) evidence(named *types.Named) (Verdict, bool) {
	t := named.Obj()
	if i, ok := named.Underlying().(*types.Interface); ok {
		return c.extension(t, i)
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return Verdict{}, false
	}
	if v, _, ok := c.structEvidence(t, s); ok {
		return v, true
	}
	for f := range s.Fields() {
		if name := namedOf(f.Type()); name != nil && softDelete[unversionedName(name)] {
			return Verdict{Kind: Model, Evidence: fmt.Sprintf("%s.%s is %s", t.Name(), f.Name(), shortName(name)), Pos: c.headers.reach(f.Pos())}, true
		}
	}
	if hook, caller := c.hook(named); hook != nil {
		return Verdict{Kind: Model, Evidence: fmt.Sprintf("%s.%s is a hook that takes %s", t.Name(), hook.Name(), shortName(caller)), Pos: c.headers.reach(hook.Pos())}, true
	}
	if origin := c.copied(t, s); origin != "" {
		return Verdict{Kind: Model, Evidence: fmt.Sprintf("%s is defined over a struct of %s", t.Name(), origin), Pos: c.headers.reach(t.Pos())}, true
	}
	return c.wrapper(t, s)
}

// softDelete are fields that only a model has.
var softDelete = map[string]bool{
	"gorm.io/gorm.DeletedAt":               true,
	"gorm.io/plugin/soft_delete.DeletedAt": true,
}

// hookNames are the methods through which libraries tell a model what happens
// to it. They count only with a parameter of such a library.
var hookNames = regexp.MustCompile(`^((Before|After)(Create|Save|Update|Delete|Find|Insert|Select|Scan|ScanRow|AppendModel|CreateTable|DropTable)|(Pre|Post)(Insert|Update|Delete|Get))$`)

func (c *Classifier) hook(named *types.Named) (hook *types.Func, caller *types.TypeName) {
	for m := range named.Methods() {
		if !hookNames.MatchString(m.Name()) {
			continue
		}
		params := m.Signature().Params()
		if params.Len() == 0 {
			continue
		}
		last := namedOf(params.At(params.Len() - 1).Type())
		if last == nil || last.Pkg() == nil {
			continue
		}
		if lib := c.library(last.Pkg()); lib != nil && lib.hooks {
			return m, last
		}
	}
	return nil, nil
}

// copied recognises type Row models.Invoice, whose fields are still those of
// models: it returns what to call that package.
func (c *Classifier) copied(t *types.TypeName, s *types.Struct) string {
	if s.NumFields() == 0 || s.Field(0).Pkg() == nil || s.Field(0).Pkg() == t.Pkg() || s.Field(0).Pkg().Path() == t.Pkg().Path() {
		return ""
	}
	label, ok := c.layer(s.Field(0).Pkg())
	if !ok {
		return ""
	}
	return label
}

// wrapper recognises a struct around an embedded handle or value with no data
// of its own: it is one itself.
func (c *Classifier) wrapper(t *types.TypeName, s *types.Struct) (Verdict, bool) {
	var found Verdict
	for f := range s.Fields() {
		if !f.Exported() {
			continue
		}
		named := embedded(f)
		if named == nil {
			return Verdict{}, false
		}
		v := c.Classify(named.Obj())
		if v.Kind != Handle && v.Kind != Value || v.layer {
			return Verdict{}, false
		}
		if found.Kind == None {
			found = Verdict{Kind: v.Kind, Evidence: fmt.Sprintf("%s embeds %s", t.Name(), shortName(named.Obj())), Pos: c.headers.reach(f.Pos())}
		}
	}
	return found, found.Kind != None
}

// extension recognises an interface that adds methods to those of a handle,
// as people do with what sqlc generates: it is one itself.
func (c *Classifier) extension(t *types.TypeName, i *types.Interface) (Verdict, bool) {
	for e := range i.EmbeddedTypes() {
		base := namedOf(e)
		if base == nil {
			continue
		}
		if v := c.Classify(base); v.Kind == Handle && !v.layer {
			return Verdict{Kind: Handle, Evidence: fmt.Sprintf("%s embeds %s", t.Name(), shortName(base)), Pos: c.headers.reach(t.Pos())}, true
		}
	}
	return Verdict{}, false
}

// weakEvidence looks for what counts only in a package of models.
func (c *Classifier) weakEvidence(named *types.Named) (Verdict, bool) {
	t := named.Obj()
	found := func(pos token.Pos, format string, args ...any) (Verdict, bool) {
		return Verdict{Kind: Model, Evidence: fmt.Sprintf(format, args...), Pos: c.headers.reach(pos)}, true
	}
	for m := range named.Methods() {
		if slices.Contains(c.rules.methods, m.Name()) {
			return found(m.Pos(), "%s has a method %s", t.Name(), m.Name())
		}
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			if key, ok := tagged(u.Tag(i), c.rules.weak); ok {
				return found(f.Pos(), "%s.%s has a %s tag", t.Name(), f.Name(), key)
			}
			if name := namedOf(f.Type()); name != nil && name.Pkg() != nil && c.Classify(name).Kind == Value {
				return found(f.Pos(), "%s.%s is %s", t.Name(), f.Name(), shortName(name))
			}
		}
	case *types.Slice, *types.Array, *types.Map, *types.Signature:
		if model := c.mentions(u); model != nil {
			return found(t.Pos(), "%s is made of %s", t.Name(), shortName(model))
		}
	}
	return Verdict{}, false
}

// mentions returns a model that a slice, map or function type is made of.
func (c *Classifier) mentions(t types.Type) *types.TypeName {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if c.Classify(t.Obj()).Kind == Model {
			return t.Obj()
		}
	case *types.Pointer:
		return c.mentions(t.Elem())
	case *types.Slice:
		return c.mentions(t.Elem())
	case *types.Array:
		return c.mentions(t.Elem())
	case *types.Map:
		if m := c.mentions(t.Key()); m != nil {
			return m
		}
		return c.mentions(t.Elem())
	case *types.Signature:
		for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range tuple.Variables() {
				if m := c.mentions(v.Type()); m != nil {
					return m
				}
			}
		}
	}
	return nil
}

// tagged reports which of some keys a struct tag has. A value of "-" says
// that the library leaves the field alone. A malformed tag has no keys, which
// is how the libraries see it, too; vet reports it.
func tagged(tag string, keys []string) (key string, ok bool) {
	if tag == "" {
		return "", false
	}
	for _, key := range keys {
		if value, ok := reflect.StructTag(tag).Lookup(key); ok && value != "-" {
			return key, true
		}
	}
	return "", false
}

// namedOf returns the name of a defined type, also behind a pointer.
func namedOf(t types.Type) *types.TypeName {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
		return named.Obj()
	}
	return nil
}

// shortName is how code calls a type: by the name of its package.
func shortName(t *types.TypeName) string { return t.Pkg().Name() + "." + t.Name() }

func unversionedName(t *types.TypeName) string {
	return unversioned(t.Pkg().Path()) + "." + t.Name()
}
