package owned

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/types/typeutil"
)

// call notes what a call writes, and what it gives away.
func (c *context) call(e *ast.CallExpr) {
	f := c.f
	if inner := f.conversion(e); inner != nil {
		f.inherit(e, inner)
		return
	}
	role := f.roles[e]
	f.literalsOf(e, role)
	if name := f.builtin(e); name != "" {
		c.callBuiltin(name, e)
		return
	}
	id := identity(f.info, e)
	switch {
	case f.bound(e, role):
	case id == "errors.As" && len(e.Args) == 2:
		c.found(e, e.Args[1])
	case decoders[id]:
		for _, arg := range e.Args {
			c.decode(e, arg)
		}
	case mutators[id] != "":
		c.mutate(e, id)
	case f.grows(e):
		c.grow(e)
	case fillers[id] && len(e.Args) > 1:
		c.through(e.Args[1], e, Copy, sliceStep)
	case f.reads(e):
		c.through(e.Args[0], e, Copy, sliceStep)
	default:
		if sel := method(e); sel != nil && f.implicitAddress(sel) {
			c.receive(e, sel, id)
		}
		c.pass(e, id, role)
	}
}

// bound reports whether the arguments of a call are all defined by it: those
// of a literal that is called right here, or at the end.
func (f *function) bound(e *ast.CallExpr, role role) bool {
	lit, ok := ast.Unparen(e.Fun).(*ast.FuncLit)
	return ok && role != goCall && f.params(lit, e) != nil
}

// params returns the parameters of a literal that is called, in the order of
// the arguments; nil if there are none, or one takes many arguments.
func (f *function) params(lit *ast.FuncLit, e *ast.CallExpr) []*ast.Ident {
	var names []*ast.Ident
	for _, field := range lit.Type.Params.List {
		if _, variadic := field.Type.(*ast.Ellipsis); variadic || len(field.Names) == 0 {
			return nil
		}
		names = append(names, field.Names...)
	}
	if len(names) != len(e.Args) {
		return nil
	}
	return names
}

// receive notes what a method does to a receiver whose address it is given:
// a decoder hook fills it, an atomic is made to be changed.
func (c *context) receive(e *ast.CallExpr, sel *ast.SelectorExpr, id string) {
	f, t := c.f, c.f.info.TypeOf(sel.X)
	if t == nil {
		return
	}
	_, pointer := pointee(t)
	if b := bottom(sel.X); b != nil && f.local(b) != nil && !pointer {
		f.local(b).addressed = true
	}
	filled := event{expr: sel.X, node: sel.X, verb: Decode, at: c.moment(e)}
	switch {
	case DecoderHook(sel.Sel.Name) && pointer:
		filled.step = deref
		f.events = append(f.events, filled)
	case DecoderHook(sel.Sel.Name):
		f.events = append(f.events, filled)
	case atomics[id] && !pointer:
		f.events = append(f.events, event{expr: sel.X, node: sel.X, verb: Address, at: c.moment(e)})
	}
}

// pass notes that the arguments of a call are given to whom it calls. A
// deferred call only looks at them when everything is over.
func (c *context) pass(e *ast.CallExpr, id string, role role) {
	f := c.f
	harmless := readers[id] || readers[packageOf(id)]
	if role == goCall {
		c.handOver(e.Fun, "a goroutine")
	}
	for i, arg := range e.Args {
		c.handOver(arg, short(e.Fun, "a function"))
		switch {
		case harmless:
			f.readOnly(arg)
		case role == deferredCall, f.fills(e, i):
		default:
			c.escape(arg, short(e.Fun, "a function"))
		}
	}
	if sel := method(e); role == goCall && sel != nil {
		c.escape(sel.X, "a goroutine")
	}
}

// handOver notes that a literal which is kept in a variable is given to
// somebody, and with it what it uses.
func (c *context) handOver(e ast.Expr, to string) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return
	}
	v, _ := c.f.objectOf(id).(*types.Var)
	for _, used := range c.f.captured[v] {
		c.f.escapes = append(c.f.escapes, escape{vr: used, sink: sink{point{c.at, e.Pos()}, to}})
	}
}

// fills reports whether a call by all appearances decodes into an argument,
// and does not keep it: a function that takes anything and is called ReadJSON,
// say. That is not enough to say that it writes there.
func (f *function) fills(e *ast.CallExpr, i int) bool {
	fn, ok := typeutil.Callee(f.info, e).(*types.Func)
	if !ok || i >= fn.Signature().Params().Len() {
		return false
	}
	t := fn.Origin().Signature().Params().At(i).Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok && isTypeParam(p.Elem()) {
		t = p.Elem()
	}
	if any, ok := t.Underlying().(*types.Interface); !isTypeParam(t) && (!ok || !any.Empty()) {
		return false
	}
	return slices.ContainsFunc(words(fn.Name()), func(word string) bool { return fillingWords[word] })
}

var fillingWords = identities("decode unmarshal bind scan parse read load")

// words returns the words of a name in camel case, in lower case.
func words(name string) []string {
	var list []string
	start := 0
	for i, r := range name {
		if i > start && (unicode.IsUpper(r) || r == '_') && !unicode.IsUpper(rune(name[i-1])) {
			list = append(list, strings.ToLower(strings.Trim(name[start:i], "_")))
			start = i
		}
	}
	return append(list, strings.ToLower(strings.Trim(name[start:], "_")))
}

// short writes an expression as part of a message, or says what it is.
func short(e ast.Expr, otherwise string) string {
	if _, lit := ast.Unparen(e).(*ast.FuncLit); lit || e.End()-e.Pos() > 60 {
		return otherwise
	}
	text := types.ExprString(ast.Unparen(e))
	if strings.ContainsAny(text, "\n{") {
		return otherwise
	}
	return text
}

// literalsOf says how the function literals of a call are run: at once if they
// are what is called, while the call is at work if they are passed to it. What
// append is passed is kept.
func (f *function) literalsOf(e *ast.CallExpr, call role) {
	called, passed := invoked, merged
	switch call {
	case deferredCall:
		called = late
	case goCall:
		called, passed = running, running
	}
	if lit, ok := ast.Unparen(e.Fun).(*ast.FuncLit); ok {
		f.roles[lit] = called
		f.calls[lit] = e
	}
	if f.builtin(e) != "" {
		return
	}
	for _, arg := range e.Args {
		arg = ast.Unparen(arg)
		if _, lit := arg.(*ast.FuncLit); lit || f.isConversion(arg) {
			f.roles[arg] = passed
		}
	}
}

// inherit makes what happens to a conversion happen to its operand.
func (f *function) inherit(e *ast.CallExpr, inner ast.Expr) {
	inner = ast.Unparen(inner)
	if _, lit := inner.(*ast.FuncLit); lit || f.isConversion(inner) {
		f.roles[inner] = f.roles[e]
	}
	if t := f.info.TypeOf(e); t != nil {
		if b, ok := core(t).(*types.Basic); ok && b.Info()&types.IsString != 0 {
			f.readOnly(inner)
		}
	}
}
