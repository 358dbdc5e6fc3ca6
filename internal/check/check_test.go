package check_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

func TestStories(t *testing.T) {
	ruletest.Check(t, nil,
		rule.ModuleCycle, rule.UnusedDependency, rule.DeadConfig, rule.UnusedIgnore, rule.BadIgnore)
}
