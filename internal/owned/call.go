package owned

import (
	"go/ast"
	"go/token"
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
			c.escape(arg, calledName(e))
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

func calledName(e *ast.CallExpr) string {
	name := types.ExprString(ast.Unparen(e.Fun))
	if len(name) > 40 || strings.ContainsAny(name, "\n{") {
		return "a function"
	}
	return name
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

func (f *function) isConversion(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && f.conversion(call) != nil
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

func (c *context) callBuiltin(name string, e *ast.CallExpr) {
	f, args := c.f, e.Args
	switch {
	case name == "append" && len(args) > 0:
		if f.roles[e] != handled {
			f.events = append(f.events, event{expr: args[0], node: e, verb: Append, at: c.moment(e), step: sliceStep})
		}
		for _, arg := range args[1:] {
			if e.Ellipsis != token.NoPos {
				f.readOnly(arg)
			}
			if to, from := bottom(f.appendTo[e]), bottom(arg); to != nil && from != nil && f.objectOf(to) == f.objectOf(from) {
				continue // it goes back to where it came from
			}
			c.escape(arg, "append")
		}
	case name == "copy" && len(args) == 2:
		c.through(args[0], e, Copy, sliceStep)
		f.readOnly(args[1])
	case name == "delete" && len(args) > 0:
		c.through(args[0], e, Delete, mapStep)
	case name == "clear" && len(args) > 0:
		step := sliceStep
		if t := f.info.TypeOf(args[0]); t != nil {
			if _, ok := core(t).(*types.Map); ok {
				step = mapStep
			}
		}
		c.through(args[0], e, Clear, step)
	case name == "len", name == "cap":
		f.readOnly(args[0])
	}
}

// through notes a write to what a slice or map refers to.
func (c *context) through(arg ast.Expr, e *ast.CallExpr, verb Verb, step string) {
	c.f.roles[ast.Unparen(arg)] = handled
	c.f.events = append(c.f.events, event{expr: arg, node: e, verb: verb, at: c.moment(e), step: step})
	if verb != Delete && verb != Clear && verb != Sort {
		c.record(&ast.IndexExpr{X: arg}, c.def(e.End(), unknown, nil))
	}
}

// mutate notes a call of a function that is known to write to its first
// argument.
func (c *context) mutate(e *ast.CallExpr, id string) {
	if len(e.Args) == 0 {
		return
	}
	arg := e.Args[0]
	if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok && identity(c.f.info, inner) == "sort.Reverse" && len(inner.Args) == 1 {
		arg = inner.Args[0]
	}
	switch mutators[id] {
	case mapStep:
		c.through(arg, e, Copy, mapStep)
	default:
		c.through(arg, e, Sort, sliceStep)
	}
}

// decode notes that a decoder fills what an argument points to.
func (c *context) decode(e *ast.CallExpr, arg ast.Expr) {
	f := c.f
	if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok && f.conversion(inner) != nil {
		arg = f.conversion(inner)
	}
	t := f.info.TypeOf(arg)
	if t == nil {
		return
	}
	if _, ok := pointee(t); !ok {
		return
	}
	f.roles[ast.Unparen(arg)] = handled
	f.events = append(f.events, event{expr: arg, node: arg, verb: Decode, at: c.moment(e), step: deref})
}

// address notes that the address of something is taken.
func (c *context) address(e *ast.UnaryExpr, x ast.Expr) {
	f := c.f
	if id := bottom(x); id != nil {
		if l := f.local(id); l != nil {
			l.addressed = true
		}
	}
	switch ast.Unparen(x).(type) {
	case *ast.Ident, *ast.CompositeLit: // of a variable, or of something new
		return
	}
	if role := f.roles[e]; role == handled || role == reading {
		return
	}
	f.events = append(f.events, event{expr: x, node: e, verb: Address, at: c.moment(e), lhs: e})
}

// sliced notes that an array is sliced, which is as good as its address.
func (c *context) sliced(e *ast.SliceExpr) {
	f := c.f
	if role := f.roles[e]; role == handled || role == reading {
		return
	}
	t := f.info.TypeOf(e.X)
	if t == nil {
		return
	}
	if elem, ok := pointee(t); ok {
		t = elem
	}
	if _, array := core(t).(*types.Array); array {
		f.events = append(f.events, event{expr: e.X, node: e, verb: Address, at: c.moment(e), lhs: e})
	}
}

// readOnly notes that an expression is only read through.
func (f *function) readOnly(e ast.Expr) {
	e = ast.Unparen(e)
	switch e.(type) {
	case *ast.SliceExpr, *ast.UnaryExpr:
		if f.roles[e] == 0 {
			f.roles[e] = reading
		}
	}
}

// keep notes that a variable is given an address, or a function literal.
func (f *function) keep(id *ast.Ident, e ast.Expr) {
	if e == nil || id.Name == "_" {
		return
	}
	v, ok := f.objectOf(id).(*types.Var)
	if !ok || f.info.Defs[id] == nil && f.locals[v] == nil {
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		f.roles[e] = kept
	case *ast.UnaryExpr, *ast.SliceExpr:
		f.aliases[e] = v
	}
}

// builtin returns the name of the predeclared function that a call calls.
func (f *function) builtin(e *ast.CallExpr) string {
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		return ""
	}
	if b, ok := f.info.Uses[id].(*types.Builtin); ok {
		return b.Name()
	}
	return ""
}

// method returns the selector of a method call.
func method(e *ast.CallExpr) *ast.SelectorExpr {
	sel, _ := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	return sel
}

// implicitAddress reports whether a method call takes the address of its
// receiver, or wants it.
func (f *function) implicitAddress(sel *ast.SelectorExpr) bool {
	s := f.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return false
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, pointer := types.Unalias(recv.Type()).(*types.Pointer)
	return pointer
}

// DecoderHook reports whether methods of a name fill their receiver from
// outside: they are called on values that are being made.
func DecoderHook(name string) bool {
	return name == "Scan" || name == "GobDecode" || strings.HasPrefix(name, "Unmarshal") || strings.HasPrefix(name, "Decode")
}

// identity names the function that a call calls: its package, its receiver if
// it has one, its name. The major version in a path is left out.
func identity(info *types.Info, e *ast.CallExpr) string {
	fn, ok := typeutil.Callee(info, e).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return ""
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok {
			return ""
		}
		name = named.Obj().Name() + "." + name
	}
	path, _, _ := strings.Cut(fn.Pkg().Path(), " [")
	return unversioned(path) + "." + name
}

// packageOf returns the package of an identity.
func packageOf(id string) string {
	slash := strings.LastIndexByte(id, '/')
	if dot := strings.IndexByte(id[slash+1:], '.'); dot >= 0 {
		return id[:slash+1+dot]
	}
	return id
}

// unversioned drops the element of an import path that is a major version.
func unversioned(path string) string {
	for _, sep := range []string{"/v", ".v"} {
		i := strings.LastIndex(path, sep)
		if i < 0 {
			continue
		}
		version, rest, _ := strings.Cut(path[i+2:], "/")
		if version != "" && strings.Trim(version, "0123456789") == "" {
			path = path[:i]
			if rest != "" {
				path += "/" + rest
			}
			return path
		}
	}
	return path
}
