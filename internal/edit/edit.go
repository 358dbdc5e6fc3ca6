// Package edit answers: which edits of the text make it so? It serves
// suggested fixes, and returns none where the result might not compile or
// might mean something else.
package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// Wrap returns the edits that replace an expression by a call with it as its
// only argument: fn, of the package with import path pkg of the standard
// library, which is imported if it is not. It returns nil if the package's
// name means something else at that place.
func Wrap(pass *analysis.Pass, file *ast.File, e ast.Expr, pkg, fn string) []analysis.TextEdit {
	name, edits, ok := imported(pass, file, e.Pos(), pkg)
	if !ok {
		return nil
	}
	return append(edits,
		analysis.TextEdit{Pos: e.Pos(), End: e.Pos(), NewText: []byte(name + "." + fn + "(")},
		analysis.TextEdit{Pos: e.End(), End: e.End(), NewText: []byte(")")})
}

// imported returns what a package is called at a position, and the edits that
// import it.
func imported(pass *analysis.Pass, file *ast.File, pos token.Pos, pkg string) (string, []analysis.TextEdit, bool) {
	for _, spec := range file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != pkg {
			continue
		}
		name := path.Base(pkg)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if found, ok := lookup(pass, pos, name).(*types.PkgName); ok && found.Imported().Path() == pkg {
			return name, nil, true
		}
		if name != "_" {
			return "", nil, false // hidden, or a dot import
		}
	}
	name := path.Base(pkg)
	if lookup(pass, pos, name) != nil {
		return "", nil, false
	}
	return name, []analysis.TextEdit{importEdit(pass.Fset, file, pkg)}, true
}

func lookup(pass *analysis.Pass, pos token.Pos, name string) types.Object {
	scope := pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	return obj
}

// importEdit adds an import where gofmt would sort it: into the first group of
// the first block, or below the first import, or below the package clause.
func importEdit(fset *token.FileSet, file *ast.File, pkg string) analysis.TextEdit {
	quoted := strconv.Quote(pkg)
	insert := func(pos token.Pos, text string) analysis.TextEdit {
		return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
	}
	for _, decl := range file.Decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.IMPORT {
			break
		}
		if !block.Lparen.IsValid() || len(block.Specs) == 0 {
			continue
		}
		var last *ast.ImportSpec
		for _, s := range block.Specs {
			spec := s.(*ast.ImportSpec)
			if last != nil && fset.Position(spec.Pos()).Line > fset.Position(last.End()).Line+1 {
				break // the next group
			}
			if spec.Path.Value > quoted {
				return insert(start(spec), quoted+"\n\t")
			}
			last = spec
		}
		return insert(end(last), "\n\t"+quoted)
	}
	if len(file.Imports) > 0 {
		first := file.Imports[0]
		return insert(end(first), "\nimport "+quoted)
	}
	return insert(file.Name.End(), "\n\nimport "+quoted)
}

func start(spec *ast.ImportSpec) token.Pos {
	if spec.Doc != nil {
		return spec.Doc.Pos()
	}
	return spec.Pos()
}

func end(spec *ast.ImportSpec) token.Pos {
	if spec.Comment != nil {
		return spec.Comment.End()
	}
	return spec.End()
}
