package rule

import "strings"

// Doc returns the documentation that a doc.go holds: its package comment
// without the comment marks and without the first paragraph, which only
// introduces the package. What is left begins with a title, as analyzers
// want it, and goes on in sections.
func Doc(docGo string) string {
	var b strings.Builder
	for line := range strings.Lines(docGo) {
		if strings.HasPrefix(line, "package ") {
			break
		}
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	_, text, _ := strings.Cut(b.String(), "\n\n")
	return strings.TrimSpace(text)
}

// Page returns the section of a documentation that is headed by a rule's
// name, without the heading, or "".
func Page(doc, name string) string {
	_, text, found := strings.Cut("\n"+doc, "\n# "+name+"\n")
	if !found {
		return ""
	}
	text, _, _ = strings.Cut(text, "\n# ")
	return strings.TrimSpace(text)
}

// Sections returns the headings of a documentation, in order.
func Sections(doc string) []string {
	var names []string
	for line := range strings.Lines(doc) {
		if name, ok := strings.CutPrefix(line, "# "); ok {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}
