package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// What an editor offers is what the file may say.
func TestKeys(t *testing.T) {
	for section, want := range map[string]string{
		"":                 "modules",
		config.ProductFile: "depends_on",
		"modules":          "paths",
		"interfaces":       "expose",
		"roles":            "exposed",
		"external":         "only",
		"orm":              "presets",
		"contracts":        "max_fields",
		"facade":           "allow_types",
		"depends_on":       "deprecated",
		"layers":           "closed",
		"rules":            "private-import",
	} {
		if keys := config.Keys(section); !slices.Contains(keys, want) {
			t.Errorf("keys of %q are %q, want %q among them", section, keys, want)
		}
	}
	if keys := config.Keys("nonsense"); keys != nil {
		t.Errorf("nonsense has keys %q", keys)
	}
	if slices.Contains(config.Keys(config.ProductFile), "path") {
		t.Error("a product.toml has no path")
	}
	if strings.Contains(strings.Join(config.Keys("rules"), " "), "bad-config") {
		t.Error("bad-config cannot be configured")
	}
}
