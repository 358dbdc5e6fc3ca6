package frozenwrite_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

const (
	here   = "example.com/mono/products/orders/contracts"
	strict = "products = [\"products/*\"]\n"
)

func TestHostileCode(t *testing.T) {
	for name, src := range ruletest.Hostile() {
		t.Run(name, func(t *testing.T) {
			for _, level := range []string{"strict", "readonly"} {
				pkg := ruletest.Source(t, here, strict+"[contracts]\nlevel = \""+level+"\"\n", src)
				t.Logf("%s: %d findings", level, len(pkg.Run(t, frozenwrite.Analyzer)))
			}
		})
	}
}

// FuzzSource begins with code that type-checks: go/types itself hangs on some
// that does not.
func FuzzSource(f *testing.F) {
	for _, name := range []string{"goto and labels", "lists that cross", "unsafe and cgo"} {
		f.Add(ruletest.Hostile()[name])
	}
	f.Fuzz(func(t *testing.T, src string) {
		pkg := ruletest.Source(t, here, strict, src)
		if len(src) < 10_000 && len(pkg.Files) > 0 {
			pkg.Run(t, frozenwrite.Analyzer)
		}
	})
}
