package check

import (
	"bytes"
	"path"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// Swap returns the fix that check --fix would choose for an import in a file
// which may not be there, at a line and column, as long as the file reads like
// src. ok is false if no package that may be imported offers what the file
// uses.
func (m *Memory) Swap(file string, src []byte, line, column int) (fix report.Fix, ok bool) {
	dir := path.Dir(file)
	at, found := findPackage(m.tree.Packages, dir)
	if m.glimpse || !found || m.tree.Packages[at].GoModule < 0 {
		return report.Fix{}, false
	}
	r := m.run(false)
	if now, err := r.read(file); err != nil || !bytes.Equal(now, src) {
		return report.Fix{}, false
	}
	p := r.place(m.tree.Packages[at])
	r.judge(p)
	for _, e := range p.edges {
		if e.file.Path == file && e.spec.Line == line && e.spec.Column == column {
			return r.swap(e, map[string]map[string]bool{})
		}
	}
	return report.Fix{}, false
}
