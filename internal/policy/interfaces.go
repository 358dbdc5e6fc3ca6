package policy

import (
	"slices"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// interfaces are the [[interfaces]] entries, found fast: by the modules they
// name, or among the few that use wildcards.
type interfaces struct {
	entries []config.Interface
	literal map[string][]int // indices into entries
	wild    []int
}

func indexInterfaces(entries []config.Interface) interfaces {
	x := interfaces{entries: entries, literal: map[string][]int{}}
	for i, entry := range entries {
		for _, from := range entry.From {
			names, ok := from.Literals()
			if !ok {
				x.wild = append(x.wild, i)
				continue
			}
			for _, name := range names {
				x.literal[name] = append(x.literal[name], i)
			}
		}
		if entry.From == nil {
			x.wild = append(x.wild, i)
		}
	}
	return x
}

// of returns the entries that speak of a module, in the order of the file.
// What is said of every module is not said of the code that belongs to none.
func (x interfaces) of(module string) []config.Interface {
	found := slices.Clone(x.literal[module])
	for _, i := range x.wild {
		if from := x.entries[i].From; from == nil && module != Root || matches(from, module) {
			found = append(found, i)
		}
	}
	slices.Sort(found)
	var entries []config.Interface
	for _, i := range slices.Compact(found) {
		entries = append(entries, x.entries[i])
	}
	return entries
}
