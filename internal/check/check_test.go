package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/ruletest"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// The typed half of a check runs this program as the tool of go vet.
func TestMain(m *testing.M) {
	if args := os.Args[1:]; vetunit.Asked(args) {
		os.Exit(vetunit.Main(args, analyzers.Suite))
	}
	os.Exit(m.Run())
}

func TestStories(t *testing.T) {
	ruletest.Check(t, nil,
		rule.ModuleCycle, rule.UnusedDependency, rule.DeadConfig, rule.UnusedIgnore, rule.BadIgnore, rule.StaleBaseline)
}

// The reference monorepo has the findings that were planted in it, and no
// other.
func TestShop(t *testing.T) {
	rules := append(ruletest.Of("importboundary"), ruletest.Of("check")...)
	shop := ruletest.Shop(t)
	res, err := check.Run(t.Context(), check.Options{Config: filepath.Join(shop, config.FileName), Dir: shop, Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range res.Findings {
		got = append(got, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Rule))
	}
	slices.Sort(got)
	if diff := cmp.Diff(ruletest.Planted(t, rules...), got); diff != "" {
		t.Errorf("-planted +found\n%s", diff)
	}
}
