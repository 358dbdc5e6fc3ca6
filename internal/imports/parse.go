package imports

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"unicode/utf8"
)

// parse fills in f as go/parser sees it. The parser is asked twice, first for
// the imports alone: an error further down must not cost us those. If it has
// no complaint there, about the rest: there was a reason to doubt.
func (h *head) parse(f *File, src []byte, whole bool) []Problem {
	if problem := binary(f.Path, src); problem != nil {
		h.fill(f)
		return problem
	}
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, f.Path, src, parser.ImportsOnly|parser.SkipObjectResolution)
	end := 0
	if tree.Name.Name == "" {
		h.fill(f) // the parser gave up; what was read before is all there is
	} else {
		f.PackageName = tree.Name.Name
		f.Package = rangeOf(fset, tree.Package, tree.Name.End())
		end = fset.PositionFor(tree.Name.End(), false).Offset
	}
	for _, decl := range tree.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok {
			continue // not an import
		}
		f.Imports = append(f.Imports, importsOf(fset, decl)...)
		end = max(end, min(fset.PositionFor(decl.End(), false).Offset, len(src)))
	}
	if whole {
		end = len(src)
	}
	f.Comments = comments(src, end)
	if err != nil {
		return firstError(f.Path, src, err)
	}
	return syntax(f.Path, src)
}

// importsOf returns the specs of decl that have a path.
func importsOf(fset *token.FileSet, decl *ast.GenDecl) []Import {
	block := 0
	if decl.Lparen.IsValid() {
		block = fset.PositionFor(decl.TokPos, false).Line
	}
	var list []Import
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ImportSpec)
		if !ok {
			continue // not an import
		}
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has complained about it
		}
		im := Import{Path: path, Range: rangeOf(fset, spec.Pos(), spec.End()), BlockLine: block}
		if spec.Name != nil {
			im.Name = spec.Name.Name
		}
		list = append(list, im)
	}
	return list
}

func rangeOf(fset *token.FileSet, from, to token.Pos) Range {
	start, end := fset.PositionFor(from, false), fset.PositionFor(to, false)
	return Range{start.Line, start.Column, end.Line, end.Column}
}

// syntax returns what go/parser has to say about all of src.
func syntax(path string, src []byte) []Problem {
	if problem := binary(path, src); problem != nil {
		return problem
	}
	_, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
	return firstError(path, src, err)
}

// firstError returns the first syntax error of err; the others in a file are
// mostly echoes of it. Positions are computed from its offset, since those of
// go/parser obey //line directives.
func firstError(path string, src []byte, err error) []Problem {
	list, ok := errors.AsType[scanner.ErrorList](err)
	if !ok || len(list) == 0 {
		return nil
	}
	first := list[0]
	for _, e := range list {
		if e.Pos.Offset < first.Pos.Offset {
			first = e
		}
	}
	line, column := at(src, first.Pos.Offset)
	return []Problem{{path, line, column, first.Msg}}
}

// binary says that src is no text at all. go/parser would say it as well, but
// once for each byte of it, which can take gigabytes.
func binary(path string, src []byte) []Problem {
	if bytes.IndexByte(src, 0) < 0 && utf8.Valid(src) {
		return nil
	}
	first, bad := 0, 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			if bad == 0 {
				first = i
			}
			bad++
		}
		if bad > 10 {
			line, column := at(src, first)
			return []Problem{{path, line, column, "binary data, not Go source"}}
		}
		i += size
	}
	return nil
}
