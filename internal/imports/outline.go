package imports

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// An Outline is what a walk through the directories of a tree shows, without
// a look into its Go files. Paths are as in [Tree].
type Outline struct {
	GoModules   []GoModule // as Scan would find them
	NestedRoots []string   // directories with a boundaries.toml of their own, which were not looked into; also where skip skips the rest
	Dirs        []string   // every directory that was looked into
	Problems    []Problem
}

// FindOutline returns the outline of the tree below root. skip is as
// [Options.Skip].
func FindOutline(root string, skip func(dir string) bool) Outline {
	root, err := directory(root)
	if err != nil {
		return Outline{Problems: []Problem{{File: ".", Message: reason(err)}}}
	}
	seen := walk(context.Background(), root, Options{Skip: skip}, false)
	mods := seen.modules(root, nil)
	o := Outline{GoModules: mods.list(), NestedRoots: seen.nestedRoots, Dirs: seen.dirs, Problems: append(seen.problems, mods.problems...)}
	slices.Sort(o.NestedRoots)
	slices.Sort(o.Dirs)
	slices.SortFunc(o.Problems, compareProblems)
	return o
}

// LooksInto says whether a walk through the tree below root would look into
// the directory dir: whether that is there, and neither skipped nor ignored nor
// part of a nested root. skip is as [Options.Skip].
func LooksInto(root, dir string, skip func(dir string) bool) bool {
	info, err := os.Stat(filepath.Join(root, filepath.FromSlash(dir)))
	if err != nil || !info.IsDir() {
		return false
	}
	for ; dir != "."; dir = path.Dir(dir) {
		if ignored(path.Base(dir)) || skip != nil && skip(dir) {
			return false
		}
		if info, err := os.Lstat(filepath.Join(root, filepath.FromSlash(dir), "boundaries.toml")); err == nil && !info.IsDir() {
			return false
		}
	}
	return true
}
