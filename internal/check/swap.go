package check

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// offerSwaps gives a fix to each import of a package that may not be seen, if
// one that may be seen offers all the names that the file uses of it: then
// that one is imported instead. Whether it means the same by them the compiler
// says; see Fix.
func (r *run) offerSwaps() {
	type spot struct {
		file, path   string
		line, column int
	}
	fixable := map[spot]int{}
	for i, f := range r.findings {
		if f.Rule == rule.PrivateImport || f.Rule == rule.RoleViolation {
			fixable[spot{f.File, f.Target, f.Line, f.Column}] = i
		}
	}
	if len(fixable) == 0 {
		return
	}
	offers := map[string]map[string]bool{} // the exported names of packages, by directory
	for _, p := range r.packages {
		for _, e := range p.edges {
			i, ok := fixable[spot{e.file.Path, e.To.Path, e.spec.Line, e.spec.Column}]
			if !ok {
				continue
			}
			if fix, ok := r.swap(e, offers); ok {
				r.findings[i].Fixes = append(r.findings[i].Fixes, fix)
			}
		}
	}
}

// swap returns the change of one import.
func (r *run) swap(e edge, offers map[string]map[string]bool) (report.Fix, bool) {
	s, ok := r.newSwapper(e)
	if !ok {
		return report.Fix{}, false
	}
	for _, to := range r.instead(e) {
		if offers[to.Dir] == nil {
			offers[to.Dir] = r.exported(to.Dir)
		}
		missing := func(id *ast.SelectorExpr) bool { return !offers[to.Dir][id.Sel.Name] }
		if slices.ContainsFunc(s.uses, missing) {
			continue
		}
		if edits, ok := s.edits(to, r.packageNames(to)[0]); ok {
			return report.Fix{Message: fmt.Sprintf("Import %s instead of %s", r.law.Label(to), r.law.Label(e.To)), Edits: edits}, true
		}
	}
	return report.Fix{}, false
}

// instead returns the packages of the other module, or inside a product of
// this one, that may be imported here: facades first.
func (r *run) instead(e edge) []policy.Place {
	var places []policy.Place
	for _, pkg := range r.tree.Packages {
		to := r.law.LocateDir(pkg.Dir, pkg.ImportPath)
		if to.Module != e.To.Module || to.Dir == e.To.Dir || to.Dir == e.From.Dir || to.Is(policy.FacadeTest) || pkg.GoModule < 0 {
			continue
		}
		verdicts := r.law.Judge(policy.Edge{From: e.From, To: to, Test: e.Test})
		worse := slices.ContainsFunc(verdicts, func(v policy.Verdict) bool { return v.Rule == rule.PrivateImport || v.Rule == rule.RoleViolation })
		if !worse && r.law.View(e.From, to, e.Test).All && r.law.OnSurface(to) {
			places = append(places, to)
		}
	}
	last := func(p policy.Place) int {
		switch {
		case p.Is(policy.Facade):
			return 0
		case p.Is(policy.Contracts):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(places, func(a, b policy.Place) int { return cmp.Compare(last(a), last(b)) })
	return places
}

// A swapper rewrites one import of one file.
type swapper struct {
	from edge
	fset *token.FileSet
	file *ast.File
	spec *ast.ImportSpec
	uses []*ast.SelectorExpr // what the file uses of the import
}

func (r *run) newSwapper(e edge) (*swapper, bool) {
	if e.spec.Name == "_" || e.spec.Name == "." {
		return nil, false // nobody can tell what it is for
	}
	s := &swapper{from: e}
	if s.fset, s.file = r.parseWith(e.file.Path, parser.ParseComments); s.file == nil || ast.IsGenerated(s.file) {
		return nil, false
	}
	for _, spec := range s.file.Imports {
		if at := s.fset.PositionFor(spec.Pos(), false); at.Line == e.spec.Line {
			s.spec = spec
		}
	}
	if s.spec == nil {
		return nil, false
	}
	unresolved := map[*ast.Ident]bool{}
	for _, id := range s.file.Unresolved {
		unresolved[id] = true
	}
	names := r.packageNames(e.To)
	if e.spec.Name != "" {
		names = []string{e.spec.Name}
	}
	qualifier := func(id *ast.Ident) string {
		if unresolved[id] && slices.Contains(names, id.Name) {
			return e.spec.Path
		}
		return ""
	}
	for use := range importboundary.Uses(s.file, qualifier, func(*ast.Ident) string { return "" }) {
		if sel, ok := use.Node.(*ast.SelectorExpr); ok {
			s.uses = append(s.uses, sel)
		}
	}
	return s, len(s.uses) > 0
}

// edits imports another package, and calls it by its name in the file: by the
// one it has there already, else by the one that the old import was given,
// else by its own, or by its module's if that is taken.
func (s *swapper) edits(to policy.Place, own string) ([]report.Edit, bool) {
	for _, spec := range s.file.Imports {
		if path, _ := strconv.Unquote(spec.Path.Value); path == to.Path {
			name := own
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if name == "_" || name == "." {
				return nil, false
			}
			edit, ok := s.drop()
			return append(s.rename(name), edit), ok
		}
	}
	path := strconv.Quote(to.Path)
	if s.spec.Name != nil {
		return []report.Edit{s.replace(s.spec.Path.Pos(), s.spec.Path.End(), path)}, true
	}
	name := own
	if s.taken(name) {
		name = word(to.Module.Name()) + own
		path = name + " " + path
	}
	if s.taken(name) || !token.IsIdentifier(name) {
		return nil, false
	}
	return append(s.rename(name), s.replace(s.spec.Path.Pos(), s.spec.Path.End(), path)), true
}

// rename calls the package by another name, wherever it is used.
func (s *swapper) rename(name string) []report.Edit {
	var edits []report.Edit
	for _, use := range s.uses {
		if x := use.X.(*ast.Ident); x.Name != name {
			edits = append(edits, s.replace(x.Pos(), x.End(), name))
		}
	}
	return edits
}

// drop takes out the line of the import, if it is alone there.
func (s *swapper) drop() (report.Edit, bool) {
	lines := s.fset.File(s.file.FileStart)
	line := lines.PositionFor(s.spec.Pos(), false).Line
	for _, decl := range s.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		if d.Lparen.IsValid() && (s.line(d.Lparen) == line || s.line(d.Rparen) == line) {
			return report.Edit{}, false
		}
		for _, spec := range d.Specs {
			if spec != s.spec && (s.line(spec.Pos()) == line || s.line(spec.End()) == line) {
				return report.Edit{}, false
			}
		}
	}
	if line >= lines.LineCount() {
		return report.Edit{}, false
	}
	return s.replace(lines.LineStart(line), lines.LineStart(line+1), ""), true
}

func (s *swapper) line(pos token.Pos) int { return s.fset.PositionFor(pos, false).Line }

func (s *swapper) replace(from, to token.Pos, text string) report.Edit {
	lines := s.fset.File(s.file.FileStart)
	return report.Edit{File: s.from.file.Path, Start: lines.Offset(from), End: lines.Offset(to), NewText: text}
}

// taken reports whether a name means something in the file already.
func (s *swapper) taken(name string) bool {
	for _, spec := range s.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if spec != s.spec && (spec.Name != nil && spec.Name.Name == name || spec.Name == nil && strings.HasSuffix("/"+path, "/"+name)) {
			return true
		}
	}
	found := false
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				found = found || ok && id.Name == name
				return !found
			})
			return false
		case *ast.ImportSpec:
			return false
		case *ast.Ident:
			found = found || n.Name == name && n != s.file.Name
		}
		return !found
	})
	return found
}

// word makes what may stand in an identifier of the name of a module.
func word(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || token.IsIdentifier("x"+string(r)) {
			return r
		}
		return -1
	}, strings.ToLower(name[strings.LastIndexByte(name, '/')+1:]))
}
