package api

import (
	"go/types"
	"strings"
)

// A Class is a kind of culprit, counted from 1. What the classes mean is the
// judge's business.
type Class int

const maxClasses = 5

// A Judgement says what to do about a type that the API mentions by name.
type Judgement struct {
	Class Class // it is a culprit; 0: it is none
	Enter bool  // what its members hand out counts as well
	Open  bool  // what it is defined as, or an alias for, counts as well
	Spare Class // but not culprits of this class; 0: all count
}

// A Culprit is a type that should not cross, and the way to it.
type Culprit struct {
	Name  *types.TypeName
	Type  types.Type      // as it is mentioned, with the pointers before it
	Inner *types.TypeName // the first type entered on the way, or nil
	path  *step
}

// Path is the way from the type walked, such as "Page.Items[].Owner", or ""
// if the culprit is plain to see in the type itself.
func (c *Culprit) Path() string {
	var b strings.Builder
	n := 0
	for s := c.path; s != nil; s = s.next {
		if n++; n > 12 {
			b.WriteString("…")
			break
		}
		b.WriteString(s.text)
	}
	return strings.TrimPrefix(b.String(), ".")
}

// A step is a part of a path.
type step struct {
	text string
	next *step
}

// Found is the nearest culprit of each class.
type Found [maxClasses]*Culprit

// A Walker looks for culprits in types. It remembers what it found behind
// each defined type, so that a walk over many declarations costs no more than
// the declarations and the types they mention.
type Walker struct {
	judge func(*types.TypeName) Judgement
	// spared are the classes that may stand in the fields of a struct.
	spared func(*types.TypeName) Class
	nodes  map[*types.TypeName]*node
}

// NewWalker returns a walker that asks judge about each type mentioned by
// name, alias or defined. spared names the class of culprits that the fields
// of a struct may hold, 0 for none.
func NewWalker(judge func(*types.TypeName) Judgement, spared func(*types.TypeName) Class) *Walker {
	return &Walker{judge: judge, spared: spared, nodes: map[*types.TypeName]*node{}}
}

// A node is a defined type that is entered, with what its members hand out.
type node struct {
	name  *types.TypeName
	state state
	found Found
	edges []edge
}

type state int

const (
	fresh state = iota
	resolving
	resolved
)

// An edge says that a node mentions another.
type edge struct {
	to   *node
	path *step // reversed: the last step first
}

// Find returns the culprits that a type hands out: first those it mentions
// itself, then the nearest behind the types it mentions.
func (w *Walker) Find(t types.Type) Found {
	s := scan{w: w, seen: map[types.Type]bool{}}
	s.visit(t, 0, nil)
	found := s.found
	for _, e := range s.edges {
		w.resolve(e.to)
		for class, c := range e.to.found {
			if c == nil || found[class] != nil {
				continue
			}
			way := &step{e.to.name.Name(), c.path}
			if names(e.path) {
				way = prepend(e.path, c.path)
			}
			found[class] = &Culprit{c.Name, c.Type, e.to.name, way}
		}
	}
	return found
}

// names reports whether a path goes through a field or method.
func names(path *step) bool {
	for ; path != nil; path = path.next {
		if strings.HasPrefix(path.text, ".") {
			return true
		}
	}
	return false
}

// prepend puts a reversed path before another.
func prepend(reversed, path *step) *step {
	for s := reversed; s != nil; s = s.next {
		path = &step{s.text, path}
	}
	return path
}

// resolve finds the culprits behind a node. It gathers all nodes that can be
// reached and are not resolved yet, notes who mentions whom, and then lets
// each culprit spread backwards, the nearest first: types may be recursive,
// and every node must be looked at once only.
func (w *Walker) resolve(root *node) {
	if root.state == resolved {
		return
	}
	root.state = resolving
	gathered := []*node{root}
	mentions := map[*node][]edge{} // by whom
	for i := 0; i < len(gathered); i++ {
		n := gathered[i]
		w.expand(n)
		for _, e := range n.edges {
			mentions[e.to] = append(mentions[e.to], edge{n, e.path})
			if e.to.state == fresh {
				e.to.state = resolving
				gathered = append(gathered, e.to)
			}
		}
	}
	for class := range Class(maxClasses) {
		spread(gathered, mentions, class)
	}
	for _, n := range gathered {
		n.state = resolved
		n.edges = nil
	}
}

// spread carries the culprits of one class from the nodes that mention them,
// or mention a node resolved earlier that has one, to all who mention those.
func spread(gathered []*node, mentions map[*node][]edge, class Class) {
	var front []*node
	for _, n := range gathered {
		for _, e := range n.edges {
			if n.found[class] == nil && e.to.state == resolved && e.to.found[class] != nil {
				n.found[class] = e.to.found[class].behind(e.path)
			}
		}
		if n.found[class] != nil {
			front = append(front, n)
		}
	}
	for len(front) > 0 {
		n := front[0]
		front = front[1:]
		for _, m := range mentions[n] {
			if m.to.found[class] == nil {
				m.to.found[class] = n.found[class].behind(m.path)
				front = append(front, m.to)
			}
		}
	}
}

// behind returns the culprit as seen from one who mentions its node.
func (c *Culprit) behind(path *step) *Culprit {
	return &Culprit{c.Name, c.Type, c.Inner, prepend(path, c.path)}
}

// expand fills in what a node's members mention.
func (w *Walker) expand(n *node) {
	s := scan{w: w, seen: map[types.Type]bool{}}
	t := n.name.Type()
	switch u := t.Underlying().(type) {
	case *types.Struct:
	case *types.Interface:
		for e := range u.EmbeddedTypes() {
			s.visit(e, 0, nil)
		}
	default:
		s.visit(u, 0, nil)
	}
	spared := w.spared(n.name)
	for _, m := range Members(t) {
		_, isField := m.Object.(*types.Var)
		s.spared[spared] = isField
		s.visit(m.Object.Type(), 0, &step{"." + m.Object.Name(), nil})
	}
	n.found, n.edges = s.found, s.edges
}

// A scan goes through one type, down to the types it mentions by name.
type scan struct {
	w      *Walker
	seen   map[types.Type]bool
	spared [maxClasses]bool
	found  Found
	edges  []edge
}

func (s *scan) visit(t types.Type, stars int, path *step) {
	if t == nil || s.seen[t] {
		return
	}
	s.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		s.mention(t, t.Origin().Obj(), stars, path)
	case *types.Alias:
		s.mention(t, t.Origin().Obj(), stars, path)
	case *types.Pointer:
		s.visit(t.Elem(), stars+1, path)
	default:
		for p := range parts(t) {
			next := path
			if p.step != "" {
				next = &step{p.step, path}
			}
			s.visit(p.typ, 0, next)
		}
	}
}

// mention deals with a type that is mentioned by its name.
func (s *scan) mention(t types.Type, name *types.TypeName, stars int, path *step) {
	j := s.w.judge(name)
	if j.Class != 0 && !s.spared[j.Class] && s.found[j.Class] == nil {
		shown := t
		for range stars {
			shown = types.NewPointer(shown)
		}
		s.found[j.Class] = &Culprit{Name: name, Type: shown, path: prepend(path, nil)}
	}
	for p := range parts(t) {
		switch {
		case !p.behind:
			s.visit(p.typ, 0, path)
		case j.Open:
			before := s.spared
			s.spared[j.Spare] = true
			s.visit(p.typ, stars, path)
			s.spared = before
		}
	}
	if j.Enter {
		n := s.w.nodes[name]
		if n == nil {
			n = &node{name: name}
			s.w.nodes[name] = n
		}
		s.edges = append(s.edges, edge{n, path})
	}
}
