// Package graph answers: which modules lean on which, by which imports, and
// how does that look? It draws what a run of the check has found.
package graph

import (
	"slices"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// Chain returns a shortest chain of imports from a package that from accepts
// to one that to accepts, or nil if there is none. Of several it is the first
// in the order of the tree. With tests, a test of the first package may begin
// it: nobody depends on the tests of what he imports.
func Chain(imports []check.Import, from, to func(policy.Place) bool, tests bool) []check.Import {
	out := map[string][]check.Import{}
	var queue []string
	cameBy := map[string]*check.Import{}
	for _, i := range imports {
		start := from(i.From)
		if i.Test && !(tests && start) {
			continue
		}
		at := node(i.From)
		out[at] = append(out[at], i)
		if _, known := cameBy[at]; start && !known {
			cameBy[at] = nil
			queue = append(queue, at)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, i := range out[queue[0]] {
			if i.Test && cameBy[queue[0]] != nil {
				continue
			}
			at := node(i.To)
			if _, known := cameBy[at]; known {
				continue
			}
			cameBy[at] = &i
			if to(i.To) {
				return back(cameBy, at)
			}
			queue = append(queue, at)
		}
	}
	return nil
}

// node names a package: those of the tree by their directory, since more than
// one import path may lead there.
func node(p policy.Place) string {
	if p.InTree {
		return "./" + p.Dir
	}
	return p.Path
}

func back(cameBy map[string]*check.Import, at string) []check.Import {
	var chain []check.Import
	for i := cameBy[at]; i != nil; i = cameBy[node(i.From)] {
		chain = append(chain, *i)
	}
	slices.Reverse(chain)
	return chain
}
