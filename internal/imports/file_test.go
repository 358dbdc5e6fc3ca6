package imports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScanFile(t *testing.T) {
	for _, test := range []struct {
		name string
		src  string
		want string // the package clause, the imports, the problem
	}{
		{"no imports", "package p\n", "p 1:1-1:10"},
		{"no end of line", "package p", "p 1:1-1:10"},
		{"no end of line, keyword", "package p;func", "p 1:1-1:10"},
		{"licence first", "// Copyright\n\n/* and\nmore */ package p\nfunc f() {}\n", "p 4:9-4:18"},
		{"clause over two lines", "package\n\n\tp\n", "p 1:1-3:3"},
		{"single", "package p\nimport \"a/b\"\n", "p 1:1-1:10\n a/b 2:8-2:13 block 0"},
		{"semicolons", `package p;import"a";import("b";"c");var x int`,
			"p 1:1-1:10\n a 1:17-1:20 block 0\n b 1:28-1:31 block 1\n c 1:32-1:35 block 1"},
		{"block", "package p\n\nimport (\n\t\"a\"\n\tb \"bb\"\n\n\t. \"c\"\n\t_ `d`\n)\n\ntype T int\n",
			"p 1:1-1:10\n a 4:2-4:5 block 3\nb bb 5:2-5:8 block 3\n. c 7:2-7:7 block 3\n_ d 8:2-8:7 block 3"},
		{"empty blocks", "package p\nimport ()\nimport (\n)\nimport \"a\"\n", "p 1:1-1:10\n a 5:8-5:11 block 0"},
		{"cgo", "package p\n\n// #include <x.h>\nimport \"C\"\n", "p 1:1-1:10\n C 4:8-4:11 block 0"},
		{"Windows", "\ufeffpackage p\r\n\r\nimport (\r\n\t\"a\" // why\r\n)\r\n", "p 1:4-1:13\n a 4:2-4:5 block 3"},
		{"no white space", `package p;import."a";import("b")`, "p 1:1-1:10\n. a 1:17-1:21 block 0\n b 1:29-1:32 block 1"},
		{"comments everywhere",
			"package /* \n */ p // c\nimport /* ( */ // d\n ( /* \"no\" */ x /**/ \"a\" /* e */ ; // f\n// \"no\"\n\"b\" /* g\n*/ \"c\" )\n",
			"p 1:1-2:6\nx a 4:15-4:25 block 3\n b 6:1-6:4 block 3\n c 7:4-7:7 block 3"},
		{"comment ends line", "package p /*\n*/ import \"a\" /*\n*/ import \"b\"", "p 1:1-1:10\n a 2:11-2:14 block 0\n b 3:11-3:14 block 0"},
		{"Unicode", "package größe\nimport (\n\tπ2 \"ü/é\"\n\t_x9 \"b\"\n)\n", "größe 1:1-1:16\nπ2 ü/é 3:2-3:13 block 2\n_x9 b 4:2-4:9 block 2"},
		{"escapes", `package p; import "a\x2fb"; import "\u00fc"`, "p 1:1-1:10\n a/b 1:19-1:27 block 0\n ü 1:36-1:44 block 0"},
		{"raw over two lines", "package p\nimport `a\nb`; import `c`", "p 1:1-1:10\n a\nb 2:8-3:3 block 0\n c 3:12-3:15 block 0"},
		{"line directive", "//line y.y:100\npackage p\n/*line z:7:7*/ import \"a\"\n", "p 2:1-2:10\n a 3:23-3:26 block 0"},
		{"keyword in a word", "package p\nimport \"a\"\nvar imports, import_ int\n", "p 1:1-1:10\n a 2:8-2:11 block 0"},

		{"empty", "", "! 1:1: expected 'package', found 'EOF'"},
		{"only a comment", "// hello\n", "! 2:1: expected 'package', found 'EOF'"},
		{"not Go", "hello\n", "! 1:1: expected 'package', found hello"},
		{"keyword as name", "package func\n", "! 1:9: expected 'IDENT', found 'func'"},
		{"clause goes on", "package p import \"a\"\n", "p 1:1-1:10\n! 1:11: expected ';', found 'import'"},
		{"no path", "package p\nimport \"a\"\nimport x\nimport \"b\"\n", "p 1:1-1:10\n a 2:8-2:11 block 0\n b 4:8-4:11 block 0\n! 3:9: missing import path"},
		{"path on the next line", "package p\nimport (\n\tx\n\t\"a\"\n)\n", "p 1:1-1:10\n a 4:2-4:5 block 2\n! 3:3: missing import path"},
		{"number as path", "package p\nimport 1\n", "p 1:1-1:10\n! 2:8: import path must be a string"},
		{"open string", "package p\nimport (\n\t\"a\"\n\t\"b\n)\n", "p 1:1-1:10\n a 3:2-3:5 block 2\n! 4:2: string literal not terminated"},
		{"open raw string", "package p\nimport `a", "p 1:1-1:10\n! 2:8: raw string literal not terminated"},
		{"open comment", "package p\nimport \"a\"\n/* b", "p 1:1-1:10\n a 2:8-2:11 block 0\n! 3:1: comment not terminated"},
		{"open block", "package p\nimport (\n\t\"a\"\n", "p 1:1-1:10\n a 3:2-3:5 block 2\n! 4:1: expected ')', found 'EOF'"},
		{"two on a line", "package p\nimport \"a\" \"b\"\n", "p 1:1-1:10\n a 2:8-2:11 block 0\n! 2:12: expected ';', found \"b\""},
		{"bad escape", "package p\nimport \"a\\q\"\nimport \"b\"\n", "p 1:1-1:10\n b 3:8-3:11 block 0\n! 2:11: unknown escape sequence"},
		{"NUL", "package p\n// \x00\nimport \"a\"\n", "p 1:1-1:10\n a 3:8-3:11 block 0\n! 2:4: illegal character NUL"},
		{"not UTF-8", "package p\n// \xff\nimport \"a\"\n", "p 1:1-1:10\n a 3:8-3:11 block 0\n! 2:4: illegal UTF-8 encoding"},
		{"late byte order mark", "package p\n// \ufeff\nimport \"a\"\n", "p 1:1-1:10\n a 3:8-3:11 block 0\n! 2:4: illegal byte order mark"},
		{"binary", "\x7fELF" + strings.Repeat("\x00\xff", 99), "! 1:5: binary data, not Go source"},
		{"binary below", "package p\nimport \"a\"\n\x01" + strings.Repeat("\x00\xff", 99), "p 1:1-1:10\n a 2:8-2:11 block 0\n! 3:2: binary data, not Go source"},
		{"misspelled keyword", "package p\nimport \"a\"\nimprot \"b\"\n", "p 1:1-1:10\n a 2:8-2:11 block 0\n! 3:1: expected declaration, found improt"},
		{"bad line directive", "package p\n\n//line y.y:0\nimport \"a\"\n", "p 1:1-1:10\n a 4:8-4:11 block 0\n! 3:12: invalid line number: 0"},
		{"error below line directive", "//line y.y:100\npackage p\nimport 1\n", "p 2:1-2:10\n! 3:8: import path must be a string"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, problems := ScanFile("x.go", []byte(test.src), false)
			if diff := cmp.Diff(test.want, describe(f, problems)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := compare("x.go", []byte(test.src)); diff != "" {
				t.Errorf("-go/parser +imports\n%s", diff)
			}
		})
	}
}

// describe writes a file as the tests above expect it.
func describe(f *File, problems []Problem) string {
	var lines []string
	if f.PackageName != "" {
		lines = append(lines, fmt.Sprintf("%s %s", f.PackageName, span(f.Package)))
	}
	for _, im := range f.Imports {
		lines = append(lines, fmt.Sprintf("%s %s %s block %d", im.Name, im.Path, span(im.Range), im.BlockLine))
	}
	for _, p := range problems {
		lines = append(lines, fmt.Sprintf("! %d:%d: %s", p.Line, p.Column, p.Message))
	}
	return strings.Join(lines, "\n")
}

func span(r Range) string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Line, r.Column, r.EndLine, r.EndColumn)
}

// An error after ten others must not take away the imports before it.
func TestManyErrors(t *testing.T) {
	src := "package p\nimport \"a\"\nimport (\n" + strings.Repeat("\t5\n", 20) + ")\n"
	f, problems := ScanFile("x.go", []byte(src), false)
	want := "p 1:1-1:10\n a 2:8-2:11 block 0\n! 4:2: import path must be a string"
	if diff := cmp.Diff(want, describe(f, problems)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWhole(t *testing.T) {
	src := "package p\nimport \"a\"\nfunc f() {\n\treturn 1 2\n}\n"
	f, problems := ScanFile("x.go", []byte(src), false)
	if want := "p 1:1-1:10\n a 2:8-2:11 block 0"; describe(f, problems) != want {
		t.Errorf("head: got\n%s\nwant\n%s", describe(f, problems), want)
	}
	f, problems = ScanFile("x.go", []byte(src), true)
	want := "p 1:1-1:10\n a 2:8-2:11 block 0\n! 4:11: expected ';', found 2"
	if diff := cmp.Diff(want, describe(f, problems)); diff != "" {
		t.Errorf("whole: -want +got\n%s", diff)
	}
}

func TestComments(t *testing.T) {
	const src = "\ufeff//boundaries:file-ignore a\n" + // 1
		"// not ours\n" +
		"package p // boundaries:ignore b \r\n" + // 3
		"\n" +
		"//boundaries:ignore c\n" + // 5: for 8
		"// comments between\n" +
		"/* of any kind */\n" +
		"import (\n" +
		"\t//boundaries:ignore d\n" + // 9: blank line follows
		"\n" +
		"\t\"//boundaries:no\" /* //boundaries:no */ //boundaries:ignore e\n" + // 11
		"\t//boundaries:ignore f\n" + // 12: for the parenthesis
		")\n" +
		"//boundaries: \n" + // 14
		"//boundariesx:no\n" +
		"//  boundaries:no\n" +
		"func f() {\n" +
		"\tg() //boundaries:ignore g\n" + // 18
		"\t_ = `\n//boundaries:no\n`\n" +
		"} //boundaries:ignore h" // 22
	head := []Comment{
		{"//boundaries:file-ignore a", 1, 4, 30, true, true, 3},
		{"// boundaries:ignore b ", 3, 11, 34, false, false, 0},
		{"//boundaries:ignore c", 5, 1, 22, true, false, 8},
		{"//boundaries:ignore d", 9, 2, 23, true, false, 0},
		{"//boundaries:ignore e", 11, 42, 63, false, false, 0},
		{"//boundaries:ignore f", 12, 2, 23, true, false, 13},
		{"//boundaries: ", 14, 1, 15, true, false, 17},
	}
	body := []Comment{
		{"//boundaries:ignore g", 18, 6, 27, false, false, 0},
		{"//boundaries:ignore h", 22, 3, 24, false, false, 0},
	}
	f, problems := ScanFile("x.go", []byte(src), false)
	if diff := cmp.Diff(head, f.Comments); diff != "" || problems != nil {
		t.Errorf("head: -want +got\n%s%v", diff, problems)
	}
	f, problems = ScanFile("x.go", []byte(src), true)
	if diff := cmp.Diff(append(head, body...), f.Comments); diff != "" || problems != nil {
		t.Errorf("whole: -want +got\n%s%v", diff, problems)
	}
	f, _ = ScanFile("x.go", []byte(strings.Replace(src, "func", "funk", 1)), false)
	if diff := cmp.Diff(head, f.Comments); diff != "" {
		t.Errorf("with a syntax error: -want +got\n%s", diff)
	}
}

// A head that is cut off is short, never something else.
func TestPrefixes(t *testing.T) {
	const src = "\ufeff// c\npackage größe /* d */\nimport (\n\tπ \"a\" // e\n\t. `b`\n)\nimport \"ü\";import _ \"d\"\n// f\n\nfunction"
	var h head
	h.intern = func(b []byte) string { return string(b) }
	for n := range len(src) {
		if v := h.read([]byte(src[:n]), false); v != short {
			t.Errorf("verdict %d of %q", v, src[:n])
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, src := range []string{
		"package p\n\nimport (\n\t\"a\"\n\tb \"c\" // d\n\t. `e`\n)\n\nfunc f() {}\n",
		"\ufeff// c\r\npackage /* \n */ p;import\"a\";import(_ \"b\";π\"\\u00fc\")\r\n",
		"//line x.y:7\npackage p\n/*line :8*/import \"a\" //boundaries:ignore b c\n",
		"package p import\nimport ( ; \"a\" \"b\n)`c",
	} {
		f.Add([]byte(src), uint16(len(src)/2))
	}
	f.Fuzz(func(t *testing.T, src []byte, cut uint16) {
		if diff := compare("x.go", src); diff != "" {
			t.Errorf("%q: -go/parser +imports\n%s", src, diff)
		}
		ScanFile("x.go", src, true)

		// What is concluded from a prefix is true of the file.
		part := head{intern: func(b []byte) string { return string(b) }}
		all := part
		if part.read(src[:min(int(cut), len(src))], false) != done {
			return
		}
		if all.read(src, true) != done {
			t.Fatalf("%q: the first %d bytes are right, all are not", src, cut)
		}
		if diff := cmp.Diff(all.imports, part.imports); diff != "" || all.name != part.name || all.clause != part.clause {
			t.Errorf("%q: the first %d bytes read otherwise: -all +part\n%s", src, cut, diff)
		}
	})
}
