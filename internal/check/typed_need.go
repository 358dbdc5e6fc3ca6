package check

import (
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// typedRule reports whether a rule asks for types, which only the Go
// toolchain can tell.
func typedRule(name string) bool {
	r, ok := rule.Find(name)
	return ok && !r.Tree && r.Analyzer != "importboundary"
}

// needTypes returns the packages among the selected whose types some rule of
// this run needs, by directory: surfaces for what leaks, contracts for what
// they are, what can see a contract for who writes to it, and of the products
// what can see another product for relations between models. What a package
// cannot see through its imports it cannot name.
func (r *run) needTypes(selected map[string]bool) []*imports.Package {
	wants := map[string]bool{}
	for _, known := range rule.All() {
		if typedRule(known.Name) && r.wants(known.Name) {
			wants[known.Analyzer] = true
		}
	}
	if len(wants) == 0 {
		return nil
	}
	var sees, reaches map[string]bool
	tests := wants["frozenwrite"] && r.config.Contracts.Tests
	w := r.web(tests)
	if wants["frozenwrite"] {
		sees = r.seesContract(w)
	}
	if wants["crossrelation"] {
		if tests {
			w = r.web(false)
		}
		reaches = r.reachesOtherProduct(w)
	}
	var need []*imports.Package
	for _, pkg := range r.tree.Packages {
		p := r.law.LocateDir(pkg.Dir, pkg.ImportPath)
		switch {
		case !selected[pkg.Dir], pkg.GoModule < 0, p.Module != nil && p.Module.Unchecked, onlyTests(pkg) && !tests:
		case wants["facadeleak"] && r.law.OnSurface(p), wants["frozencontract"] && frozen(p), sees[pkg.Dir], reaches[pkg.Dir]:
			need = append(need, pkg)
		}
	}
	return need
}

// frozen reports whether a package holds contracts that are held to it.
func frozen(p policy.Place) bool {
	return p.Is(policy.Contracts) && p.Module.Frozen != config.NoLevel
}

func onlyTests(pkg *imports.Package) bool {
	return !slices.ContainsFunc(pkg.Files, func(f *imports.File) bool { return !f.Test() })
}

// seesContract returns the packages from which an import leads, over any
// number of others, to a contract; contracts are among them. What lies beyond
// the tree may hand out any.
func (r *run) seesContract(w *web) map[string]bool {
	sees := map[string]bool{}
	var queue []string
	see := func(dir string) {
		if !sees[dir] {
			sees[dir], queue = true, append(queue, dir)
		}
	}
	for _, dir := range w.dirs {
		if frozen(r.law.LocateDir(dir, "")) {
			see(dir)
		}
	}
	for _, dir := range w.leaving {
		see(dir)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, from := range w.importers[queue[0]] {
			see(from)
		}
	}
	return sees
}

// reachesOtherProduct returns the packages of products from which an import
// leads, over any number of others, to a package of another product. Any may
// hold a model, and so may what lies beyond the tree.
//
// It sends the name of each product up the imports, and lets at most two
// through any package: whoever is reached by two is reached by another
// product's than its own.
func (r *run) reachesOtherProduct(w *web) map[string]bool {
	const beyond = ".." // the name of no product
	type arrival struct{ dir, product string }
	seen := map[string][]string{}
	var queue []arrival
	arrive := func(a arrival) {
		if known := seen[a.dir]; len(known) < 2 && !slices.Contains(known, a.product) {
			seen[a.dir], queue = append(known, a.product), append(queue, a)
		}
	}
	product := func(dir string) string {
		if p := r.law.LocateDir(dir, ""); p.Module != nil && p.Module.Product {
			return p.Module.Path
		}
		return ""
	}
	for _, dir := range w.dirs {
		if p := product(dir); p != "" {
			arrive(arrival{dir, p})
		}
	}
	for _, dir := range w.leaving {
		arrive(arrival{dir, beyond})
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, from := range w.importers[queue[0].dir] {
			arrive(arrival{from, queue[0].product})
		}
	}
	reaches := map[string]bool{}
	for dir, products := range seen {
		own := product(dir)
		reaches[dir] = own != "" && slices.ContainsFunc(products, func(p string) bool { return p != own })
	}
	return reaches
}
