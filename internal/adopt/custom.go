package adopt

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// door finds what serves as the facade where no product has one by that name:
// the package, the same in most products, that most imports from outside lead
// to. What is a part of a slice by another name is none.
func (s *surveyor) door(edges []edge) (sub string, ok bool) {
	for _, p := range s.products {
		if p.facade() {
			return "", false
		}
	}
	imports, all := map[string]int{}, 0
	owners := map[string]map[string]bool{}
	for _, e := range edges {
		if !e.to.Module.Product || e.test {
			continue
		}
		all++
		imports[e.to.Sub]++
		if owners[e.to.Sub] == nil {
			owners[e.to.Sub] = map[string]bool{}
		}
		owners[e.to.Sub][e.to.Module.Path] = true
	}
	for sub, n := range imports {
		part := parts[sub]
		if 5*n > 3*all && 2*len(owners[sub]) > len(s.products) && (part == "" || part == "logic") {
			return sub, true
		}
	}
	return "", false
}

// roles writes down the facade that goes by another name.
func (s *surveyor) roles(d *draft, edges []edge) {
	sub, ok := s.door(edges)
	if !ok {
		return
	}
	s.doored = true
	d.tail += "# What most code uses of another product today.\n" +
		"[roles.facade]\npackages = " + config.QuoteList([]string{sub, "facade"}) + "\n"
}

// contracts asks for less than strict contracts where strict would drown
// them: where of the structs in contracts packages more than a fifth have a
// field that is a slice, a map or a pointer.
func (s *surveyor) contracts(d *draft) {
	shared, all := 0, 0
	for _, p := range s.memory.Tree().Packages {
		at := s.memory.Law().LocateDir(p.Dir, p.ImportPath)
		if at.Module == nil || !at.Module.Product || !at.Is(policy.Contracts) {
			continue
		}
		for _, f := range p.Files {
			if f.Test() {
				continue
			}
			s, a := s.structs(f.Path)
			shared, all = shared+s, all+a
		}
	}
	if 5*shared <= all {
		return
	}
	if d.tail != "" {
		d.tail += "\n"
	}
	d.tail += fmt.Sprintf("# %d of %d structs in contracts packages hold slices, maps or pointers. readonly lets\n"+
		"# them, and guards who writes to them; strict would have every contract comparable.\n"+
		"[contracts]\nlevel = %q\n", shared, all, config.Readonly)
}

// structs counts the structs of a file, and those with a field that shares.
func (s *surveyor) structs(file string) (shared, all int) {
	name := filepath.Join(filepath.Dir(s.file), filepath.FromSlash(file))
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return 0, 0
	}
	ast.Inspect(f, func(n ast.Node) bool {
		t, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		all++
		if slices.ContainsFunc(t.Fields.List, func(f *ast.Field) bool { return shares(f.Type) }) {
			shared++
		}
		return true
	})
	return shared, all
}

func shares(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.StarExpr, *ast.MapType:
		return true
	case *ast.ArrayType:
		return t.Len == nil
	}
	return false
}
