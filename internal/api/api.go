// Package api answers: what does a package hand out? The API of a package is
// what its exported declarations mention, followed to the end: through
// parameters and results, fields and methods, embedding and aliases, type
// arguments and constraints. [Declarations] lists the places where a type
// crosses, each once; a [Walker] finds in such a type what should not.
package api

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A Kind says how a declaration hands a type out.
type Kind int

// The kinds.
const (
	Result     Kind = iota // of a function or method
	Param                  // of a function or method
	Field                  // of a struct, also of an anonymous one inside
	Embedding              // in a struct or an interface
	Promotion              // of a field or method, by an embedding that is not itself exported
	Variable               //
	Constant               //
	Alias                  // type A = T
	Definition             // type D T, where T is no struct or interface of its own
	Constraint             // of a type parameter
)

// A Decl is one place in the API where a type crosses.
type Decl struct {
	Kind Kind
	Name string     // what declares it: "Facade.List", "ListResult.Items[].Owner"
	Via  string     // for a Promotion: what is promoted, "Service.List"
	Type types.Type // what crosses

	// Key is the position of the function, field or other declaration that
	// all its parts share.
	Key token.Pos

	Pos, End token.Pos // what to underline

	Func  *types.Func     // the function or method, for its parameters and results
	Owner *types.TypeName // the type that the field or method belongs to
}

// A Package is a type-checked package of which some symbols are API.
type Package struct {
	Fset    *token.FileSet
	Files   []*ast.File
	Types   *types.Package
	Info    *types.Info
	Exposes func(symbol string) bool
}

// An API is what the declarations of a package hand out.
type API struct {
	Decls []Decl
	Types []*types.TypeName // the package's own types that are part of it
	Funcs []*ast.FuncDecl   // the functions and methods that others can call
}

// Of returns the API of a package, in the order in which it is discovered:
// exported declarations in the order of the source, then what they hand out
// of the types that are not exported. Declarations in _test.go files are not
// part of it.
func Of(p Package) *API {
	c := &collector{
		Package: p,
		api:     &API{},
		specs:   map[*types.TypeName]*ast.TypeSpec{},
		methods: map[*types.TypeName][]*ast.FuncDecl{},
		queued:  map[*types.TypeName]bool{},
		members: map[types.Object]func(){},
		done:    map[token.Pos]bool{},
		seen:    map[types.Type]bool{},
	}
	c.index()
	for _, decl := range c.exported {
		decl()
	}
	for len(c.queue) > 0 {
		t := c.queue[0]
		c.queue = c.queue[1:]
		c.typeDecl(t)
	}
	return c.api
}

// A collector gathers the declarations of the API. What makes a type part of
// it is reach: being exported, or being mentioned by what is.
type collector struct {
	Package
	api      *API
	exported []func()
	specs    map[*types.TypeName]*ast.TypeSpec
	methods  map[*types.TypeName][]*ast.FuncDecl
	members  map[types.Object]func() // how to list a field or method, should it be promoted
	queue    []*types.TypeName
	queued   map[*types.TypeName]bool
	done     map[token.Pos]bool // members already listed, by promotion or because their type is API
	seen     map[types.Type]bool
}

// index goes through the files once.
func (c *collector) index() {
	for _, f := range c.Files {
		if strings.HasSuffix(c.Fset.PositionFor(f.Package, false).Filename, "_test.go") {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				c.indexFunc(d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					c.indexSpec(spec)
				}
			}
		}
	}
}

func (c *collector) indexFunc(d *ast.FuncDecl) {
	fn, _ := c.Info.Defs[d.Name].(*types.Func)
	if fn == nil || !d.Name.IsExported() {
		return
	}
	if d.Recv == nil {
		if c.Exposes(fn.Name()) {
			c.exported = append(c.exported, func() { c.function(d, fn, nil) })
		}
		return
	}
	if owner := c.receiver(d); owner != nil {
		c.methods[owner] = append(c.methods[owner], d)
		c.members[fn] = func() { c.function(d, fn, owner) }
	}
}

// receiver returns the type that a method belongs to.
func (c *collector) receiver(d *ast.FuncDecl) *types.TypeName {
	if len(d.Recv.List) == 0 {
		return nil
	}
	t := types.Unalias(c.Info.TypeOf(d.Recv.List[0].Type))
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj()
	}
	return nil
}

func (c *collector) indexSpec(spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		t, _ := c.Info.Defs[spec.Name].(*types.TypeName)
		if t == nil {
			return
		}
		c.specs[t] = spec
		c.indexMembers(t, spec)
		if t.Exported() && c.Exposes(t.Name()) {
			c.exported = append(c.exported, func() { c.reach(t) })
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() && c.Exposes(name.Name) {
				c.exported = append(c.exported, func() { c.value(name) })
			}
		}
	}
}

// reach makes a type part of the API.
func (c *collector) reach(t *types.TypeName) {
	if c.specs[t] != nil && !c.queued[t] {
		c.queued[t] = true
		c.queue = append(c.queue, t)
		c.api.Types = append(c.api.Types, t)
	}
}

// add lists a declaration, and reaches the package's own types in it.
func (c *collector) add(d Decl) {
	if d.Type == nil {
		return // a type error, reported as such
	}
	c.api.Decls = append(c.api.Decls, d)
	c.reachAll(d.Type)
}

// reachAll follows a type to the package's own types that it hands out.
func (c *collector) reachAll(t types.Type) {
	if t == nil || c.seen[t] {
		return
	}
	c.seen[t] = true
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() == c.Types {
		c.reach(named.Origin().Obj())
	}
	for part := range parts(t) {
		c.reachAll(part.typ)
	}
}

func (c *collector) value(name *ast.Ident) {
	d := Decl{Name: name.Name, Key: name.Pos(), Pos: name.Pos(), End: name.End()}
	switch obj := c.Info.Defs[name].(type) {
	case *types.Var:
		d.Kind, d.Type = Variable, obj.Type()
	case *types.Const:
		d.Kind, d.Type = Constant, obj.Type()
	}
	c.add(d)
}

// function lists a function, or a method of owner.
func (c *collector) function(d *ast.FuncDecl, fn *types.Func, owner *types.TypeName) {
	if c.done[d.Name.Pos()] || dictated(fn) {
		return
	}
	c.done[d.Name.Pos()] = true
	c.api.Funcs = append(c.api.Funcs, d)
	name := fn.Name()
	if owner != nil {
		name = owner.Name() + "." + name
	}
	c.signature(Decl{Name: name, Key: d.Name.Pos(), Func: fn, Owner: owner}, d.Type)
}

func (c *collector) signature(d Decl, t *ast.FuncType) {
	c.constraints(d, t.TypeParams)
	c.fieldTypes(d, Param, t.Params)
	c.fieldTypes(d, Result, t.Results)
}

func (c *collector) constraints(d Decl, list *ast.FieldList) {
	c.fieldTypes(d, Constraint, list)
}

func (c *collector) fieldTypes(d Decl, kind Kind, list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		d.Kind, d.Type = kind, c.typeOf(field.Type)
		d.Pos, d.End = field.Type.Pos(), field.Type.End()
		c.add(d)
	}
}

// typeOf is the type of a type expression. That of a constraint such as
// ~int|~string, and of ...T, is not recorded under the expression itself.
func (c *collector) typeOf(e ast.Expr) types.Type {
	if dots, ok := e.(*ast.Ellipsis); ok {
		e = dots.Elt
	}
	return c.Info.TypeOf(e)
}
