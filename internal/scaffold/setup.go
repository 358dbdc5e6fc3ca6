package scaffold

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// libraries are the Go modules that the templates of an ORM need.
var libraries = map[string][]string{
	"gorm": {"gorm.io/gorm", "github.com/glebarez/sqlite"},
	"bun":  {"github.com/uptrace/bun", "github.com/uptrace/bun/dialect/sqlitedialect", "modernc.org/sqlite"},
	"ent":  {"entgo.io/ent", "modernc.org/sqlite"},
	"sqlc": {"modernc.org/sqlite"},
}

// A Command is something to run in a directory.
type Command struct {
	Dir  string
	Args []string
}

func (c Command) String() string { return strings.Join(c.Args, " ") }

// Setup returns what has to be run before a new product compiles: go get for
// libraries that go.mod does not have, and the generator of the ORM.
func (p *Product) Setup(root, orm string) ([]Command, error) {
	name := filepath.Join(p.GoModule, "go.mod")
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax(name, src, nil)
	if err != nil {
		return nil, err
	}
	var commands []Command
	if missing := missing(mod, libraries[orm]); len(missing) > 0 {
		commands = append(commands, Command{p.GoModule, append([]string{"go", "get"}, missing...)})
	}
	if orm == "ent" {
		dir := filepath.Join(root, filepath.FromSlash(p.Dir))
		commands = append(commands, Command{dir, []string{"go", "generate", "./..."}})
	}
	return commands, nil
}

// missing returns the libraries that a go.mod does not require. A dialect of
// bun has to be of bun's own version.
func missing(mod *modfile.File, libraries []string) []string {
	version := map[string]string{}
	for _, r := range mod.Require {
		version[r.Mod.Path] = r.Mod.Version
	}
	var names []string
	for _, lib := range libraries {
		if version[lib] != "" {
			continue
		}
		i := slices.IndexFunc(libraries, func(other string) bool { return strings.HasPrefix(lib, other+"/") && version[other] != "" })
		if i >= 0 {
			lib += "@" + version[libraries[i]]
		}
		names = append(names, lib)
	}
	return names
}
