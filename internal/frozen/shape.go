package frozen

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A Flaw is the place in a type through which its values can be changed.
type Flaw struct {
	Path string     // the fields that lead there: ".Page.First", "" for the type itself
	Type types.Type // what is there
	Is   Kind
}

// A Kind is what is wrong with a type.
type Kind int

// The kinds of flaws.
const (
	Slice Kind = iota
	Map
	Pointer
	Chan
	Func
	Interface
	Unsafe
	Listed       // on a list of mutable types
	Lock         // has methods Lock and Unlock
	Incomparable // a type parameter that need not be comparable
)

var kinds = [...]string{
	Slice:        "is a slice",
	Map:          "is a map",
	Pointer:      "is a pointer",
	Chan:         "is a channel",
	Func:         "is a func",
	Interface:    "is an interface",
	Unsafe:       "is an unsafe pointer",
	Listed:       "is made to be changed",
	Lock:         "is a lock",
	Incomparable: "is a type parameter that may be a slice",
}

func (k Kind) String() string { return kinds[k] }

// String says what is where: ".Page.First: []string is a slice".
func (f *Flaw) String() string {
	name := types.TypeString(f.Type, (*types.Package).Name)
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest]) + "…"
	}
	return f.Path + ": " + name + " " + f.Is.String()
}

// longest bounds the name of a type in a message.
const longest = 120

// under returns the flaw as seen from a step further out.
func (f *Flaw) under(step string) *Flaw {
	if f == nil {
		return nil
	}
	return &Flaw{step + f.Path, f.Type, f.Is}
}

// A Shape judges types at one level. It serves one pass and is not safe for
// concurrent use.
type Shape struct {
	contracts *Contracts
	level     config.Level
	known     known

	bad  seen // types with a flaw, for good
	good seen // types without one, for good
	open seen // types whose judgement has begun; assumed to be good
	deep int
	nest map[*types.TypeName]int // generic types that are being judged, and how often inside themselves
	grow int                     // judgements of generic types deep inside themselves
}

// NewShape returns a judge of types at a level.
func NewShape(c *Contracts, level config.Level) *Shape {
	return &Shape{contracts: c, level: level, known: newKnown(c.law.Config.Contracts)}
}

// Listed reports whether the lists say that a type is immutable.
func (s *Shape) Listed(name *types.TypeName) bool {
	return s.known.of(name, false) == listedImmutable
}

// Flaw returns the place in a type through which its values can be changed,
// or nil if there is none.
//
// The judgement is structural and looks into unexported fields of foreign
// types. A contract is taken for what its own package is held to, so that a
// flaw is reported once, where it is. A type that contains itself is good if
// nothing else is wrong with it: so while a type is being judged it is taken
// to be good, and what was found good on that assumption is only remembered
// once the outermost type is.
func (s *Shape) Flaw(t types.Type) *Flaw {
	if s.deep > 0 {
		return s.flaw(t)
	}
	s.open, s.nest, s.grow = seen{}, map[*types.TypeName]int{}, 0
	f := s.flaw(t)
	if f == nil {
		s.good.add(s.open)
	}
	return f
}

// A generic type may hold ever larger instances of itself. It is taken to be
// good from some depth on, and when it branches too often on the way there.
const (
	tooDeep   = 1000
	tooNested = 6
	tooMany   = 200
)

func (s *Shape) flaw(t types.Type) *Flaw {
	t = types.Unalias(t)
	switch t.(type) {
	case *types.Basic, *types.TypeParam:
		return s.structure(t)
	}
	if f := s.bad.get(t); f != nil {
		return f.(*Flaw)
	}
	if s.deep > tooDeep || s.good.get(t) != nil || s.open.get(t) != nil {
		return nil
	}
	s.open.set(t, true)
	s.deep++
	defer func() { s.deep-- }()

	f := s.judge(t)
	if f != nil {
		s.bad.set(t, f)
	}
	return f
}

func (s *Shape) judge(t types.Type) *Flaw {
	named, ok := t.(*types.Named)
	if !ok {
		return s.structure(t)
	}
	if named.TypeArgs().Len() > 0 {
		name := named.Obj()
		s.nest[name]++
		defer func() { s.nest[name]-- }()
		if s.nest[name] > tooNested/2 {
			s.grow++
		}
		if s.nest[name] > tooNested || s.grow > tooMany {
			return nil
		}
	}
	switch s.known.of(named.Obj(), false) {
	case listedMutable:
		return &Flaw{"", t, Listed}
	case listedImmutable:
		return s.arguments(named)
	}
	if s.guarded(named) {
		return s.instance(named)
	}
	if _, isStruct := named.Underlying().(*types.Struct); isStruct && isLock(named) {
		return &Flaw{"", t, Lock}
	}
	return s.as(t, named.Underlying())
}

// as judges a named type by its underlying type, and calls it by its name.
func (s *Shape) as(t, underlying types.Type) *Flaw {
	f := s.structure(underlying)
	if f != nil && f.Path == "" && f.Type == underlying {
		return &Flaw{"", t, f.Is}
	}
	return f
}

// guarded reports whether a type is a contract that is held to our level, or
// to a stricter one, where it is declared. Interfaces are not held to any.
func (s *Shape) guarded(named *types.Named) bool {
	name := s.contracts.Of(named)
	if name == nil || types.IsInterface(named) {
		return false
	}
	level := s.contracts.Level(name.Pkg())
	return level == config.Strict || level == s.level
}

// arguments judges the type arguments of a type.
func (s *Shape) arguments(named *types.Named) *Flaw {
	for arg := range named.TypeArgs().Types() {
		if f := s.flaw(arg); f != nil {
			return f
		}
	}
	return nil
}

// instance judges what its type arguments make of a generic contract. The
// contract itself is judged where it is declared, so only those fields count
// that are good there.
func (s *Shape) instance(named *types.Named) *Flaw {
	if named.TypeArgs().Len() == 0 {
		return nil
	}
	generic, ok := named.Origin().Underlying().(*types.Struct)
	if !ok {
		if s.structure(named.Origin().Underlying()) != nil {
			return nil
		}
		return s.as(named, named.Underlying())
	}
	made, ok := named.Underlying().(*types.Struct)
	if !ok || made.NumFields() != generic.NumFields() {
		return nil // type errors
	}
	for i := range made.NumFields() {
		if s.flaw(generic.Field(i).Type()) != nil {
			continue
		}
		if f := s.flaw(made.Field(i).Type()); f != nil {
			return f.under("." + made.Field(i).Name())
		}
	}
	return nil
}

// structure judges an unnamed type by what it is made of.
func (s *Shape) structure(t types.Type) *Flaw {
	readonly := s.level == config.Readonly
	flaw := func(k Kind) *Flaw { return &Flaw{"", t, k} }
	switch t := t.(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return flaw(Unsafe)
		}
	case *types.Struct:
		for f := range t.Fields() {
			if bad := s.flaw(f.Type()); bad != nil {
				return bad.under("." + f.Name())
			}
		}
	case *types.Array:
		if t.Len() == 0 && readonly {
			return nil // only marks the struct as not comparable
		}
		return s.flaw(t.Elem()).under("[]")
	case *types.Slice:
		if !readonly {
			return flaw(Slice)
		}
		return s.flaw(t.Elem()).under("[]")
	case *types.Map:
		if !readonly {
			return flaw(Map)
		}
		if f := s.flaw(t.Key()); f != nil {
			return f.under("[key]")
		}
		return s.flaw(t.Elem()).under("[]")
	case *types.Pointer:
		return s.pointer(t)
	case *types.Chan:
		return flaw(Chan)
	case *types.Signature:
		return flaw(Func)
	case *types.Interface:
		return flaw(Interface)
	case *types.TypeParam:
		if !readonly && !types.Comparable(t) {
			return flaw(Incomparable)
		}
	}
	return nil
}

func (s *Shape) pointer(t *types.Pointer) *Flaw {
	if named, ok := types.Unalias(t.Elem()).(*types.Named); ok {
		switch s.known.of(named.Obj(), true) {
		case listedMutable:
			return &Flaw{"", t, Listed}
		case listedImmutable:
			return s.arguments(named)
		}
	}
	if s.level != config.Readonly {
		return &Flaw{"", t, Pointer}
	}
	return s.flaw(t.Elem())
}

// isLock reports whether a type must not be copied, in the way go vet tells:
// its pointer has methods Lock and Unlock.
func isLock(named *types.Named) bool {
	for _, name := range []string{"Lock", "Unlock"} {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), false, named.Obj().Pkg(), name)
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Params().Len() > 0 || fn.Signature().Results().Len() > 0 {
			return false
		}
	}
	return true
}

// seen remembers something about types. Instances of generic types are equal
// if their arguments are; any other type is the same only as itself.
type seen struct {
	same map[types.Type]any
	like typeutil.Map
}

func (s *seen) get(t types.Type) any {
	if instance(t) {
		return s.like.At(t)
	}
	return s.same[t]
}

func (s *seen) set(t types.Type, v any) {
	if instance(t) {
		s.like.Set(t, v)
		return
	}
	if s.same == nil {
		s.same = map[types.Type]any{}
	}
	s.same[t] = v
}

func (s *seen) add(other seen) {
	for t, v := range other.same {
		s.set(t, v)
	}
	other.like.Iterate(func(t types.Type, v any) { s.like.Set(t, v) })
}

func instance(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.TypeArgs().Len() > 0
}

// Harmless reports whether what a pointer points to cannot be changed by
// whoever holds the pointer, because the lists say so.
func (s *Shape) Harmless(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && s.known.of(named.Obj(), true) == listedImmutable
}
