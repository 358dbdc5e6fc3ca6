package debt_test

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/debt"
)

func TestBaselineCountsOff(t *testing.T) {
	b := debt.NewBaseline([]config.Known{
		{Package: "a", Rule: "orm-leak", Subject: "Get", Count: 2},
		{Package: "b", Rule: "orm-leak", Subject: "Get", Count: 1},
	}, "a")
	get := debt.Key{Package: "a", Rule: "orm-leak", Subject: "Get"}
	for i, want := range []bool{true, true, false} {
		if got := b.Knows(get); got != want {
			t.Errorf("finding %d: known = %v, want %v", i+1, got, want)
		}
	}
	for _, k := range []debt.Key{{"b", "orm-leak", "Get"}, {"a", "orm-leak", "Put"}, {"a", "internal-leak", "Get"}} {
		if b.Knows(k) {
			t.Errorf("%v is known", k)
		}
	}
}

// Each ‹› stands before the position that is asked about.
func TestDeclared(t *testing.T) {
	const src = `‹›package p

import y ‹x/y›"x/y"

func ‹Get›Get(a ‹Get›int) { var s struct{ A ‹Get›int }; _ = s }
func (s *Service[T]) ‹Service.Put›Put() ‹Service.Put›error { return nil }
type (
	User struct {
		‹User.Name›Name, ‹User.Mail›Mail ‹User.Name›string
		*y.‹User.Base›Base
		In []struct{ ‹User.In.Deep›Deep int }
		F func(struct{ ‹User.F.G›G int })
	}
	Store interface {
		‹Store.Get›Get(x ‹Store.Get›int)
		‹Store.Reader›Reader
	}
	‹ID›ID = ‹ID›y.ID
)
var ‹A›A, ‹B›B = 1, ‹A›2
const ‹C›C = ‹C›3
`
	clean, wants := src, map[int]string{}
	for {
		before, rest, found := strings.Cut(clean, "‹")
		if !found {
			break
		}
		want, after, _ := strings.Cut(rest, "›")
		wants[len(before)] = want
		clean = before + after
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", clean, 0)
	if err != nil {
		t.Fatal(err)
	}
	for offset, want := range wants {
		if got := debt.Declared(file, fset.File(file.Pos()).Pos(offset)); got != want {
			t.Errorf("at %q: %q, want %q", clean[offset:offset+6], got, want)
		}
	}
}
