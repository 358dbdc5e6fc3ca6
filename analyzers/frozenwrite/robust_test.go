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

func FuzzSource(f *testing.F) {
	for name, src := range ruletest.Hostile() {
		if len(src) < 5_000 {
			f.Add(src)
		}
		_ = name
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 10_000 {
			t.Skip("long")
		}
		pkg := ruletest.Source(t, here, strict, src)
		if len(pkg.Files) > 0 {
			pkg.Run(t, frozenwrite.Analyzer)
		}
	})
}
