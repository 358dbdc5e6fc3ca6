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
	if p.Key != "" {
		return false
	}
	at, ok := b.f.mentioned(e)
	if !ok {
		return false
	}
	d, ok := b.f.shares(l, p.Key, at)
	return ok && d.expr == nil
}

// mentioned returns when an expression looks at the first of its variables.
func (f *function) mentioned(e ast.Expr) (at moment, ok bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, is := n.(*ast.Ident); is && !ok {
			at.at, ok = f.where[id]
			at.pos = id.Pos()
		}
		return !ok
	})
	return at, ok
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
