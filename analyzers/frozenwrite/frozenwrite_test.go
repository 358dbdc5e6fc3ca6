package frozenwrite_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

func TestStories(t *testing.T) {
	ruletest.Analyzer(t, frozenwrite.Analyzer, ruletest.Of("frozenwrite")...)
}

func TestFixes(t *testing.T) {
	for _, story := range ruletest.Stories(t, "contract-write_fix") {
		analysistest.RunWithSuggestedFixes(t, ruletest.Unpack(t, story), ruletest.WithRuleNames(frozenwrite.Analyzer), "./...")
	}
}

func TestShop(t *testing.T) { ruletest.HoldToShop(t, frozenwrite.Analyzer) }
