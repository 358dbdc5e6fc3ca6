package importboundary

import (
	"go/ast"
	"iter"
)

// A Use is a mention of a package-level symbol of an imported package.
type Use struct {
	Node   ast.Node // the qualified identifier, or the bare one under a dot import
	Path   string   // import path
	Symbol string
}

// Uses yields the symbols of imported packages that a file mentions, in the
// order of the file. qualifier tells which package an identifier before a dot
// names, bare which package a bare identifier comes from by a dot import; both
// return "" for any other identifier.
func Uses(file *ast.File, qualifier, bare func(*ast.Ident) string) iter.Seq[Use] {
	return func(yield func(Use) bool) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				if !ok {
					return true
				}
				if path := qualifier(x); path != "" {
					return yield(Use{n, path, n.Sel.Name}) && false
				}
			case *ast.Ident:
				if path := bare(n); path != "" {
					return yield(Use{n, path, n.Name})
				}
			}
			return true
		})
	}
}
