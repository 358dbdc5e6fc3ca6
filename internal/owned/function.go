package owned

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/boundaries-dev/boundaries/internal/frozen"
)

// An Analysis looks at the functions of one package. It is not safe for
// concurrent use.
type Analysis struct {
	pkg       *types.Package
	info      *types.Info
	contracts *frozen.Contracts
	carriers  map[types.Type]bool // whether values of a type carry references
}

// New returns an analysis of a package, which may have type errors.
func New(pkg *types.Package, info *types.Info, contracts *frozen.Contracts) *Analysis {
	return &Analysis{pkg, info, contracts, map[types.Type]bool{}}
}

// A function is a body that is looked at in one go: a declared function, the
// expressions of a variable declaration, or a function literal that outlives
// the statement it stands in. Literals that are called right there, deferred,
// or passed to a call belong to the body around them.
type function struct {
	*Analysis
	node   ast.Node // *ast.FuncDecl, *ast.FuncLit, or the *ast.GenDecl of variables
	locals map[*types.Var]*local
	order  []*local // the same, as they are declared

	events         []event
	records        []record
	escapes        []escape
	literals       []*ast.FuncLit // functions of their own
	roles          map[ast.Expr]role
	marks          map[*ast.Ident]mark
	where          map[*ast.Ident]vertex      // mentions of variables
	aliases        map[ast.Expr]*types.Var    // addresses kept in a variable
	appendTo       map[*ast.CallExpr]ast.Expr // where the result of an append goes
	through        map[*types.Var]bool        // variables that something is written through
	assignedFields map[fieldOf]bool
	keptIn         map[*ast.FuncLit]*types.Var    // the variable that a literal is kept in
	captured       map[*types.Var][]*types.Var    // by that variable: what the literal uses
	switches       map[*ast.AssignStmt]bool       // those in the head of a type switch
	calls          map[*ast.FuncLit]*ast.CallExpr // of literals that are called where they stand
	inside         map[*ast.CompositeLit]within   // what a literal is put into
	search         search
	searched       map[slot]bool // whose stale definitions are being looked for
	settled        map[slot]bool // what searches found for good
	flow           *flow
	reaches        map[question]*reach
	taken          map[question]sink // where what a variable took was given away before; none if nowhere
	exposures      map[question][]sink
}

// A local is a variable of the function, with all it is ever given.
type local struct {
	obj     *types.Var
	origin  origin
	defs    []def            // in the order of the text
	records map[string][]def // what the memory behind it is given, by key

	uses  []token.Pos // mentions that are not writes
	whole []token.Pos // of these, those that do not just read a part

	lastUse   token.Pos
	addressed bool // its address is taken somewhere

	alias   *Place   // what it always stands for
	put     []source // what is put into its memory by literals and append
	aliased bool     // alias is known
	sources []source // what it stands for at times
	sourced bool     // sources are known

	given map[string][]sink             // where the content of memory was given away, by key
	lent  map[string][]sink             // where the address of memory was
	below map[string][]sink             // where the address of a part of it was
	held  []*hold                       // what else of ours refers to the same memory
	stale map[string][]def              // definitions that share the reference at a key
	fixed map[string]map[string][]point // where the memory at a key is given something else for good
}

type origin int

const (
	plain origin = iota
	param
	receiver
	result
	ranged // by value, over something
)

// A def is what a variable, or memory behind it, is given at some point.
type def struct {
	point
	kind defKind
	expr ast.Expr
	key  string   // of elements: the step from expr
	lhs  ast.Expr // of memory behind a variable: what names it
}

type defKind int

const (
	zero defKind = iota
	value
	element // of expr
	unknown
)

// A loop is a stretch of text that may be run again from its start.
type loop struct {
	outer    *loop
	pos, end token.Pos
}

func (l *loop) contains(p token.Pos) bool { return l.pos <= p && p < l.end }

// A fieldOf is a field somewhere behind a variable.
type fieldOf struct {
	v    *types.Var
	name string
}

// An event is something that may write.
type event struct {
	expr ast.Expr // what is written to
	node ast.Node // what to show
	verb Verb
	at   moment
	stmt ast.Stmt
	step string // from expr to what is written
}

// A record is an assignment to memory behind a variable.
type record struct {
	lhs ast.Expr
	def def
}

// An escape gives a value away, or puts it somewhere.
type escape struct {
	expr ast.Expr   // what is given away
	step string     // of that, its elements
	vr   *types.Var // or the variable that is, with its address
	sink sink
	into within    // where it is put, if it is
	done token.Pos // and when it is there
}

// A within is memory behind a place: that of an expression, and steps from there.
type within struct {
	expr   ast.Expr
	key    string
	append bool // the last step leads behind the end of a slice
}

// A sink is where memory was given away.
type sink struct {
	point
	to string
}

// A moment is when something happens.
type moment struct {
	point
	loop *loop
	end  token.Pos
	what ast.Expr // what is written, if anything is
}

// A role is what the surroundings of an expression do with it.
type role int

const (
	_       role = iota
	merged       // function literal: it runs as part of the body, or not at all
	invoked      // function literal: it runs right here
	late         // function literal: so it does, at the end
	running      // function literal: in a goroutine
	kept         // function literal: in a local variable
	reading      // address: only to be read through
	handled      // address: judged by whoever set the role
	deferredCall
	goCall
)

type mark int

const (
	_ mark = iota
	read
	written
)

// function collects what happens in a body. The caller looks at f.literals.
func (a *Analysis) function(node ast.Node) *function {
	f := &function{
		Analysis: a, node: node,
		locals:         map[*types.Var]*local{},
		roles:          map[ast.Expr]role{},
		marks:          map[*ast.Ident]mark{},
		where:          map[*ast.Ident]vertex{},
		aliases:        map[ast.Expr]*types.Var{},
		appendTo:       map[*ast.CallExpr]ast.Expr{},
		assignedFields: map[fieldOf]bool{},
		keptIn:         map[*ast.FuncLit]*types.Var{},
		captured:       map[*types.Var][]*types.Var{},
		switches:       map[*ast.AssignStmt]bool{},
		calls:          map[*ast.FuncLit]*ast.CallExpr{},
		inside:         map[*ast.CompositeLit]within{},
		searched:       map[slot]bool{},
		settled:        map[slot]bool{},
		reaches:        map[question]*reach{},
		taken:          map[question]sink{},
		exposures:      map[question][]sink{},
		flow:           newFlow(a.mayReturn),
	}
	var results *ast.FieldList
	body := &ast.BlockStmt{Lbrace: node.Pos(), Rbrace: node.End()}
	walked := ast.Node(body)
	switch node := node.(type) {
	case *ast.FuncDecl:
		f.declareFields(node.Recv, receiver, 0)
		f.declareFields(node.Type.Params, param, 0)
		f.declareFields(node.Type.Results, result, 0)
		results = node.Type.Results
		if node.Body != nil {
			body, walked = node.Body, node.Body
		}
	case *ast.FuncLit:
		f.declareFields(node.Type.Params, param, 0)
		f.declareFields(node.Type.Results, result, 0)
		body, walked, results = node.Body, node.Body, node.Type.Results
	case *ast.GenDecl:
		walked = node
	}
	start, end := f.flow.body(body)
	ast.Walk(&context{f: f, block: start, at: f.flow.tails[start], end: end, results: results}, walked)
	f.settle()
	return f
}

func (f *function) declareFields(list *ast.FieldList, o origin, at vertex) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			d := def{point: point{at, name.Pos()}, kind: unknown}
			if o == result {
				d.kind = zero
			}
			f.declare(name, o, d)
		}
	}
}

// declare adds a variable.
func (f *function) declare(name *ast.Ident, o origin, d def) {
	if v, ok := f.info.Defs[name].(*types.Var); ok && !v.IsField() && !isGlobal(v) {
		f.add(&local{obj: v, origin: o, defs: []def{d}})
	}
}

func (f *function) add(l *local) {
	f.locals[l.obj] = l
	f.order = append(f.order, l)
}

// local returns a variable that an identifier names, if it is one of ours.
func (f *function) local(id *ast.Ident) *local {
	v, _ := f.objectOf(id).(*types.Var)
	if v == nil {
		return nil
	}
	return f.locals[v]
}
