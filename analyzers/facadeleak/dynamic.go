package facadeleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/api"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// dynamic looks for models and handles that cross as any, error or another
// interface, and for the errors of ORM libraries. Types cannot show those:
// it goes through the bodies of what the API runs, statement by statement,
// and keeps in mind what each variable currently holds. Helpers of the
// package are followed one level down.
func (l *leaks) dynamic() {
	if !l.court.wants(rule.DynamicORMLeak) && !l.court.wants(rule.ORMValueLeak) {
		return
	}
	p := &program{
		leaks:     l,
		bodies:    l.bodies(),
		public:    map[*types.TypeName]bool{},
		summaries: map[string][]*cargo{},
		globals:   map[types.Object]*cargo{},
		literals:  map[*ast.FuncLit]*cargo{},
		given:     map[*ast.FuncLit]bool{},
	}
	for _, t := range l.api.Types {
		p.public[t] = true
	}
	p.variables()
	for _, f := range l.api.Funcs {
		p.function(f)
	}
}

// A cargo is something of an ORM that travels in a value unseen.
type cargo struct {
	name     *types.TypeName // the model or handle; nil for a sentinel
	typ      types.Type      // the dynamic type that is it, or has it in a field
	field    string          // the exported field of typ that has it, "" if typ is it
	sentinel types.Object    // the error of an ORM library
	at       ast.Expr        // the conversion, if it is part of the handing expression
}

// A program is the bodies of a package, with what is known about them.
type program struct {
	*leaks
	bodies    map[*types.Func]*ast.FuncDecl // of helpers, which are not exported
	public    map[*types.TypeName]bool      // types of the package that are API
	summaries map[string][]*cargo
	globals   map[types.Object]*cargo // what unexported package variables hold
	literals  map[*ast.FuncLit]*cargo // what function literals return
	given     map[*ast.FuncLit]bool   // function literals that callers get, and run
}

// bodies returns the helpers of the package: what the API does not list.
func (l *leaks) bodies() map[*types.Func]*ast.FuncDecl {
	listed := map[*ast.FuncDecl]bool{}
	for _, f := range l.api.Funcs {
		listed[f] = true
	}
	bodies := map[*types.Func]*ast.FuncDecl{}
	for _, file := range l.pass.Files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || listed[f] {
				continue
			}
			if fn, ok := l.pass.TypesInfo.Defs[f.Name].(*types.Func); ok {
				bodies[fn] = f
			}
		}
	}
	return bodies
}

// variables looks at what the variables of the API are initialised with.
func (p *program) variables() {
	listed := map[token.Pos]api.Decl{}
	for _, d := range p.api.Decls {
		if d.Kind == api.Variable {
			listed[d.Key] = d
		}
	}
	for _, file := range p.pass.Files {
		for _, d := range file.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				spec, ok := spec.(*ast.ValueSpec)
				if !ok || len(spec.Values) != len(spec.Names) {
					continue
				}
				for i, name := range spec.Names {
					obj := p.pass.TypesInfo.Defs[name]
					if obj == nil {
						continue
					}
					d, isAPI := listed[name.Pos()]
					if isAPI {
						p.give(spec.Values[i])
					}
					w := p.newFlow()
					w.name = name.Name
					c := w.convert(spec.Values[i], obj.Type())
					if !isAPI {
						p.globals[obj] = c
					} else if c != nil && !p.plain(d.Type) {
						p.handOut(name.Name, name, c)
					}
				}
			}
		}
	}
}

// plain reports whether a type shows what it carries, so that the leak is
// reported as such.
func (l *leaks) plain(t types.Type) bool {
	found := l.walker.Find(t)
	return found[model] != nil || found[handle] != nil
}

// function goes through a function of the API.
func (p *program) function(f *ast.FuncDecl) {
	fn, ok := p.pass.TypesInfo.Defs[f.Name].(*types.Func)
	if !ok || f.Body == nil {
		return
	}
	w := p.newFlow()
	w.name = p.funcName(fn)
	w.results = fn.Signature().Results()
	w.api, w.outward = true, true
	for _, v := range params(fn) {
		w.outside[v] = true
	}
	w.block(f.Body)
}

func (p *program) funcName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if ptr, ok := t.(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
	}
	return fn.Name()
}

// params returns the receiver and parameters of a function.
func params(fn *types.Func) []*types.Var {
	var all []*types.Var
	if recv := fn.Signature().Recv(); recv != nil {
		all = append(all, recv)
	}
	for v := range fn.Signature().Params().Variables() {
		all = append(all, v)
	}
	return all
}

// handOut notes that a function or variable hands out cargo, at an expression.
func (p *program) handOut(by string, at ast.Expr, c *cargo) {
	if c.at != nil {
		at = c.at
	}
	d := analysis.Diagnostic{Pos: at.Pos(), End: at.End()}
	if c.sentinel != nil {
		d.Message = fmt.Sprintf("%s hands out %s.%s, an error of %s; declare an error of its own and return that",
			by, c.sentinel.Pkg().Name(), c.sentinel.Name(), c.sentinel.Pkg().Path())
		p.add(rule.ORMValueLeak, at.Pos(), d, nil)
		return
	}
	r := p.court.rule(c.name)
	what := r.what
	if c.field != "" {
		what = fmt.Sprintf("which has %s in its field %s", r.what, c.field)
	}
	d.Message = fmt.Sprintf("%s hands out %s behind an interface, %s (%s); map it to a contract first", by, p.typeString(c.typ), what, r.evidence)
	if r.pos.IsValid() {
		d.Related = []analysis.RelatedInformation{{Pos: r.pos, Message: r.evidence}}
	}
	p.add(rule.DynamicORMLeak, at.Pos(), d, c.name)
}
