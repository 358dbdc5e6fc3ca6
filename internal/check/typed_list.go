package check

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/report"
)

// A listing is what the go command makes of packages. What is excluded by its
// build constraints is neither sound nor unsound.
type listing struct {
	sound, unsound []string // those that it can hand over, and those that it cannot
	why            []report.Finding
	loops          [][]string // the import paths of packages that import each other, the first one twice
}

// list has the go command load packages. An error says that it could load none.
func (v *vet) list(ctx context.Context, module string, dirs []string) (*listing, error) {
	l := &listing{}
	bad, excluded := map[string]bool{}, map[string]bool{} // by real path
	each := func(p listed) {
		if p.Error != nil {
			p.DepsErrors = append(p.DepsErrors, p.Error)
		}
		for _, e := range p.DepsErrors {
			bad[realPath(p.Dir)] = true
			switch none := strings.Contains(e.Err, "build constraints exclude all Go files"); {
			case none && e == p.Error:
				excluded[realPath(p.Dir)] = true
			case none, !v.tests && p.ofTest():
			case e.loop() != nil:
				l.loops = append(l.loops, e.loop())
			default:
				l.why = append(l.why, v.loadError(module, p.Dir, e))
			}
		}
	}
	args := v.flags([]string{"list", "-e", "-test", "-json=Dir,ImportPath,Error,DepsErrors"})
	for _, some := range batches(v.patterns(module, dirs)) {
		var stderr bytes.Buffer
		err := v.start(ctx, v.command, module, append(slices.Clone(args), some...), &stderr, func(stdout io.Reader) error {
			return decodeAll(stdout, each)
		})
		if err != nil {
			return nil, err
		}
	}
	for _, dir := range dirs {
		switch at := realPath(filepath.Join(v.root, filepath.FromSlash(dir))); {
		case !bad[at]:
			l.sound = append(l.sound, dir)
		case !excluded[at]:
			l.unsound = append(l.unsound, dir)
		}
	}
	slices.SortFunc(l.loops, slices.Compare)
	l.loops = slices.CompactFunc(l.loops, slices.Equal)
	return l, nil
}

// loadError is the finding for what go list says of a package. Of some
// mistakes, mostly in tests, it gives the place in the message only.
func (v *vet) loadError(module, dir string, e *loadError) report.Finding {
	if e.Pos == "" {
		if all := v.compileErrors(module, e.Err); len(all) > 0 {
			return all[0]
		}
	}
	f := v.place(module, e.Pos, strings.TrimSuffix(e.Err, " in "+dir))
	if f.File == "" && dir != "" {
		f.Package = v.below(dir)
	}
	return f
}

// A listed is what go list says of a package.
type listed struct {
	Dir        string
	ImportPath string
	Error      *loadError
	DepsErrors []*loadError
}

// ofTest reports whether only tests bring the package about: it is the main
// package of one, or was built again for one.
func (p listed) ofTest() bool {
	return strings.HasSuffix(p.ImportPath, ".test") || strings.HasSuffix(p.ImportPath, ".test]")
}

type loadError struct {
	Pos, Err    string
	ImportStack []string
}

// loop returns the loop of imports that the error is about, or nil. Wherever
// the go command has entered it, it begins with the same package.
func (e *loadError) loop() []string {
	if e.Err != "import cycle not allowed" || len(e.ImportStack) < 2 {
		return nil
	}
	loop := slices.Clone(e.ImportStack)
	for i := range loop {
		loop[i], _, _ = strings.Cut(loop[i], " [")
	}
	loop = loop[slices.Index(loop, loop[len(loop)-1]):]
	if len(loop) < 2 {
		return nil
	}
	loop = loop[1:]
	first := slices.Index(loop, slices.Min(loop))
	loop = slices.Concat(loop[first:], loop[:first])
	return append(loop, loop[0])
}

func decodeAll(r io.Reader, each func(listed)) error {
	for dec := json.NewDecoder(r); ; {
		var p listed
		switch err := dec.Decode(&p); err {
		case nil:
			each(p)
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}
