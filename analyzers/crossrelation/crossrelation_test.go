package crossrelation_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/crossrelation"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// The stories compile: an analyzer that goes on despite errors must not find
// the wanted in code that no compiler takes.
func TestStories(t *testing.T) {
	strict := *crossrelation.Analyzer
	strict.RunDespiteErrors = false
	ruletest.Analyzer(t, &strict, ruletest.Of("crossrelation")...)
}

func TestShop(t *testing.T) { ruletest.HoldToShop(t, crossrelation.Analyzer) }

func TestHostileCode(t *testing.T) {
	for name, src := range ruletest.Hostile() {
		t.Run(name, func(t *testing.T) {
			pkg := ruletest.Source(t, "example.com/mono/products/orders/models", "products = [\"products/*\"]\n", src)
			if found := pkg.Run(t, crossrelation.Analyzer); len(found) > 0 {
				t.Errorf("nothing here knows another product: %v", found)
			}
		})
	}
}
