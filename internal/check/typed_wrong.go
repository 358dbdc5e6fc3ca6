package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// failures reports what keeps packages from being built without being wrong
// at some place in Go code, as a C compiler that is not there.
func (t *types) failures(module, said string) []report.Finding {
	var all []report.Finding
	for _, f := range buildFailures(said) {
		why := report.Finding{File: join(module, "go.mod"), Message: fmt.Sprintf("the go command fails at %s: %s", f.pkg, oneLine(f.said))}
		if pkg := t.packageAt(t.law.Locate(f.pkg, module).Dir); pkg != nil {
			if at := heads(pkg); len(at) > 0 {
				why.File = at[0].Path
			}
		}
		all = append(all, why)
	}
	return all
}

// loop reports a loop of imports, where its first package imports the next.
func (t *types) loop(module string, loop []string) {
	f := report.Finding{File: join(module, "go.mod")}
	for i, importPath := range loop[1:] {
		pkg := t.packageAt(t.law.Locate(loop[i], module).Dir)
		if pkg == nil {
			continue
		}
		t.told[pkg.Dir] = true
		for _, file := range pkg.Files {
			for _, spec := range file.Imports {
				if spec.Path == importPath && !file.Test() && f.Line == 0 {
					f.File, f.Line, f.Column = file.Path, spec.Line, spec.Column
				}
			}
		}
	}
	t.incomplete(f, "import cycle not allowed: "+strings.Join(loop, " → "))
}

// mistake reports what the go command or the compiler says is wrong with the
// source: at its place, or where the package begins whose loading it spoils.
func (t *types) mistake(f report.Finding) {
	if t.mereTest(f.File) {
		return
	}
	if pkg := t.packageAt(f.Package); f.File == "" && f.Package != "" && pkg != nil {
		f.File = pkg.Files[0].Path
	}
	t.incomplete(f, f.Message)
}

// mereTest reports whether a file is a test and no rule needs its types.
func (t *types) mereTest(name string) bool {
	return strings.HasSuffix(name, "_test.go") && !t.config.Contracts.Tests
}

// unknown reports that there is no answer about some packages, in the words
// of the go command.
func (t *types) unknown(module string, dirs []string, said string) {
	t.incomplete(report.Finding{File: join(module, "go.mod")},
		fmt.Sprintf("the types of %s are unknown, because go vet failed: %s", some(dirs), oneLine(said)))
}

// incomplete reports why an answer is missing, at a place in the tree or, if
// there is none, in the configuration. What the scan has said of a file
// already, in its own words, is not said again, and neither is what somebody
// else has said of the same line.
func (t *types) incomplete(at report.Finding, message string) {
	line := fmt.Sprintf("%s:%d", at.File, at.Line)
	if at.File != "" {
		t.told[dirOf(at.File)] = true
	}
	if t.told[line] || slices.ContainsFunc(t.tree.Problems, func(p imports.Problem) bool { return p.File == at.File }) {
		return
	}
	t.told[line] = at.Line > 0
	if at.File == "" || at.File == ".." || strings.HasPrefix(at.File, "../") {
		at.File = t.config.File
	}
	t.findings = append(t.findings, incomplete(imports.Problem{File: at.File, Line: at.Line, Column: at.Column, Message: oneLine(message)}))
}

// some names the first of a list.
func some(dirs []string) string {
	if len(dirs) == 1 {
		return dirs[0]
	}
	return fmt.Sprintf("%s and %d more", dirs[0], len(dirs)-1)
}

// oneLine makes one line of what the go command said.
func oneLine(said string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
			continue
		case n == 4:
			return b.String() + " …"
		case n > 0 && strings.HasSuffix(b.String(), ":"):
			b.WriteString(" ")
		case n > 0:
			b.WriteString("; ")
		}
		b.WriteString(line)
		n++
	}
	return b.String()
}
