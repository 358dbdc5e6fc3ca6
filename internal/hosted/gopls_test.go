package hosted

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/boundaries-dev/boundaries/internal/editor"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

// What was built has shown that it works, so little is left to try: that it
// says what it is, that it finds what check finds in the reference monorepo,
// and that a gopls without the suite would not have passed.
func TestBuildGopls(t *testing.T) {
	if testing.Short() {
		t.Skip("downloads and builds gopls; not under -short")
	}
	home, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "bin", "gopls.exe")
	var log strings.Builder
	if err := BuildGopls(t.Context(), Source{Dir: home}, os.Getenv("GOPLS_VERSION"), program, &log); err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	t.Log(log.String())
	t.Run("version", func(t *testing.T) {
		version, ok := goplsVersion(program)
		if !ok || !strings.Contains(log.String(), "gopls "+version) {
			t.Errorf("version %q, built with\n%s", version, &log)
		}
		out, err := exec.Command(program, "version", "-json").Output()
		if err != nil {
			t.Fatal(err)
		}
		var info struct {
			Main struct{ Path, Version string }
		}
		if err := json.Unmarshal(out, &info); err != nil {
			t.Fatal(err)
		}
		if info.Main.Version != "(devel)" || info.Main.Path == gopls {
			t.Errorf("it passes for an official gopls: %+v", info.Main)
		}
	})
	t.Run("shop", func(t *testing.T) { sameAsCheck(t, home, program) })
	t.Run("stock", func(t *testing.T) {
		version, _ := goplsVersion(program)
		stock := filepath.Join(t.TempDir(), "stock.exe")
		cmd := exec.Command("go", "build", "-trimpath", "-o", stock, gopls)
		cmd.Dir = t.TempDir()
		mod := fmt.Sprintf("module stock\n\ngo 1.26.0\n\nrequire %s %s\n", gopls, version)
		if err := os.WriteFile(filepath.Join(cmd.Dir, "go.mod"), []byte(mod), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
		defer cancel()
		if err := testGopls(ctx, stock); err == nil || !strings.Contains(err.Error(), "a finding appears") {
			t.Errorf("a gopls without the suite passes the test: %v", err)
		}
	})
}

// sameAsCheck opens every file of the reference monorepo in which check finds
// something, and waits until the same is shown.
func sameAsCheck(t *testing.T, home, program string) {
	shop := filepath.Join(home, "testdata", "shop")
	boundaries := filepath.Join(t.TempDir(), "boundaries.exe")
	if out, err := exec.Command("go", "build", "-o", boundaries, home+"/cmd/boundaries").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(boundaries, "check", "--format", "json")
	cmd.Dir = shop
	out, err := cmd.Output()
	var report struct {
		Diagnostics []struct {
			Rule, Severity, File, Message string
			Line                          int
		}
	}
	if json.Unmarshal(out, &report) != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := map[string][]string{}
	for _, d := range report.Diagnostics {
		if r, _ := rule.Find(d.Rule); !r.Tree && builtHere(t, filepath.Join(shop, d.File)) {
			want[d.File] = append(want[d.File], fmt.Sprintf("%d %s %s %s", d.Line, d.Severity, d.Rule, d.Message))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	server := exec.Command(program)
	server.Dir = shop
	server.Env = append(os.Environ(), "GOPLSCACHE="+t.TempDir())
	e, err := editor.Start(ctx, server, editor.Options{Folders: []string{shop}, Settings: map[string]any{"diagnosticsDelay": "100ms"}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Kill()
	for rel := range want {
		src, err := os.ReadFile(filepath.Join(shop, rel))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Open(ctx, filepath.Join(shop, rel), string(src)); err != nil {
			t.Fatal(err)
		}
	}
	if len(want) < 30 {
		t.Errorf("check finds something in %d files only", len(want))
	}
	for rel, list := range want {
		slices.Sort(list)
		patience, cancel := context.WithTimeout(ctx, 2*time.Minute)
		p, err := e.Wait(patience, filepath.Join(shop, rel), func(p editor.Published) bool { return slices.Equal(ours(p), list) })
		cancel()
		if err != nil {
			t.Errorf("%s: check says\n\t%s\ngopls shows\n\t%s", rel, strings.Join(list, "\n\t"), strings.Join(ours(p), "\n\t"))
		}
	}
}

// ours returns what was published of our rules.
func ours(p editor.Published) []string {
	var list []string
	for _, d := range p.Diagnostics {
		if _, ok := rule.Find(d.Rule()); ok {
			severity := "error"
			if d.Severity != 1 {
				severity = "warn"
			}
			list = append(list, fmt.Sprintf("%d %s %s %s", d.Range.Start.Line+1, severity, d.Rule(), d.Message))
		}
	}
	slices.Sort(list)
	return list
}

// builtHere reports whether the go command takes a file on this platform.
func builtHere(t *testing.T, file string) bool {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-f", "{{.GoFiles}} {{.CgoFiles}} {{.TestGoFiles}} {{.XTestGoFiles}}", ".")
	cmd.Dir = filepath.Dir(file)
	out, _ := cmd.Output()
	return slices.Contains(strings.FieldsFunc(string(out), func(r rune) bool { return strings.ContainsRune(" []\n", r) }), filepath.Base(file))
}

// A version is taken with its v or without, and so is a query.
func TestChooseAsAsked(t *testing.T) {
	for asked, want := range map[string]string{"v0.23.0": "v0.23.0", "0.23.0": "v0.23.0", "0.23": "v0.23", "latest": "latest", "master": "master"} {
		if got, _, err := new(build).chooseGopls(t.Context(), asked); got != want || err != nil {
			t.Errorf("%s: got %s, %v; want %s", asked, got, err, want)
		}
	}
}

const upstream = `package main

import (
	"os"

	"golang.org/x/telemetry"
	"golang.org/x/telemetry/counter"
)

var version = ""

func main() {
	telemetry.Start(telemetry.Config{Upload: true})
	counter.Inc("x")
	os.Exit(len(version))
}
`

func TestAdaptGopls(t *testing.T) {
	out, err := adaptGopls([]byte(upstream))
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"telemetry.Start", `"golang.org/x/telemetry"`, "func main()"} {
		if strings.Contains(string(out), gone) {
			t.Errorf("%s is still there:\n%s", gone, out)
		}
	}
	if !strings.Contains(string(out), "func goplsMain()") {
		t.Errorf("no goplsMain:\n%s", out)
	}
}

// A main package of another shape is refused, with what is different.
func TestAdaptGoplsRefuses(t *testing.T) {
	for old, test := range map[string]struct{ new, want string }{
		"func main":        {"func start", "no func main"},
		"var version = ":   {"var release = ", "no variable version"},
		"telemetry.Start(": {"telemetry.Begin(", "telemetry in 0 places"},
		"package main":     {"package gopls", "called gopls"},
	} {
		_, err := adaptGopls([]byte(strings.Replace(upstream, old, test.new, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.new, err, test.want)
		}
	}
}
