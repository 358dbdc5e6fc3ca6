// Package declare answers one question: how does depends_on come to say what
// is true? It adds what undeclared-dependency finds missing and removes what
// unused-dependency finds idle, in the files where it stands, and leaves
// every other byte of them alone.
package declare

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// Options say what is declared.
type Options struct {
	Declare bool // give modules without depends_on one, too
	Keep    bool // remove nothing
}

// A Plan is what has to change, in which files.
type Plan struct {
	Root    string // absolute directory of the configuration
	Changes []Change
	Files   []atomicfile.Change
}

// A Change is what happens to the depends_on of one entry.
type Change struct {
	File    string // relative to the root
	Module  string // the paths of the entry
	New     bool   // the key was absent
	Added   []string
	Removed []string
}

// Make works out the plan for a configuration file. It writes nothing. Its
// error is [config.Invalid], or says what else keeps it from an answer: a part of
// the tree that cannot be read might need what looks idle.
func Make(ctx context.Context, file string, opt Options) (*Plan, error) {
	before, sources, err := read(file)
	if err != nil {
		return nil, err
	}
	m, err := check.Remember(ctx, before, check.Options{Config: file})
	if err != nil {
		return nil, err
	}
	if problems := m.Tree().Problems; len(problems) > 0 {
		p := problems[0]
		return nil, fmt.Errorf("%s:%d:%d: %s; what it imports is unknown, so nothing is changed", p.File, max(p.Line, 1), max(p.Column, 1), p.Message)
	}
	edited, after, err := settle(file, m, before, sources, opt)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Root: before.Dir, Changes: changes(before, after)}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if !bytes.Equal(sources[name], edited[name]) {
			plan.Files = append(plan.Files, atomicfile.Change{
				Name: filepath.Join(before.Dir, filepath.FromSlash(name)), Old: sources[name], New: edited[name],
			})
		}
	}
	return plan, nil
}

// Draft makes every depends_on of a configuration true that is not a file
// yet, but is to become this one. The product.toml files stay as they are.
func Draft(ctx context.Context, file string, text []byte) ([]byte, error) {
	name := filepath.Base(file)
	sources := map[string][]byte{name: text}
	c, problems := config.Load(file, sources)
	if len(problems) > 0 {
		return nil, config.Invalid(problems)
	}
	m, err := check.Remember(ctx, c, check.Options{Config: file})
	if err != nil {
		return nil, err
	}
	edited, _, err := settle(file, m, c, sources, Options{})
	return edited[name], err
}

// read loads the configuration and the bytes that it was loaded from.
func read(file string) (*config.Config, map[string][]byte, error) {
	c, problems := config.Load(file, nil)
	if len(problems) > 0 {
		return nil, nil, config.Invalid(problems)
	}
	sources, err := config.Sources(c)
	if err != nil {
		return nil, nil, err
	}
	// Once more: a file may have changed in between, and places must be of
	// the bytes that are edited.
	c, problems = config.Load(file, sources)
	if len(problems) > 0 {
		return nil, nil, config.Invalid(problems)
	}
	return c, sources, nil
}

// settle edits until there is nothing left to edit. One round is not always
// enough: when a module leaves a shared entry for one of its own, the shared
// one may be left with what only that module needed. Every round makes an
// entry truer, so there are few; the bound is there for a bug to be an error
// and not a hang.
func settle(file string, m *check.Memory, c *config.Config, sources map[string][]byte, opt Options) (map[string][]byte, *config.Config, error) {
	for range 10 {
		r, err := newRound(m, c, config.Edit(c, sources))
		if err != nil {
			return nil, nil, err
		}
		if opt.Declare {
			r.declareAll()
		}
		if err := r.entries(opt.Keep); err != nil {
			return nil, nil, err
		}
		if !r.edited {
			return sources, c, nil
		}
		sources = r.editor.Bytes()
		next, problems := config.Load(file, sources)
		if len(problems) > 0 {
			return nil, nil, fmt.Errorf("the edit would have broken the file, so it was not made: %w", config.Invalid(problems))
		}
		c = next
		m, _ = m.Under(c) // exclude is never edited
	}
	return nil, nil, fmt.Errorf("depends_on does not settle; please report this")
}

// changes compares the entries of two configurations.
func changes(before, after *config.Config) []Change {
	old := map[string]*config.Module{}
	for i := range before.Modules {
		old[identity(&before.Modules[i])] = &before.Modules[i]
	}
	var all []Change
	for i := range after.Modules {
		m := &after.Modules[i]
		was := old[identity(m)]
		if was == nil {
			was = &config.Module{}
		}
		c := Change{
			File: m.Pos.File, Module: paths(m), New: was.DependsOn == nil && m.DependsOn != nil,
			Added: missing(m, was), Removed: missing(was, m),
		}
		if c.New || len(c.Added) > 0 || len(c.Removed) > 0 {
			all = append(all, c)
		}
	}
	return all
}

func identity(m *config.Module) string { return m.Pos.File + "\n" + paths(m) }

func paths(m *config.Module) string {
	words := make([]string, len(m.Paths))
	for i, p := range m.Paths {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}

// missing returns what the one depends on and the other does not.
func missing(one, other *config.Module) []string {
	var names []string
	for _, d := range one.DependsOn {
		if !slices.ContainsFunc(other.DependsOn, func(o config.Dependency) bool { return o.String() == d.String() }) {
			names = append(names, d.String())
		}
	}
	return names
}
