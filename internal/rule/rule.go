// Package rule is the catalogue: which rules there are, and how severe each
// is unless the configuration says otherwise. What a rule means is written in
// the doc.go of the package that reports it; a test in package analyzers
// holds the two together.
package rule

import (
	"slices"
	"strings"
)

// Severity says what a finding means for the exit code.
type Severity string

// The severities.
const (
	Error Severity = "error" // the run fails
	Warn  Severity = "warn"  // it is shown
	Off   Severity = "off"   // it is not looked for
)

// Severities lists the words a configuration may use.
var Severities = []string{string(Error), string(Warn), string(Off)}

// The names of the rules, each after the wrong thing it finds.
const (
	PrivateImport        = "private-import"
	UndeclaredDependency = "undeclared-dependency"
	ForbiddenDependency  = "forbidden-dependency"
	DeprecatedDependency = "deprecated-dependency"
	LayerViolation       = "layer-violation"
	RoleViolation        = "role-violation"
	UnconfinedImport     = "unconfined-import"
	UnownedPackage       = "unowned-package"

	ModuleCycle      = "module-cycle"
	UnusedDependency = "unused-dependency"
	DeadConfig       = "dead-config"
	UnusedIgnore     = "unused-ignore"
	BadIgnore        = "bad-ignore"
	StaleBaseline    = "stale-baseline"
	Incomplete       = "incomplete"
	BadConfig        = "bad-config"

	ORMLeak        = "orm-leak"
	ORMValueLeak   = "orm-value-leak"
	DynamicORMLeak = "dynamic-orm-leak"
	InternalLeak   = "internal-leak"
	CrossRelation  = "cross-relation"

	MutableContract   = "mutable-contract"
	ContractWrite     = "contract-write"
	ImpureContract    = "impure-contract"
	OversizedContract = "oversized-contract"
)

// A Rule is one line of the catalogue.
type Rule struct {
	Name     string
	Default  Severity
	Analyzer string // the package that reports it
	Tree     bool   // needs the whole tree; only the command can know it
	Fixed    bool   // its severity cannot be changed, nor can it be ignored
}

var catalogue = []Rule{
	{Name: PrivateImport, Default: Error, Analyzer: "importboundary"},
	{Name: UndeclaredDependency, Default: Error, Analyzer: "importboundary"},
	{Name: ForbiddenDependency, Default: Error, Analyzer: "importboundary"},
	{Name: DeprecatedDependency, Default: Warn, Analyzer: "importboundary"},
	{Name: LayerViolation, Default: Error, Analyzer: "importboundary"},
	{Name: RoleViolation, Default: Error, Analyzer: "importboundary"},
	{Name: UnconfinedImport, Default: Error, Analyzer: "importboundary"},
	{Name: UnownedPackage, Default: Error, Analyzer: "importboundary"},

	{Name: ModuleCycle, Default: Error, Analyzer: "check", Tree: true},
	{Name: UnusedDependency, Default: Warn, Analyzer: "check", Tree: true},
	{Name: DeadConfig, Default: Error, Analyzer: "check", Tree: true},
	{Name: UnusedIgnore, Default: Warn, Analyzer: "check", Tree: true},
	{Name: BadIgnore, Default: Error, Analyzer: "check", Tree: true},
	{Name: StaleBaseline, Default: Error, Analyzer: "check", Tree: true},
	{Name: Incomplete, Default: Error, Analyzer: "check", Tree: true, Fixed: true},
	{Name: BadConfig, Default: Error, Analyzer: "check", Tree: true, Fixed: true},

	{Name: ORMLeak, Default: Error, Analyzer: "facadeleak"},
	{Name: ORMValueLeak, Default: Warn, Analyzer: "facadeleak"},
	{Name: DynamicORMLeak, Default: Warn, Analyzer: "facadeleak"},
	{Name: InternalLeak, Default: Warn, Analyzer: "facadeleak"},
	{Name: CrossRelation, Default: Error, Analyzer: "crossrelation"},

	{Name: MutableContract, Default: Error, Analyzer: "frozencontract"},
	{Name: ImpureContract, Default: Error, Analyzer: "frozencontract"},
	{Name: OversizedContract, Default: Warn, Analyzer: "frozencontract"},
	{Name: ContractWrite, Default: Error, Analyzer: "frozenwrite"},
}

// All returns the catalogue, grouped as the documentation is.
func All() []Rule { return slices.Clone(catalogue) }

// Find returns the rule of that name.
func Find(name string) (Rule, bool) {
	i := slices.IndexFunc(catalogue, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return Rule{}, false
	}
	return catalogue[i], true
}

// Names returns the names of all rules, in the order of the catalogue.
func Names() []string {
	names := make([]string, len(catalogue))
	for i, r := range catalogue {
		names[i] = r.Name
	}
	return names
}

// Home is where the documentation of this project's packages is published.
const Home = "https://pkg.go.dev/github.com/boundaries-dev/boundaries"

// URL returns the address of the rule's page: the section of that name in the
// documentation of the package that reports it.
func URL(name string) string {
	r, ok := Find(name)
	if !ok {
		return Home
	}
	anchor := "#hdr-" + strings.ReplaceAll(name, "-", "_")
	if r.Tree {
		return Home + "/analyzers" + anchor
	}
	return Home + "/analyzers/" + r.Analyzer + anchor
}
