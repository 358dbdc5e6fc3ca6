// Package scaffold answers one question: what does a product look like? It
// makes new ones that look so, and says of those that exist where they do not.
package scaffold

import (
	"path"
	"strings"
)

// A Layout says where in a product its parts lie.
type Layout string

// The layouts.
const (
	Plain    Layout = "plain"    // side by side
	Internal Layout = "internal" // what is not for others below internal/, where the compiler guards it too
	Backend  Layout = "backend"  // below backend/, beside a frontend/
)

// Layouts are the names of the layouts.
var Layouts = []string{string(Plain), string(Internal), string(Backend)}

// outside are the parts that others import: they cannot lie below internal/.
var outside = map[string]bool{"facade": true, "routes": true}

// place returns where a file of the plain layout lies.
func (l Layout) place(name string) string {
	part, _, _ := strings.Cut(name, "/")
	switch {
	case l == Backend:
		return path.Join("backend", name)
	case l == Internal && !outside[part] && part != name: // a file of the product itself stays
		return path.Join("internal", name)
	}
	return name
}
