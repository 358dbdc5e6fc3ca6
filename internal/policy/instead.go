package policy

import (
	"path"

	"github.com/boundaries-dev/boundaries/internal/rule"
)

// Instead returns the directories of packages that a package may import in
// place of another that it may not, best first: what the message of the
// finding advises, as far as that is packages.
func (l *Law) Instead(from, to Place, test bool) []string {
	m := to.Module
	if m == nil {
		return nil
	}
	var subs []string
	surface, exclusive := m.surfaceFor(from)
	if home, ok := l.facadeOf(to); ok && !exclusive && (m.byRole() || from.Module == m) {
		subs = append(subs, home)
	}
	if from.Module != m {
		for _, e := range surface {
			if names, literal := e.Package.Literals(); literal && e.Symbol == "" {
				subs = append(subs, names...)
			}
		}
	}
	var dirs []string
	for _, sub := range subs {
		dir := path.Join(m.Path, sub)
		if importPath, ok := l.ImportPath(dir); ok && l.reachable(from, l.LocateDir(dir, importPath), test) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// reachable reports whether an import breaks neither a surface nor a role.
func (l *Law) reachable(from, to Place, test bool) bool {
	if from.Dir == to.Dir {
		return false
	}
	for _, v := range l.Judge(Edge{From: from, To: to, Test: test}) {
		if v.Rule == rule.PrivateImport || v.Rule == rule.RoleViolation {
			return false
		}
	}
	return true
}
