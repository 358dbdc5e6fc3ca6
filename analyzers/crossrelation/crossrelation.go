package crossrelation

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/orm"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

//go:embed doc.go
var doc string

// Analyzer reports models that refer to models of other products.
var Analyzer = &analysis.Analyzer{
	Name:             "crossrelation",
	Doc:              rule.Doc(doc),
	URL:              rule.Home + "/analyzers/crossrelation",
	Requires:         []*analysis.Analyzer{survey.Analyzer},
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	here := survey.Of(pass)
	if here == nil || here.Place.Module == nil || !here.Place.Module.Product || !here.Judges(rule.CrossRelation) {
		return nil, nil
	}
	j := newJudge(pass, here)
	for _, file := range pass.Files {
		if survey.IsTest(pass.Fset, file.Package) {
			continue
		}
		for n := range ast.Preorder(file) {
			switch n := n.(type) {
			case *ast.TypeSpec:
				j.declaration(n)
			case *ast.CallExpr:
				j.edge(n)
			}
		}
	}
	return nil, nil
}

type judge struct {
	pass *analysis.Pass
	here *survey.Site
	orm  *orm.Classifier
}

func newJudge(pass *analysis.Pass, here *survey.Site) *judge {
	j := &judge{pass: pass, here: here}
	j.orm = orm.New(here.Config().ORM, pass.Fset, func(pkg *types.Package) (string, bool) {
		p := j.place(pkg)
		return here.Law.Label(p), p.Is(policy.Models) && p.Module.Product
	})
	j.orm.Glances(here.Glance)
	j.orm.Sources(here.Source)
	return j
}

func (j *judge) place(pkg *types.Package) policy.Place {
	if pkg == j.pass.Pkg {
		return j.here.Place
	}
	path, _, _ := strings.Cut(pkg.Path(), " [")
	return j.here.Law.Locate(path, j.here.Place.Dir)
}

// foreign reports whether a place belongs to another product.
func (j *judge) foreign(p policy.Place) bool {
	return p.InTree && p.Module != nil && p.Module.Product && !p.Module.Utility && p.Module != j.here.Place.Module
}

// A reference is a type expression in a model that leads to another model.
type reference struct {
	what string // "Order.Owner is"
	expr ast.Expr
	how  string // the library's word for the relation, if it has one
}

// declaration looks at a type of this package, if it is a model. Most types
// refer to no other product; that is known faster.
func (j *judge) declaration(spec *ast.TypeSpec) {
	t, ok := j.pass.TypesInfo.Defs[spec.Name].(*types.TypeName)
	if !ok || t.IsAlias() {
		return
	}
	var refs []reference
	if s, ok := ast.Unparen(spec.Type).(*ast.StructType); ok {
		refs = fields(t.Name(), s)
	} else {
		refs = []reference{{t.Name() + " is made of", spec.Type, ""}}
	}
	for _, r := range refs {
		model, v := j.model(j.pass.TypesInfo.TypeOf(r.expr), map[types.Type]bool{})
		if model == nil {
			continue
		}
		if j.orm.Classify(t).Kind != orm.Model {
			return
		}
		j.report(r, model, v)
	}
}

// fields returns the types of a struct's fields, and of those inside.
func fields(path string, s *ast.StructType) []reference {
	var refs []reference
	for _, field := range s.Fields.List {
		if len(field.Names) == 0 {
			refs = append(refs, reference{path + " embeds", field.Type, relation(field.Tag)})
			continue
		}
		name := path + "." + field.Names[0].Name
		if inner := anonymous(field.Type); inner != nil {
			refs = append(refs, fields(name, inner)...)
			continue
		}
		refs = append(refs, reference{name + " is", field.Type, relation(field.Tag)})
	}
	return refs
}

// anonymous returns the struct that a field's type spells out, if it does.
func anonymous(e ast.Expr) *ast.StructType {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return anonymous(e.X)
	case *ast.StarExpr:
		return anonymous(e.X)
	case *ast.ArrayType:
		return anonymous(e.Elt)
	case *ast.MapType:
		return anonymous(e.Value)
	case *ast.StructType:
		return e
	}
	return nil
}

// report reports a reference to a model of another product.
func (j *judge) report(r reference, model *types.TypeName, v orm.Verdict) {
	owner := j.place(model.Pkg()).Module.Name()
	if r.how != "" {
		r.how = " by " + r.how
	}
	d := analysis.Diagnostic{
		Pos: r.expr.Pos(), End: r.expr.End(), Category: rule.CrossRelation,
		Message: fmt.Sprintf("%s %s%s, a model of %s (%s); keep its id and ask the facade of %s",
			r.what, types.ExprString(r.expr), r.how, owner, v.Evidence, owner),
	}
	if v.Pos.IsValid() {
		d.Related = []analysis.RelatedInformation{{Pos: v.Pos, Message: v.Evidence}}
	}
	j.here.ReportAbout(j.pass, d, model)
}

// model returns a model of another product that a type refers to, through
// pointers, slices, maps, aliases and type arguments.
func (j *judge) model(t types.Type, seen map[types.Type]bool) (*types.TypeName, orm.Verdict) {
	if t == nil || seen[t] {
		return nil, orm.Verdict{}
	}
	seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		name := t.Origin().Obj()
		if name.Pkg() == nil {
			return nil, orm.Verdict{}
		}
		if j.foreign(j.place(name.Pkg())) {
			if v := j.orm.Classify(name); v.Kind == orm.Model && !isScalar(t) {
				return name, v
			}
		}
		for arg := range t.TypeArgs().Types() {
			if m, v := j.model(arg, seen); m != nil {
				return m, v
			}
		}
		if _, isStruct := t.Underlying().(*types.Struct); !isStruct && j.foreign(j.place(name.Pkg())) {
			return j.model(t.Origin().Underlying(), seen) // a facade's name for a slice of models
		}
	case *types.Pointer:
		return j.model(t.Elem(), seen)
	case *types.Slice:
		return j.model(t.Elem(), seen)
	case *types.Array:
		return j.model(t.Elem(), seen)
	case *types.Map:
		if m, v := j.model(t.Key(), seen); m != nil {
			return m, v
		}
		return j.model(t.Elem(), seen)
	}
	return nil, orm.Verdict{}
}

// isScalar reports whether a type is an enum or an id, even if it is generated:
// a number or string, an array of them, or a struct that shows no field, in
// which no library could store a row.
func isScalar(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return isBasic(t.Underlying())
	}
	for f := range s.Fields() {
		if f.Exported() || !isBasic(f.Type()) {
			return false
		}
	}
	return s.NumFields() > 0
}

func isBasic(t types.Type) bool {
	for array, ok := t.(*types.Array); ok; array, ok = t.(*types.Array) {
		t = types.Unalias(array.Elem())
	}
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// relation says how the tag of a field spells the relation, or "".
func relation(tag *ast.BasicLit) string {
	if tag == nil {
		return ""
	}
	text, err := strconv.Unquote(tag.Value)
	if err != nil {
		return ""
	}
	st := reflect.StructTag(text)
	for part := range strings.SplitSeq(st.Get("gorm"), ";") {
		name, _, _ := strings.Cut(strings.TrimSpace(part), ":")
		for _, known := range []string{"foreignKey", "references", "many2many", "polymorphic", "embedded"} {
			if strings.EqualFold(name, known) {
				return "gorm's " + known
			}
		}
	}
	for part := range strings.SplitSeq(st.Get("bun"), ",") {
		for _, known := range []string{"rel:", "m2m:", "embed:"} {
			if strings.HasPrefix(part, known) {
				return "bun's " + strings.TrimSuffix(known, ":")
			}
		}
	}
	for word := range strings.FieldsSeq(st.Get("xorm")) {
		if word == "extends" {
			return "xorm's extends"
		}
	}
	return ""
}

// edge looks at an edge of an ent schema: edge.To("owner", Account.Type).
func (j *judge) edge(call *ast.CallExpr) {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 2 {
		return
	}
	fn, ok := j.pass.TypesInfo.Uses[fun.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "entgo.io/ent/schema/edge" {
		return
	}
	target, ok := ast.Unparen(call.Args[1]).(*ast.SelectorExpr)
	if !ok || target.Sel.Name != "Type" {
		return
	}
	schema := j.pass.TypesInfo.Types[target.X]
	if !schema.IsType() {
		return
	}
	name := ""
	if tv := j.pass.TypesInfo.Types[call.Args[0]]; tv.Value != nil {
		name = " " + tv.Value.ExactString()
	}
	if model, v := j.model(schema.Type, map[types.Type]bool{}); model != nil {
		j.report(reference{"edge" + name + " leads to", target.X, ""}, model, v)
	}
}
