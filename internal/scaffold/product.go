package scaffold

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"go/version"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/policy"
)

// Options say what a new product is to be.
type Options struct {
	Config string // the configuration file
	Name   string
	Dir    string // below the root; "": where products says
	ORM    string
	Layout Layout
	Owners []string
}

// A Product is a new product.
type Product struct {
	Dir      string // below the root
	Files    []string
	Changed  []string // files that were there before
	GoModule string   // absolute directory of its go.mod
}

// New makes a product: its directory appears as a whole, and is registered in
// the configuration and in CODEOWNERS. Its error says why there can be none,
// and then nothing has changed.
func New(ctx context.Context, opt Options) (*Product, error) {
	if err := checkName(opt.Name); err != nil {
		return nil, err
	}
	for _, owner := range opt.Owners {
		if strings.TrimSpace(owner) == "" {
			return nil, errors.New("an owner has no name; say who owns it, or leave out --owner")
		}
	}
	c, problems := config.Load(opt.Config, nil)
	if len(problems) > 0 {
		return nil, config.Invalid(problems)
	}
	dir := opt.Dir
	if dir == "" {
		var err error
		if dir, err = home(c, opt.Name); err != nil {
			return nil, err
		}
	}
	if err := vacant(c.Dir, dir); err != nil {
		return nil, err
	}
	p := &Product{Dir: dir}
	importPath, err := p.locate(c)
	if err != nil {
		return nil, err
	}
	if err := p.recent(c.Dir); err != nil {
		return nil, err
	}
	templates, err := Templates(c.Dir, opt.ORM)
	if err != nil {
		return nil, err
	}
	files, err := render(templates, newData(opt.Name, dir, importPath, opt.Layout), opt.Layout)
	if err != nil {
		return nil, err
	}
	changes, err := register(c, dir, opt.Owners, files)
	if err != nil {
		return nil, err
	}
	for name := range files {
		p.Files = append(p.Files, path.Join(dir, name))
	}
	slices.Sort(p.Files)
	for _, change := range changes {
		rel, _ := filepath.Rel(c.Dir, change.Name)
		p.Changed = append(p.Changed, filepath.ToSlash(rel))
	}
	return p, write(c.Dir, dir, files, changes)
}

// locate finds the Go module that is to govern the product, and its import
// path.
func (p *Product) locate(c *config.Config) (string, error) {
	modules, _ := imports.GoModulesFor(c.Dir, p.Dir)
	law := policy.New(c, modules)
	importPath, ok := law.ImportPath(p.Dir)
	if !ok {
		return "", fmt.Errorf("no go.mod governs %s; run go mod init first", p.Dir)
	}
	if c.Excluded(p.Dir) {
		return "", fmt.Errorf("exclude hides %s; nothing in it would be checked", p.Dir)
	}
	for dir := p.Dir; ; dir = pattern.Parent(dir) {
		abs := filepath.Join(c.Dir, filepath.FromSlash(dir))
		if _, err := os.Stat(filepath.Join(abs, "go.mod")); err == nil || dir == "." {
			p.GoModule = abs
			return importPath, nil
		}
	}
}

// oldest is the go line from which net/http knows the methods and wildcards in
// the patterns of a product's routes. Below it they compile, and serve nothing.
const oldest = "1.22"

// recent says why the Go module of the product is too old for it.
func (p *Product) recent(root string) error {
	name := filepath.Join(p.GoModule, "go.mod")
	src, err := os.ReadFile(name)
	if err != nil {
		return nil // it lies above the root
	}
	mod, err := modfile.ParseLax(name, src, nil)
	if err != nil {
		return err
	}
	says := "has no go line"
	if mod.Go != nil {
		if version.Compare("go"+mod.Go.Version, "go"+oldest) >= 0 {
			return nil
		}
		says = "says go " + mod.Go.Version
	}
	if rel, err := filepath.Rel(root, name); err == nil {
		name = filepath.ToSlash(rel)
	}
	return fmt.Errorf("%s %s, under which net/http does not know the routes of a product; run go mod edit -go=%s there first", name, says, oldest)
}

// write makes the directory appear with all its files, and then the changes.
// If those cannot be made the directory goes again.
func write(root, dir string, files map[string][]byte, changes []atomicfile.Change) (err error) {
	target := filepath.Join(root, filepath.FromSlash(dir))
	made, err := makeParents(filepath.Dir(target))
	if err != nil {
		return err
	}
	stage := filepath.Join(filepath.Dir(target), ".boundaries-"+rand.Text())
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(stage))
			for _, dir := range made {
				_ = os.Remove(dir) // if it is still empty
			}
		}
	}()
	for name, content := range files {
		file := filepath.Join(stage, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o666); err != nil {
			return err
		}
	}
	if err := os.Rename(stage, target); err != nil {
		return err
	}
	if err := atomicfile.Apply(changes...); err != nil {
		return errors.Join(err, os.Rename(target, stage))
	}
	return nil
}

// makeParents makes a directory and those above it, and returns the new ones,
// the deepest first.
func makeParents(dir string) (made []string, err error) {
	existing := dir
	for {
		if _, err := os.Stat(existing); err == nil {
			break
		}
		made = append(made, existing)
		existing = filepath.Dir(existing)
	}
	if err := atomicfile.Writable(existing); err != nil {
		return nil, err
	}
	return made, os.MkdirAll(dir, 0o777)
}

// register adds the product to the configuration: in product.toml files if
// others have theirs, else in boundaries.toml. A new product depends on
// nothing, and says so.
func register(c *config.Config, dir string, owners []string, files map[string][]byte) ([]atomicfile.Change, error) {
	sources, err := config.Sources(c)
	if err != nil {
		return nil, err
	}
	e := config.Edit(c, sources)
	if !slices.ContainsFunc(c.Products, func(p config.Pattern) bool { return p.Match(dir) }) {
		e.AddProduct(family(c, dir))
	}
	beside := func(m config.Module) bool { return m.ProductFile }
	entry := config.Entry{Path: dir, DependsOn: []config.Dependency{}, Owners: owners}
	switch named := entryFor(c, dir); {
	case named:
	case slices.ContainsFunc(c.Modules, beside):
		files[config.ProductFile] = []byte(entry.Keys())
	default:
		e.Insert(e.Kin(dir), entry)
	}
	var changes []atomicfile.Change
	edited := e.Bytes()
	if src, was := edited[c.File], sources[c.File]; string(src) != string(was) {
		changes = append(changes, atomicfile.Change{Name: filepath.Join(c.Dir, c.File), Old: was, New: src})
	}
	if _, problems := config.Load(filepath.Join(c.Dir, c.File), edited); len(problems) > 0 {
		return nil, fmt.Errorf("the product cannot be registered: %w", config.Invalid(problems))
	}
	return append(changes, codeowners(c.Dir, dir, owners)...), nil
}

// family is the pattern for a product that none matches: its directory, or
// all beside it if they are the first of all.
func family(c *config.Config, dir string) string {
	parent := path.Dir(dir)
	_, err := os.Stat(filepath.Join(c.Dir, filepath.FromSlash(parent)))
	if c.Products == nil && parent != "." && errors.Is(err, os.ErrNotExist) {
		return parent + "/*"
	}
	return dir
}

// entryFor reports whether a [[modules]] entry names a directory already.
func entryFor(c *config.Config, dir string) bool {
	return slices.ContainsFunc(c.Modules, func(m config.Module) bool {
		return slices.ContainsFunc(m.Paths, func(p config.Pattern) bool {
			names, ok := p.Literals()
			return ok && slices.Contains(names, dir)
		})
	})
}

// codeowners adds a line to the CODEOWNERS file, if there is one and the
// owners are such as it can name.
func codeowners(root, dir string, owners []string) []atomicfile.Change {
	if len(owners) == 0 || slices.ContainsFunc(owners, func(o string) bool { return !strings.Contains(o, "@") }) {
		return nil
	}
	for _, name := range []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"} {
		file := filepath.Join(root, filepath.FromSlash(name))
		old, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		newline := "\n"
		if strings.Contains(string(old), "\r\n") {
			newline = "\r\n"
		}
		text := string(old)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += newline
		}
		text += "/" + dir + "/ " + strings.Join(owners, " ") + newline
		return []atomicfile.Change{{Name: file, Old: old, New: []byte(text)}}
	}
	return nil
}
