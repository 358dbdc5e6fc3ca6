package drivertest

import (
	"strings"
	"testing"
)

// goVersions are go commands that are known to work, besides the one that runs
// the tests: the oldest, and the last of each since that we have met.
var goVersions = []string{"go1.20.14", "go1.21.13", "go1.22.12", "go1.23.12", "go1.24.10", "go1.25.4", "go1.27.4"}

// Go commands differ in what they tell a vet tool, and in what they remember
// of its answers. Those that are in the module cache are tried; go download
// them by GOTOOLCHAIN=go1.25.4 go version, or whatever the name.
func TestVetGoVersions(t *testing.T) {
	for _, name := range goVersions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := plant(t, strings.ReplaceAll(mono, "go 1.26", "go 1.20"))
			tr.env = []string{"GOTOOLCHAIN=" + name, "GOPROXY=off"}
			if a := tr.run(".", "go", "version"); !strings.Contains(a.stdout, name) {
				t.Skip("not downloaded")
			}
			const strict, lax = "products = [\"products/*\"]\n", "products = [\"products/*\"]\n[rules]\nprivate-import = \"off\"\n"
			for range 2 {
				tr.says(tr.vet("./products/flags/facade")) // imports flags/logic
				tr.says(tr.vet("./products/flags/logic"), private)
				tr.says(tr.vet("./..."), private)
				tr.write("boundaries.toml", lax)
				tr.says(tr.vet("./..."))
				tr.write("boundaries.toml", "prodcts = []\n")
				for range 2 {
					tr.says(tr.vet(clean), "models.go:1:1: boundaries.toml:1:1: ")
				}
				tr.write("boundaries.toml", strict)
			}
			if a := tr.vet("-json", "./products/flags/logic"); !strings.Contains(a.stdout+a.stderr, `"category": "private-import"`) {
				t.Errorf("-json: %v", a)
			}
			toys := plant(t, strings.ReplaceAll(writes, "go 1.26", "go 1.20"))
			toys.env = tr.env
			for range 2 {
				toys.says(toys.run(".", boundaries, "check", "--rules", "contract-write"), "products/shop/logic/logic.go:6:2: error: ")
			}
			toys.says(toys.vetToys("./products/shop/logic"), "logic.go:6:2", "logic_test.go:6:2", "x_test.go:6:2")

			generated := plant(t, strings.ReplaceAll(headers+headerStories["over a package with findings"], "go 1.26", "go 1.20"))
			generated.env = tr.env
			generated.followsHeaders(func() answer { return generated.vet("./products/billing/facade") })
			generated.followsHeaders(func() answer { return generated.run(".", boundaries, "check", "--rules", "orm-leak") })
		})
	}
}
