package imports

import (
	"cmp"
	"slices"
	"strings"
)

// A Tree is what [Scan] found below a root. All its paths are relative to
// Root and use slashes; "." is the root itself. All its lists are sorted, so
// that the same tree gives the same Tree, whatever the parallelism.
type Tree struct {
	Root         string     // absolute; symbolic links in it are not resolved, so that it reads as the user wrote it
	GoModules    []GoModule // by Dir
	Packages     []*Package // by Dir: the directories with at least one .go file
	Dirs         []string   // every directory that was looked at; see HasDir
	NestedRoots  []string   // directories with a boundaries.toml of their own, which were not looked into
	ProductFiles []string   // the product.toml files
	Beyond       []string   // the paths of Go modules that directives lead to outside the tree, and of the one around it
	Problems     []Problem  // by file, line and column
}

// HasDir says whether the directory dir exists in the tree and was looked at.
func (t *Tree) HasDir(dir string) bool {
	_, found := slices.BinarySearch(t.Dirs, dir)
	return found
}

// A GoModule is what a go.mod declares: the import path of a directory, which
// holds for everything below it up to the next go.mod.
type GoModule struct {
	Path    string // import path of Dir. It is the module path, unless the go.mod lies above the root
	Dir     string // the directory of its go.mod; "." if that lies above the root
	Replace []Replace
}

// A Replace is a replace directive that leads to a directory of the tree, of
// a module's own go.mod or of the go.work around it. By Old, one for each.
type Replace struct {
	Old string // the module path that is replaced, in whichever version
	Dir string // the directory that stands in for it
}

// A Package is a directory with at least one .go file. The files of its
// external test package (package x_test) belong to it as well.
type Package struct {
	Dir        string
	GoModule   int     // index into Tree.GoModules; -1 if no readable go.mod governs Dir
	ImportPath string  // "" if GoModule is -1
	Files      []*File // by name
}

// A File is the head of a Go file. If the file has a [Problem], it holds what
// could be read nevertheless, perhaps nothing.
type File struct {
	Path        string
	PackageName string
	Package     Range // from the keyword package to the end of the name
	Imports     []Import
	Comments    []Comment
}

// Test says whether the go command takes f for a test file.
func (f *File) Test() bool { return strings.HasSuffix(f.Path, "_test.go") }

// A Range is a part of a file: 1-based lines, 1-based columns in bytes, its
// end exclusive. It is physical: //line directives do not move it.
type Range struct {
	Line, Column, EndLine, EndColumn int
}

// An Import is one import spec. Its Range is that of the spec, the name
// included.
type Import struct {
	Name string // "", ".", "_" or an identifier
	Path string // unquoted
	Range
	BlockLine int // the line of the "import (" around it; 0 if it stands alone
}

// A Comment is a line comment addressed to us: it begins with //boundaries:
// or // boundaries: and lies in the part of the file that was read.
type Comment struct {
	Text                    string // with its slashes, without the end of its line
	Line, Column, EndColumn int
	OwnLine                 bool // nothing but white space stands before it
	BeforePackage           bool // it stands before the package clause

	// NextCode is the line of the code that a comment on its own line stands
	// above: of the next token which is not a comment, if no blank line comes
	// between. Otherwise 0.
	NextCode int
}

// A Problem is something that could not be read or parsed.
type Problem struct {
	File         string // or directory. Above the root it begins with ../
	Line, Column int    // 0: all of it
	Message      string
}

func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Message, b.Message),
	)
}
