package frozencontract_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/boundaries-dev/boundaries/analyzers/frozencontract"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

func TestStories(t *testing.T) {
	ruletest.Analyzer(t, frozencontract.Analyzer, ruletest.Of("frozencontract")...)
}

func TestFixes(t *testing.T) {
	for _, story := range ruletest.Stories(t, "mutable-contract_fix") {
		analysistest.RunWithSuggestedFixes(t, ruletest.Unpack(t, story), ruletest.WithRuleNames(frozencontract.Analyzer), "./...")
	}
}

func TestShop(t *testing.T) { ruletest.HoldToShop(t, frozencontract.Analyzer) }
