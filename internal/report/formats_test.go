package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // for its schema
	"github.com/xeipuuv/gojsonschema"

	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// sample is a repository with a root below it, and findings that are hard to
// write down: columns behind letters of more than one byte, words that every
// format means something by, and no line at all.
func sample(t *testing.T) (*report.Base, []report.Finding) {
	t.Helper()
	repository := t.TempDir()
	root := filepath.Join(repository, "go", "mono")
	for _, dir := range []string{filepath.Join(repository, ".git"), filepath.Join(root, "a b")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	src := "package a\n/* é𝄞 */ import _ \"x\"\n"
	if err := os.WriteFile(filepath.Join(root, "a b", "a.go"), []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	return report.NewBase(root), []report.Finding{
		{
			Rule: rule.PrivateImport, Severity: rule.Error, File: "a b/a.go", Line: 2, Column: 23, EndLine: 2, EndColumn: 26,
			Package: "example.com/a b", Target: "x", Subject: "x", Message: "50% <of>: \"x, y\" & 'z'; import w", Help: "import w",
			Related: []report.Related{{File: "boundaries.toml", Line: 3, Column: 1, Message: "the interfaces"}},
		},
		{Rule: rule.DeprecatedDependency, Severity: rule.Warn, File: "a b/a.go", Line: 1, Column: 1, EndLine: 3, EndColumn: 1, Package: "example.com/a b", Message: "two\r\nlines\x01"},
		{Rule: rule.Incomplete, Severity: rule.Error, File: "gone.go", Message: "cannot be read"},
	}
}

func TestSARIF(t *testing.T) {
	base, findings := sample(t)
	pages := []report.RulePage{{rule.PrivateImport, rule.Error, "A title.", "A page."}, {rule.DeprecatedDependency, rule.Warn, "Another.", "Page."}}
	var out bytes.Buffer
	if err := (report.SARIF{Base: base, Version: "v1", Rules: pages}).Write(&out, findings); err != nil {
		t.Fatal(err)
	}
	validate(t, out.Bytes())
	for _, want := range []string{
		`"uri": "go/mono/a%20b/a.go"`,
		`"startColumn": 20`, // byte 23, but é is two bytes, and 𝄞, which is two units, four
		`"text": "50% <of>: \"x, y\" & 'z'; import w"`,
		`"executionSuccessful": false`,
		`"level": "warning"`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

// validate holds a document to the official schema.
func validate(t *testing.T, document []byte) {
	t.Helper()
	result, err := gojsonschema.Validate(gojsonschema.NewStringLoader(schema(t)), gojsonschema.NewBytesLoader(document))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range result.Errors() {
		t.Errorf("%s in\n%s", wrong, document)
	}
}

// schema returns the official schema of SARIF 2.1.0, which go-sarif carries
// in its source.
func schema(t *testing.T) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && text == "" {
			text, err = strconv.Unquote(lit.Value)
		}
		return true
	})
	if err != nil || !strings.Contains(text, "SARIF") {
		t.Fatalf("no schema in schema.go: %v", err)
	}
	return text
}

func TestNoFindings(t *testing.T) {
	base, _ := sample(t)
	var out bytes.Buffer
	if err := (report.SARIF{Base: base, OK: true}).Write(&out, nil); err != nil {
		t.Fatal(err)
	}
	validate(t, out.Bytes())
	out.Reset()
	if err := report.WriteGitHub(&out, base, nil); err != nil || out.Len() > 0 {
		t.Errorf("github: %v, %q", err, out.String())
	}
	if err := report.WriteCheckstyle(&out, base, nil); err != nil || !strings.Contains(out.String(), "<checkstyle") {
		t.Errorf("checkstyle: %v, %q", err, out.String())
	}
}

func TestGitHub(t *testing.T) {
	base, findings := sample(t)
	var out bytes.Buffer
	if err := report.WriteGitHub(&out, base, findings); err != nil {
		t.Fatal(err)
	}
	want := `::error title=boundaries%3A private-import,file=go/mono/a b/a.go,line=2,col=23,endColumn=26::50%25 <of>: "x, y" & 'z'; import w (private-import)
::warning title=boundaries%3A deprecated-dependency,file=go/mono/a b/a.go,line=1,endLine=3::two%0D%0Alines` + "\x01" + ` (deprecated-dependency)
::error title=boundaries%3A incomplete,file=go/mono/gone.go::cannot be read (incomplete)
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestCheckstyle(t *testing.T) {
	base, findings := sample(t)
	var out bytes.Buffer
	if err := report.WriteCheckstyle(&out, base, findings); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Files []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Line    string `xml:"line,attr"`
				Message string `xml:"message,attr"`
				Source  string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	if err := xml.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	if len(doc.Files) != 2 || doc.Files[0].Name != "go/mono/a b/a.go" || len(doc.Files[0].Errors) != 2 {
		t.Errorf("got %+v", doc)
	}
	if got := doc.Files[0].Errors[0]; got.Message != findings[0].Message || got.Source != "boundaries.private-import" || got.Line != "2" {
		t.Errorf("got %+v", got)
	}
}

func TestFingerprintsSurviveMoves(t *testing.T) {
	_, findings := sample(t)
	findings = append(findings, findings[0]) // twice in one package
	before := report.Fingerprints(findings)
	for i := range findings {
		if findings[i].Package != "" {
			findings[i].Line += 40
			findings[i].File = "a b/renamed.go"
			findings[i].Message = "said in other words"
		}
	}
	if diff := cmp.Diff(before, report.Fingerprints(findings)); diff != "" {
		t.Error(diff)
	}
	seen := map[string]bool{}
	for _, name := range before {
		if seen[name] {
			t.Errorf("%s names two findings", name)
		}
		seen[name] = true
	}
}

func FuzzFormats(f *testing.F) {
	f.Add("a.go", "m; x", "rule", 1, 2, 3, 4)
	f.Add("ü :%,\n.go", "]]>\x00\xff::%0A", "", -1, 0, 9, -2)
	f.Fuzz(func(t *testing.T, file, message, name string, line, column, endLine, endColumn int) {
		base := report.NewBase(t.TempDir())
		findings := []report.Finding{{Rule: name, File: file, Message: message, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}}
		var out bytes.Buffer
		if err := (report.SARIF{Base: base}).Write(&out, findings); err != nil || !json.Valid(out.Bytes()) {
			t.Errorf("sarif: %v, %s", err, out.Bytes())
		}
		out.Reset()
		if err := report.WriteGitHub(&out, base, findings); err != nil || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
			t.Errorf("github: %v, %q", err, out.Bytes())
		}
		out.Reset()
		if err := report.WriteCheckstyle(&out, base, findings); err != nil || xml.Unmarshal(out.Bytes(), new(struct{})) != nil {
			t.Errorf("checkstyle: %v, %q", err, out.Bytes())
		}
	})
}
