package orm

import (
	"bufio"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// generator returns the tool that wrote the file in which a type is declared,
// if it is one of an ORM, and the base name of that file. Export data has no
// comments, so the header is read from the file; where that is not there, the
// shape of the package decides.
func (c *Classifier) generator(t *types.TypeName) (tool, file string) {
	h := c.headers.of(t.Pos())
	if !h.there {
		return c.packageShape(t.Pkg()), "its package"
	}
	if c.glance != nil {
		c.glance(t.Pkg(), h.file)
	}
	for _, tool := range c.rules.generators {
		if writtenBy(h.text, tool) {
			return tool, filepath.Base(h.file)
		}
	}
	return "", ""
}

// Glances has each look at the header of a file told, with the package that is
// declared there: what a classifier says then hangs on more than types.
func (c *Classifier) Glances(told func(pkg *types.Package, file string)) { c.glance = told }

// Sources has a file found by the name that the compiler has given it, if that
// is not its full name: find returns another, or the same.
func (c *Classifier) Sources(find func(name string) string) { c.headers.find = find }

// Header returns what the "Code generated" line above the package clause of a
// file says, or "".
func Header(file string) string { return readHeader(file).text }

// generatedLine is the form that go help generate asks for.
var generatedLine = regexp.MustCompile(`^// Code generated (.*) DO NOT EDIT\.?$`)

// writtenBy reports whether a header names a tool right after "by": a mock of
// an ent client is generated for ent, not by it.
func writtenBy(header, tool string) bool {
	words := func(s string) string {
		return " " + strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;:()", r) }), " ")) + " "
	}
	trimmed := strings.TrimRight(header, ". ")
	return strings.Contains(strings.ReplaceAll(words(trimmed), ". ", " "), " by"+words(tool))
}

// packageShape recognises what a generator leaves behind in the types alone.
func (c *Classifier) packageShape(pkg *types.Package) string {
	shape, ok := c.shapes[pkg]
	if !ok {
		shape = c.guess(pkg)
		c.shapes[pkg] = shape
	}
	return shape
}

func (c *Classifier) guess(pkg *types.Package) string {
	enabled := func(tool string) bool {
		for _, g := range c.rules.generators {
			if g == tool {
				return true
			}
		}
		return false
	}
	switch scope := pkg.Scope(); {
	case enabled("sqlc") && fieldType(scope, "Queries", "db") == pkg.Path()+".DBTX":
		return "sqlc"
	case enabled("ent") && fieldType(scope, "config", "driver") == "entgo.io/ent/dialect.Driver":
		return "ent"
	case enabled("ent") && scope.Lookup("ValidColumn") != nil && scope.Lookup("Label") != nil && scope.Lookup("Table") != nil:
		return "ent"
	case enabled("gorm.io/gen") && fieldType(scope, "Query", "db") == "gorm.io/gorm.DB":
		return "gorm.io/gen"
	}
	return ""
}

// fieldType returns the qualified type of a field of a struct in a scope.
func fieldType(scope *types.Scope, structName, field string) string {
	t, ok := scope.Lookup(structName).(*types.TypeName)
	if !ok {
		return ""
	}
	s, ok := t.Type().Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for f := range s.Fields() {
		if f.Name() != field {
			continue
		}
		if name := namedOf(f.Type()); name != nil {
			return name.Pkg().Path() + "." + name.Name()
		}
	}
	return ""
}

// headers reads the comments above package clauses, each file once.
type headers struct {
	fset  *token.FileSet
	find  func(name string) string // or nil
	files map[string]header        // by the name that a position has
}

// A header is the "Code generated" line of a file, if it has one.
type header struct {
	file  string
	text  string
	there bool // the file could be read
}

func newHeaders(fset *token.FileSet) *headers {
	return &headers{fset: fset, files: map[string]header{}}
}

func (h *headers) of(pos token.Pos) header {
	if !pos.IsValid() {
		return header{}
	}
	name := h.fset.PositionFor(pos, false).Filename
	found, ok := h.files[name]
	if !ok {
		file := name
		if h.find != nil {
			file = h.find(name)
		}
		found = readHeader(file)
		h.files[name] = found
	}
	return found
}

// reach returns a position if the file it points into is there, by the name
// that the position has.
func (h *headers) reach(pos token.Pos) token.Pos {
	if found := h.of(pos); found.there && h.fset.PositionFor(pos, false).Filename == found.file {
		return pos
	}
	return token.NoPos
}

// maxHeader bounds what is read of a file in search of its package clause.
const maxHeader = 64 << 10

func readHeader(name string) header {
	h := header{file: name}
	if !filepath.IsAbs(name) {
		return h // as -trimpath or a sandbox leaves it
	}
	f, err := os.Open(name)
	if err != nil {
		return h
	}
	defer f.Close()
	h.there = true
	h.text = generatedBy(io.LimitReader(f, maxHeader))
	return h
}

// generatedBy returns what the first "Code generated" line above the package
// clause says, or "". It is a comment of its own: in one of several lines there
// may be anything, also what looks like a package clause.
func generatedBy(src io.Reader) string {
	inside := false // of a comment of several lines
	for lines := bufio.NewScanner(src); lines.Scan(); {
		line := strings.TrimPrefix(strings.TrimRight(lines.Text(), "\r"), "\ufeff")
		if m := generatedLine.FindStringSubmatch(line); m != nil && !inside {
			return m[1]
		}
		var code bool
		if code, inside = codeIn(line, inside); code {
			return ""
		}
	}
	return ""
}

// codeIn reports whether there is more in a line than comments, and whether a
// comment goes on after it.
func codeIn(line string, inside bool) (code, goesOn bool) {
	for {
		if inside {
			_, after, ok := strings.Cut(line, "*/")
			if !ok {
				return false, true
			}
			line = after
		}
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			return false, false
		}
		if line, inside = strings.CutPrefix(line, "/*"); !inside {
			return true, false
		}
	}
}
