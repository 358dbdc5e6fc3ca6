package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// attend finds out now and then which configuration governs what is open:
// one may have come into being, or be gone.
func (s *server) attend() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.assignRoots()
		}
	}
}

// governs reports whether a configuration file exists, on disk or open.
func (s *server) governs(file string) bool {
	s.mu.Lock()
	pg := s.pages[file]
	open := pg != nil && pg.open
	s.mu.Unlock()
	if open {
		return true
	}
	_, err := os.Lstat(file)
	return err == nil
}

// governing returns the configuration file for a directory, or "": the nearest
// above it, as config.Find has it, or one that is open and not yet saved. What
// it finds out about directories it notes in known.
func (s *server) governing(dir string, known map[string]string) string {
	if named := os.Getenv(config.EnvVar); named != "" {
		if file, err := filepath.Abs(named); err == nil && within(filepath.Dir(file), dir) {
			return file
		}
		return ""
	}
	if file, ok := known[dir]; ok {
		return file
	}
	file := filepath.Join(dir, config.FileName)
	if !s.governs(file) {
		file = ""
		if parent := filepath.Dir(dir); parent != dir {
			file = s.governing(parent, known)
		}
	}
	known[dir] = file
	return file
}

// assignRoots makes sure that every open file and every folder has the root
// it should have, and that no other root is left.
func (s *server) assignRoots() {
	s.mu.Lock()
	if s.phase != ready {
		s.mu.Unlock()
		return
	}
	dirs := map[string]string{} // to the configuration file
	for dir := range s.folders {
		dirs[dir] = ""
	}
	for file, pg := range s.pages {
		if pg.open {
			dirs[filepath.Dir(file)] = ""
		}
	}
	s.mu.Unlock()
	known := map[string]string{}
	for dir := range dirs {
		dirs[dir] = s.governing(dir, known)
	}
	var orphans []*page
	s.mu.Lock()
	wanted := map[string]bool{}
	for _, file := range dirs {
		if file == "" {
			continue
		}
		wanted[file] = true
		if s.roots[file] == nil && s.phase == ready {
			s.newRoot(file)
		}
	}
	for _, pg := range s.pages {
		if file, known := dirs[filepath.Dir(pg.file)]; pg.open && known && s.assign(pg, file) {
			orphans = append(orphans, pg)
		}
	}
	for file, r := range s.roots {
		if wanted[file] {
			continue
		}
		r.quit()
		delete(s.roots, file)
		orphans = append(orphans, r.abandon()...)
	}
	s.mu.Unlock()
	for _, pg := range orphans {
		s.publish(pg)
	}
}

// assign gives an open page the root that a configuration file has. It reports
// whether there is none and the page is to be published as empty. s.mu is held.
func (s *server) assign(pg *page, file string) (orphan bool) {
	r := s.roots[file]
	if pg.root == r && !(r == nil && pg.stale) {
		return false
	}
	pg.root, pg.layers = r, [layers][]note{}
	if r != nil {
		r.edited(pg)
		return false
	}
	pg.stale = false
	return true
}

// abandon takes the pages of closed configuration files away and returns
// them, to be published as empty. s.mu is held.
func (r *root) abandon() []*page {
	var gone []*page
	for file, pg := range r.s.pages {
		if pg.root == r && !pg.open {
			pg.layers = [layers][]note{}
			delete(r.s.pages, file)
			gone = append(gone, pg)
		}
	}
	return gone
}

func (s *server) didChangeWatchedFiles(_ context.Context, p watchedFilesParams) (any, error) {
	s.mu.Lock()
	for _, c := range p.Changes {
		file := pathOf(c.URI)
		if file == "" {
			continue
		}
		for _, r := range s.roots {
			if within(r.dir, file) {
				r.touch(file)
			}
		}
	}
	s.mu.Unlock()
	s.assignRoots()
	return nil, nil
}

// survive keeps a panic in the work of one root from ending the session. The
// root is made anew when it is wanted next.
func (s *server) survive(r *root) {
	p := recover()
	if p == nil {
		return
	}
	s.log(logError, fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
	s.mu.Lock()
	defer s.mu.Unlock()
	r.quit()
	if s.roots[r.file] == r {
		delete(s.roots, r.file)
	}
	for _, pg := range s.pages {
		if pg.root == r {
			pg.root = nil
		}
	}
}
