package scaffold

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// What product lint finds. These are no rules of check: they are about the
// shape of a product and not about an import or a type.
const (
	MissingPackage   = "missing-package"
	MisplacedPackage = "misplaced-package"
	EmptyFacade      = "empty-facade"
	NoOwner          = "no-owner"
	NoTests          = "no-tests"
	Unregistered     = "unregistered-product"
	UnusedContracts  = "unused-contracts"
	UnmountedRoutes  = "unmounted-routes"
)

// Explain says what a kind of finding of product lint means and what to do; ok
// is false for anything else.
func Explain(kind string) (text string, ok bool) {
	text, ok = map[string]string{
		MissingPackage:   "A product lacks its facade or its contracts. Others have nothing to call it\nthrough, or nothing to say it with. Make the package where the message says.",
		MisplacedPackage: "A package is called like a part of a product and lies where it is none, or two\nare the same part. Its readers take it for what it is not. Move it, or keep one.",
		EmptyFacade:      "A facade has no function of its own: it only gives other names to what lies\nbehind it, and so hides nothing. Write functions that take and return contracts.",
		NoOwner:          "Nobody owns a product, so nobody is asked when it changes. Set owners in its\n[[modules]] entry or its product.toml.",
		NoTests:          "A product has no test, so nobody notices when its behaviour changes. Test it\nthrough its facade; facadetest is the place for what its users' tests need.",
		Unregistered:     "A product has no keys in the configuration, so it may depend on anything. Add a\n[[modules]] entry or a product.toml, and run boundaries sync --declare.",
		UnusedContracts:  "Contracts are imported from nowhere. Let the facade speak in them, or remove\nthem.",
		UnmountedRoutes:  "Routes are imported from nowhere outside of their product, so nothing serves\nthem. Call them from a program, or remove them.",
	}[kind]
	return text, ok
}

// Lint looks at the layout of products: those of the names, or all. Its error
// says that a name is no product, or why nothing could be looked at.
func Lint(ctx context.Context, file string, names []string) (root string, found []report.Finding, err error) {
	c, problems := config.Load(file, nil)
	if len(problems) > 0 {
		return c.Dir, nil, config.Invalid(problems)
	}
	m, err := check.Remember(ctx, c, check.Options{Config: file})
	if err != nil {
		return c.Dir, nil, err
	}
	l := &linter{memory: m, config: c, importers: map[string][]string{}}
	l.survey()
	products, err := l.choose(names)
	if err != nil {
		return c.Dir, nil, err
	}
	for _, p := range products {
		l.product(p)
	}
	report.Sort(l.found)
	return c.Dir, l.found, nil
}

// A linter holds products to their layout.
type linter struct {
	memory    *check.Memory
	config    *config.Config
	packages  map[*policy.Module][]placed
	importers map[string][]string // directories that import a directory, tests not counted
	found     []report.Finding
}

// A placed is a package and its place.
type placed struct {
	policy.Place
	files []*imports.File
}

func (l *linter) survey() {
	law := l.memory.Law()
	l.packages = map[*policy.Module][]placed{}
	for _, p := range l.memory.Tree().Packages {
		at := law.LocateDir(p.Dir, p.ImportPath)
		if at.Module != nil {
			l.packages[at.Module] = append(l.packages[at.Module], placed{at, p.Files})
		}
		for _, f := range p.Files {
			for _, i := range f.Imports {
				if to := law.Locate(i.Path, p.Dir); to.InTree && !f.Test() && to.Dir != p.Dir {
					l.importers[to.Dir] = append(l.importers[to.Dir], p.Dir)
				}
			}
		}
	}
}

// choose returns the products of the names, which may be directories.
func (l *linter) choose(names []string) ([]*policy.Module, error) {
	var products, chosen []*policy.Module
	for _, m := range l.memory.Modules() {
		if m.Product {
			products = append(products, m)
		}
	}
	if len(names) == 0 {
		return products, nil
	}
	for _, name := range names {
		clean := path.Clean(filepath.ToSlash(name))
		called := policy.Called(products, clean)
		if i := slices.IndexFunc(products, func(m *policy.Module) bool { return m.Path == clean }); i >= 0 {
			called = products[i : i+1]
		}
		switch len(called) {
		case 0:
			return nil, fmt.Errorf("%s is no product; %s", name, hint(clean, products))
		case 1:
			chosen = append(chosen, called[0])
		default:
			return nil, fmt.Errorf("%s may be %s; give the directory", name, called[0].Path+" or "+called[1].Path)
		}
	}
	return chosen, nil
}

// hint says what may have been meant by a name that no product has.
func hint(name string, products []*policy.Module) string {
	var shown, known []string
	for _, m := range products {
		shown = append(shown, m.Name())
		known = append(known, m.Name(), path.Base(m.Path))
	}
	if near := config.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are " + strings.Join(shown, ", ")
}

func (l *linter) product(m *policy.Module) {
	packages := l.packages[m]
	first := packages[0].files[0]
	for _, role := range []string{policy.Facade, policy.Contracts} {
		if !slices.ContainsFunc(packages, func(p placed) bool { return p.Is(role) }) {
			l.report(m, first, rule.Error, MissingPackage, "%s has no %s; make %s", m.Name(), role, path.Join(m.Path, usual(role)))
		}
	}
	l.misplaced(m, packages)
	for _, p := range packages {
		l.pkg(m, p)
	}
	if len(m.Owners) == 0 {
		l.report(m, first, rule.Error, NoOwner, "%s has no owner; set owners of %s", m.Name(), m.Path)
	}
	if len(m.Keys) == 0 {
		l.report(m, first, rule.Warn, Unregistered, "%s has no keys in the configuration, so it may depend on anything; add a [[modules]] entry or a %s, and run boundaries sync --declare", m.Name(), config.ProductFile)
	}
	tests := func(p placed) bool { return slices.ContainsFunc(p.files, (*imports.File).Test) }
	if !slices.ContainsFunc(packages, tests) {
		l.report(m, first, rule.Error, NoTests, "%s has no tests; test it through its facade", m.Name())
	}
}

// usual is where the packages of a role lie in the plain layout.
func usual(role string) string {
	if role == policy.Contracts || role == policy.FacadeTest {
		return "facade/" + role
	}
	return role
}

func (l *linter) pkg(m *policy.Module, p placed) {
	switch {
	case p.Is(policy.Facade):
		l.facade(m, p)
	case p.Is(policy.Contracts) && len(l.importers[p.Dir]) == 0 && path.Base(p.Dir) == policy.Contracts:
		l.report(m, p.files[0], rule.Warn, UnusedContracts, "%s is imported from nowhere; let the facade speak in these contracts, or remove them", p.Dir)
	case p.Is(policy.Routes) && !l.mounted(m, p):
		l.report(m, p.files[0], rule.Warn, UnmountedRoutes, "%s is mounted nowhere; call it from a program, or remove it", p.Dir)
	}
}

// mounted reports whether somebody outside of the product imports its routes.
func (l *linter) mounted(m *policy.Module, p placed) bool {
	return slices.ContainsFunc(l.importers[p.Dir], func(dir string) bool {
		return l.memory.Law().LocateDir(dir, "").Module != m
	})
}

// misplaced finds packages that are called like a role and do not have it,
// and roles that lie in two layouts at once.
func (l *linter) misplaced(m *policy.Module, packages []placed) {
	roots := map[string]string{} // of a role, where its first packages lie
	for _, p := range packages {
		name := path.Base(p.Dir)
		if slices.Contains(config.BuiltinRoles, name) && name != policy.Internal && p.Sub != "." && !p.Is(name) && p.Is(policy.Internal) {
			l.report(m, p.files[0], rule.Error, MisplacedPackage, "%s is called %s but lies where it is not one; move it to %s", p.Dir, name, path.Join(m.Path, usual(name)))
			continue
		}
		if p.Is(policy.Internal) || p.Role == nil || name != p.Role.Name {
			continue
		}
		if other, taken := roots[name]; taken {
			l.report(m, p.files[0], rule.Error, MisplacedPackage, "%s and %s are both %s; keep one", other, p.Dir, name)
			continue
		}
		roots[name] = p.Dir
	}
}

// facade finds a facade that does nothing: its exported names are only other
// names for what lies behind it.
func (l *linter) facade(m *policy.Module, p placed) {
	exported := 0
	for _, f := range p.files {
		if f.Test() {
			continue
		}
		name := filepath.Join(l.config.Dir, filepath.FromSlash(f.Path))
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return // check says so
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.IsExported() {
				return
			}
			exported += exports(d)
		}
	}
	why := "exports nothing"
	if exported > 0 {
		why = "only re-exports: it has no function of its own"
	}
	l.report(m, p.files[0], rule.Error, EmptyFacade, "%s %s; write functions that take and return contracts", p.Dir, why)
}

// exports counts the exported names of a declaration.
func exports(d ast.Decl) int {
	gen, ok := d.(*ast.GenDecl)
	if !ok {
		return 0
	}
	n := 0
	for _, spec := range gen.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				n++
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() {
					n++
				}
			}
		}
	}
	return n
}

func (l *linter) report(m *policy.Module, f *imports.File, severity rule.Severity, name, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	l.found = append(l.found, report.Finding{
		Rule: name, Severity: severity, File: f.Path, Module: m.Path,
		Line: max(f.Package.Line, 1), Column: max(f.Package.Column, 1), EndLine: f.Package.EndLine, EndColumn: f.Package.EndColumn,
		Message: message, Help: report.Help(message),
	})
}
