package frozencontract_test

import (
	"testing"

	"github.com/boundaries-dev/boundaries/analyzers/frozencontract"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
)

func TestHostileCode(t *testing.T) { ruletest.Survives(t, frozencontract.Analyzer) }

func FuzzSource(f *testing.F) { ruletest.Fuzz(f, frozencontract.Analyzer) }
