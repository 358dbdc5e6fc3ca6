package owned

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (c *context) callBuiltin(name string, e *ast.CallExpr) {
	f, args := c.f, e.Args
	switch {
	case name == "append" && len(args) > 0:
		c.grow(e)
		for _, arg := range args[1:] {
			if e.Ellipsis != token.NoPos {
				f.readOnly(arg)
			}
			if to, from := bottom(f.appendTo[e]), bottom(arg); to != nil && from != nil && f.objectOf(to) == f.objectOf(from) {
				continue // it goes back to where it came from
			}
			into := f.appended(e)
			f.put(arg, into)
			if e.Ellipsis != token.NoPos {
				into.key += sliceStep
				c.elementsOf(e, arg, f.elementStep(arg), into, "append")
				continue
			}
			c.store(arg, into, "append")
		}
	case name == "copy" && len(args) == 2:
		c.through(args[0], e, Copy, sliceStep)
		f.readOnly(args[1])
		c.elementsOf(e, args[1], f.elementStep(args[1]), within{args[0], f.elementStep(args[0]), false}, "copy")
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
	case (name == "len" || name == "cap") && len(args) > 0:
		f.readOnly(args[0])
	}
}

// grow notes that a call may write behind the end of its first argument.
func (c *context) grow(e *ast.CallExpr) {
	if into := c.f.appendTo[e]; into != nil {
		c.f.put(e.Args[0], within{expr: into})
	}
	if c.f.roles[e] != handled {
		c.f.events = append(c.f.events, event{expr: e.Args[0], node: e, verb: Append, at: c.moment(e), step: sliceStep})
	}
}

// appended is where the elements go that a call of append adds.
func (f *function) appended(e *ast.CallExpr) within {
	into := f.appendTo[e]
	switch {
	case into == nil:
		return within{}
	case e.Ellipsis != token.NoPos:
		return within{expr: into, append: true}
	}
	return within{into, sliceStep, true}
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
	f := c.f
	if len(e.Args) == 0 {
		return
	}
	arg := e.Args[0]
	if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok && identity(f.info, inner) == "sort.Reverse" && len(inner.Args) == 1 {
		arg = inner.Args[0]
	}
	if mutators[id] == mapStep {
		c.through(arg, e, Copy, mapStep)
		if len(e.Args) > 1 {
			c.elementsOf(e, e.Args[1], f.elementStep(e.Args[1]), within{expr: arg, key: f.elementStep(arg)}, short(e.Fun, "a map"))
		}
		return
	}
	c.through(arg, e, Sort, sliceStep)
	for _, added := range e.Args[1:] {
		if growers[id] {
			c.store(added, f.appended(e), short(e.Fun, "a slice"))
		}
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
	if x, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && x.Op == token.AND {
		if t := f.info.TypeOf(x.X); t != nil && isPointer(t) { // and what that points to, if it does
			f.events = append(f.events, event{expr: x.X, node: arg, verb: Decode, at: c.moment(e), step: deref})
		}
	}
}

// found notes that a variable is given something that was there before.
func (c *context) found(e *ast.CallExpr, arg ast.Expr) {
	if x, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && x.Op == token.AND {
		c.f.roles[x] = handled
		if id, ok := ast.Unparen(x.X).(*ast.Ident); ok {
			c.f.marks[id] = written
			c.give(id, c.def(e.End(), unknown, e))
		}
	}
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
	f.events = append(f.events, event{expr: x, node: e, verb: Address, at: c.moment(e)})
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
		f.events = append(f.events, event{expr: e.X, node: e, verb: Address, at: c.moment(e)})
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
		f.keptIn[e] = v
	case *ast.UnaryExpr, *ast.SliceExpr:
		f.aliases[e] = v
	}
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
