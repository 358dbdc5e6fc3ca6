package main

import (
	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/vetunit"
)

// vetTool answers go vet, if it is who asks: the same program is its tool.
func vetTool(args []string) (code int, asked bool) {
	if !vetunit.Asked(args) {
		return 0, false
	}
	return vetunit.Main(args, analyzers.Suite), true
}
