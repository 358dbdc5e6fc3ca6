package check

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// typedRules runs the rules that ask for types, over exactly the packages
// that they need, as go vet runs with this program as its tool. So it is Go's
// own build cache that remembers, and only what has changed is type-checked.
//
// What cannot be type-checked is reported as incomplete, and so is all of it
// where there is no go command.
func (r *run) typedRules(ctx context.Context, selected map[string]bool) {
	need := r.needTypes(selected)
	t := &types{run: r, need: map[string]*imports.Package{}, reported: map[string]bool{}, files: map[string]bool{}, told: map[string]bool{}}
	for _, pkg := range need {
		t.need[pkg.ImportPath] = pkg
	}
	r.types = t
	if len(need) == 0 {
		return
	}
	v, err := newVet(r.opt, r.config, func() { r.progress(len(t.reported), len(need)) })
	if err != nil {
		t.incomplete(report.Finding{}, fmt.Sprintf("%v, so nobody looked for what only types show; install go or run with --imports", err))
		return
	}
	r.progress(0, len(need))
	for i, m := range r.tree.GoModules {
		var dirs []string
		for _, pkg := range need {
			if pkg.GoModule == i {
				dirs = append(dirs, pkg.Dir)
			}
		}
		if len(dirs) > 0 {
			t.module(ctx, v, m, dirs)
		}
	}
}

// progress tells who wants to know how many packages are done.
func (r *run) progress(done, of int) {
	if r.opt.Progress != nil {
		r.opt.Progress(done, of)
	}
}

// types is the state of the typed half of a run.
type types struct {
	*run
	need     map[string]*imports.Package // by import path
	reported map[string]bool             // the directories with a report
	files    map[string]bool             // the files that were looked at
	told     map[string]bool             // the lines, as FILE:LINE, and the directories that are known to be incomplete
}

// module runs the rules over packages of one Go module, given by their
// directories.
//
// go vet gives up at once if one package cannot be loaded, because it imports
// what does not exist or is excluded by its build constraints. Then the go
// command is asked which those are, and go vet once more about the others.
// It may also tell nothing of a package that it has seen as a dependency of
// another before; then it is asked by another key.
//
// And it hands over no package that imports, over any number of others, what
// does not compile. Somebody else's mistake must not silence a surface, so
// those are type-checked from source.
func (t *types) module(ctx context.Context, v *vet, m imports.GoModule, dirs []string) {
	said := v.run(ctx, m.Dir, dirs, "1", t.add)
	missing := t.missing(dirs)
	if len(missing) == 0 || ctx.Err() != nil {
		return
	}
	sound, unsound, why, err := v.list(ctx, m.Dir, missing)
	if err != nil {
		t.unknown(m, missing, said)
		return
	}
	if len(sound) < len(missing) {
		said = v.run(ctx, m.Dir, sound, "1", t.add)
	}
	if len(t.missing(sound)) > 0 {
		said = v.run(ctx, m.Dir, t.missing(sound), "2", t.add)
	}
	if len(t.missing(sound)) > 0 {
		why = append(why, v.compileErrors(m.Dir, said)...)
	}
	for _, f := range why {
		t.mistake(f)
	}
	if missing = append(t.missing(sound), t.missing(unsound)...); len(missing) > 0 {
		t.fromSource(ctx, v, m, missing, said)
	}
}

// fromSource runs the rules over packages that go vet does not hand over. Of
// those that cannot be looked at even so it says why, unless something is said
// of them already. So are mistakes, most of which are but the consequences of
// what the go command has said. Where a type is missing a rule may find too
// little, so no file counts as looked at, as long as there is a mistake.
func (t *types) fromSource(ctx context.Context, v *vet, m imports.GoModule, dirs []string, said string) {
	mistaken := len(t.told) > 0
	add := func(r vetunit.Report) {
		if mistaken {
			r.Files = nil
		}
		if pkg := t.asked(r); pkg != nil && t.told[pkg.Dir] {
			r.Errors = nil
		}
		t.add(r)
	}
	if wrong := v.source(ctx, m.Dir, dirs, add); wrong != "" {
		said = wrong
	}
	silent := slices.DeleteFunc(t.missing(dirs), func(dir string) bool { return t.told[dir] })
	if len(silent) > 0 && ctx.Err() == nil {
		t.unknown(m, silent, said)
	}
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
func (t *types) unknown(m imports.GoModule, dirs []string, said string) {
	t.incomplete(report.Finding{File: join(m.Dir, "go.mod")},
		fmt.Sprintf("the types of %s are unknown, because go vet failed: %s", some(dirs), oneLine(said)))
}

func (t *types) missing(dirs []string) []string {
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool { return t.reported[dir] })
}

// asked returns the package that a report is about, or nil if nobody asked for
// it.
func (t *types) asked(r vetunit.Report) *imports.Package {
	if pkg := t.need[r.Package]; pkg != nil {
		return pkg
	}
	return t.need[strings.TrimSuffix(r.Package, "_test")]
}

// add takes the report of one package. go vet may also tell of packages that
// it was not asked about.
func (t *types) add(r vetunit.Report) {
	pkg := t.asked(r)
	if pkg == nil {
		return
	}
	t.reported[pkg.Dir] = true
	if i := slices.IndexFunc(r.Findings, func(f report.Finding) bool { return f.Rule == rule.BadConfig }); i >= 0 {
		t.incomplete(report.Finding{File: t.config.File, Line: 1, Column: 1}, "the configuration was edited while it was at work: "+r.Findings[i].Message+"; run it again")
		return
	}
	for _, name := range r.Files {
		t.files[join(pkg.Dir, name)] = true
	}
	place := t.law.LocateDir(pkg.Dir, pkg.ImportPath)
	for _, f := range r.Findings {
		f.Package, f.Module = place.Path, place.Owner()
		if i := strings.LastIndex(f.Target, "."); i > 0 {
			f.TargetModule = t.law.Locate(f.Target[:i], pkg.Dir).Owner()
		}
		f.File = t.file(pkg, f.File)
		f.Related = slices.DeleteFunc(f.Related, func(at report.Related) bool { return t.file(pkg, at.File) == "" })
		for i := range f.Related {
			f.Related[i].File = t.file(pkg, f.Related[i].File)
		}
		for _, fix := range f.Fixes {
			for i := range fix.Edits {
				fix.Edits[i].File = t.file(pkg, fix.Edits[i].File)
			}
		}
		t.findings = append(t.findings, f)
	}
	for _, f := range r.Errors {
		if t.mereTest(f.File) || strings.HasPrefix(f.Message, "\t") { // which goes on with the one before
			continue
		}
		f.File = t.file(pkg, f.File)
		t.incomplete(f, f.Message)
	}
}

// file returns the path below the root of a file that a report names: by its
// base name if it is of the package, else by its full one. It is "" for a file
// elsewhere.
func (t *types) file(pkg *imports.Package, name string) string {
	if !filepath.IsAbs(name) {
		return join(pkg.Dir, name)
	}
	rel, _ := inside(t.config.Dir, name)
	return rel
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

// looked reports whether a rule has looked at a file, or had no need to. A
// file that is not built here cannot be looked at.
func (t *types) looked(name, file string) bool {
	if !typedRule(name) || t.files[file] {
		return true
	}
	pkg := t.packageAt(dirOf(file))
	return pkg == nil || t.need[pkg.ImportPath] == nil
}

func join(dir, name string) string { return path.Join(dir, filepath.ToSlash(name)) }

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
