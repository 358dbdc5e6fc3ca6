package graph

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// A Spot is what somebody means by a word: a module, a package, or all
// packages of a directory.
type Spot struct {
	Name string
	Has  func(policy.Place) bool
}

// Find returns what a word means in the tree: a module by its path, a
// directory relative to dir or to the root, an import path, or a product by
// its name. The error says what was meant if something is near.
func Find(res *check.Result, dir, word string) (Spot, error) {
	var places []policy.Place
	for p := range res.Packages() {
		places = append(places, p)
	}
	clean := path.Clean(filepath.ToSlash(word))
	relative := strings.HasPrefix(word, ".") || filepath.IsAbs(word)
	if rel, ok := below(res.Root, dir, word); ok {
		if s, ok := spot(places, rel); ok && (relative || !isModule(places, clean)) {
			return s, nil
		}
	}
	if relative {
		return Spot{}, fmt.Errorf("%s holds no package below %s", word, res.Root)
	}
	if s, ok := spot(places, clean); ok {
		return s, nil
	}
	for _, p := range places {
		if p.Path == word {
			return Spot{p.Dir, func(q policy.Place) bool { return q.InTree && q.Dir == p.Dir }}, nil
		}
	}
	switch called := policy.Called(modules(places), word); len(called) {
	case 0:
	case 1:
		return moduleSpot(called[0]), nil
	default:
		return Spot{}, fmt.Errorf("%s may be %s; give the directory", word, paths(called))
	}
	for i := range res.Imports() {
		if !i.To.InTree && (i.To.Path == word || strings.HasPrefix(i.To.Path, word+"/")) {
			return Spot{word, func(p policy.Place) bool {
				return !p.InTree && (p.Path == word || strings.HasPrefix(p.Path, word+"/"))
			}}, nil
		}
	}
	return Spot{}, unknown(word, places)
}

// spot returns the module or the packages at a directory below the root.
func spot(places []policy.Place, dir string) (Spot, bool) {
	if all, ok := strings.CutSuffix(dir, "/..."); ok {
		dir = all
		has := func(p policy.Place) bool { return p.InTree && (p.Dir == dir || under(p.Dir, dir)) }
		return Spot{dir + "/...", has}, slices.ContainsFunc(places, has)
	}
	var inside, at bool
	for _, p := range places {
		if p.Module != nil && p.Module.Path == dir {
			return moduleSpot(p.Module), true
		}
		at = at || p.Dir == dir
		inside = inside || under(p.Dir, dir)
	}
	switch {
	case at:
		return Spot{dir, func(p policy.Place) bool { return p.InTree && p.Dir == dir }}, true
	case inside:
		return Spot{dir + "/...", func(p policy.Place) bool { return p.InTree && under(p.Dir, dir) }}, true
	}
	return Spot{}, false
}

func moduleSpot(m *policy.Module) Spot {
	return Spot{m.Path, func(p policy.Place) bool { return p.Module == m }}
}

func isModule(places []policy.Place, dir string) bool {
	return slices.ContainsFunc(places, func(p policy.Place) bool { return p.Module != nil && p.Module.Path == dir })
}

// modules returns the modules of places, each once.
func modules(places []policy.Place) []*policy.Module {
	var all []*policy.Module
	seen := map[*policy.Module]bool{nil: true}
	for _, p := range places {
		if !seen[p.Module] {
			seen[p.Module] = true
			all = append(all, p.Module)
		}
	}
	return all
}

// paths lists the directories of modules, for a message.
func paths(modules []*policy.Module) string {
	var words []string
	for _, m := range modules {
		words = append(words, m.Path)
	}
	slices.Sort(words)
	return strings.Join(words, " or ")
}

func under(dir, parent string) bool { return parent == "." || strings.HasPrefix(dir, parent+"/") }

// below returns a path of the file system relative to the root.
func below(root, dir, word string) (string, bool) {
	abs := filepath.FromSlash(word)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(dir, abs)
	}
	rel, err := filepath.Rel(real(root), real(abs))
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

func real(name string) string {
	if resolved, err := filepath.EvalSymlinks(name); err == nil {
		return resolved
	}
	return name
}

func unknown(word string, places []policy.Place) error {
	var words []string
	for _, p := range places {
		words = append(words, p.Dir, p.Path)
		if p.Module != nil {
			words = append(words, p.Module.Path, p.Module.Name())
			if p.Module.Product {
				words = append(words, path.Base(p.Module.Path))
			}
		}
	}
	if near := config.Nearest(word, words); near != "" {
		return fmt.Errorf("%s is no module, package or import; did you mean %q?", word, near)
	}
	return fmt.Errorf("%s is no module, package or import of this tree", word)
}
