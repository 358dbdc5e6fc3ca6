package check

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/pattern"
)

// below turns a package pattern of the command line, relative to dir, into
// one relative to the root.
func below(root, dir, text string) (pattern.Pattern, error) {
	abs := filepath.FromSlash(text)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(dir, abs)
	}
	rel, ok := inside(root, abs)
	if !ok {
		return pattern.Pattern{}, fmt.Errorf("pattern %s lies outside the root %s", text, root)
	}
	p, err := pattern.Compile(path.Clean(rel))
	if err != nil {
		return p, fmt.Errorf("pattern %s %w", text, err)
	}
	return p, nil
}

// inside returns the path of a file or directory relative to a root, with
// slashes, if it lies there. Either may be named by way of symbolic links.
func inside(root, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(realPath(root), realPrefix(name))
	if rel = filepath.ToSlash(rel); err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
		return "", false
	}
	return rel, true
}

// realPrefix resolves the symbolic links in the part of a path that exists;
// the rest may be a pattern.
func realPrefix(p string) string {
	if real, err := filepath.EvalSymlinks(p); err == nil {
		return real
	}
	parent := filepath.Dir(p)
	if parent == p {
		return p
	}
	return filepath.Join(realPrefix(parent), filepath.Base(p))
}

func realPath(p string) string {
	if real, err := filepath.EvalSymlinks(p); err == nil {
		return real
	}
	return p
}
