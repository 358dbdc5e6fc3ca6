// Package config is the spelling of the law: boundaries.toml and the
// product.toml files, turned into a Config with a position for every word,
// or into complaints that say where and what was meant. No other package
// knows that the configuration is TOML.
package config

import (
	"fmt"
	"slices"

	"github.com/boundaries-dev/boundaries/internal/pattern"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// The names of the files that make up the configuration.
const (
	FileName     = "boundaries.toml"          // names a root
	ProductFile  = "product.toml"             // holds the keys of one product's module
	BaselineFile = "boundaries.baseline.toml" // the known findings, beside FileName

	// EnvVar names another configuration file where no flag can.
	EnvVar = "BOUNDARIES_CONFIG"
)

// Root is the name of the module made of the packages that no other owns.
const Root = pattern.Root

// A Pos is a place in a configuration file. Lines and columns count from 1,
// columns in bytes; EndColumn is exclusive and on the same line.
type Pos struct {
	File      string // relative to the root, with slashes
	Line      int
	Column    int
	EndColumn int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// A Problem is a complaint about the configuration that stops the run.
type Problem struct {
	Pos     Pos
	Message string
}

func (p Problem) String() string { return p.Pos.String() + ": " + p.Message }

// A Text is a string value and its place.
type Text struct {
	Value string
	Pos   Pos
}

// A Pattern is a pattern and its place. In a list of them nil means that the
// key is absent, which may differ from empty.
type Pattern struct {
	pattern.Pattern
	Pos Pos
}

// A Config is everything boundaries.toml and its product.toml files say.
type Config struct {
	Dir    string // the root: the absolute directory of the file, "" if not on disk
	File   string // base name of the file, usually FileName
	Digest string // hex SHA-256 over all files of the configuration, names and bytes

	Products       []Pattern
	ProductsPos    Pos
	Exclude        []Pattern
	Layers         []Layer // highest first
	LayersExplicit bool    // a downward edge needs depends_on, too
	RootModule     RootMode
	RootModulePos  Pos      // zero if it is not set
	Modules        []Module // of boundaries.toml in its order, then of product.toml files
	Interfaces     []Interface
	Roles          []Role // as configured; the built-in ones are package policy's
	External       []External
	ORM            ORM
	Contracts      Contracts
	Facade         Facade
	Rules          map[string]rule.Severity // by rule name, where set
	Baseline       []Known                  // nil: there is none
}

// A Layer is one floor of the layered modules.
type Layer struct {
	Name   string
	Closed bool
	Pos    Pos
}

// RootMode says what unowned packages are.
type RootMode string

// The modes of root_module.
const (
	RootIgnore           RootMode = "ignore"
	RootAllow            RootMode = "allow"
	RootDependenciesOnly RootMode = "dependenciesonly"
	RootForbid           RootMode = "forbid"
)

var rootModes = []string{string(RootIgnore), string(RootAllow), string(RootDependenciesOnly), string(RootForbid)}

// A Module is one [[modules]] entry or product.toml. Nil fields are absent.
type Module struct {
	Pos         Pos
	ProductFile bool
	Paths       []Pattern

	DependsOn              []Dependency
	CannotDependOn         []Pattern
	Layer                  *Text
	Visibility             []Pattern
	Utility                *bool
	Unchecked              *bool
	Interfaces             []Exposure
	DependsOnExternal      []Pattern
	CannotDependOnExternal []Pattern
	Owners                 []Text
	Frozen                 *Level

	// Keys has the place of each key that is set.
	Keys map[string]Pos
}

// A Dependency is one entry of depends_on.
type Dependency struct {
	Pattern
	Deprecated bool
	Reason     string
}

// An Exposure is a package, or a symbol of it, on a surface.
type Exposure struct {
	Package pattern.Pattern // relative to the module
	Symbol  string          // "": all of the package
	Text    string          // as written
	Pos     Pos
}

// An Interface is one [[interfaces]] entry.
type Interface struct {
	Pos        Pos
	From       []Pattern // nil: every module
	Expose     []Exposure
	Visibility []Pattern // nil: everyone
	Exclusive  bool
	Reason     string
}

// A Role is one [roles.NAME] table. Nil fields keep the built-in value.
type Role struct {
	Name     string
	Pos      Pos
	Packages []Pattern
	Imports  []Text
	Exposed  *Exposed
}

// Exposed says to whom the packages of a role are surface.
type Exposed string

// Whom a role can be exposed to.
const (
	ExposedNo    Exposed = "false"
	ExposedAll   Exposed = "true"
	ExposedTests Exposed = "tests" // to _test.go files
	ExposedRoot  Exposed = "root"  // to code that belongs to no product
)

// An External gives packages from outside the tree one home.
type External struct {
	Pos      Pos
	Packages []Pattern // import paths, or "std"
	Only     []Pattern // directories below the root
	Reason   string
}

// Level says how frozen contracts are.
type Level string

// The levels.
const (
	Strict   Level = "strict"
	Readonly Level = "readonly"
	NoLevel  Level = "off"
)

var levels = []string{string(Strict), string(Readonly), string(NoLevel)}

var modelsPackages = []string{"all", "orm"}

// ORM is the [orm] table. Nil lists are absent and mean the built-in value.
type ORM struct {
	Presets       []Text
	Packages      []Pattern
	Types         []Text
	IgnoreTypes   []Text
	StructTags    []Text
	WeakTags      []Text
	Embeds        []Text
	GeneratedBy   []Text
	Methods       []Text
	ModelsPackage string // "all" or "orm"
	WiringFuncs   []Text
	WiringStructs []Text
	Exclude       []Pattern
}

// Presets are the ORM libraries [orm].presets can name.
var Presets = []string{
	"beego", "bob", "bolt", "bun", "datastore", "dynamodb", "ent", "firestore", "go-jet", "go-pg", "go-rel",
	"goframe", "gorm", "gorp", "mongo", "ozzo", "pgx", "pop", "redis", "reform", "spanner", "sql",
	"sqlboiler", "sqlc", "sqlx", "storm", "upper", "xorm",
}

// Contracts is the [contracts] table, defaults filled in.
type Contracts struct {
	Level          Level
	KnownImmutable []Text
	KnownMutable   []Text
	Imports        []Pattern
	MaxFields      int
	MaxBytes       int
	MaxStatements  int
	MaxComplexity  int
	Tests          bool
}

// Facade is the [facade] table.
type Facade struct {
	AllowTypes []Text // "import/path.Type"
}

// Severity returns how severe findings of a rule are.
func (c *Config) Severity(name string) rule.Severity {
	r, ok := rule.Find(name)
	if s, set := c.Rules[name]; set && !r.Fixed {
		return s
	}
	if !ok {
		return rule.Error
	}
	return r.Default
}

// Excluded reports whether a directory below the root is not looked at.
func (c *Config) Excluded(dir string) bool {
	return dir != "." && slices.ContainsFunc(c.Exclude, func(p Pattern) bool { return p.MatchBelow(dir) })
}

// ProductDir returns the product that owns a directory: its nearest parent,
// or itself, that matches products.
func (c *Config) ProductDir(dir string) (product string, ok bool) {
	for ; ; dir = pattern.Parent(dir) {
		if slices.ContainsFunc(c.Products, func(p Pattern) bool { return p.Match(dir) }) {
			return dir, true
		}
		if dir == "." {
			return "", false
		}
	}
}
