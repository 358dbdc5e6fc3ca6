package imports

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Options say which parts of the tree are looked at, and how closely. The
// zero value looks at the heads of all files.
type Options struct {
	// Skip says whether a directory, given by its path below the root, is
	// not to be looked at, at all. It is called from many goroutines at once.
	// nil skips nothing. Directories which the go command never looks into
	// (testdata, vendor, and names that begin with _ or .) are not asked for.
	Skip func(dir string) bool

	// Whole reads all of each file, not its head only. Syntax errors and
	// comments are then found anywhere in it.
	Whole bool

	// Overlay holds, by path below the root, the content of files as an
	// editor has it. It counts instead of what is on the disk, also for a
	// Go file which is not there yet, provided that its directory is.
	Overlay map[string][]byte
}

// Scan looks at the tree below the directory root.
//
// The error says that root is no directory that can be read, or that ctx was
// cancelled. Everything else that goes wrong is one of [Tree.Problems].
func Scan(ctx context.Context, root string, opt Options) (*Tree, error) {
	root, err := directory(root)
	if err != nil {
		return nil, err
	}
	seen := walk(ctx, root, opt, true)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	mods := seen.modules(root, opt.Overlay)
	t := &Tree{
		Root:         root,
		GoModules:    mods.list(),
		Packages:     seen.packages,
		Dirs:         seen.dirs,
		NestedRoots:  seen.nestedRoots,
		ProductFiles: seen.productFiles,
		Problems:     append(seen.problems, mods.problems...),
		Beyond:       slices.Sorted(maps.Keys(mods.beyond)),
	}
	slices.SortFunc(t.Packages, func(a, b *Package) int { return strings.Compare(a.Dir, b.Dir) })
	slices.Sort(t.Dirs)
	slices.Sort(t.NestedRoots)
	slices.Sort(t.ProductFiles)
	slices.SortFunc(t.Problems, compareProblems)
	for _, p := range t.Packages {
		p.GoModule, p.ImportPath = mods.locate(t.GoModules, p.Dir)
	}
	return t, nil
}

// directory returns the absolute path of root, or why it cannot be read.
func directory(root string) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	d, err := os.Open(root)
	if err != nil {
		return "", err
	}
	defer d.Close()
	info, err := d.Stat()
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is not a directory", root)
	}
	return root, nil
}

// join appends a name, or a path, to a directory below the root.
func join(dir, name string) string {
	if dir == "." {
		return name
	}
	if name == "." {
		return dir
	}
	return dir + "/" + name
}

// below returns the path of a file or directory relative to root, with
// slashes, and whether it lies in root.
func below(root, name string) (string, bool) {
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return "", false
	}
	rel = filepath.ToSlash(rel)
	return rel, rel != ".." && !strings.HasPrefix(rel, "../")
}

// parents returns dir and the directories above it, up to the root, which is ".".
func parents(dir string) []string {
	list := []string{dir}
	for dir != "." {
		dir = path.Dir(dir)
		list = append(list, dir)
	}
	return list
}
