// Package debt answers: which findings does the team live with for now? It
// reads the ignore comments of a file, and counts off what the baseline knows.
package debt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

const (
	prefix     = "//boundaries:"
	spaced     = "// boundaries:"
	ignore     = "ignore"
	fileIgnore = "file-ignore"
)

// An Ignore is one rule of one well-formed ignore comment.
type Ignore struct {
	Rule    string
	Reason  string
	Comment imports.Comment
	line    int // the line it covers, 0: the whole file
}

// A Bad is a comment that is addressed to us and cannot be understood.
type Bad struct {
	Comment imports.Comment
	Message string
}

// Ignores are the ignore comments of a file.
type Ignores struct {
	All    []Ignore
	Bad    []Bad
	blocks map[int]int // line of an import spec to that of its "import ("
}

// Parse reads the comments of a file that are addressed to us. Its imports
// are needed to know which lines a comment above an import block covers.
func Parse(comments []imports.Comment, specs []imports.Import) *Ignores {
	if len(comments) == 0 {
		return &Ignores{}
	}
	ig := &Ignores{blocks: map[int]int{}}
	for _, spec := range specs {
		if spec.BlockLine > 0 {
			ig.blocks[spec.Line] = spec.BlockLine
		}
	}
	for _, c := range comments {
		rules, reason, err := parse(c)
		if err != nil {
			ig.Bad = append(ig.Bad, Bad{c, err.Error()})
			continue
		}
		line := c.Line
		switch {
		case verb(c.Text) == fileIgnore:
			line = 0
		case c.OwnLine:
			line = c.NextCode
			if line == 0 {
				line = -1 // stands above nothing
			}
		}
		for _, r := range rules {
			ig.All = append(ig.All, Ignore{r, reason, c, line})
		}
	}
	return ig
}

func verb(text string) string {
	word, _, _ := strings.Cut(strings.TrimPrefix(text, prefix), " ")
	word, _, _ = strings.Cut(word, "\t")
	return word
}

// parse reads "//boundaries:ignore RULE[,RULE] reason" and its like.
func parse(c imports.Comment) (rules []string, reason string, err error) {
	if strings.HasPrefix(c.Text, spaced) {
		return nil, "", fmt.Errorf("a comment that begins %q ignores nothing; write %sRULE reason without the space, or begin it with another word", spaced, prefix+ignore+" ")
	}
	words := strings.Fields(strings.TrimPrefix(c.Text, prefix))
	if verb(c.Text) == "" || len(words) == 0 {
		return nil, "", fmt.Errorf("%s says nothing; write %s RULE reason", prefix, prefix+ignore)
	}
	what := prefix + words[0]
	switch {
	case words[0] != ignore && words[0] != fileIgnore:
		return nil, "", fmt.Errorf("%s is unknown; write %s or %s, a rule and a reason", what, prefix+ignore, prefix+fileIgnore)
	case words[0] == fileIgnore && !c.BeforePackage:
		return nil, "", fmt.Errorf("%s stands behind the package clause; move it before that or write %s", what, prefix+ignore)
	case len(words) == 1:
		return nil, "", fmt.Errorf("%s names no rule; write %s RULE reason", what, what)
	}
	rules = strings.Split(words[1], ",")
	for _, r := range rules {
		if err := checkRule(what, r); err != nil {
			return nil, "", err
		}
	}
	if len(words) == 2 {
		return nil, "", fmt.Errorf("%s %s gives no reason; add one", what, words[1])
	}
	return rules, strings.Join(words[2:], " "), nil
}

func checkRule(what, name string) error {
	r, ok := rule.Find(name)
	switch {
	case name == "":
		return fmt.Errorf("%s has an empty rule name; separate rules by one comma and no space", what)
	case !ok:
		near := config.Nearest(name, rule.Names())
		if near == "" {
			return fmt.Errorf("%s names the unknown rule %q; name a rule of boundaries explain", what, name)
		}
		return fmt.Errorf("%s names the unknown rule %q; write %s", what, name, near)
	case r.Fixed:
		return fmt.Errorf("%s names %s, which cannot be ignored; mend what it reports", what, name)
	}
	return nil
}

// Covers reports whether an ignore comment covers findings of its rule on a
// line.
func (ig *Ignores) Covers(i Ignore, line int) bool {
	if i.line == 0 || i.line == line {
		return true
	}
	block, inBlock := ig.blocks[line]
	return inBlock && i.Comment.OwnLine && i.line == block
}

// Match reports whether some comment ignores a finding of a rule on a line.
func (ig *Ignores) Match(name string, line int) bool {
	return slices.ContainsFunc(ig.All, func(i Ignore) bool { return i.Rule == name && ig.Covers(i, line) })
}
