package owned

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (c *context) def(pos token.Pos, kind defKind, e ast.Expr) def {
	return def{point: point{c.at, pos}, kind: kind, expr: e}
}

// give defines a variable.
func (c *context) give(id *ast.Ident, d def) {
	if id.Name == "_" {
		return
	}
	if c.f.info.Defs[id] != nil {
		c.f.declare(id, plain, d)
		return
	}
	if l := c.f.local(id); l != nil {
		l.defs = append(l.defs, d)
	}
}

func (c *context) declare(n *ast.ValueSpec) {
	for i, name := range n.Names {
		switch {
		case len(n.Values) == 0:
			c.give(name, c.def(name.Pos(), zero, nil))
		case len(n.Values) == len(n.Names):
			c.f.keep(name, n.Values[i])
			c.f.put(n.Values[i], within{expr: name})
			c.clone(n.Values[i], within{expr: name}, name.Name)
			c.give(name, c.def(name.Pos(), value, n.Values[i]))
		default:
			c.give(name, c.tuple(name.Pos(), i, n.Values[0]))
		}
	}
}

// tuple is the definition of the i'th variable by an expression of many
// values. Of "v, ok" forms the first is the value.
func (c *context) tuple(pos token.Pos, i int, e ast.Expr) def {
	if _, call := ast.Unparen(e).(*ast.CallExpr); call || i > 0 {
		return c.def(pos, unknown, e)
	}
	return c.def(pos, value, e)
}

func (c *context) assign(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		var rhs ast.Expr
		d := c.def(n.End(), unknown, nil)
		switch {
		case n.Tok != token.ASSIGN && n.Tok != token.DEFINE: // x += y
		case len(n.Rhs) == len(n.Lhs):
			rhs = n.Rhs[i]
			d = c.def(n.End(), value, rhs)
		case len(n.Rhs) == 1:
			d = c.tuple(n.End(), i, n.Rhs[0])
		}
		id, plain := ast.Unparen(lhs).(*ast.Ident)
		if plain && !c.foreign(id) {
			if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
				c.f.marks[id] = written
				c.f.keep(id, rhs)
				c.f.put(rhs, within{expr: id})
				c.give(id, d)
				if c.f.local(id) == nil && rhs != nil && id.Name != "_" {
					c.escape(rhs, id.Name)
				}
				c.clone(rhs, within{expr: id}, id.Name)
			}
			continue
		}
		c.write(lhs, n.End())
		c.record(lhs, d)
		if rhs != nil {
			into := within{expr: lhs}
			c.f.put(rhs, into)
			c.store(rhs, into, short(lhs, "a place"))
			c.clone(rhs, into, short(lhs, "a place"))
		}
	}
	c.appends(n)
}

// appends notes the place that each append of an assignment stores into.
func (c *context) appends(n *ast.AssignStmt) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, rhs := range n.Rhs {
		if call, ok := ast.Unparen(rhs).(*ast.CallExpr); ok && c.f.grows(call) {
			c.f.appendTo[call] = n.Lhs[i]
			if mutators[identity(c.f.info, call)] == "" {
				c.f.events = append(c.f.events, event{expr: call.Args[0], node: call, verb: Append, at: c.moment(n), stmt: c.stmt, step: sliceStep})
				c.f.roles[call] = handled
			}
		}
	}
}

func (c *context) ranges(n *ast.RangeStmt) {
	over, step, at := c.elements(n)
	c.f.readOnly(n.X)
	if lit, ok := ast.Unparen(n.X).(*ast.CompositeLit); ok {
		c.f.inside[lit] = within{} // nobody has it but the range
	}
	for i, e := range []ast.Expr{n.Key, n.Value} {
		if e == nil {
			continue
		}
		d := c.def(e.Pos(), unknown, nil)
		if i == at {
			d = c.def(e.Pos(), element, over)
			d.key = step
		}
		id, plain := ast.Unparen(e).(*ast.Ident)
		switch {
		case !plain:
			c.write(e, e.End())
			c.record(e, c.def(e.Pos(), unknown, nil))
		case n.Tok == token.DEFINE && id.Name != "_":
			c.f.declare(id, ranged, d)
		default:
			c.f.marks[id] = written
			c.give(id, d)
		}
	}
}

// elements returns what a range goes over, the step from there to its
// elements, and which of its variables has them.
func (c *context) elements(n *ast.RangeStmt) (over ast.Expr, step string, at int) {
	if over, step, ok := c.f.iterated(n.X); ok {
		call := ast.Unparen(n.X).(*ast.CallExpr)
		if strings.HasSuffix(identity(c.f.info, call), ".Values") {
			return over, step, 0
		}
		return over, step, 1
	}
	step = mapStep
	if t := c.f.info.TypeOf(n.X); t != nil {
		if elem, ok := pointee(t); ok {
			t = elem
		}
		switch core(t).(type) {
		case *types.Slice:
			step = sliceStep
		case *types.Array:
			step = arrayStep
		}
	}
	return n.X, step, 1
}

// typeSwitch declares the variable of each clause.
func (c *context) typeSwitch(n *ast.TypeSwitchStmt) {
	assign, ok := n.Assign.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return
	}
	c.f.switches[assign] = true
	for _, clause := range n.Body.List {
		if v, ok := c.f.info.Implicits[clause].(*types.Var); ok {
			d := c.under(clause).def(clause.Pos(), value, assign.Rhs[0])
			c.f.add(&local{obj: v, defs: []def{d}})
		}
	}
}

// returns notes that a return statement defines the results that have a name.
func (c *context) returns(n *ast.ReturnStmt) {
	if c.results == nil || len(n.Results) == 0 {
		return
	}
	var names []*ast.Ident
	for _, field := range c.results.List {
		names = append(names, field.Names...)
	}
	for i, name := range names {
		switch {
		case len(n.Results) == len(names):
			c.result(name, c.def(n.End(), value, n.Results[i]))
		case len(n.Results) == 1:
			c.result(name, c.tuple(n.End(), i, n.Results[0]))
		}
	}
}

func (c *context) result(name *ast.Ident, d def) {
	v, _ := c.f.info.Defs[name].(*types.Var)
	if l := c.f.locals[v]; l != nil {
		l.defs = append(l.defs, d)
	}
}

// foreign reports whether a plain identifier is the variable of a package
// that is imported with a dot.
func (c *context) foreign(id *ast.Ident) bool {
	v, ok := c.f.objectOf(id).(*types.Var)
	return ok && isGlobal(v) && v.Pkg() != c.f.pkg
}

// write notes that a statement which ends at a position writes to an
// expression. To write to a name is to bind it to something else, unless it is
// that of a variable of another package.
func (c *context) write(lhs ast.Expr, end token.Pos) {
	if id := bottom(lhs); id != nil {
		c.f.marks[id] = written
	}
	if id, plain := ast.Unparen(lhs).(*ast.Ident); plain && !c.foreign(id) {
		return
	}
	at := c.moment(lhs)
	at.end = end
	c.f.events = append(c.f.events, event{expr: lhs, node: lhs, verb: Assign, at: at, stmt: c.stmt})
}

// record notes what the memory at a path is given.
func (c *context) record(lhs ast.Expr, d def) {
	d.lhs = lhs
	sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
	if id := bottom(lhs); ok && id != nil {
		if v, ok := c.f.objectOf(id).(*types.Var); ok {
			c.f.assignedFields[fieldOf{v, sel.Sel.Name}] = true
		}
	}
	c.f.records = append(c.f.records, record{lhs, d})
}

// bottom is the identifier at the bottom of an expression that is written to.
func bottom(e ast.Expr) *ast.Ident {
	for e != nil {
		if id, ok := e.(*ast.Ident); ok {
			return id
		}
		e = inside(e)
	}
	return nil
}
