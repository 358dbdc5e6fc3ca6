package logic

import "fmt"

// Explain returns the statement that a query becomes.
func (i *Index) Explain(q string) string {
	return fmt.Sprintf("%s -- $1 = %q", find, q)
}
