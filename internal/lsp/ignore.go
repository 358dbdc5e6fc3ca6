package lsp

import (
	"regexp"
	"slices"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/imports"
	"github.com/boundaries-dev/boundaries/internal/report"
)

// reason stands where a person is to say why.
const reason = "TODO: say why this is right"

// ignore offers to ignore a finding, by a comment on a line of its own above.
func (d *desk) ignore(n note) remedy {
	line := strings.LastIndexByte(d.text.src[:n.start], '\n') + 1
	if line == 0 {
		line = len(d.text.src[:n.start]) - len(strings.TrimPrefix(d.text.src[:n.start], "\ufeff")) // behind a byte order mark
	}
	indent := d.text.src[line : line+len(d.text.src[line:])-len(strings.TrimLeft(d.text.src[line:], " \t"))]
	newline := "\n"
	if strings.Contains(d.text.src, "\r\n") {
		newline = "\r\n"
	}
	comment := indent + "//boundaries:ignore " + n.Rule + " " + reason + newline
	if d.endsInWords(line) {
		comment = indent + "//" + newline + comment // as gofmt wants it
	}
	return remedy{Fix: report.Fix{
		Message: "Ignore this " + n.Rule + ", with a reason",
		Edits:   d.edit(span{line, line}, comment),
	}}
}

var directive = regexp.MustCompile(`^//([a-z0-9]+:[a-z0-9]|line |extern |export )`)

// endsInWords reports whether the line above the one at an offset is one of a
// comment that says something to people.
func (d *desk) endsInWords(line int) bool {
	above := strings.TrimRight(d.text.src[:line], "\r\n")
	if strings.Count(d.text.src[len(above):line], "\n") > 1 {
		return false
	}
	above = strings.TrimSpace(above[strings.LastIndexByte(above, '\n')+1:])
	return strings.HasPrefix(above, "//") && above != "//" && !directive.MatchString(above)
}

// removeIgnore offers to remove an ignore comment, or its one rule that
// ignores nothing.
func (d *desk) removeIgnore(n note) []remedy {
	comment := d.text.src[n.start:n.end]
	words := strings.Fields(comment)
	if len(words) < 2 {
		return nil
	}
	f, _ := imports.ScanFile(d.rel(), []byte(d.text.src), true)
	for _, c := range f.Comments {
		if d.text.at(c.Line, c.Column) != n.start {
			continue
		}
		rules := strings.Split(words[1], ",")
		name := unusedRule.FindStringSubmatch(n.Message)
		if len(rules) > 1 && name != nil {
			left := slices.DeleteFunc(rules, func(r string) bool { return r == name[1] })
			at := n.start + strings.Index(comment, words[1])
			return []remedy{{report.Fix{Message: "Remove " + name[1] + " from the comment", Edits: d.edit(span{at, at + len(words[1])}, strings.Join(left, ","))}, true}}
		}
		return []remedy{{report.Fix{Message: "Remove the comment", Edits: d.edit(d.wholeComment(c, n.span), "")}, true}}
	}
	return nil
}

var unusedRule = regexp.MustCompile(`ignores no (\S+);`)

// wholeComment is the span of a comment with the blanks before it or, if it
// has a line of its own, that line.
func (d *desk) wholeComment(c imports.Comment, at span) span {
	src := d.text.src
	start := len(strings.TrimRight(src[:at.start], " \t"))
	if !c.OwnLine {
		return span{start, at.end}
	}
	end := at.end
	if i := strings.IndexByte(src[end:], '\n'); i >= 0 {
		end += i + 1
	}
	return span{start, end}
}
