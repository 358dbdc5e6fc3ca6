package frozenwrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/boundaries-dev/boundaries/internal/frozen"
	"github.com/boundaries-dev/boundaries/internal/owned"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// message says who writes what, who else may hold it, and what to do instead.
func message(who, contract string, w owned.Write) string {
	what := shorten(w.Expr)
	act := fmt.Sprintf("%s %s %s of contract %s%s", who, verb(w.Verb), what, contract, by(w))
	if w.Origin == owned.Lost {
		return act + " in a copy that nobody looks at afterwards; return the copy, or store it where it belongs"
	}
	return fmt.Sprintf("%s, %s; %s", act, why(w), instead(w, what))
}

func verb(v owned.Verb) string {
	switch v {
	case owned.Rebind:
		return "replaces"
	case owned.Append:
		return "appends to"
	case owned.Copy:
		return "copies into"
	case owned.Delete:
		return "deletes from"
	case owned.Clear:
		return "clears"
	case owned.Decode:
		return "decodes into"
	case owned.Address:
		return "hands out the address of"
	case owned.Sort:
		return "changes"
	}
	return "writes"
}

// by names the function that changes a slice in place.
func by(w owned.Write) string {
	if call, ok := w.Node.(*ast.CallExpr); ok && w.Verb == owned.Sort {
		return " with " + shorten(call.Fun)
	}
	return ""
}

func why(w owned.Write) string {
	switch w.Origin {
	case owned.Param:
		return "which its caller may hold too"
	case owned.Receiver:
		return "which others may hold through the receiver"
	case owned.Escaped:
		return "which was given to " + w.To + " before"
	case owned.Captured:
		return "which belongs to the function around it"
	case owned.Global:
		return "which the whole program shares"
	case owned.Returned:
		return "which a call returned and others may hold"
	}
	return "which others may hold"
}

func instead(w owned.Write, what string) string {
	switch w.Verb {
	case owned.Rebind:
		return "declare a variable of your own"
	case owned.Append:
		return "append to slices.Clone(" + what + ")"
	case owned.Copy, owned.Sort, owned.Clear, owned.Delete:
		return "clone " + what + " and change the clone"
	case owned.Decode:
		return "decode into a new " + w.Touch.Contract.Name()
	case owned.Address:
		return "copy it to a variable and take the address of that"
	}
	if w.Touch.Contract == nil {
		return "change a copy"
	}
	return "change a copy of the " + w.Touch.Contract.Name()
}

// shorten writes an expression on part of a line.
func shorten(e ast.Expr) string {
	text := types.ExprString(e)
	if len(text) > 60 || strings.Contains(text, "\n") {
		return "a part"
	}
	return text
}

// owner is the subject of a message: the module that a package belongs to, or
// the package if it belongs to none.
func owner(law *policy.Law, p policy.Place) string {
	if p.Module == nil || p.Module.Path == policy.Root {
		return law.Label(p)
	}
	return p.Module.Name()
}

// whose names a contract by the module it belongs to.
func whose(c *frozen.Contracts, law *policy.Law, w owned.Write) string {
	if w.Touch.Contract == nil {
		return law.Label(c.Place(w.Root.Pkg()))
	}
	return owner(law, c.Place(w.Touch.Contract.Pkg())) + "." + w.Touch.Contract.Name()
}

func related(w owned.Write) []analysis.RelatedInformation {
	if w.Origin != owned.Escaped {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: w.Sink, Message: "given to " + w.To + " here"}}
}
