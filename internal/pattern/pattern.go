// Package pattern answers one question: does this path match?
//
// There is one dialect, for directories and import paths alike. A pattern is
// a slash-separated path in which
//
//   - matches any run of characters within one path element,
//     ...    as a whole element, matches any number of elements, none included,
//     {a,b}  matches any of its alternatives,
//     .      as a whole pattern, is the base directory itself.
//
// So "products/..." matches "products" and everything below it, as in
// "go help packages". There are no regular expressions.
package pattern

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxAlternatives bounds what the braces of one pattern may expand to.
const maxAlternatives = 256

// A Pattern is a compiled pattern. The zero Pattern matches nothing.
type Pattern struct {
	text string
	alts []elements // the braces, multiplied out
}

// elements is a pattern without braces, split at its slashes.
// The base directory has none.
type elements []string

// Compile parses a pattern. Its error says what is wrong and what to write
// instead, and does not repeat the pattern.
func Compile(text string) (Pattern, error) {
	if err := checkText(text); err != nil {
		return Pattern{}, err
	}
	expanded, err := expand(text)
	if err != nil {
		return Pattern{}, err
	}
	p := Pattern{text: text}
	for _, alternative := range expanded {
		elems, err := split(alternative)
		if err != nil {
			return Pattern{}, err
		}
		p.alts = append(p.alts, elems)
	}
	return p, nil
}

// MustCompile is Compile for patterns known to be good; it panics on others.
func MustCompile(text string) Pattern {
	p, err := Compile(text)
	if err != nil {
		panic(fmt.Sprintf("pattern %q: %v", text, err))
	}
	return p
}

// checkText rejects what belongs to another dialect.
func checkText(text string) error {
	switch {
	case text == "":
		return fmt.Errorf("is empty; write \".\" for the directory itself")
	case !utf8.ValidString(text):
		return fmt.Errorf("is not valid UTF-8")
	case strings.HasPrefix(text, "/"), len(text) > 1 && text[1] == ':':
		return fmt.Errorf("is an absolute path; write it relative")
	case strings.Contains(text, "**"):
		return fmt.Errorf("has \"**\"; write \"...\" for any number of path elements")
	case strings.Contains(text, `\`):
		return fmt.Errorf("has a backslash; separate path elements with \"/\"")
	}
	if i := strings.IndexAny(text, "?[]()^$|<>"); i >= 0 && text != Root {
		return fmt.Errorf("has %q, which is not part of the pattern dialect; use *, ... and {a,b}", text[i])
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }); i >= 0 {
		return fmt.Errorf("has a space or control character")
	}
	return nil
}

// Root names the part of the tree that belongs to no module.
const Root = "<root>"

// expand multiplies out the braces of a pattern.
func expand(text string) ([]string, error) {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		if strings.IndexByte(text, '}') >= 0 {
			return nil, fmt.Errorf("has \"}\" without \"{\"")
		}
		return []string{text}, nil
	}
	if strings.IndexByte(text[:open], '}') >= 0 {
		return nil, fmt.Errorf("has \"}\" without \"{\"")
	}
	choices, rest, err := alternatives(text[open+1:])
	if err != nil {
		return nil, err
	}
	var out []string
	for _, choice := range choices {
		tails, err := expand(choice + rest)
		if err != nil {
			return nil, err
		}
		for _, tail := range tails {
			out = append(out, text[:open]+tail)
		}
		if len(out) > maxAlternatives {
			return nil, fmt.Errorf("has more than %d alternatives", maxAlternatives)
		}
	}
	return out, nil
}

// alternatives splits what follows a "{" into its choices and what comes
// after the matching "}". Choices may hold braces of their own.
func alternatives(text string) (choices []string, rest string, err error) {
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case ',':
			if depth == 0 {
				choices = append(choices, text[start:i])
				start = i + 1
			}
		case '}':
			if depth == 0 {
				return append(choices, text[start:i]), text[i+1:], nil
			}
			depth--
		}
	}
	return nil, "", fmt.Errorf("has \"{\" without \"}\"")
}

// split cuts a brace-free pattern into its elements.
func split(text string) (elements, error) {
	text = strings.TrimPrefix(text, "./")
	text = strings.TrimSuffix(text, "/")
	if text == "." || text == "" {
		return elements{}, nil
	}
	elems := strings.Split(text, "/")
	for _, e := range elems {
		switch {
		case e == "":
			return nil, fmt.Errorf("has an empty path element")
		case e == ".":
			return nil, fmt.Errorf("has a \".\" inside; leave it out")
		case e == "..":
			return nil, fmt.Errorf("has \"..\"; nothing outside the base directory can be named")
		case e != "..." && strings.Contains(e, "..."):
			return nil, fmt.Errorf("has %q; \"...\" must stand alone between slashes", e)
		}
	}
	return elems, nil
}

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Directory returns the directory that holds everything the pattern matches,
// if all of that lies directly in one.
func (p Pattern) Directory() (dir string, ok bool) {
	for i, alt := range p.alts {
		if len(alt) == 0 || alt[len(alt)-1] == "..." || slices.ContainsFunc(alt[:len(alt)-1], isWild) {
			return "", false
		}
		parent := alt[:len(alt)-1].path()
		if i > 0 && parent != dir {
			return "", false
		}
		dir = parent
	}
	return dir, len(p.alts) > 0
}

// Length is the number of elements of the alternative that matches a path.
func (p Pattern) Length(path string) int {
	e, _ := p.best(path)
	return len(e)
}

// Literals returns the paths the pattern names, if it has no wildcard.
// The base directory is ".".
func (p Pattern) Literals() (paths []string, ok bool) {
	for _, alt := range p.alts {
		if slices.ContainsFunc(alt, isWild) {
			return nil, false
		}
		paths = append(paths, alt.path())
	}
	return paths, true
}

func (e elements) path() string {
	if len(e) == 0 {
		return "."
	}
	return strings.Join(e, "/")
}

func isWild(element string) bool {
	return element == "..." || strings.Contains(element, "*")
}

// Join returns the pattern below a directory: every path it matches, with dir
// in front.
func (p Pattern) Join(dir string) Pattern {
	if dir == "." {
		return p
	}
	prefix := strings.Split(dir, "/")
	joined := Pattern{text: dir + "/" + p.text}
	for _, alt := range p.alts {
		joined.alts = append(joined.alts, slices.Concat(prefix, alt))
	}
	return joined
}

// Match reports whether a slash-separated path, "." for the base directory,
// matches the pattern.
func (p Pattern) Match(path string) bool {
	_, ok := p.best(path)
	return ok
}

// Literal returns the pattern that matches one path and nothing else, whatever
// characters it has.
func Literal(path string) Pattern {
	if path == "." {
		return Pattern{text: path, alts: []elements{{}}}
	}
	return Pattern{text: path, alts: []elements{strings.Split(path, "/")}}
}

// best returns the most specific alternative that matches.
func (p Pattern) best(path string) (best elements, ok bool) {
	if path == Root {
		return elements{Root}, p.text == Root // no path, so no wildcard means it
	}
	for _, alt := range p.alts {
		if alt.match(path) && (!ok || compareElements(alt, best) > 0) {
			best, ok = alt, true
		}
	}
	return best, ok
}

// MatchBelow reports whether the pattern matches the path or one of its
// parent directories.
func (p Pattern) MatchBelow(path string) bool {
	for {
		if p.Match(path) {
			return true
		}
		if path == "." {
			return false
		}
		path = Parent(path)
	}
}

// Parent returns the directory above a path; that of a single element is ".".
func Parent(path string) string {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "."
	}
	return path[:i]
}

// match walks pattern and path in step. At a "..." it remembers the place, and
// on a mismatch lets the latest "..." swallow one element more: because a later
// "..." can absorb whatever an earlier one could have, only the latest needs
// another try, and the walk is at most quadratic.
func (e elements) match(path string) bool {
	if path == "." {
		path = ""
	}
	i, star, retry := 0, -1, ""
	for path != "" {
		element, rest, _ := strings.Cut(path, "/")
		switch {
		case i < len(e) && e[i] == "...":
			star, retry = i, path
			i++
		case i < len(e) && matchElement(e[i], element):
			i++
			path = rest
		case star >= 0:
			_, retry, _ = strings.Cut(retry, "/")
			i, path = star+1, retry
		default:
			return false
		}
	}
	for i < len(e) && e[i] == "..." {
		i++
	}
	return i == len(e)
}

// matchElement is match for the characters of one element, with "*" for "...".
func matchElement(pat, s string) bool {
	if !strings.Contains(pat, "*") {
		return pat == s
	}
	i, j, star, retry := 0, 0, -1, 0
	for j < len(s) {
		switch {
		case i < len(pat) && pat[i] == '*':
			star, retry = i, j
			i++
		case i < len(pat) && pat[i] == s[j]:
			i++
			j++
		case star >= 0:
			retry++
			i, j = star+1, retry
		default:
			return false
		}
	}
	return strings.Trim(pat[i:], "*") == ""
}

// Compare orders two patterns that both match path by how specific they are:
// at the first element that differs, more literal wins, then "*" over "...";
// of two that agree so far, the longer wins, unless it only goes on with
// "...", then the one with fewer alternatives. It never returns 0 for patterns of different text, so that a
// choice never depends on their order in a file.
func Compare(a, b Pattern, path string) int {
	ea, _ := a.best(path)
	eb, _ := b.best(path)
	return cmp.Or(compareElements(ea, eb), cmp.Compare(len(b.alts), len(a.alts)), strings.Compare(b.text, a.text))
}

func compareElements(a, b elements) int {
	for i := range max(len(a), len(b)) {
		if c := cmp.Compare(weightAt(a, i), weightAt(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

// weightAt is the weight of an element; the end of a pattern weighs more than
// a "..." that may match nothing, and less than anything else.
func weightAt(e elements, i int) int {
	if i == len(e) {
		return 1
	}
	return weight(e[min(i, len(e)-1)])
}

// weight is how much of an element is spelled out.
func weight(element string) int {
	switch {
	case element == "...":
		return 0
	case !isWild(element):
		return 1 << 20
	default:
		return 2 + len(element) - strings.Count(element, "*")
	}
}

// Expand returns the paths that match the pattern in a tree of directories,
// sorted. It reads only the directories a match may lie below: subdirs returns
// the names in one, nil if there is no such directory.
func (p Pattern) Expand(subdirs func(dir string) []string) []string {
	found := map[string]bool{}
	for _, alt := range p.alts {
		alt.expand(".", subdirs, found, map[visit]bool{})
	}
	return slices.Sorted(maps.Keys(found))
}

// A visit is a directory, met with so many elements left. Several "..." lead to
// the same one by many ways.
type visit struct {
	dir  string
	left int
}

func (e elements) expand(dir string, subdirs func(string) []string, found map[string]bool, seen map[visit]bool) {
	if seen[visit{dir, len(e)}] {
		return
	}
	seen[visit{dir, len(e)}] = true
	if len(e) == 0 {
		found[dir] = true
		return
	}
	if e[0] == "..." {
		e[1:].expand(dir, subdirs, found, seen)
	}
	for _, name := range subdirs(dir) {
		below := name
		if dir != "." {
			below = dir + "/" + name
		}
		switch {
		case e[0] == "...":
			e.expand(below, subdirs, found, seen)
		case matchElement(e[0], name):
			e[1:].expand(below, subdirs, found, seen)
		}
	}
}
