package api

import (
	"go/ast"
	"go/types"
	"iter"
)

// typeDecl lists what a type of the package hands out.
func (c *collector) typeDecl(t *types.TypeName) {
	spec := c.specs[t]
	c.constraints(Decl{Name: t.Name(), Key: spec.Name.Pos(), Owner: t}, spec.TypeParams)
	if spec.Assign.IsValid() {
		c.add(Decl{Kind: Alias, Name: t.Name(), Key: spec.Name.Pos(), Owner: t, Type: c.Info.TypeOf(spec.Type), Pos: spec.Type.Pos(), End: spec.Type.End()})
		return
	}
	c.expr(Decl{Kind: Definition, Name: t.Name(), Key: spec.Name.Pos(), Owner: t}, spec.Type)
	for _, m := range c.methods[t] {
		c.members[c.Info.Defs[m.Name]]()
	}
	c.promotions(t, spec)
}

// expr lists a type expression: as a whole, or, where a struct or interface
// is written out inside, by its fields and methods.
func (c *collector) expr(d Decl, e ast.Expr) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		c.expr(d, e.X)
		return
	case *ast.StructType:
		c.fields(d, e)
		return
	case *ast.InterfaceType:
		c.interfaceMethods(d, e)
		return
	case *ast.StarExpr:
		if writtenOut(e.X) {
			c.expr(d, e.X)
			return
		}
	case *ast.ArrayType:
		if writtenOut(e.Elt) {
			d.Name += "[]"
			c.expr(d, e.Elt)
			return
		}
	case *ast.ChanType:
		if writtenOut(e.Value) {
			c.expr(d, e.Value)
			return
		}
	case *ast.MapType:
		if writtenOut(e.Value) {
			key := d
			key.Name += "[key]"
			c.expr(key, e.Key)
			d.Name += "[]"
			c.expr(d, e.Value)
			return
		}
	}
	d.Type, d.Pos, d.End = c.typeOf(e), e.Pos(), e.End()
	c.add(d)
}

// writtenOut reports whether a type expression spells out a struct or an
// interface with something inside.
func writtenOut(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return writtenOut(e.X)
	case *ast.StarExpr:
		return writtenOut(e.X)
	case *ast.ArrayType:
		return writtenOut(e.Elt)
	case *ast.ChanType:
		return writtenOut(e.Value)
	case *ast.MapType:
		return writtenOut(e.Value)
	case *ast.StructType:
		return e.Fields != nil && len(e.Fields.List) > 0
	case *ast.InterfaceType:
		return e.Methods != nil && len(e.Methods.List) > 0
	}
	return false
}

// fields lists the exported fields of a struct. Embedded ones that are not
// exported promote what they have, see promotions.
func (c *collector) fields(d Decl, s *ast.StructType) {
	if s.Fields == nil {
		return
	}
	for _, field := range s.Fields.List {
		if len(field.Names) == 0 {
			if name := embeddedName(field.Type); name != nil && name.IsExported() {
				c.embeddedField(d, field.Type)
			}
			continue
		}
		for _, name := range field.Names {
			if name.IsExported() {
				c.field(d, name, field)
			}
		}
	}
}

// field lists a named field. Where several share a type, it is the name that
// tells them apart.
func (c *collector) field(d Decl, name *ast.Ident, field *ast.Field) {
	if c.done[name.Pos()] {
		return
	}
	c.done[name.Pos()] = true
	d.Kind, d.Name, d.Key = Field, d.Name+"."+name.Name, name.Pos()
	if len(field.Names) > 1 && !writtenOut(field.Type) {
		d.Type, d.Pos, d.End = c.typeOf(field.Type), name.Pos(), name.End()
		c.add(d)
		return
	}
	c.expr(d, field.Type)
}

// embeddedField lists an embedded field whose name is exported.
func (c *collector) embeddedField(d Decl, t ast.Expr) {
	if c.done[t.Pos()] {
		return
	}
	c.done[t.Pos()] = true
	d.Kind, d.Type = Embedding, c.Info.TypeOf(t)
	d.Key, d.Pos, d.End = t.Pos(), t.Pos(), t.End()
	c.add(d)
}

// embeddedName returns the name that an embedded field has.
func embeddedName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.ParenExpr:
		return embeddedName(e.X)
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	}
	return nil
}

// interfaceMethods lists the methods of an interface and what it embeds.
func (c *collector) interfaceMethods(d Decl, i *ast.InterfaceType) {
	if i.Methods == nil {
		return
	}
	for _, m := range i.Methods.List {
		if len(m.Names) == 0 {
			e := d
			e.Kind, e.Type = Embedding, c.Info.TypeOf(m.Type)
			e.Key, e.Pos, e.End = m.Type.Pos(), m.Type.Pos(), m.Type.End()
			c.add(e)
			continue
		}
		for _, name := range m.Names {
			if name.IsExported() {
				c.interfaceMethod(d, name, m.Type)
			}
		}
	}
}

func (c *collector) interfaceMethod(d Decl, name *ast.Ident, e ast.Expr) {
	fn, _ := c.Info.Defs[name].(*types.Func)
	t, ok := e.(*ast.FuncType)
	if fn == nil || !ok || c.done[name.Pos()] || dictated(fn) {
		return
	}
	c.done[name.Pos()] = true
	c.signature(Decl{Name: d.Name + "." + name.Name, Key: name.Pos(), Func: fn, Owner: d.Owner}, t)
}

// promotions lists the fields and methods that a struct has from embedded
// fields that are not exported: of an unexported type of the package at their
// own declaration, of any other type at the embedding.
func (c *collector) promotions(t *types.TypeName, spec *ast.TypeSpec) {
	s, ok := ast.Unparen(spec.Type).(*ast.StructType)
	if !ok || s.Fields == nil {
		return
	}
	hidden := map[string]ast.Expr{} // by the name of the embedded field
	for _, field := range s.Fields.List {
		if name := embeddedName(field.Type); len(field.Names) == 0 && name != nil && !name.IsExported() {
			hidden[name.Name] = field.Type
		}
	}
	if len(hidden) == 0 {
		return
	}
	for _, m := range Members(t.Type()) {
		at := hidden[m.Through]
		if at == nil {
			continue
		}
		d := Decl{
			Kind: Promotion, Name: t.Name(), Via: m.Object.Name(), Owner: t,
			Type: m.Object.Type(), Key: at.Pos(), Pos: at.Pos(), End: at.End(),
		}
		declared := origin(m.Object)
		list := c.members[declared]
		if list == nil {
			c.add(d)
			continue
		}
		list()
		for _, d.Type = range arguments(declared.Type(), m.Object.Type()) {
			c.add(d) // which only the instance has
		}
	}
}

// arguments returns the types that stand for type parameters in an instance of
// a declared type.
func arguments(declared, instance types.Type) []types.Type {
	if declared == instance {
		return nil
	}
	if _, ok := types.Unalias(declared).(*types.TypeParam); ok {
		return []types.Type{instance}
	}
	next, stop := iter.Pull(parts(instance))
	defer stop()
	var args []types.Type
	for d := range parts(declared) {
		i, ok := next()
		if !ok || d.behind || i.behind {
			break
		}
		args = append(args, arguments(d.typ, i.typ)...)
	}
	return args
}

// indexMembers notes how to list the fields of a struct or the methods of an
// interface, should they be promoted.
func (c *collector) indexMembers(t *types.TypeName, spec *ast.TypeSpec) {
	d := Decl{Name: t.Name(), Owner: t}
	switch e := ast.Unparen(spec.Type).(type) {
	case *ast.StructType:
		c.indexFields(d, e.Fields)
	case *ast.InterfaceType:
		c.indexMethods(d, e.Methods)
	}
}

func (c *collector) indexMethods(d Decl, list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, m := range list.List {
		for _, name := range m.Names {
			if obj := c.Info.Defs[name]; obj != nil {
				c.members[obj] = func() { c.interfaceMethod(d, name, m.Type) }
			}
		}
	}
}

func (c *collector) indexFields(d Decl, list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		if len(field.Names) == 0 {
			if name := embeddedName(field.Type); name != nil && c.Info.Defs[name] != nil {
				c.members[c.Info.Defs[name]] = func() { c.embeddedField(d, field.Type) }
			}
		}
		for _, name := range field.Names {
			if obj := c.Info.Defs[name]; obj != nil {
				c.members[obj] = func() { c.field(d, name, field) }
			}
		}
	}
}

// origin is the declared field or method of an instantiated one.
func origin(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Origin()
	case *types.Var:
		return obj.Origin()
	}
	return obj
}
