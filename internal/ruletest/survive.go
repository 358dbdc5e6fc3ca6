package ruletest

import (
	"testing"

	"golang.org/x/tools/go/analysis"
)

const (
	contractPackage = "example.com/mono/products/orders/contracts"
	contractLaw     = "products = [\"products/*\"]\n[contracts]\nlevel = "
)

// Survives runs an analyzer of contracts over all hostile code, at each level.
func Survives(t *testing.T, a *analysis.Analyzer) {
	for name, src := range Hostile() {
		t.Run(name, func(t *testing.T) {
			for _, level := range []string{"strict", "readonly"} {
				pkg := Source(t, contractPackage, contractLaw+"\""+level+"\"\n", src)
				t.Logf("%s: %d findings", level, len(pkg.Run(t, a)))
			}
		})
	}
}

// Fuzz runs an analyzer of contracts over source text. It begins with code
// that type-checks: go/types itself hangs on some that does not.
func Fuzz(f *testing.F, a *analysis.Analyzer) {
	for _, name := range []string{"goto and labels", "lists that cross", "unsafe and cgo"} {
		f.Add(Hostile()[name])
	}
	f.Fuzz(func(t *testing.T, src string) {
		pkg := Source(t, contractPackage, contractLaw+"\"strict\"\n", src)
		if len(src) < 10_000 && len(pkg.Files) > 0 {
			pkg.Run(t, a)
		}
	})
}
