package adopt

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/declare"
)

// A Proposal is a configuration for a repository, and what there is to say
// about it.
type Proposal struct {
	Text     []byte
	Products int
	Modules  int      // products not counted
	Notes    []string // what could not be carried over from elsewhere
	Findings *check.Result
}

const head = `Which modules this repository consists of, and what each may depend on. It was
written by boundaries init from what the imports say today; from now on the
file leads and the imports follow.

  boundaries check                    what breaks this file
  boundaries check --write-baseline   accept what does so today, and only that
  boundaries sync                     bring depends_on up to date
  boundaries explain                  the rules`

// Propose looks at the tree below a directory and drafts a boundaries.toml
// for it. ask is told what was found and says whether to take it so; nil
// takes everything. The error says that there is nothing to look at, or what
// kept it from looking.
func Propose(ctx context.Context, root string, ask func(question string) bool) (*Proposal, error) {
	if ask == nil {
		ask = func(string) bool { return true }
	}
	s := &surveyor{ctx: ctx, file: filepath.Join(root, config.FileName), ask: ask}
	if err := s.look(&draft{}); err != nil {
		return nil, err
	}
	for _, p := range s.memory.Tree().Problems {
		if path.Base(p.File) == "go.mod" {
			return nil, fmt.Errorf("%s:%d:%d: %s; without it nobody can tell which imports stay in the tree, so mend it first", p.File, max(p.Line, 1), max(p.Column, 1), p.Message)
		}
	}
	if len(s.memory.Tree().Packages) == 0 {
		return nil, fmt.Errorf("there is no Go package below %s", root)
	}
	d, notes, err := s.tach()
	if err != nil {
		return nil, err
	}
	if d == nil {
		d = s.draft()
	}
	if err := s.look(d); err != nil {
		return nil, err
	}
	s.learn(d)
	text, err := declare.Draft(ctx, s.file, []byte(d.String()))
	if err != nil {
		return nil, err
	}
	p := &Proposal{Text: text, Notes: notes}
	for _, m := range s.memory.Modules() {
		if m.Product {
			p.Products++
		} else {
			p.Modules++
		}
	}
	p.Findings, err = check.Run(ctx, check.Options{
		Config: s.file, Dir: root, Imports: true, Overlay: map[string][]byte{config.FileName: text},
	})
	return p, err
}

// A surveyor looks at a tree through a draft.
type surveyor struct {
	ctx    context.Context
	file   string
	ask    func(string) bool
	memory *check.Memory

	shape    *dir
	products map[string]*dir // by path
	doored   bool            // they have a facade by another name
}

// look reads the tree as a draft has it.
func (s *surveyor) look(d *draft) error {
	overlay := map[string][]byte{config.FileName: []byte(d.String())}
	c, problems := config.Load(s.file, overlay)
	if len(problems) > 0 {
		return config.Invalid(problems)
	}
	if s.memory != nil {
		if m, ok := s.memory.Under(c); ok {
			s.memory = m
			return nil
		}
	}
	m, err := check.Remember(s.ctx, c, check.Options{Config: s.file})
	s.memory = m
	return err
}

// draft divides the tree into products and modules.
func (s *surveyor) draft() *draft {
	s.shape, s.products = shape(s.memory.Tree()), map[string]*dir{}
	d := &draft{head: head}
	products := group{title: "products"}
	for _, f := range s.shape.families() {
		names := f.pattern()
		if !s.ask(fmt.Sprintf("Each in %s (%d): a product?", strings.Join(names, ", "), len(f.children))) {
			continue
		}
		d.products = append(d.products, names...)
		for _, c := range f.children {
			s.products[c.path] = c
			if !slices.Contains(s.memory.Tree().ProductFiles, c.path+"/"+config.ProductFile) {
				products.modules = append(products.modules, module{path: c.path})
			}
		}
	}
	d.groups = []group{products, {title: "modules"}}
	s.divide(d, s.shape, 1)
	return d
}

// divide makes modules of the directories below one, and adds them to a
// group of the draft. A container becomes a group of its own.
func (s *surveyor) divide(d *draft, parent *dir, at int) {
	for _, c := range parent.children {
		switch {
		case s.products[c.path] != nil:
		case c.foreign():
			if c.packages > 0 {
				d.exclude = append(d.exclude, c.path)
			}
		case c.apart():
			if parent == s.shape || c.packages > 0 {
				d.apart = append(d.apart, c.path)
			}
		case c.opens(s.shape) || s.holds(c):
			if c.own {
				d.groups[at].modules = append(d.groups[at].modules, module{path: c.path})
			}
			d.groups = append(d.groups, group{title: c.path + "/", container: c})
			s.divide(d, c, len(d.groups)-1)
		default:
			d.groups[at].modules = append(d.groups[at].modules, module{path: c.path})
		}
	}
}

// holds reports whether products lie below a directory.
func (s *surveyor) holds(d *dir) bool {
	for p := range s.products {
		if strings.HasPrefix(p, d.path+"/") {
			return true
		}
	}
	return false
}
