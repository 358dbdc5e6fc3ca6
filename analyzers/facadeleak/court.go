package facadeleak

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/analyzers/survey"
	"github.com/boundaries-dev/boundaries/internal/api"
	"github.com/boundaries-dev/boundaries/internal/orm"
	"github.com/boundaries-dev/boundaries/internal/policy"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// The classes of culprits.
const (
	none api.Class = iota
	model
	handle
	value
	internal
)

// A ruling is what the court says of a type: whether it may cross, and if
// not, as what and why.
type ruling struct {
	api.Judgement
	what     string // "an ORM model"
	evidence string // "Invoice embeds gorm.Model"
	pos      token.Pos
}

// A court judges types by the law of the site.
type court struct {
	pass     *analysis.Pass
	here     *survey.Site
	orm      *orm.Classifier
	allowed  orm.Names // may cross
	ignored  orm.Names // are no models, whatever the evidence
	rulings  map[*types.TypeName]ruling
	excluded bool // [orm].exclude covers the package
}

func newCourt(pass *analysis.Pass, here *survey.Site) *court {
	c := &court{pass: pass, here: here, rulings: map[*types.TypeName]ruling{}}
	c.allowed, c.ignored = orm.NewNames(here.Config().Facade.AllowTypes), orm.NewNames(here.Config().ORM.IgnoreTypes)
	c.orm = orm.New(here.Config().ORM, pass.Fset, func(pkg *types.Package) (string, bool) {
		p := c.place(pkg)
		return here.Law.Label(p), p.Is(policy.Models) && p.Module.Guarded() && !p.Module.Utility
	})
	c.orm.Glances(here.Glance)
	c.orm.Sources(here.Source)
	for _, p := range here.Config().ORM.Exclude {
		c.excluded = c.excluded || p.MatchBelow(here.Place.Dir)
	}
	return c
}

// wants reports whether findings of a rule are wanted of this package.
func (c *court) wants(name string) bool {
	if c.excluded && name != rule.InternalLeak {
		return false
	}
	return c.here.Judges(name)
}

func ruleOf(class api.Class) string {
	switch class {
	case model, handle:
		return rule.ORMLeak
	case value:
		return rule.ORMValueLeak
	}
	return rule.InternalLeak
}

// place locates a package of some type. Test variants have the import path
// of what they are variants of.
func (c *court) place(pkg *types.Package) policy.Place {
	if pkg == c.pass.Pkg {
		return c.here.Place
	}
	path, _, _ := strings.Cut(pkg.Path(), " [")
	return c.here.Law.Locate(path, c.here.Place.Dir)
}

// isSurface reports whether a type is on the surface of this module, so that
// it is judged where it is declared. Whatever this package hands out of its
// own types is.
func (c *court) isSurface(t *types.TypeName) bool {
	if t.Pkg() == c.pass.Pkg {
		return true
	}
	if t.Pkg() == nil {
		return false
	}
	p := c.place(t.Pkg())
	return p.InTree && p.Module == c.here.Place.Module && c.shows(p, t)
}

// shows reports whether a type belongs to the API of the module it stands in.
func (c *court) shows(p policy.Place, t *types.TypeName) bool {
	view := c.here.Law.API(p)
	return view.Sees(t.Name()) || !t.Exported() && !view.None()
}

// rule judges a type that is mentioned by name.
func (c *court) rule(t *types.TypeName) ruling {
	r, ok := c.rulings[t]
	if !ok {
		r = c.judge(t)
		c.rulings[t] = r
	}
	return r
}

func (c *court) judge(t *types.TypeName) ruling {
	if t.Pkg() == nil {
		return ruling{} // error, any, comparable
	}
	if t.IsAlias() {
		if c.isSurface(t) && t.Exported() || c.allowed.Has(t) {
			return ruling{} // judged at its declaration
		}
		return ruling{Judgement: api.Judgement{Open: true}}
	}
	if c.isSurface(t) {
		return ruling{} // judged at its declaration
	}
	// Another module's name for a slice of models hides nothing. What else is
	// behind the name is its own business.
	look := ruling{Judgement: api.Judgement{Open: true, Spare: internal}}
	place := c.place(t.Pkg())
	own := place.InTree && place.Module == c.here.Place.Module
	guarded := place.InTree && place.Module != nil && place.Module.Guarded() && !own
	if guarded && c.shows(place, t) {
		return look // judged there, unless it is only another name for what is behind
	}
	r, isORM := c.judgeORM(t)
	switch {
	case c.allowed.Has(t):
		// A type that is let through has not let through what it carries, but
		// nobody lets a model through without its columns.
		return ruling{Judgement: api.Judgement{Enter: own && !isORM && !c.ignored.Has(t)}}
	case isORM:
		return r
	case own:
		return c.internal(t, "an internal type", place, api.Judgement{Enter: !c.ignored.Has(t)})
	case guarded && !place.Module.Utility:
		return c.internal(t, "an internal type of "+place.Module.Name(), place, look.Judgement)
	case place.Module != nil:
		return look
	}
	// A library may have been copied into the tree.
	r = c.judgeLibrary(t)
	if place.InTree {
		r.Open, r.Spare = true, internal
	}
	return r
}

func (c *court) judgeORM(t *types.TypeName) (ruling, bool) {
	v := c.orm.Classify(t)
	if v.Kind == orm.None {
		return ruling{}, false
	}
	class := map[orm.Kind]api.Class{orm.Model: model, orm.Handle: handle, orm.Value: value}[v.Kind]
	return ruling{Judgement: api.Judgement{Class: class}, what: v.Kind.String(), evidence: v.Evidence, pos: v.Pos}, true
}

func (c *court) internal(t *types.TypeName, what string, place policy.Place, j api.Judgement) ruling {
	j.Class = internal
	return ruling{j, what, fmt.Sprintf("%s is declared in %s", t.Name(), c.here.Law.Label(place)), c.orm.Reach(t.Pos())}
}

// judgeLibrary judges a type that no module declares.
func (c *court) judgeLibrary(t *types.TypeName) ruling {
	if home, ok := c.here.Law.Confined(t.Pkg().Path()); ok {
		only := make([]string, len(home.Only))
		for i, p := range home.Only {
			only[i] = p.String()
		}
		return ruling{Judgement: api.Judgement{Class: internal}, what: "a type of a confined package",
			evidence: fmt.Sprintf("%s is for %s", t.Pkg().Path(), strings.Join(only, ", "))}
	}
	if isTransport(t) && !c.here.Place.Is(policy.Routes) && !c.here.Place.Is(policy.Presentation) {
		return ruling{Judgement: api.Judgement{Class: internal}, what: "a request or response of the transport",
			evidence: fmt.Sprintf("%s belongs to %s", t.Name(), t.Pkg().Path())}
	}
	return ruling{}
}
