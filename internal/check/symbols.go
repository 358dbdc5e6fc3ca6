package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"

	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// judgeSymbols looks into the files of a package that import one of which
// only some symbols are visible to it. It needs no types: an identifier that
// go/parser could not resolve inside its file and that bears the name of an
// import is that import, since Go lets no package-level name be the same.
func (r *run) judgeSymbols(p judged) {
	partly := map[*imports.File]map[string][]edge{}
	for _, e := range p.edges {
		if view := r.law.View(e.From, e.To, e.Test); view.All || view.None() {
			continue
		}
		if partly[e.file] == nil {
			partly[e.file] = map[string][]edge{}
		}
		partly[e.file][e.spec.Path] = append(partly[e.file][e.spec.Path], e)
	}
	for _, file := range p.Files {
		if edges := partly[file]; edges != nil {
			r.judgeUses(p, file, edges)
		}
	}
}

// judgeUses judges the symbols of some imports of a file. A package may be
// imported more than once, by several names.
func (r *run) judgeUses(p judged, file *imports.File, edges map[string][]edge) {
	fset, parsed := r.parse(file.Path)
	if parsed == nil {
		return // reported as incomplete by the scan
	}
	unresolved := map[*ast.Ident]bool{}
	for _, id := range parsed.Unresolved {
		unresolved[id] = true
	}
	named, dotted := map[string]string{}, map[string]string{}
	for importPath, specs := range edges {
		for _, e := range specs {
			switch name := e.spec.Name; name {
			case "_":
			case ".":
				for symbol := range r.exported(e.To.Dir) {
					dotted[symbol] = importPath
				}
			case "":
				for _, name := range r.packageNames(e.To) {
					named[name] = importPath
				}
			default:
				named[name] = importPath
			}
		}
	}
	if len(dotted) > 0 {
		for symbol := range r.exported(p.Dir) {
			delete(dotted, symbol) // its own hides the imported one
		}
	}
	lookup := func(names map[string]string) func(*ast.Ident) string {
		return func(id *ast.Ident) string {
			if !unresolved[id] {
				return ""
			}
			return names[id.Name]
		}
	}
	for use := range importboundary.Uses(parsed, lookup(named), lookup(dotted)) {
		e := edges[use.Path][0]
		v, bad := r.law.JudgeSymbol(e.Edge, use.Symbol)
		if !bad {
			continue
		}
		start, end := fset.PositionFor(use.Node.Pos(), false), fset.PositionFor(use.Node.End(), false)
		to := e.To
		to.Path += "." + use.Symbol
		r.report(e.From, to, file.Path, imports.Range{Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column}, v)
	}
}

// parse parses a file of the tree, with the resolution of identifiers. Of a
// file with a syntax error, which the scan reports, it returns what is sound.
func (r *run) parse(file string) (*token.FileSet, *ast.File) { return r.parseWith(file, 0) }

func (r *run) parseWith(file string, mode parser.Mode) (*token.FileSet, *ast.File) {
	fset := token.NewFileSet()
	var src any // nil: as on the disk
	if text, ok := r.opt.Overlay[file]; ok {
		src = text
	}
	f, _ := parser.ParseFile(fset, filepath.Join(r.config.Dir, filepath.FromSlash(file)), src, mode)
	return fset, f
}

// packageNames are the names that a package of the tree may have in its
// importers. It has more than one if build constraints keep apart what shares
// a directory; "main" is then a program beside it.
func (r *run) packageNames(p policy.Place) []string {
	var names []string
	if pkg := r.packageAt(p.Dir); pkg != nil {
		for _, f := range pkg.Files {
			if !f.Test() && f.PackageName != "" && f.PackageName != "main" && !slices.Contains(names, f.PackageName) {
				names = append(names, f.PackageName)
			}
		}
	}
	if names == nil {
		names = []string{path.Base(p.Path)}
	}
	return names
}

func (r *run) packageAt(dir string) *imports.Package {
	i, ok := findPackage(r.tree.Packages, dir)
	if !ok {
		return nil
	}
	return r.tree.Packages[i]
}

// exported returns the exported package-level names of a package of the tree.
func (r *run) exported(dir string) map[string]bool {
	names := map[string]bool{}
	pkg := r.packageAt(dir)
	if pkg == nil {
		return names
	}
	for _, file := range pkg.Files {
		_, parsed := r.parse(file.Path)
		if parsed == nil || parsed.Scope == nil || file.Test() {
			continue
		}
		for name := range parsed.Scope.Objects {
			if ast.IsExported(name) {
				names[name] = true
			}
		}
	}
	return names
}
