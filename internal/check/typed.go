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
	t := &types{run: r, need: map[string]*imports.Package{}, reported: map[string]bool{}, seen: map[string]bool{}, files: map[string]bool{}, told: map[string]bool{}}
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
	for _, e := range r.errands(need) {
		t.do(ctx, v, e)
	}
}

// An errand is packages that one go command can be asked about, by their
// directories, in the directory of a Go module.
type errand struct {
	module string
	dirs   []string
}

// errands divides packages. The Go modules that a go.work uses are one errand.
func (r *run) errands(need []*imports.Package) []errand {
	var all []errand
	at := map[string]int{}
	for i, m := range r.tree.GoModules {
		var dirs []string
		for _, pkg := range need {
			if pkg.GoModule == i {
				dirs = append(dirs, pkg.Dir)
			}
		}
		if len(dirs) == 0 {
			continue
		}
		dir := filepath.Join(r.config.Dir, filepath.FromSlash(m.Dir))
		work, governed := imports.WorkFile(dir)
		if used, _ := imports.Workspace(dir); !governed || !uses(used, dir) {
			work = dir
		}
		if known, ok := at[work]; ok {
			all[known].dirs = append(all[known].dirs, dirs...)
			continue
		}
		at[work] = len(all)
		all = append(all, errand{m.Dir, dirs})
	}
	return all
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
	reported map[string]bool             // the directories of which there is a report, not only about external tests
	seen     map[string]bool             // the files of which a report tells, if only that they are not built here
	files    map[string]bool             // the files that were looked at
	told     map[string]bool             // the lines, as FILE:LINE, and the directories that are known to be incomplete
	mistaken bool                        // something is wrong with what reports are about
}

// do does one errand.
//
// go vet gives up at once if one package cannot be loaded, because it imports
// what does not exist or is excluded by its build constraints. Then the go
// command is asked which those are, and go vet once more about the others.
//
// And it hands over no package that imports, over any number of others, what
// does not compile. Somebody else's mistake must not silence a surface, so
// those are type-checked from source.
func (t *types) do(ctx context.Context, v *vet, e errand) {
	said := v.run(ctx, e.module, e.dirs, t.add)
	missing := t.missing(e.dirs)
	if len(missing) == 0 || ctx.Err() != nil {
		return
	}
	l, err := v.list(ctx, e.module, missing)
	if err != nil {
		t.unknown(e.module, missing, said)
		return
	}
	if len(l.sound) < len(missing) {
		said = v.run(ctx, e.module, l.sound, t.add)
	}
	if len(t.missing(l.sound)) > 0 {
		l.why = append(l.why, v.compileErrors(e.module, said)...)
		l.why = append(l.why, t.failures(e.module, said)...)
	}
	for _, loop := range l.loops {
		t.loop(e.module, loop)
	}
	for _, f := range l.why {
		t.mistake(f)
	}
	if missing = append(t.missing(l.sound), t.missing(l.unsound)...); len(missing) > 0 {
		t.fromSource(ctx, v, e.module, missing, said)
	}
}

// fromSource runs the rules over packages that go vet does not hand over. Of
// those that cannot be looked at even so it says why, unless something is said
// of them already. So are mistakes, most of which are but the consequences of
// what the go command has said. Where a type is missing a rule may find too
// little, so no file counts as looked at, as long as there is a mistake.
func (t *types) fromSource(ctx context.Context, v *vet, module string, dirs []string, said string) {
	t.mistaken = len(t.told) > 0
	defer func() { t.mistaken = false }()
	add := func(r vetunit.Report) {
		if pkg := t.asked(r); pkg != nil && t.told[pkg.Dir] {
			r.Errors = nil
		}
		t.add(r)
	}
	if wrong := v.source(ctx, module, dirs, add); wrong != "" {
		said = wrong
	}
	silent := slices.DeleteFunc(t.missing(dirs), func(dir string) bool { return t.told[dir] })
	if len(silent) > 0 && ctx.Err() == nil {
		t.unknown(module, silent, said)
	}
}

func (t *types) missing(dirs []string) []string {
	return slices.DeleteFunc(slices.Clone(dirs), func(dir string) bool { return t.answered(t.packageAt(dir)) })
}

// answered reports whether all has come that was asked of a package. If tests
// count that is all of its files: go vet tells of a package without its tests,
// too, where others import it, and of external tests apart.
func (t *types) answered(pkg *imports.Package) bool {
	unseen := func(f *imports.File) bool { return f.Test() && !t.seen[f.Path] }
	return t.reported[pkg.Dir] && (!t.config.Contracts.Tests || onlyExternalTests(pkg) || !slices.ContainsFunc(pkg.Files, unseen))
}

func onlyExternalTests(pkg *imports.Package) bool {
	return !slices.ContainsFunc(pkg.Files, func(f *imports.File) bool { return !external(f) })
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
	if r.Package == pkg.ImportPath || onlyExternalTests(pkg) {
		t.reported[pkg.Dir] = true
	}
	for _, name := range slices.Concat(r.Files, r.Ignored) {
		t.seen[join(pkg.Dir, name)] = true
	}
	if i := slices.IndexFunc(r.Findings, func(f report.Finding) bool { return f.Rule == rule.BadConfig }); i >= 0 {
		t.incomplete(report.Finding{File: t.config.File, Line: 1, Column: 1}, "the configuration was edited while it was at work: "+r.Findings[i].Message+"; run it again")
		return
	}
	for _, name := range r.Files {
		if !t.mistaken {
			t.files[join(pkg.Dir, name)] = true
		}
	}
	place := t.law.LocateDir(pkg.Dir, pkg.ImportPath)
	for _, f := range r.Findings {
		f.Package, f.Module = place.Path, place.Owner()
		if i := strings.LastIndex(f.Target, "."); i > 0 {
			f.TargetModule = t.law.Locate(f.Target[:i], pkg.Dir).Owner()
		}
		if f.File = t.file(pkg, f.File); f.File == "" {
			continue // in nothing of ours
		}
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
		switch {
		case t.mereTest(f.File), strings.HasPrefix(f.Message, "\t"): // which goes on with the one before
			continue
		case len(t.told) > 0 && strings.HasPrefix(f.Message, vetunit.NoCgo): // for a reason that was told
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
