package ruletest

import (
	"fmt"
	"strings"
)

// Hostile returns files of a package, by what is bad about them, that no
// analyzer may choke on: some have type errors, some are only large. Each
// declares types as a package of contracts would, and writes to them.
func Hostile() map[string]string {
	return map[string]string{
		"recursive generics": `package contracts
type T[P any] struct { Next *T[P]; Other *T[[]P]; V P }
type U[P interface{ *Q }, Q any] struct { P P; Q Q }
type V[P V[P]] interface{ F() P }
type W[A, B any] struct { L *W[B, A]; R []W[W[A, B], B] }
func f[P any](t *T[P], u *T[T[T[P]]]) { t.Next.Next.V = u.V.V.V; t.Other.V[0] = t.V; *t = T[P]{} }
func g[S ~[]E, E any](s S) S { s[0] = s[1]; return append(s, s...) }
func h[P interface{ *T[int] }](p P) { (*p).V++; (*p).Next.Next.Next.V-- }
`,
		"recursive types": `package contracts
type A struct { B; A1 *A; F func(A) A; M map[string]A }
type B struct { C }
type C struct { A *A; I I }
type I interface { M(I) I; J }
type J interface { I2() interface{ I } }
type S []S
type M map[string]M
type P *P
type F func(F) F
type Ch chan Ch
func (a *A) Set() { a.A1.A1.B.C.A.M["x"] = *a; a.C.A.B = B{} }
func f(p P, s S, m M) { *p = p; s[0] = s; m["a"] = m; s[0][0][0] = nil }
`,
		"invalid types": `package contracts
type A struct { A; B B; Undefined; X undefined.Y; Y [undefined]int; Z [-1]int }
type B struct { A }
type C = C
type D [len(D{})]int
type E interface{ E }
type G[P G[P]] struct{ x G[G[P]] }
type A struct { again int }
func (a *A) Set() { a.B.A.B.Nope = 1; a.nope.nope[0]++; undefined.X = 2; *a.B = nil; a.X.Y.Z = 3 }
func (Nope) M() { x.y = 1 }
func (a, b A) Two() { a.B = b }
func () None() {}
func (A) () {}
func f(p *Nope, q ...*A) *A { p.F = 1; q.F = 1; q[0].B = 2; for p.F = range q { }; return append(p.S, 1) }
func g() { var x, y = 1; x.F, y.F, z.F = f(); go; defer; goto nowhere; nowhere: goto nowhere; json.Unmarshal(b, &x.F) }
var v, w = f(nil).B, func() { v.F = 1 }
var _ = A{1, 2, 3, F: 4}
`,
		"goto and labels": `package contracts
type A struct { N int; S []int; P *A }
func f(n int) *A {
	a := &A{}
top:
	a.N++
	if n > 3 { goto done }
middle:
	for i := range n {
	inner:
		for {
			a.S = append(a.S, i)
			switch { case i > 2: continue middle; case i > 1: break inner; default: goto top }
		}
	}
done:
	keep(a)
	a.P = a
	if a.N < 3 { goto middle2 }
	return a
middle2:
	a.S[0]--
	goto top
}
func keep(*A) {}
`,
		"lists that cross": `package contracts
type A struct { N int; L, R *A; S []*A }
func f(a *A) *A {
	p, q, r := &A{}, &A{}, &A{}
	for p != nil {
		p, q, r = q.L, r.R, p.L
		p, q, r = r.S[0].L, p.R.S[1], q.S[2].S[3]
		p.L, q.R, r.S = q.R, r.L, p.S
		if p.N > 0 { p = r.R.R } else if q.N > 0 { q = p.L.L } else { r = q.L.R; q = a.L }
		p.N++; q.N++; r.N++; p.L.R.L.N++; q.S[0].S[0].L.N++
	}
	return p
}
`,
		"unsafe and cgo": `package contracts
import "C"
import "unsafe"
type A struct { P unsafe.Pointer; C C.struct_x; N C.int; F *C.char; U uintptr }
func (a *A) Set() {
	*(*int)(unsafe.Pointer(&a.N)) = 1
	a.C.field = C.f(a.F)
	a.N = C.int(1)
	unsafe.Slice(&a.U, 3)[1] = 2
	C.fill(&a.C)
}
`,
		"large literal":     largeLiteral(4_000),
		"long function":     longFunction(2_000),
		"deep nesting":      deepNesting(400),
		"deep closures":     deepClosures(300),
		"many definitions":  manyDefinitions(1_000),
		"wide type":         wideType(600),
		"types hold twice":  doubling(12),
		"long method chain": "package contracts\ntype A struct{ N int }\nfunc (a *A) M() *A { return a }\nfunc f(a *A) { a" + strings.Repeat(".M()", 2_000) + ".N = 1 }\n",
		"long expression":   "package contracts\ntype A struct{ N int }\nfunc f(a *A) { a.N = 0" + strings.Repeat(" + a.N", 2_000) + " }\n",
	}
}

func largeLiteral(n int) string {
	return "package contracts\ntype A struct { N int; P *A; S []A }\nfunc f() *A {\n\tp := &A{S: []A{" +
		strings.Repeat("{N: 1, P: &A{N: 2}},", n) + "}}\n\tp.S[1].P.N = 1\n\tp.S[2].P.S[3].N = 1\n\treturn p\n}\n"
}

func longFunction(n int) string {
	var b strings.Builder
	b.WriteString("package contracts\ntype A struct { N int; P *A; S []int }\nfunc keep(*A) {}\nfunc f(q *A, v A) *A {\n\tp := &A{}\n")
	for i := range n {
		fmt.Fprintf(&b, "\tp.N = %d; p.S = append(p.S, 1); p.S[0]++; v.N = %d; q.N = p.N; if p.N > 0 { p = &A{P: p} }; keep(p.P)\n", i, i)
	}
	b.WriteString("\treturn p\n}\n")
	return b.String()
}

func manyDefinitions(n int) string {
	var b strings.Builder
	b.WriteString("package contracts\ntype A struct { N int; P *A }\nfunc keep(*A) {}\nfunc f(q *A) {\n\tvar p, r *A\n")
	for i := range n {
		fmt.Fprintf(&b, "\tif q.N == %d { p = q; r = p.P; q.P = r } else { p = &A{} }\n\tp.N++; r.P.P.N++\n", i)
	}
	b.WriteString("}\n")
	return b.String()
}

func deepNesting(n int) string {
	return "package contracts\ntype A struct { N int; S []A }\nfunc f(p *A, v A) {\n" +
		strings.Repeat("for i := range v.S { v := v.S[i]; p.N++; v.N++; if p.N > 0 {\n", n) + "p.N = v.N\n" + strings.Repeat("} }\n", n) + "}\n"
}

func deepClosures(n int) string {
	return "package contracts\ntype A struct { N int }\nfunc f() any {\n\tvar v A\n" +
		strings.Repeat("return func() any { v.N++; w := v; w.N++\n", n) + "return v" + strings.Repeat("}\n", n) + "}\n"
}

func wideType(n int) string {
	var b strings.Builder
	b.WriteString("package contracts\ntype A struct {\n")
	for i := range n {
		fmt.Fprintf(&b, "\tF%d, G%d struct { X [2]B; P *A; S []map[string]A }\n", i, i)
	}
	b.WriteString("}\ntype B struct { A *A }\nfunc f(a *A) {\n")
	for i := range n {
		fmt.Fprintf(&b, "\ta.F%d.X[1].A.G%d.P = a\n", i, i)
	}
	b.WriteString("}\n")
	return b.String()
}

// doubling declares types that each hold the one before twice. go/types itself
// takes exponential time to check them, so there are few.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("package contracts\ntype T0 struct { N int; S []int }\ntype L0 = struct { N int }\n")
	for i := range n {
		fmt.Fprintf(&b, "type T%d struct { T%d; X, Y T%d }\ntype L%d = struct { X, Y L%d }\n", i+1, i, i, i+1, i)
	}
	fmt.Fprintf(&b, "type Last struct { T T%d; L L%d }\nfunc f(a *Last) { a.T.X.Y.S[0] = 1; a.L.X = a.L.Y; var c Last; c = *a; keep(c); c.L.X = a.L.X }\nfunc keep(Last) {}\n", n, n)
	return b.String()
}
