package api

import (
	"go/ast"
	"go/types"
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
				c.field(d, name, field.Type)
			}
		}
	}
}

// field lists a named field.
func (c *collector) field(d Decl, name *ast.Ident, t ast.Expr) {
	if c.done[name.Pos()] {
		return
	}
	c.done[name.Pos()] = true
	d.Kind, d.Name, d.Key = Field, d.Name+"."+name.Name, name.Pos()
	c.expr(d, t)
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
			fn, _ := c.Info.Defs[name].(*types.Func)
			t, ok := m.Type.(*ast.FuncType)
			if !name.IsExported() || fn == nil || !ok || dictated(fn) {
				continue
			}
			c.signature(Decl{Name: d.Name + "." + name.Name, Key: name.Pos(), Func: fn, Owner: d.Owner}, t)
		}
	}
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
		if list := c.members[origin(m.Object)]; list != nil {
			list()
			continue
		}
		c.add(Decl{
			Kind: Promotion, Name: t.Name(), Via: m.Object.Name(), Owner: t,
			Type: m.Object.Type(), Key: at.Pos(), Pos: at.Pos(), End: at.End(),
		})
	}
}

// indexFields notes how to list the fields of a struct, should they be
// promoted.
func (c *collector) indexFields(t *types.TypeName, spec *ast.TypeSpec) {
	s, ok := ast.Unparen(spec.Type).(*ast.StructType)
	if !ok || s.Fields == nil {
		return
	}
	d := Decl{Name: t.Name(), Owner: t}
	for _, field := range s.Fields.List {
		if len(field.Names) == 0 {
			if name := embeddedName(field.Type); name != nil && c.Info.Defs[name] != nil {
				c.members[c.Info.Defs[name]] = func() { c.embeddedField(d, field.Type) }
			}
		}
		for _, name := range field.Names {
			if obj := c.Info.Defs[name]; obj != nil {
				c.members[obj] = func() { c.field(d, name, field.Type) }
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
