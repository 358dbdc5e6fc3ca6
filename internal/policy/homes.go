package policy

import (
	"path"
	"slices"
)

// Homes returns those of the directories of a tree that HasDir is asked about,
// sorted. What messages advise hangs on them, and on no others.
func (l *Law) Homes(dirs []string) []string {
	asked := map[string]bool{}
	seen := map[*Module]bool{}
	for _, dir := range dirs {
		if m := l.LocateDir(dir, "").Module; m != nil && !seen[m] {
			seen[m] = true
			for _, sub := range l.literals(m) {
				asked[path.Join(m.Path, sub)] = true
			}
		}
	}
	var homes []string
	for _, dir := range dirs {
		if asked[dir] {
			homes = append(homes, dir)
		}
	}
	slices.Sort(homes)
	return homes
}

// literals are the directories that a module may expose by name.
func (l *Law) literals(m *Module) []string {
	subs := l.facade().homes("")
	exposed := slices.Clip(m.Interfaces)
	for _, i := range m.shared {
		exposed = append(exposed, i.Expose...)
	}
	for _, e := range exposed {
		if names, literal := e.Package.Literals(); literal {
			subs = append(subs, names...)
		}
	}
	return subs
}
