package standing

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// WriteText writes a report for a terminal.
func (r *Report) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, r.Headline())
	for _, problem := range r.Problems {
		fmt.Fprintf(out, "  %s\n", problem)
	}
	rows := [][]string{{"product", "isolation", "surface", "dependents", "open", "baselined", "ignored"}}
	for _, p := range r.Products {
		rows = append(rows, p.row())
	}
	for _, p := range r.Others {
		if p.Errors+p.Warnings+p.Baselined+p.Ignored > 0 {
			rows = append(rows, p.row())
		}
	}
	if len(rows) > 1 {
		fmt.Fprintln(out)
		writeTable(out, rows)
	}
	if steps := r.nextSteps(); len(steps) > 0 {
		fmt.Fprintln(out, "\nnext")
		for _, s := range steps {
			fmt.Fprintf(out, "  %s\n", s)
		}
	}
	for i, p := range append(r.History, r.Total) {
		if i == 0 && len(r.History) > 0 {
			fmt.Fprintln(out, "\nover time")
		}
		if len(r.History) > 0 {
			fmt.Fprintf(out, "  %s  isolation %d%%, %d open, %d baselined, %d ignored\n", p.Date, p.Isolation, p.Errors+p.Warnings, p.Baselined, p.Ignored)
		}
	}
	return out.Flush()
}

// Headline says in a sentence how the tree stands.
func (r *Report) Headline() string {
	t := r.Total
	s := "no products"
	if t.Products > 0 {
		s = fmt.Sprintf("%s, isolation %d%%", count(t.Products, "product"), t.Isolation)
	}
	s += fmt.Sprintf(", %d open, %d baselined, %d ignored", t.Errors+t.Warnings, t.Baselined, t.Ignored)
	if n := len(r.Cycles); n > 0 {
		s += ", " + count(n, "loop")
	}
	if r.Partial {
		s += " (imports alone)"
	}
	return s
}

func (p *Product) row() []string {
	isolation, open, baselined := "", fmt.Sprint(p.Errors+p.Warnings), fmt.Sprint(p.Baselined)
	if p.Isolation != nil {
		isolation = fmt.Sprintf("%d%%", *p.Isolation)
	}
	if b := p.Before; b != nil {
		open += change(p.Errors + p.Warnings - b.Errors - b.Warnings)
		baselined += change(p.Baselined - b.Baselined)
		if p.Isolation != nil && b.Isolation != nil {
			isolation += change(*p.Isolation - *b.Isolation)
		}
	}
	return []string{p.Path, isolation, fmt.Sprint(len(p.Surface)), fmt.Sprint(len(p.Dependents)), open, baselined, fmt.Sprint(p.Ignored)}
}

// change writes a difference, as in " (-3)", or nothing.
func change(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (%+d)", n)
}

// writeTable aligns the first column left and the others right.
func writeTable(out io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString(cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		fmt.Fprintln(out, strings.TrimRight(b.String(), " "))
	}
}

// nextSteps returns the most helpful step of each product, those of the least
// kept apart first.
func (r *Report) nextSteps() []string {
	worst := slices.Clone(r.Products)
	slices.SortStableFunc(worst, func(a, b *Product) int { return cmp.Compare(*a.Isolation, *b.Isolation) })
	var steps []string
	for _, p := range worst {
		if len(p.Steps) > 0 {
			steps = append(steps, p.Name+": "+p.Steps[0])
		}
	}
	return steps
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
