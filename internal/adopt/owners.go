package adopt

import (
	"os"
	"path/filepath"
	"strings"
)

// owners reads the CODEOWNERS file, if there is one: the owners of the
// directories that a line names. Of several lines the last counts, as it does
// for those who read the file for reviews.
func (s *surveyor) owners() map[string][]string {
	owners := map[string][]string{}
	for _, name := range []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"} {
		src, err := os.ReadFile(filepath.Join(filepath.Dir(s.file), filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(src)) {
			line, _, _ = strings.Cut(line, "#")
			words := strings.Fields(line)
			if len(words) < 2 {
				continue
			}
			dir := strings.Trim(strings.TrimSuffix(words[0], "/**"), "/")
			owners[dir] = words[1:]
		}
		break
	}
	return owners
}
