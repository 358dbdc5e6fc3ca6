package facadeleak_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/facadeleak"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// The stories compile: an analyzer that goes on despite errors must not find
// the wanted in code that no compiler takes.
func TestStories(t *testing.T) {
	strict := *facadeleak.Analyzer
	strict.RunDespiteErrors = false
	ruletest.Analyzer(t, &strict, ruletest.Of("facadeleak")...)
}

func TestShop(t *testing.T) { ruletest.HoldToShop(t, facadeleak.Analyzer) }
