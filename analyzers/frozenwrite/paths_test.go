package frozenwrite_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

const (
	here   = "example.com/mono/products/orders/contracts"
	strict = "products = [\"products/*\"]\n"
)

// TestPaths holds the analyzer to all paths through random functions. Each
// makes orders, gives them away, writes to them, and branches, loops and jumps
// at random. A second judge, which walks the statements and knows for each
// variable whether its order may have been given away, has to find the same
// lines. It is exact where every condition can be true and false.
func TestPaths(t *testing.T) {
	for seed := range uint64(2000) {
		g := &program{Rand: rand.New(rand.NewPCG(seed, 0))}
		g.line("package contracts\ntype Order struct{ N int }\nfunc keep(*Order)\nfunc maybe() bool\nfunc list() []int\nfunc do(func())\nfunc f() {")
		g.line("p := &Order{}")
		body := append(stmts{{does: made, of: "p"}}, g.block(4, []string{"p"}, nil)...)
		g.line("}")
		src := g.text.String()

		want, reached := map[int]bool{}, map[int]bool{}
		for _, v := range g.vars {
			w := &walk{of: v, out: map[string]mask{}, line: want, reached: reached}
			w.list(body, mask{fresh: true})
		}
		got := map[int]bool{}
		pkg := ruletest.Source(t, here, strict, src)
		for _, d := range pkg.Run(t, frozenwrite.Analyzer) {
			got[pkg.Fset.Position(d.Pos).Line] = true
		}
		for i, text := range strings.Split(src, "\n") {
			if strings.Contains(text, ".N = ") && reached[i+1] && want[i+1] != got[i+1] {
				t.Fatalf("seed %d, line %d: a path gives it away first: %v, reported: %v\n%s", seed, i+1, want[i+1], got[i+1], numbered(src))
			}
		}
	}
}

func numbered(src string) string {
	var b strings.Builder
	for i, line := range strings.Split(src, "\n") {
		fmt.Fprintf(&b, "%3d %s\n", i+1, line)
	}
	return b.String()
}

// What a statement does.
const (
	made = iota // a new order, in a new variable
	renewed
	given
	writes
	branches // one of the bodies is run
	falls    // the same, and the first goes on into the second
	loops    // any number of times
	forever  // until something leaves it
	once     // or not at all: a literal
	leaves   // a loop or switch
	rounds   // goes on with the next round
	ends     // the function, or the literal
	panics
)

type stmt struct {
	does   int
	of     string // the variable, or the label
	line   int
	bodies []stmts
}

type stmts []stmt

// A program writes random text, and what it means.
type program struct {
	*rand.Rand
	text  strings.Builder
	lines int
	vars  []string
	names int
}

func (g *program) line(text string) int {
	g.text.WriteString(text + "\n")
	g.lines += strings.Count(text, "\n") + 1
	return g.lines
}

func (g *program) name(prefix string) string {
	g.names++
	return fmt.Sprint(prefix, g.names)
}

// block writes a list of statements. Around it are variables, and statements
// with a label that can be left; those in upper case are loops.
func (g *program) block(depth int, vars, around []string) stmts {
	if len(g.vars) == 0 {
		g.vars = slices.Clone(vars)
	}
	vars = slices.Clone(vars)
	var list stmts
	for range 1 + g.IntN(5) {
		v := vars[g.IntN(len(vars))]
		switch n := g.IntN(16); {
		case n < 3:
			list = append(list, stmt{does: writes, of: v, line: g.line(v + ".N = 1")})
		case n < 5:
			list = append(list, stmt{does: given, of: v, line: g.line("keep(" + v + ")")})
		case n < 6:
			list = append(list, stmt{does: renewed, of: v, line: g.line(v + " = &Order{}")})
		case n < 7:
			v = g.name("q")
			vars, g.vars = append(vars, v), append(g.vars, v)
			list = append(list, stmt{does: made, of: v, line: g.line(v + " := &Order{}")})
		case n < 8 && len(around) > 0:
			label := around[g.IntN(len(around))]
			if strings.HasPrefix(label, "L") && g.IntN(2) == 0 {
				g.line("continue " + label)
				return append(list, stmt{does: rounds, of: label})
			}
			g.line("break " + label)
			return append(list, stmt{does: leaves, of: label})
		case n < 9 && g.IntN(3) == 0:
			if g.IntN(2) == 0 {
				g.line("panic(1)")
				return append(list, stmt{does: panics})
			}
			g.line("return")
			return append(list, stmt{does: ends})
		case depth > 0 && n >= 9:
			list = append(list, g.nested(depth-1, vars, around))
		}
	}
	return list
}

// nested writes a statement with bodies.
func (g *program) nested(depth int, vars, around []string) stmt {
	switch g.IntN(7) {
	case 0:
		g.line("if maybe() {")
		s := stmt{does: branches, bodies: []stmts{g.block(depth, vars, around), nil}}
		g.line("}")
		return s
	case 1:
		g.line("if maybe() {")
		then := g.block(depth, vars, around)
		g.line("} else {")
		s := stmt{does: branches, bodies: []stmts{then, g.block(depth, vars, around)}}
		g.line("}")
		return s
	case 2:
		label := g.name("S")
		g.line(label + ":\nswitch {\ncase maybe():")
		inside := append(slices.Clone(around), label)
		first := g.block(depth, vars, inside)
		s := stmt{does: branches, of: label}
		if last := len(first) - 1; last < 0 || first[last].does < leaves && g.IntN(2) == 0 {
			s.does = falls
			g.line("fallthrough")
		}
		g.line("case maybe():")
		s.bodies = []stmts{first, g.block(depth, vars, inside), nil}
		if g.IntN(2) == 0 {
			g.line("default:")
			s.bodies[2] = g.block(depth, vars, inside)
		}
		g.line("}")
		return s
	case 3:
		g.line("do(func() {")
		s := stmt{does: once, bodies: []stmts{g.block(depth, vars, nil)}}
		g.line("})")
		return s
	}
	label := g.name("L")
	head, does := "for maybe() {", loops
	switch g.IntN(3) {
	case 0:
		head = "for range list() {"
	case 1:
		head, does = "for {", forever
	}
	g.line(label + ":\n" + head)
	s := stmt{does: does, of: label, bodies: []stmts{g.block(depth, vars, append(slices.Clone(around), label))}}
	g.line("}")
	return s
}

// A mask says which orders a variable may have: none if both are false, and
// then the statement is not reached.
type mask struct{ fresh, given bool }

func (m mask) or(n mask) mask { return mask{m.fresh || n.fresh, m.given || n.given} }

// A walk follows one variable.
type walk struct {
	of  string
	out map[string]mask // by label: where it is left; with a + where its next round begins
	end mask            // where the literal around ends

	line    map[int]bool // the writes to what may have been given away
	reached map[int]bool // the writes that are run at all
}

func (w *walk) list(list stmts, m mask) mask {
	for _, s := range list {
		m = w.stmt(s, m)
	}
	return m
}

func (w *walk) stmt(s stmt, m mask) mask {
	reached := m != mask{}
	switch s.does {
	case made, renewed:
		if s.of == w.of && reached {
			return mask{fresh: true}
		}
	case given:
		if s.of == w.of && reached {
			return mask{given: true}
		}
	case writes:
		if s.of == w.of && reached {
			w.reached[s.line] = true
			w.line[s.line] = w.line[s.line] || m.given
		}
	case branches, falls:
		return w.choose(s, m)
	case loops, forever:
		return w.repeat(s, m)
	case once:
		outer := w.end
		w.end = mask{}
		m = m.or(w.list(s.bodies[0], m)).or(w.end)
		w.end = outer
	case leaves:
		w.out[s.of] = w.out[s.of].or(m)
		return mask{}
	case rounds:
		w.out["+"+s.of] = w.out["+"+s.of].or(m)
		return mask{}
	case ends:
		w.end = w.end.or(m)
		return mask{}
	case panics:
		return mask{}
	}
	return m
}

func (w *walk) choose(s stmt, m mask) mask {
	var after mask
	for i, body := range s.bodies {
		in := m
		if s.does == falls && i == 1 {
			in, after = in.or(after), mask{}
		}
		after = after.or(w.list(body, in))
	}
	after = after.or(w.out[s.of])
	delete(w.out, s.of)
	return after
}

func (w *walk) repeat(s stmt, m mask) mask {
	for {
		next := m.or(w.list(s.bodies[0], m)).or(w.out["+"+s.of])
		if next == m {
			break
		}
		m = next
	}
	if s.does == forever {
		m = mask{}
	}
	m = m.or(w.out[s.of])
	delete(w.out, s.of)
	delete(w.out, "+"+s.of)
	return m
}
