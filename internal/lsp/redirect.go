package lsp

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A target is a package as a file may import it.
type target struct {
	path string
	name string // in its package clause; "" if unknown
}

// A patch puts other text in the place of some.
type patch struct {
	span
	text string
}

// redirect returns what makes a file import another package than the one whose
// path stands at an offset. What the file calls by the name of the old package
// it then calls by that of the new one. Where that name means something else
// in the file, the old one stays, as the name of the import; where the file
// imports the new package already, the old import goes.
//
// Of a file that does not parse only the path is changed.
func redirect(src string, at span, from, to target) []patch {
	path := patch{at, to.path}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, 0) // with objects: they tell variables from packages
	if err != nil || from.name == "" || to.name == "" {
		return []patch{path}
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	var old, twin *ast.ImportSpec
	for _, spec := range f.Imports {
		switch p, _ := strconv.Unquote(spec.Path.Value); {
		case offset(spec.Path.Pos()) < at.start && at.end < offset(spec.Path.End()):
			old = spec
		case p == to.path && (spec.Name == nil || spec.Name.Name != "_" && spec.Name.Name != "."):
			twin = spec
		}
	}
	if old == nil || old.Name != nil {
		return []patch{path}
	}
	name := to.name
	patches := []patch{path}
	switch {
	case twin != nil:
		if twin.Name != nil {
			name = twin.Name.Name
		}
		patches = []patch{{line(src, offset(old.Pos()), offset(old.End())), ""}}
	case name == from.name:
		return patches
	case isTaken(f, name):
		start := offset(old.Path.Pos())
		return []patch{{span{start, start}, from.name + " "}, path}
	}
	for _, id := range qualifiers(f, from.name) {
		patches = append(patches, patch{span{offset(id.Pos()), offset(id.End())}, name})
	}
	return patches
}

// qualifiers returns the mentions of an imported package by its name.
func qualifiers(f *ast.File, name string) []*ast.Ident {
	var found []*ast.Ident
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == name && id.Obj == nil {
				found = append(found, id)
			}
		}
		return true
	})
	return found
}

// isTaken reports whether a name means something in a file.
func isTaken(f *ast.File, name string) bool {
	taken := slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
		path, _ := strconv.Unquote(spec.Path.Value)
		return path == name || strings.HasSuffix(path, "/"+name)
	})
	fields := map[*ast.Ident]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			fields[n.Sel] = true
		case *ast.Ident:
			taken = taken || n.Name == name && !fields[n]
		}
		return !taken
	})
	return taken
}

// line widens a span to the whole line if nothing else but a comment behind
// stands there.
func line(src string, start, end int) span {
	first := strings.LastIndexByte(src[:start], '\n') + 1
	last := len(src)
	if i := strings.IndexByte(src[end:], '\n'); i >= 0 {
		last = end + i + 1
	}
	rest := strings.TrimSpace(src[end:last])
	before := strings.TrimSpace(src[first:start])
	if (before == "" || before == "import") && (rest == "" || strings.HasPrefix(rest, "//")) {
		return span{first, last}
	}
	return span{start, end}
}
