package frozenwrite_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/frozenwrite"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

func TestHostileCode(t *testing.T) { ruletest.Survives(t, frozenwrite.Analyzer) }

func FuzzSource(f *testing.F) { ruletest.Fuzz(f, frozenwrite.Analyzer) }
