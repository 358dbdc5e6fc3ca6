package scaffold

import (
	"fmt"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// checkName says why a name is not one for a product. The name becomes a
// directory, part of import paths, table names and URLs, and what people call
// the imported packages after.
func checkName(name string) error {
	bad := func(why string) error { return fmt.Errorf("%q is no name for a product: it %s", name, why) }
	switch {
	case name == "":
		return bad("is empty")
	case strings.ContainsAny(name, `/\`):
		return bad("is a path; give the name here and the directory with --dir")
	case len(name) > 40:
		return bad("is longer than 40 characters")
	case name[0] >= '0' && name[0] <= '9':
		return bad("begins with a digit; begin with a letter")
	case config.SkippedName(name):
		return bad("would be skipped by the go command")
	case name == "internal" || name == "backend":
		return bad("says where a package lies, not what it is about")
	case token.IsKeyword(name) || name == "main":
		return bad("means something else in Go")
	case slices.Contains(config.BuiltinRoles, name):
		return bad("is what a part of a product is called")
	}
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			return bad("has the capital letter " + string(r) + "; write it lower")
		case r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9'):
			return bad(fmt.Sprintf("has %q; use a to z, 0 to 9 and _", r))
		}
	}
	if name[0] == '_' || name[len(name)-1] == '_' {
		return bad("begins or ends with _")
	}
	if err := module.CheckFilePath(name); err != nil {
		return bad("is reserved on some systems")
	}
	return nil
}

// home returns the directory of a new product: below the first pattern of
// products that says where products lie.
func home(c *config.Config, name string) (string, error) {
	for _, p := range c.Products {
		parent, ok := strings.CutSuffix(p.String(), "/*")
		if ok && !strings.ContainsAny(parent, "*{") && !strings.Contains(parent, "...") {
			return path.Join(parent, name), nil
		}
	}
	if len(c.Products) == 0 {
		return path.Join("products", name), nil
	}
	return "", fmt.Errorf("products says %s, from which nobody can tell where a new one belongs; say so with --dir", texts(c.Products))
}

func texts(patterns []config.Pattern) string {
	words := make([]string, len(patterns))
	for i, p := range patterns {
		words[i] = config.Quote(p.String())
	}
	return strings.Join(words, ", ")
}

// vacant says why a directory below the root cannot become a product.
func vacant(root, dir string) error {
	parent := filepath.Join(root, filepath.FromSlash(path.Dir(dir)))
	entries, err := os.ReadDir(parent)
	if err != nil {
		return nil // it will be made
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), path.Base(dir)) {
			return fmt.Errorf("%s exists already", path.Join(path.Dir(dir), e.Name()))
		}
	}
	return nil
}
