package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// many is from how many findings on one may want to live with them for now.
const many = 20

// advise says once what helps against all findings of a kind.
func advise(w io.Writer, res *check.Result) {
	found := map[string]bool{}
	fixable := 0
	for _, f := range res.Findings {
		found[f.Rule] = true
		if len(f.Fixes) > 0 {
			fixable++
		}
	}
	say := func(when bool, command, what string) {
		if when {
			fmt.Fprintf(w, "  %-36s %s\n", command, what)
		}
	}
	say(fixable > 0, "boundaries check --fix", fmt.Sprintf("mends %d of these; --diff shows how", fixable))
	say(found[rule.UndeclaredDependency] || found[rule.UnusedDependency], "boundaries sync", "makes depends_on what the imports need")
	say(found[rule.StaleBaseline], "boundaries check --write-baseline", "takes out of the baseline what is gone")
	say(len(res.Findings) >= many && !res.Ledger.Exists && !res.Incomplete, "boundaries check --write-baseline", "lives with what there is and reports what is new")
	if names := explained(res.Findings); len(names) > 0 {
		say(true, "boundaries explain RULE", "says why, and what to do: "+strings.Join(names, ", "))
	}
}

// explained are the rules of findings that have a page worth reading: what is
// wrong with a file that does not parse is said by the message.
func explained(findings []report.Finding) []string {
	var names []string
	for _, name := range ruleNames() {
		known, _ := rule.Find(name)
		if !known.Fixed && slices.ContainsFunc(findings, func(f report.Finding) bool { return f.Rule == name }) {
			names = append(names, name)
		}
	}
	return names
}
