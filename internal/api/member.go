package api

import (
	"go/types"
	"slices"
)

// A Member is an exported field or method of a type.
type Member struct {
	Object  types.Object // *types.Var or *types.Func
	Through string       // the embedded field, not exported, that promotes it; "" if none does
}

// Members returns what others can select on a variable of a defined type: its
// exported fields, embedded ones included, and its exported methods. What an
// exported embedded field has can be reached through that field and is left
// out. What an unexported one promotes is a member, if nothing shadows it and
// it is not ambiguous.
func Members(t types.Type) []Member {
	var members []Member
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			if m.Exported() && !dictated(m) {
				members = append(members, Member{Object: m})
			}
		}
		return members
	}
	s, _ := t.Underlying().(*types.Struct)
	if s != nil {
		if grows(s) {
			return ownFields(s)
		}
		members = fieldsOf(t, s)
	}
	for sel := range types.NewMethodSet(types.NewPointer(t)).Methods() {
		m, ok := sel.Obj().(*types.Func)
		if !ok || !m.Exported() || dictated(m) {
			continue
		}
		through := ""
		if path := sel.Index(); len(path) > 1 {
			if shown(s, path) {
				continue
			}
			through = s.Field(path[0]).Name()
		}
		members = append(members, Member{m, through})
	}
	return members
}

// shown reports whether an exported embedded field lies on the way to a
// promoted method, so that the method is reached through it.
func shown(s *types.Struct, path []int) bool {
	for _, i := range path[:len(path)-1] {
		if s == nil {
			return false
		}
		f := s.Field(i)
		if f.Exported() {
			return true
		}
		s = structOf(f.Type())
	}
	return false
}

// grows reports whether a struct embeds ever larger instances of a generic
// type. The compiler rejects that; looking up what is promoted never ends.
func grows(s *types.Struct) bool {
	const enough = 64 // instances of one type that somebody may have meant
	instances := map[*types.Named]int{}
	seen := map[*types.Named]bool{}
	for queue := []*types.Struct{s}; len(queue) > 0; queue = queue[1:] {
		for f := range queue[0].Fields() {
			if !f.Embedded() {
				continue
			}
			t := types.Unalias(f.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			named, ok := t.(*types.Named)
			if !ok || seen[named] {
				continue
			}
			seen[named] = true
			if instances[named.Origin()]++; instances[named.Origin()] > enough {
				return true
			}
			if inner := structOf(named); inner != nil {
				queue = append(queue, inner)
			}
		}
	}
	return false
}

// ownFields returns the exported fields that a struct spells out.
func ownFields(s *types.Struct) []Member {
	var members []Member
	for f := range s.Fields() {
		if f.Exported() {
			members = append(members, Member{Object: f})
		}
	}
	return members
}

// structOf returns the struct that an embedded field has, or nil.
func structOf(t types.Type) *types.Struct {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// fieldsOf returns the exported fields of a struct, and those that unexported
// embedded fields promote.
func fieldsOf(t types.Type, s *types.Struct) []Member {
	members := ownFields(s)
	var hidden []*types.Var
	for f := range s.Fields() {
		if f.Embedded() && !f.Exported() {
			hidden = append(hidden, f)
		}
	}
	for _, f := range hidden {
		for _, name := range promotable(f) {
			obj, path, _ := types.LookupFieldOrMethod(t, true, nil, name)
			v, ok := obj.(*types.Var)
			if ok && len(path) > 1 && s.Field(path[0]) == f && !shown(s, path) {
				members = append(members, Member{v, f.Name()})
			}
		}
	}
	return members
}

// promotable returns the names of exported fields at any depth below an
// embedded field, sorted.
func promotable(f *types.Var) []string {
	names := map[string]bool{}
	seen := map[*types.Struct]bool{}
	var visit func(f *types.Var)
	visit = func(f *types.Var) {
		s := structOf(f.Type())
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		for f := range s.Fields() {
			switch {
			case f.Exported():
				names[f.Name()] = true
			case f.Embedded():
				visit(f)
			}
		}
	}
	visit(f)
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	return sorted
}

// dictated reports whether somebody else's interface dictates what a method
// looks like: Value() (driver.Value, error) and Scan(any) error, with which
// package database/sql stores a type, say nothing about the type's owner.
func dictated(m *types.Func) bool {
	sig := m.Signature()
	if sig.Recv() == nil {
		return false
	}
	switch m.Name() {
	case "Value":
		return sig.Params().Len() == 0 && sig.Results().Len() == 2 &&
			isDriverValue(sig.Results().At(0).Type()) && isError(sig.Results().At(1).Type())
	case "Scan":
		return sig.Params().Len() == 1 && sig.Results().Len() == 1 &&
			isAny(sig.Params().At(0).Type()) && isError(sig.Results().At(0).Type())
	}
	return false
}

func isDriverValue(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Value" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "database/sql/driver"
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func isAny(t types.Type) bool {
	i, ok := types.Unalias(t).(*types.Interface)
	return ok && i.Empty()
}
