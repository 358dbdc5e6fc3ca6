package debt

import (
	"go/ast"
	"go/token"
	"strconv"
)

// Declared names the declaration around a position, as the baseline knows it:
// "Get", "Service.Get" for a method, "User.Name" for a field or a method of an
// interface, an import by its path. It is "" outside of declarations.
func Declared(file *ast.File, pos token.Pos) string {
	for _, decl := range file.Decls {
		if !within(decl, pos) {
			continue
		}
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && len(d.Recv.List) > 0 {
				return typeName(d.Recv.List[0].Type) + "." + d.Name.Name
			}
			return d.Name.Name
		case *ast.GenDecl:
			return declaredIn(d, pos)
		}
	}
	return ""
}

func within(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos <= n.End() }

func declaredIn(d *ast.GenDecl, pos token.Pos) string {
	for _, spec := range d.Specs {
		if !within(spec, pos) {
			continue
		}
		switch s := spec.(type) {
		case *ast.TypeSpec:
			return s.Name.Name + member(s.Type, pos)
		case *ast.ValueSpec:
			return nameAt(s.Names, pos)
		case *ast.ImportSpec:
			path, _ := strconv.Unquote(s.Path.Value)
			return path
		}
	}
	return ""
}

// member names the field or interface method around a position, as a path of
// names that begins with a dot, or "".
func member(expr ast.Expr, pos token.Pos) string {
	fields := fieldsAt(expr, pos)
	if fields == nil {
		return ""
	}
	for _, f := range fields.List {
		if !within(f, pos) {
			continue
		}
		name := typeName(f.Type) // embedded
		if len(f.Names) > 0 {
			name = nameAt(f.Names, pos)
		}
		return "." + name + member(f.Type, pos)
	}
	return ""
}

// fieldsAt finds the outermost struct or interface type in an expression that
// holds a position.
func fieldsAt(expr ast.Expr, pos token.Pos) (fields *ast.FieldList) {
	ast.Inspect(expr, func(n ast.Node) bool {
		if n == nil || fields != nil || !within(n, pos) {
			return false
		}
		switch n := n.(type) {
		case *ast.StructType:
			fields = n.Fields
		case *ast.InterfaceType:
			fields = n.Methods
		}
		return fields == nil
	})
	return fields
}

// nameAt returns the name at a position, or the first.
func nameAt(names []*ast.Ident, pos token.Pos) string {
	for _, n := range names {
		if within(n, pos) {
			return n.Name
		}
	}
	return names[0].Name
}

// typeName is the name of a receiver's or an embedded field's type, without
// pointer, package and type arguments.
func typeName(expr ast.Expr) string {
	for {
		switch e := expr.(type) {
		case *ast.Ident:
			return e.Name
		case *ast.StarExpr:
			expr = e.X
		case *ast.ParenExpr:
			expr = e.X
		case *ast.SelectorExpr:
			return e.Sel.Name
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		default:
			return "_"
		}
	}
}
