package hosted

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/boundaries-dev/boundaries/internal/config"
)

// GolangciVersion is the golangci-lint that is built unless another is asked
// for, and that our tests run with.
const GolangciVersion = "v2.15.0"

const golangci = "github.com/golangci/golangci-lint/v2"

//go:embed golangci_main.go.txt
var golangciMain string

// BuildGolangci builds a golangci-lint of a version ("" for GolangciVersion)
// with the suite inside, and puts it at output once it has shown that it finds
// what the suite finds. It takes all it needs from the module proxy;
// golangci-lint's own command custom clones a repository. What is being done
// is told to log.
func BuildGolangci(ctx context.Context, suite Source, version, output string, log io.Writer) error {
	if version == "" {
		version = GolangciVersion
	}
	if !strings.HasPrefix(version, "v") {
		version = "v" + version
	}
	b, err := newBuild(log)
	if err != nil {
		return err
	}
	defer b.close()
	fmt.Fprintf(log, "building golangci-lint %s with boundaries from %s\n", version, suite)
	if err := b.require("boundaries-golangci-lint", golangci, version, suite); err != nil {
		return err
	}
	if err := b.write("main.go", golangciMain); err != nil {
		return err
	}
	built := filepath.Join(b.dir, "golangci-lint.exe")
	if _, err := b.run(ctx, "build", "-trimpath", "-o", built, "."); err != nil {
		return err
	}
	fmt.Fprintln(log, "testing it")
	if err := testGolangci(ctx, built); err != nil {
		return fmt.Errorf("it was built and does not work: %w", err)
	}
	return install(built, output)
}

// testGolangci runs a golangci-lint on a tree with one finding, twice: the
// second time the configuration allows it, and a golangci-lint that does not
// notice would answer from its cache.
func testGolangci(ctx context.Context, program string) error {
	dir, err := os.MkdirTemp("", "boundaries-test")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files := map[string]string{
		"go.mod":                             "module example.com/mono\n\ngo 1.25\n",
		config.FileName:                      "products = [\"products/*\"]\n",
		".golangci.yml":                      "version: \"2\"\nlinters:\n  default: none\n  enable: [boundaries]\n  settings:\n    custom:\n      boundaries:\n        type: module\n",
		"products/a/models/models.go":        "package models\n",
		"products/b/logic/logic.go":          "package logic\n\nimport _ \"example.com/mono/products/a/models\"\n",
		"products/a/facade/facade.go":        "package facade\n",
		"products/b/presentation/present.go": "package presentation\n",
	}
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			return err
		}
	}
	lint := func() string {
		cmd := exec.CommandContext(ctx, program, "run", "./...")
		cmd.Dir = dir
		cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=", "GOLANGCI_LINT_CACHE="+filepath.Join(dir, ".cache"), config.EnvVar+"=")
		out, _ := cmd.CombinedOutput() // its exit code is that of what it prints
		return string(out)
	}
	const want = "(private-import)"
	if out := lint(); !strings.Contains(out, want) {
		return fmt.Errorf("it found nothing where it should have: %s", strings.TrimSpace(out))
	}
	allow := "products = [\"products/*\"]\nrules = { private-import = \"off\" }\n"
	if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(allow), 0o666); err != nil {
		return err
	}
	if out := lint(); strings.Contains(out, want) || !strings.Contains(out, "0 issues") {
		return fmt.Errorf("it did not notice an edit of %s: %s", config.FileName, strings.TrimSpace(out))
	}
	return nil
}
