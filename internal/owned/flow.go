package owned

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// A flow is the order in which the statements of a function may run: its
// control flow graph. The literals that run as part of the function are
// spliced in behind the statement that calls them, where they run once, or if
// they are only passed to a call, perhaps not at all; and those that are
// deferred where it returns.
type flow struct {
	next   [][]vertex
	pos    []token.Pos // where the text of a vertex stands, about
	blocks map[ast.Node]*cfg.Block
	heads  map[ast.Stmt]*cfg.Block // of a clause, or of the body of a range
	tails  map[*cfg.Block]vertex   // its last vertex so far
	panics map[vertex][]vertex     // by the end of a body: where it panics

	loops     map[vertex]*loop // what is known to be around
	jumps     []loop           // from a label to a goto behind it
	late      map[vertex]bool  // in a deferred literal
	last      map[vertex]bool  // where what is deferred begins when all else is over
	deferred  bool             // something is within a literal, which goes on behind it
	mayReturn func(*ast.CallExpr) bool
}

// A vertex is a stretch of statements that run one after the other, in the
// order of the text.
type vertex int32

func newFlow(mayReturn func(*ast.CallExpr) bool) *flow {
	return &flow{
		blocks:    map[ast.Node]*cfg.Block{},
		heads:     map[ast.Stmt]*cfg.Block{},
		tails:     map[*cfg.Block]vertex{},
		panics:    map[vertex][]vertex{},
		loops:     map[vertex]*loop{},
		late:      map[vertex]bool{},
		last:      map[vertex]bool{},
		mayReturn: mayReturn,
	}
}

func (fl *flow) vertex(pos token.Pos) vertex {
	fl.next = append(fl.next, nil)
	fl.pos = append(fl.pos, pos)
	return vertex(len(fl.next) - 1)
}

func (fl *flow) link(from, to vertex) { fl.next[from] = append(fl.next[from], to) }

// body adds a function body. It returns the block that the body starts with,
// and the vertex where it returns.
func (fl *flow) body(body *ast.BlockStmt) (*cfg.Block, vertex) {
	g := cfg.New(body, fl.mayReturn)
	for _, b := range g.Blocks { // the first of the whole flow is where it starts
		fl.tails[b] = fl.vertex(blockPos(b))
		for _, n := range b.Nodes {
			fl.blocks[n] = b
		}
	}
	end := fl.vertex(body.Rbrace)
	for _, b := range g.Blocks {
		fl.head(b)
		if !b.Live {
			continue
		}
		for _, next := range b.Succs {
			fl.link(fl.tails[b], fl.tails[next])
		}
		switch {
		case b.Return() != nil:
			fl.link(fl.tails[b], end)
		case len(b.Succs) == 0 && panics(b):
			fl.panics[end] = append(fl.panics[end], fl.tails[b])
		}
	}
	return g.Blocks[0], end
}

// panics reports whether a block ends in a panic, after which what is deferred
// still runs.
func panics(b *cfg.Block) bool {
	if len(b.Nodes) == 0 {
		return false
	}
	s, ok := b.Nodes[len(b.Nodes)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := s.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "panic"
}

// head notes the block that a clause, or the body of a range, starts with. The
// graph has what stands in their headers in front of the whole statement,
// where it is evaluated; here it counts when it takes effect.
func (fl *flow) head(b *cfg.Block) {
	switch s := b.Stmt.(type) {
	case *ast.CaseClause:
		if b.Kind == cfg.KindSwitchCaseBody {
			fl.heads[s] = b
		}
	case *ast.CommClause:
		if b.Kind == cfg.KindSelectCaseBody {
			fl.heads[s] = b
			delete(fl.blocks, s.Comm)
		}
	case *ast.RangeStmt:
		if b.Kind == cfg.KindRangeBody {
			fl.heads[s] = b
			delete(fl.blocks, s.Key)
			delete(fl.blocks, s.Value)
		}
	}
}

func blockPos(b *cfg.Block) token.Pos {
	switch {
	case b.Stmt != nil:
		return b.Stmt.Pos()
	case len(b.Nodes) > 0:
		return b.Nodes[0].Pos()
	}
	return token.NoPos
}

// splice adds the body of a literal that runs as part of what is around it:
// behind the statement in which it stands, or when that returns.
func (fl *flow) splice(lit *ast.BlockStmt, around *context, role role) (*cfg.Block, vertex) {
	first := vertex(len(fl.next))
	block, end := fl.body(lit)
	if role == late {
		fl.defers(first, fl.tails[block], end, around)
		return block, end
	}
	before := fl.tails[around.block]
	after := fl.vertex(lit.Rbrace)
	fl.next[after], fl.next[before] = fl.next[before], []vertex{fl.tails[block]}
	if role != invoked {
		fl.link(before, after)
	}
	fl.link(end, after)
	fl.loops[after], fl.loops[end] = around.loop, around.loop
	fl.late[after] = fl.late[before]
	if around.late {
		fl.lateFrom(first)
	}
	fl.tails[around.block] = after
	return block, end
}

// defers links a deferred literal, which begins with a vertex, to where what
// is around it returns or panics.
func (fl *flow) defers(first, start, end vertex, around *context) {
	fl.lateFrom(first)
	fl.link(around.end, start)
	for _, v := range fl.panics[around.end] {
		fl.link(v, start)
	}
	fl.link(end, around.end)
	if around.inner {
		fl.deferred = true
	} else {
		fl.last[start] = true
	}
}

// lateFrom notes that all vertices from one on are in a deferred literal.
func (fl *flow) lateFrom(first vertex) {
	for v := first; int(v) < len(fl.next); v++ {
		fl.late[v] = true
	}
}

// beyond reports whether one need not look further at a vertex to know what
// happens to a variable up to a position: the way from there leads back only by
// the declaration of the variable, with which all begins anew, or not at all.
func (fl *flow) beyond(v vertex, declared types.Object, until token.Pos) bool {
	if fl.last[v] {
		return true
	}
	pos, scope := fl.pos[v], declared.Parent()
	if !pos.IsValid() {
		return false
	}
	if !fl.deferred && scope != nil && scope.Pos().IsValid() && (pos < scope.Pos() || scope.End() < pos) {
		return true
	}
	return until < pos && !fl.leadsBack(v, declared.Pos(), until)
}

// leadsBack reports whether a way from a vertex leads back to some position
// between two, but not to what stands before the first.
func (fl *flow) leadsBack(v vertex, after, until token.Pos) bool {
	around, known := fl.loops[v]
	if !known || len(fl.jumps) > tooManyJumps {
		return true
	}
	for _, jump := range fl.jumps {
		if jump.contains(fl.pos[v]) && after < jump.pos && jump.pos <= until {
			return true
		}
	}
	for around != nil && until < around.pos {
		around = around.outer
	}
	return around != nil && after < around.pos
}

// tooManyJumps bounds the work of looking at them.
const tooManyJumps = 64

// neverReturn are functions that end the program, the goroutine or the test.
var neverReturn = identities(`
	os.Exit runtime.Goexit syscall.Exit log.Fatal log.Fatalf log.Fatalln log.Panic log.Panicf log.Panicln
	log.Logger.Fatal log.Logger.Fatalf log.Logger.Fatalln log.Logger.Panic log.Logger.Panicf log.Logger.Panicln
	testing.common.FailNow testing.common.Fatal testing.common.Fatalf testing.common.Skip testing.common.Skipf testing.common.SkipNow
	testing.TB.FailNow testing.TB.Fatal testing.TB.Fatalf testing.TB.Skip testing.TB.Skipf testing.TB.SkipNow
	github.com/sirupsen/logrus.Fatal github.com/sirupsen/logrus.Fatalf github.com/sirupsen/logrus.Fatalln
	k8s.io/klog.Fatal k8s.io/klog.Fatalf k8s.io/klog.Fatalln k8s.io/klog.Exit k8s.io/klog.Exitf
	go.uber.org/zap.Logger.Fatal go.uber.org/zap.Logger.Panic go.uber.org/zap.SugaredLogger.Fatal go.uber.org/zap.SugaredLogger.Fatalf
	go.uber.org/zap.SugaredLogger.Fatalw`)

// mayReturn reports whether the function may go on behind a call.
func (a *Analysis) mayReturn(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "panic" {
		return a.info.Uses[id] != nil && a.info.Uses[id].Pkg() != nil
	}
	return !neverReturn[identity(a.info, call)]
}
