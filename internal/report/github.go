package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes findings as workflow commands, which GitHub Actions turns
// into annotations of the files.
func WriteGitHub(w io.Writer, base *Base, findings []Finding) error {
	out := bufio.NewWriter(w)
	for _, f := range findings {
		fmt.Fprintf(out, "::%s title=%s,file=%s", level(f.Severity), property("boundaries: "+f.Rule), property(base.path(f.File)))
		if f.Line > 0 {
			fmt.Fprintf(out, ",line=%d", f.Line)
		}
		if f.Line > 0 && f.EndLine > f.Line {
			fmt.Fprintf(out, ",endLine=%d", f.EndLine) // columns are for one line only
		}
		if f.Line > 0 && f.EndLine <= f.Line && f.Column > 0 {
			fmt.Fprintf(out, ",col=%d", f.Column)
			if f.EndColumn > f.Column {
				fmt.Fprintf(out, ",endColumn=%d", f.EndColumn)
			}
		}
		fmt.Fprintf(out, "::%s\n", data(fmt.Sprintf("%s (%s)", f.Message, f.Rule)))
	}
	return out.Flush()
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// data escapes what stands behind a workflow command.
func data(s string) string { return escapeData.Replace(s) }

// property escapes the value of a property of a workflow command.
func property(s string) string { return escapeProperty.Replace(s) }
