package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Fingerprints returns a name for each finding, in their order, that survives
// moved lines and renamed files: of its rule, package and subject, and of how
// many with the same stand before it.
func Fingerprints(findings []Finding) []string {
	seen := map[string]int{}
	names := make([]string, len(findings))
	for i, f := range findings {
		subject := cmp.Or(f.Subject, f.Target)
		if f.Package == "" && subject == "" {
			subject = Title(f.Message)
		}
		what := fmt.Sprintf("%s\x00%s\x00%s", f.Rule, cmp.Or(f.Package, f.File), subject)
		seen[what]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", what, seen[what]))
		names[i] = hex.EncodeToString(sum[:16])
	}
	return names
}
