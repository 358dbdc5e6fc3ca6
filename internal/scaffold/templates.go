package scaffold

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// Overrides is the directory below the root whose files stand in for the
// built-in templates, and add to them.
const Overrides = ".boundaries/product"

// ORMs are what a new product can store its data with.
var ORMs = []string{"none", "gorm", "bun", "ent", "sqlc"}

//go:embed all:templates
var builtin embed.FS

// Templates returns the templates of a new product by their path in the plain
// layout, those of the repository instead of the built-in ones. An empty one
// says that there is to be no such file.
func Templates(root, orm string) (map[string]string, error) {
	found := map[string]string{}
	for _, dir := range []string{"templates/product", "templates/orm/" + orm} {
		if err := collect(builtin, dir, found); err != nil {
			return nil, err
		}
	}
	err := collect(os.DirFS(root), Overrides, found)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return found, err
}

func collect(tree fs.FS, dir string, into map[string]string) error {
	return fs.WalkDir(tree, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		into[strings.TrimPrefix(name, dir+"/")] = string(text)
		return err
	})
}

// Eject writes the built-in templates for an ORM to where the repository can
// change them. What is there already stays.
func Eject(root, orm string) (written []string, err error) {
	templates := map[string]string{}
	for _, dir := range []string{"templates/product", "templates/orm/" + orm} {
		if err := collect(builtin, dir, templates); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(templates)) {
		file := filepath.Join(root, filepath.FromSlash(Overrides), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return written, err
		}
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return written, err
		}
		_, err = f.WriteString(templates[name])
		if err := errors.Join(err, f.Close()); err != nil {
			return written, err
		}
		written = append(written, path.Join(Overrides, name))
	}
	return written, nil
}

// Data is what a template can say: {{.Name}}, and the import paths of the
// parts.
type Data struct {
	Name         string
	Dir          string // below the root
	ImportPath   string
	Facade       string
	Contracts    string
	FacadeTest   string
	Models       string
	Logic        string
	Presentation string
	Routes       string
	Tasks        string
}

func newData(name, dir, importPath string, l Layout) Data {
	at := func(part string) string { return path.Join(importPath, l.place(part+"/x"), "..") }
	return Data{
		Name: name, Dir: dir, ImportPath: importPath,
		Facade: at("facade"), Contracts: at("facade/contracts"), FacadeTest: at("facade/facadetest"), Models: at("models"),
		Logic: at("logic"), Presentation: at("presentation"), Routes: at("routes"), Tasks: at("tasks"),
	}
}

// render makes the files of a product, by their path below its directory.
func render(templates map[string]string, data Data, l Layout) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, text := range templates {
		if text == "" {
			continue
		}
		file, isTemplate := strings.CutSuffix(name, ".tmpl")
		content := []byte(text)
		if isTemplate {
			t, err := template.New(name).Option("missingkey=error").Parse(text)
			if err != nil {
				return nil, err // it names the template
			}
			var out bytes.Buffer
			if err := t.Execute(&out, data); err != nil {
				return nil, err // it names the template
			}
			content = out.Bytes()
		}
		if strings.HasSuffix(file, ".go") {
			formatted, err := format.Source(content)
			if err != nil {
				return nil, fmt.Errorf("template %s is no Go: %w", name, err)
			}
			content = formatted
		}
		files[l.place(file)] = content
	}
	return files, nil
}
