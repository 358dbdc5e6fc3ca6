package owned

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// A flow is the order in which the statements of a function may run: its
// control flow graph. The literals that run as part of the function are
// spliced in behind the statement that calls them, where they run once, or if
// they are only passed to a call, perhaps not at all; and those that are deferred where it returns.
type flow struct {
	next   [][]vertex
	pos    []token.Pos // where the text of a vertex stands, about
	blocks map[ast.Node]*cfg.Block
	heads  map[ast.Stmt]*cfg.Block // of a clause, or of the body of a range
	tails  map[*cfg.Block]vertex   // its last vertex so far
	panics map[vertex][]vertex     // by the end of a body: where it panics

	deferred  bool        // a literal is
	low       []token.Pos // by vertex: where its text starts, or that of one which is reached from it
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
	block, end := fl.body(lit)
	if role == late {
		fl.deferred = true
		fl.link(around.end, fl.tails[block])
		for _, v := range fl.panics[around.end] {
			fl.link(v, fl.tails[block])
		}
		fl.link(end, around.end)
		return block, end
	}
	before := fl.tails[around.block]
	after := fl.vertex(lit.Rbrace)
	fl.next[after], fl.next[before] = fl.next[before], []vertex{fl.tails[block]}
	if role != invoked {
		fl.link(before, after)
	}
	fl.link(end, after)
	fl.tails[around.block] = after
	return block, end
}

// lowest returns the lowest position of the text that a vertex and those which
// are reached from it stand at, or less.
//
// Ways lead upwards in loops only, so few rounds over the vertices suffice;
// where labels lead back and forth too often, nothing is claimed.
func (fl *flow) lowest(v vertex) token.Pos {
	if fl.low != nil {
		return fl.low[v]
	}
	fl.low = slices.Clone(fl.pos)
	for range 16 {
		changed := false
		for v := len(fl.next) - 1; v >= 0; v-- {
			for _, next := range fl.next[v] {
				if fl.low[next] < fl.low[v] {
					fl.low[v], changed = fl.low[next], true
				}
			}
		}
		if !changed {
			return fl.low[v]
		}
	}
	clear(fl.low)
	return token.NoPos
}

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
