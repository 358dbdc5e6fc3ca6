package debt

import (
	"sync"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A Key is what the baseline knows findings by. It survives moved lines and
// renamed files.
type Key struct {
	Package string // import path, with _test behind it for an external test package
	Rule    string
	Subject string // imported package, symbol or field; "" for the package itself
}

// KeyOf returns the key of an entry.
func KeyOf(k config.Known) Key { return Key{k.Package, k.Rule, k.Subject} }

// A Baseline counts off the known findings of a run, or of one package.
//
// Of more findings with one key than the baseline knows, the last are the new
// ones: nobody can tell which came first, but all drivers must agree. So
// whoever asks does it in the order of files by name, and of places in them.
type Baseline struct {
	mu   sync.Mutex
	left map[Key]int
}

// NewBaseline returns the baseline of all packages, or of one if pkg is not
// empty.
func NewBaseline(known []config.Known, pkg string) *Baseline {
	b := &Baseline{left: map[Key]int{}}
	for _, k := range known {
		if pkg == "" || k.Package == pkg {
			b.left[KeyOf(k)] = k.Count
		}
	}
	return b
}

// Knows reports whether a finding is known, and counts it off.
func (b *Baseline) Knows(k Key) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left[k] == 0 {
		return false
	}
	b.left[k]--
	return true
}

// Empty reports whether there is nothing to know.
func (b *Baseline) Empty() bool { return len(b.left) == 0 }

// Left returns how many findings of a key were not met.
func (b *Baseline) Left(k Key) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.left[k]
}
