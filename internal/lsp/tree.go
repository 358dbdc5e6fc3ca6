package lsp

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
)

// Here is how a root comes to its configuration and its tree.

// reconfigure reads the configuration and returns the tree under it. While
// the configuration is wrong the last right one stays in force: who edits it
// sees there what is wrong.
func (r *root) reconfigure(memory *check.Memory, configs, open state) *check.Memory {
	c, problems := config.Load(r.file, configs.overlay())
	r.config, r.problems, r.onDisk = c, problems, saved{c.Digest, problems}
	if len(configs.texts) > 0 {
		r.onDisk = r.saved()
	}
	if len(problems) > 0 && !r.s.governs(r.file) {
		c.Digest = "" // so that it is news if it comes back before the root is gone, too
		return memory
	}
	r.showProblems(configs)
	if len(problems) > 0 {
		return memory
	}
	if memory != nil {
		if same, ok := memory.Under(c); ok {
			if r.scan.again {
				r.rescan(open)
			}
			return same
		}
	}
	r.rescan(open)
	return check.Glimpse(c, r.options(open))
}

// A saved is what the configuration is without what is not saved.
type saved struct {
	digest   string
	problems []config.Problem
}

// saved reads the configuration as every other driver would. One that is not
// there is not wrong.
func (r *root) saved() saved {
	if _, err := os.Lstat(r.file); err != nil {
		return saved{}
	}
	c, problems := config.Load(r.file, nil)
	return saved{c.Digest, problems}
}

func (r *root) options(open state) check.Options {
	return check.Options{Config: r.file, Dir: r.dir, Overlay: open.overlay()}
}

// rescan has the tree read again, in the background: as soon as there is a
// configuration to read it under, and no other scan at work.
func (r *root) rescan(open state) {
	if r.config == nil || len(r.problems) > 0 || r.scan.running {
		r.scan.again = true
		return
	}
	r.scan.running, r.scan.again, r.scan.began = true, false, time.Now()
	r.scan.missed = map[string]bool{}
	c, opt := r.config, r.options(open)
	go func() {
		m, err := check.Remember(r.ctx, c, opt)
		if err != nil && r.ctx.Err() == nil {
			r.s.log(logError, err.Error())
		}
		s := scanned{memory: m}
		if m != nil {
			s.stamps = stampsOf(m)
		}
		r.scan.result <- s
	}()
}

// A scanned is what a scan has found out.
type scanned struct {
	memory *check.Memory    // nil if it failed
	stamps map[string]stamp // of the Go files
}

// A stamp is what of a file changes with its contents, also below the imports.
type stamp struct{ size, modified int64 }

func stampsOf(m *check.Memory) map[string]stamp {
	stamps := map[string]stamp{}
	for _, pkg := range m.Tree().Packages {
		for _, f := range pkg.Files {
			if info, err := os.Stat(filepath.Join(m.Tree().Root, filepath.FromSlash(f.Path))); err == nil {
				stamps[f.Path] = stamp{info.Size(), info.ModTime().UnixNano()}
			}
		}
	}
	return stamps
}

// arrived takes in what a scan has read. What changed meanwhile, in the editor
// or on the disk, counts.
func (r *root) arrived(s scanned) {
	r.scan.running, r.scan.cost = false, time.Since(r.scan.began)
	r.compare(s.stamps)
	m, again := s.memory, r.scan.again
	if m != nil && len(r.problems) == 0 {
		var ok bool
		if m, ok = m.Under(r.config); !ok {
			again = true
		}
	}
	if len(r.scan.missed) > manyFiles {
		again = true
	}
	if again {
		r.later(func(t *todo) { t.rescan = true })
	}
	if m == nil {
		return // it will be tried again when something changes
	}
	mods := modsLookLike(m)
	required := r.scan.mods != "" && r.scan.mods != mods // perhaps other versions of what is imported
	r.scan.mods = mods
	m = m.Reread(r.missed()...)
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	m = m.With(r.snapshot(false).overlay())
	if r.memory != nil && !required && reflect.DeepEqual(r.memory.Tree(), m.Tree()) {
		return
	}
	r.memory = m
	r.todo.again = true
}

// missed returns the Go files that changed while the scan was running, unless
// they are so many that there will be another.
func (r *root) missed() []string {
	if len(r.scan.missed) > manyFiles {
		return nil
	}
	files := slices.Sorted(maps.Keys(r.scan.missed))
	return slices.DeleteFunc(files, func(rel string) bool { return !isGo(rel) })
}

// compare notes which files are not as they were when the tree was read last.
func (r *root) compare(stamps map[string]stamp) {
	before := r.scan.stamps
	if stamps != nil {
		r.scan.stamps = stamps
	}
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	for file, now := range stamps {
		if then, known := before[file]; known && then != now {
			r.touch(filepath.Join(r.dir, filepath.FromSlash(file)))
		}
	}
}

// The pauses between two scans: at least one that depends on whether the editor
// tells of changes on the disk, and a multiple of what a scan costs. One that
// tells does not tell of everything: not of what lies outside its folders, nor
// of the files in a directory that was moved or deleted.
const (
	untoldRest, untoldShare = 5 * time.Second, 50
	toldRest, toldShare     = 10 * time.Second, 100
)

// patrol looks at what nobody may tell us of: the configuration, the go.mod
// files and, now and then, the Go files.
func (r *root) patrol() {
	r.s.mu.Lock()
	configs, memory, watched := r.snapshot(true), r.memory, r.s.watched
	r.s.mu.Unlock()
	if r.config == nil {
		return
	}
	c, _ := config.Load(r.file, configs.overlay())
	if c.Digest != r.config.Digest || len(configs.texts) > 0 && r.saved().digest != r.onDisk.digest {
		r.later(func(t *todo) { t.reconfigure = true })
	}
	if memory == nil || r.scan.running {
		return
	}
	rest, share := untoldRest, time.Duration(untoldShare)
	if watched {
		rest, share = toldRest, toldShare
	}
	old := time.Since(r.scan.began) > max(rest, share*r.scan.cost)
	if old || modsLookLike(memory) != r.scan.mods {
		r.later(func(t *todo) { t.rescan = true })
	}
}

// modsLookLike describes the files that say which import path lies where, so
// that a change of them is seen.
func modsLookLike(m *check.Memory) string {
	tree := m.Tree()
	var b strings.Builder
	see := func(file string) {
		if info, err := os.Stat(filepath.Join(tree.Root, filepath.FromSlash(file))); err == nil {
			fmt.Fprintln(&b, file, info.Size(), info.ModTime().UnixNano())
		}
	}
	see("go.mod")
	see("go.work")
	for _, mod := range tree.GoModules {
		see(mod.Dir + "/go.mod")
	}
	return b.String()
}
