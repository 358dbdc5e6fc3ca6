package frozen

import (
	"go/types"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// Immutable are the types that cannot be changed although their fields say
// otherwise. A generic type is immutable if its type arguments are.
var immutable = set(
	"time.Time",
	"*time.Location",
	"net/netip.*",
	"unique.Handle",
	"encoding/json.Number",
	"github.com/google/uuid.UUID",
	"github.com/gofrs/uuid.UUID",
	"github.com/gofrs/uuid/v5.UUID",
	"github.com/shopspring/decimal.Decimal",
	"golang.org/x/text/language.Tag",
)

// Mutable are the types that are made to be changed although their fields do
// not always say so: a sync.Mutex is a struct of two integers.
var mutable = set(
	"sync.*",
	"sync/atomic.*",
	"math/big.Int",
	"math/big.Rat",
	"math/big.Float",
	"math/rand.*",
	"net/url.URL",
	"net/url.Values",
	"net/http.Header",
	"bytes.Buffer",
	"bytes.Reader",
	"strings.Builder",
	"strings.Reader",
	"container/list.*",
	"container/ring.*",
)

func set(names ...string) map[string]bool {
	s := map[string]bool{}
	for _, name := range names {
		s[name] = true
	}
	return s
}

// known are the lists of one configuration.
type known struct{ immutable, mutable map[string]bool }

func newKnown(c config.Contracts) known {
	return known{texts(c.KnownImmutable), texts(c.KnownMutable)}
}

// texts reads the entries of a list. What stands in brackets behind a generic
// type is for the reader: its type arguments are looked at in any case.
func texts(list []config.Text) map[string]bool {
	s := map[string]bool{}
	for _, t := range list {
		name, _, _ := strings.Cut(t.Value, "[")
		s[name] = true
	}
	return s
}

type verdict int

const (
	unlisted verdict = iota
	listedMutable
	listedImmutable
)

// of says what the lists say of a named type, or of the pointer to it. What
// the user wrote wins over what is built in.
func (k known) of(name *types.TypeName, pointer bool) verdict {
	star, path := "", ""
	if pointer {
		star = "*"
	}
	if name.Pkg() != nil {
		path, _, _ = strings.Cut(name.Pkg().Path(), " [")
		path += "."
	}
	in := func(s map[string]bool) bool {
		return s[star+path+name.Name()] || path != "" && s[star+path+"*"]
	}
	switch {
	case in(k.mutable):
		return listedMutable
	case in(k.immutable):
		return listedImmutable
	case in(mutable):
		return listedMutable
	case in(immutable):
		return listedImmutable
	}
	return unlisted
}

// ValuePackages returns the import paths of the packages that list immutable
// types: a contract that holds one has to import it.
func ValuePackages(c config.Contracts) map[string]bool {
	paths := map[string]bool{}
	for _, list := range []map[string]bool{immutable, texts(c.KnownImmutable)} {
		for name := range list {
			name = strings.TrimPrefix(name, "*")
			if i := strings.LastIndexByte(name, '.'); i > 0 {
				paths[name[:i]] = true
			}
		}
	}
	return paths
}
