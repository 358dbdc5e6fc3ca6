package facadeleak

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/api"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// culprit notes that a declaration hands out what it should not.
func (l *leaks) culprit(d api.Decl, c *api.Culprit) {
	r := l.court.rule(c.Name)
	diagnostic := analysis.Diagnostic{Pos: d.Pos, End: d.End,
		Message: fmt.Sprintf("%s, %s (%s); %s", l.offence(d, c), r.what, r.evidence, l.instead(d, r.Class))}
	if r.pos.IsValid() {
		diagnostic.Related = []analysis.RelatedInformation{{Pos: r.pos, Message: r.evidence}}
	}
	l.add(ruleOf(r.Class), d.Key, diagnostic, c.Name)
}

func (l *leaks) bareAny(d api.Decl) {
	l.add(rule.InternalLeak, d.Key, analysis.Diagnostic{Pos: d.Pos, End: d.End,
		Message: fmt.Sprintf("%s returns any, which says nothing of what crosses; return a contract instead", d.Name)}, nil)
}

// longest is the longest type that a message writes out.
const longest = 80

// offence says what a declaration does: "Facade.List returns []*models.Invoice",
// and where inside the culprit is, if it is not plain to see.
func (l *leaks) offence(d api.Decl, c *api.Culprit) string {
	whole, part := l.typeString(d.Type), l.typeString(c.Type)
	_, isFunc := types.Unalias(d.Type).(*types.Signature)
	path := ""
	switch {
	case c.Inner != nil:
		path = ", which hands out " + c.Path() + ": " + part
	case d.Kind == api.Promotion:
		path = " with " + part
	case len(whole) <= longest && isFunc:
		path = ", which has " + part + " in it"
	}
	if d.Kind == api.Promotion {
		return d.Name + " promotes " + d.Via + path
	}
	if len(whole) > longest {
		whole = "a type with " + part + " in it"
	}
	return d.Name + verb(d.Kind) + whole + path
}

func verb(k api.Kind) string {
	switch k {
	case api.Result:
		return " returns "
	case api.Param:
		return " takes "
	case api.Embedding:
		return " embeds "
	case api.Alias:
		return " is an alias for "
	case api.Definition:
		return " is defined as "
	case api.Constraint:
		return " is constrained by "
	}
	return ": " // of a field, variable or constant
}

// instead is the advice for a leak.
func (l *leaks) instead(d api.Decl, class api.Class) string {
	switch d.Kind {
	case api.Param:
		switch {
		case class != handle:
			return "take a contract or an id instead"
		case l.namedWiring(d):
			return "take a contract instead: " + d.Name + " is no wiring, as it returns no type of the surface itself"
		}
		return "take it once, in a New function"
	case api.Field, api.Variable, api.Constant:
		return "hold a contract or an id instead"
	case api.Embedding, api.Promotion:
		return "write out what callers need"
	case api.Alias, api.Definition:
		return "declare a contract and map to it"
	case api.Constraint:
		return "constrain it by a contract instead"
	}
	return "return a contract instead"
}

// typeString writes a type as code in this package would.
func (l *leaks) typeString(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == l.pass.Pkg {
			return ""
		}
		return p.Name()
	})
}
