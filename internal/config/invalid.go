package config

import "strings"

// Invalid is the error that a configuration has problems.
type Invalid []Problem

func (p Invalid) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}
