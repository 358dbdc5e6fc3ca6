package config

import (
	"fmt"
	"slices"
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
// if that is at most a third of its length (and at least one edit is always
// forgiven), or "". Of equally near ones it takes the first in sorted order.
func Nearest(word string, candidates []string) string {
	best, nearest := max(1, len(word)/3)+1, ""
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if abs(len(c)-len(word)) >= best {
			continue
		}
		if d := editDistance(word, c); d < best {
			best, nearest = d, c
		}
	}
	return nearest
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
