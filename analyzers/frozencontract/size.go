package frozencontract

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// sizes are those of one platform, so that a finding does not depend on where
// one looks.
var sizes = types.SizesFor("gc", "amd64")

// size holds a type to the limits of fields and bytes.
func (r *room) size(spec *ast.TypeSpec) {
	name, ok := r.TypesInfo.Defs[spec.Name].(*types.TypeName)
	if !ok || name.IsAlias() || types.IsInterface(name.Type()) {
		return
	}
	c := r.here.Config().Contracts
	if s, ok := name.Type().Underlying().(*types.Struct); ok {
		if n := countFields(s, map[*types.Struct]int{}); n > c.MaxFields {
			r.report(rule.OversizedContract, spec.Name, fmt.Sprintf(
				"%s has %d fields where contracts may have %d; split it", name.Name(), n, c.MaxFields))
			return
		}
	}
	switch e := (scale{}).of(name.Type()); {
	case !e.known || e.size <= int64(c.MaxBytes):
	case e.size >= huge:
		r.report(rule.OversizedContract, spec.Name, fmt.Sprintf(
			"%s is larger than any memory, and contracts may have %d bytes; hand out a part of it", name.Name(), c.MaxBytes))
	default:
		r.report(rule.OversizedContract, spec.Name, fmt.Sprintf(
			"%s has %d bytes where contracts may have %d, which each assignment copies; split it, or hand out a part of it", name.Name(), e.size, c.MaxBytes))
	}
}

// tooMany is where counting ends: types that hold others twice, which hold
// others twice, grow fast.
const tooMany = 1 << 20

// tooLarge is how many types one may be made of: code with type errors has
// types without end.
const tooLarge = 10_000

// countFields counts the fields of a struct, with those that it gets by
// embedding.
func countFields(s *types.Struct, counted map[*types.Struct]int) int {
	if n, ok := counted[s]; ok || len(counted) > tooLarge {
		return n
	}
	counted[s] = 0 // of a type that embeds itself, which is an error
	n := 0
	for f := range s.Fields() {
		inner, ok := f.Type().Underlying().(*types.Struct)
		if f.Embedded() && ok {
			n += countFields(inner, counted)
			continue
		}
		n++
	}
	n = min(n, tooMany)
	counted[s] = n
	return n
}

// A scale measures types. It does what the compiler's sizes do, but each type
// once, and without a panic where a size does not fit: then it is huge.
type scale map[types.Type]extent

type extent struct {
	size, align int64
	known       bool // it depends on no type parameter, and on no type with an error
}

const huge = 1 << 62

func (s scale) of(t types.Type) extent {
	if e, ok := s[t]; ok || len(s) > tooLarge {
		return e
	}
	s[t] = extent{0, 1, true} // of a type that contains itself, which is an error
	e := s.measure(t)
	s[t] = e
	return e
}

func (s scale) measure(t types.Type) extent {
	if _, param := types.Unalias(t).(*types.TypeParam); param {
		return extent{}
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		e := s.of(u.Elem())
		if e.size > 0 && u.Len() > huge/e.size {
			return extent{huge, e.align, e.known}
		}
		return extent{max(u.Len(), 0) * e.size, e.align, e.known}
	case *types.Struct:
		return s.structure(u)
	case *types.Basic:
		if u.Kind() == types.Invalid {
			return extent{}
		}
	}
	return extent{sizes.Sizeof(t), sizes.Alignof(t), true}
}

func (s scale) structure(t *types.Struct) extent {
	sum := extent{0, 1, true}
	for i := range t.NumFields() {
		e := s.of(t.Field(i).Type())
		if !e.known {
			return extent{}
		}
		sum.align = max(sum.align, e.align)
		sum.size = min(roundUp(sum.size, e.align), huge)
		if e.size == 0 && sum.size > 0 && i == t.NumFields()-1 {
			e.size = 1 // so that the address of the last field lies inside
		}
		sum.size += min(e.size, huge-sum.size)
	}
	sum.size = roundUp(sum.size, sum.align)
	return sum
}

func roundUp(n, align int64) int64 { return (n + align - 1) / align * align }
