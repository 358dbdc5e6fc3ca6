package config

import (
	"fmt"
	"slices"
	"strings"
)

// didYouMean returns "; did you mean …?" for the candidate nearest to a
// misspelt word, or "" if none is near.
func didYouMean(word string, candidates []string) string {
	if near := Nearest(word, candidates); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// Nearest returns the candidate that differs from word by the fewest edits,
// if that is at most a third of its length, or one of which the other is but
// the beginning, or "". Of equally near ones it takes the first in sorted
// order.
func Nearest(word string, candidates []string) string {
	best, nearest := len(word)/3+1, ""
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if abs(len(c)-len(word)) >= best {
			continue
		}
		if d := editDistance(word, c); d < best {
			best, nearest = d, c
		}
	}
	if nearest != "" {
		return nearest
	}
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if min(len(c), len(word)) > 2 && (strings.HasPrefix(c, word) || strings.HasPrefix(word, c)) {
			return c
		}
	}
	return ""
}

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b (optimal string alignment).
func editDistance(a, b string) int {
	before, above := []int(nil), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

func abs(n int) int { return max(n, -n) }
