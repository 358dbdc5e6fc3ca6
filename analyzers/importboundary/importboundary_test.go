package importboundary_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/importboundary"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

// The analyzer and the command tell the same stories, with the same words.
func TestStories(t *testing.T) {
	ruletest.Analyzer(t, importboundary.Analyzer, ruletest.Of("importboundary")...)
}

func TestStoriesInCheck(t *testing.T) {
	ruletest.Check(t, ruletest.Of("importboundary"), ruletest.Of("importboundary")...)
}
