package owned

import (
	"go/ast"
	"go/types"
	"strings"

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
	for i, arg := range e.Args {
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
	name := strings.ToLower(fn.Name())
	for _, word := range []string{"decode", "unmarshal", "bind", "scan", "parse", "read", "load"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// short writes an expression as part of a message, or says what it is.
func short(e ast.Expr, otherwise string) string {
	if e.End()-e.Pos() > 60 {
		return otherwise
	}
	text := types.ExprString(ast.Unparen(e))
	if strings.ContainsAny(text, "\n{") {
		return otherwise
	}
	return text
}

// literalsOf says how the function literals of a call are run.
func (f *function) literalsOf(e *ast.CallExpr, call role) {
	how := merged
	switch call {
	case deferredCall:
		how = late
	case goCall:
		how = running
	}
	if lit, ok := ast.Unparen(e.Fun).(*ast.FuncLit); ok {
		f.roles[lit] = how
	}
	if how == late {
		how = merged
	}
	for _, arg := range e.Args {
		arg = ast.Unparen(arg)
		if _, lit := arg.(*ast.FuncLit); lit || f.isConversion(arg) {
			f.roles[arg] = how
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
