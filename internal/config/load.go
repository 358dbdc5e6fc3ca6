package config

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// Find returns the configuration file that governs a directory: the nearest
// one above it, or in it.
func Find(dir string) (file string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	for {
		file = filepath.Join(dir, FileName)
		if _, err := os.Lstat(file); err == nil {
			return file, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// Load reads a configuration file, the product.toml files it makes part of
// the law, and the baseline. The Config is complete
// only if there are no problems. Contents in overlay, by path relative to the
// root, stand in for those on disk.
func Load(file string, overlay map[string][]byte) (*Config, []Problem) {
	abs, err := filepath.Abs(file)
	if err != nil {
		abs = file
	}
	l := loader{dir: filepath.Dir(abs), overlay: overlay}
	name := filepath.Base(abs)
	src, err := l.read(name)
	if err != nil {
		return &Config{Dir: l.dir, File: name}, []Problem{{Pos{name, 1, 1, 1}, "cannot be read: " + reason(err)}}
	}
	c, d := parseRoot(name, src)
	c.Dir = l.dir
	l.products(c, d)
	l.baseline(c, d)
	c.Digest = l.sum()
	return c, finish(c, d)
}

// Parse is Load for configurations that are not on disk: the content of the
// configuration file, of product.toml files by the directory of their product
// and, if there is one, of the baseline.
func Parse(src []byte, products map[string][]byte, baseline ...[]byte) (*Config, []Problem) {
	c, d := parseRoot(FileName, src)
	l := loader{overlay: map[string][]byte{}}
	l.digest(FileName, src)
	for _, dir := range slices.Sorted(mapKeys(products)) {
		d.product(dir, products[dir], c)
		l.digest(path.Join(dir, ProductFile), products[dir])
	}
	for _, src := range baseline {
		l.overlay[BaselineFile] = src
		l.baseline(c, d)
	}
	c.Digest = l.sum()
	return c, finish(c, d)
}

func parseRoot(name string, src []byte) (*Config, *decoder) {
	d := &decoder{}
	c := defaults()
	c.File = name
	t, problem := parseTOML(name, src)
	if problem != nil {
		d.problems = append(d.problems, *problem)
		return c, d
	}
	d.root(t, c)
	return c, d
}

func defaults() *Config {
	return &Config{
		File:       FileName,
		RootModule: RootIgnore,
		ORM:        ORM{ModelsPackage: "all"},
		Contracts:  Contracts{Level: Strict, MaxFields: 40, MaxBytes: 1024, MaxStatements: 10, MaxComplexity: 5},
		Rules:      map[string]severity{},
	}
}

// A loader reads configuration files and remembers what it read.
type loader struct {
	dir     string
	overlay map[string][]byte
	hashed  []byte
}

func (l *loader) read(name string) ([]byte, error) {
	src, ok := l.overlay[name]
	if !ok {
		var err error
		if src, err = readFile(filepath.Join(l.dir, filepath.FromSlash(name))); err != nil {
			return nil, err
		}
	}
	l.digest(name, src)
	return src, nil
}

// readFile reads a regular file, and of one that is too large only as much as
// shows that it is.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("is a directory")
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// reason drops the operation and path from a file error: the complaint's
// position names the file, relative to the root.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// products reads the product.toml of every product that has one.
func (l *loader) products(c *Config, d *decoder) {
	subdirs := func(dir string) []string { return l.subdirs(dir, c) }
	seen := map[string]bool{}
	for _, p := range c.Products {
		for _, dir := range p.Expand(subdirs) {
			if seen[dir] {
				continue
			}
			seen[dir] = true
			name := path.Join(dir, ProductFile)
			src, err := l.read(name)
			switch {
			case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission) && !l.exists(name):
				// there is none, or nobody can tell, which the scan of the tree reports
			case err != nil:
				d.complain(Pos{name, 1, 1, 1}, "cannot be read: %s", reason(err))
			default:
				d.product(dir, src, c)
			}
		}
	}
}

// baseline reads the baseline beside the configuration, if there is one.
func (l *loader) baseline(c *Config, d *decoder) {
	src, err := l.read(BaselineFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		d.complain(Pos{BaselineFile, 1, 1, 1}, "cannot be read: %s", reason(err))
		return
	}
	known, problems := ParseBaseline(BaselineFile, src)
	c.Baseline = known
	d.problems = append(d.problems, problems...)
}

// subdirs lists the directories in dir that may hold Go packages of this root.
func (l *loader) subdirs(dir string, c *Config) []string {
	entries, err := os.ReadDir(filepath.Join(l.dir, filepath.FromSlash(dir)))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || SkippedName(name) || c.Excluded(path.Join(dir, name)) {
			continue
		}
		if _, err := os.Lstat(filepath.Join(l.dir, filepath.FromSlash(dir), name, FileName)); err == nil {
			continue // another root
		}
		names = append(names, name)
	}
	return names
}

// SkippedName reports whether a directory of that name is never looked at.
func SkippedName(name string) bool {
	return name == "testdata" || name == "vendor" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")
}

// exists reports whether there is a file of that name for all we can see.
func (l *loader) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(l.dir, filepath.FromSlash(name)))
	return err == nil
}

// digest adds a file to the digest. Lengths keep two files from being read as
// one.
func (l *loader) digest(name string, src []byte) {
	l.hashed = fmt.Appendf(l.hashed, "%s %d\n", name, len(src))
	l.hashed = append(l.hashed, src...)
}

func (l *loader) sum() string {
	sum := sha256.Sum256(l.hashed)
	return hex.EncodeToString(sum[:])
}

// product reads a product.toml.
func (d *decoder) product(dir string, src []byte, c *Config) {
	name := path.Join(dir, ProductFile)
	t, problem := parseTOML(name, src)
	if problem != nil {
		d.problems = append(d.problems, *problem)
		return
	}
	m := Module{Pos: t.pos, ProductFile: true, Paths: []Pattern{{pattern.Literal(dir), t.pos}}, Keys: t.places()}
	d.table(t, name, d.moduleFields(&m))
	c.Modules = append(c.Modules, m)
}
