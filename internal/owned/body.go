package owned

import (
	"go/ast"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Body answers questions about the expressions of a declared function.
type Body struct{ f *function }

// Body returns what is to know of a function.
func (a *Analysis) Body(fn *ast.FuncDecl) *Body { return &Body{a.function(fn)} }

// Place returns the place that an expression of the function names.
func (b *Body) Place(e ast.Expr) Place { return b.f.place(e) }

// Given reports whether an expression is a parameter, or a part of one, that
// refers to the same memory as when the function was called.
func (b *Body) Given(e ast.Expr) bool {
	p := b.f.place(e)
	l := b.f.locals[p.Root]
	if l == nil || l.origin != param || p.Addr {
		return false
	}
	at := moment{pos: e.Pos(), end: e.End()}
	d, ok := b.f.window(b.f.latest(l, at, p.Key, p.Key), at).firstDef(b.f.stale(l, p.Key))
	return ok && d.expr == nil && p.Key == ""
}

// Unexported reports whether a step on the way to the place is a field that
// is not exported.
func (p Place) Unexported() bool {
	for key := range strings.SplitSeq(p.Key, "/") {
		if name, ok := strings.CutPrefix(key, "."); ok {
			if r, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(r) {
				return true
			}
		}
	}
	return false
}
