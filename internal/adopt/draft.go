package adopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// A draft is a configuration on its way to become a file.
type draft struct {
	head     string // what the file says about itself
	carried  bool   // from a tach.toml, so nobody has looked for products
	products []string
	exclude  []string
	layers   []string // as TOML
	settings []string // further keys of the top, as TOML lines
	apart    []string // what belongs to no module, for a comment
	groups   []group
	tail     string // tables behind the modules
}

// A group is modules that are kin, under one comment.
type group struct {
	title     string
	comment   string // about the first entry
	modules   []module
	container *dir // that holds them all, so that one entry may speak for them
}

// A module is an entry to be.
type module struct {
	path       string
	dependsOn  []string
	deprecated []deprecation
	undeclared bool // depends_on stays absent
	interfaces []string
	owners     []string
	keys       []string // more keys, as TOML lines
	comment    string   // behind the path
}

// A deprecation is a dependency that a module has and would be better without.
type deprecation struct{ path, reason string }

func (d deprecation) String() string {
	text := "{ path = " + config.Quote(d.path) + ", deprecated = true"
	if d.reason != "" {
		text += ", reason = " + config.Quote(d.reason)
	}
	return text + " }"
}

// String writes the file.
func (d *draft) String() string {
	var out strings.Builder
	comment(&out, d.head)
	out.WriteString("\n")
	if len(d.products) > 0 {
		comment(&out, "Each of these is a product: what others use of it goes through its facade.")
		list(&out, "products", d.products)
	} else if d.carried {
		comment(&out, "Which of the modules are products, with a facade for all others, tach does not\nsay. Say it here, or run boundaries product new NAME for a first one.")
		out.WriteString("# products = [\"products/*\"]\n")
	} else {
		comment(&out, "No directory looks like a product yet: a slice with a facade, contracts, models\nand logic of its own. boundaries product new NAME makes one; then say here where.")
		out.WriteString("# products = [\"products/*\"]\n")
	}
	if len(d.exclude) > 0 {
		out.WriteString("\n")
		comment(&out, "Somebody else's code.")
		list(&out, "exclude", d.exclude)
	}
	if len(d.layers) > 0 {
		out.WriteString("\n")
		comment(&out, "Highest first: a layer may use those below it.")
		out.WriteString("layers = [" + strings.Join(d.layers, ", ") + "]\n")
	}
	for _, line := range d.settings {
		out.WriteString("\n" + line + "\n")
	}
	if len(d.apart) > 0 {
		out.WriteString("\n")
		comment(&out, fold("Programs, and tests of the whole, belong to no module and may import what is on a surface: "+strings.Join(d.apart, ", ")+"."))
		out.WriteString("root_module = \"ignore\"\n")
	}
	for _, g := range d.groups {
		if len(g.modules) == 0 {
			continue
		}
		if g.title != "" {
			out.WriteString("\n# ---- " + g.title + " " + strings.Repeat("-", max(4, 70-len(g.title))) + "\n")
		}
		for i, m := range g.modules {
			out.WriteString("\n")
			if i == 0 {
				comment(&out, g.comment)
			}
			m.write(&out)
		}
	}
	if d.tail != "" {
		out.WriteString("\n" + d.tail)
	}
	return out.String()
}

func (m module) write(out *strings.Builder) {
	out.WriteString("[[modules]]\npath       = " + config.Quote(m.path))
	if m.comment != "" {
		out.WriteString("  # " + m.comment)
	}
	out.WriteString("\n")
	if !m.undeclared {
		items := quoteAll(m.dependsOn)
		for _, d := range m.deprecated {
			items = append(items, d.String())
		}
		array(out, "depends_on", items)
	}
	if m.interfaces != nil {
		list(out, "interfaces", m.interfaces)
	}
	if m.owners != nil {
		list(out, "owners    ", m.owners)
	}
	for _, line := range m.keys {
		out.WriteString(line + "\n")
	}
}

// list writes an array of strings.
func list(out *strings.Builder, key string, words []string) { array(out, key, quoteAll(words)) }

func quoteAll(words []string) []string {
	var quoted []string
	for _, w := range slices.Compact(slices.Sorted(slices.Values(words))) {
		quoted = append(quoted, config.Quote(w))
	}
	return quoted
}

// array writes an array, over several lines if it is long.
func array(out *strings.Builder, key string, items []string) {
	line := key + " = [" + strings.Join(items, ", ") + "]"
	if len(line) <= 100 {
		out.WriteString(line + "\n")
		return
	}
	out.WriteString(key + " = [\n")
	for _, item := range items {
		out.WriteString("  " + item + ",\n")
	}
	out.WriteString("]\n")
}

func comment(out *strings.Builder, text string) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintln(out, strings.TrimRight("# "+line, " "))
	}
}

// fold breaks a text into lines that fit behind a "# ".
func fold(text string) string {
	var out strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case column+1+len(word) > 76:
			out.WriteString("\n")
			column = 0
		default:
			out.WriteString(" ")
			column++
		}
		out.WriteString(word)
		column += len(word)
	}
	return out.String()
}
