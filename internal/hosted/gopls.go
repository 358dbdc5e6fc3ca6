package hosted

import (
	"bytes"
	"cmp"
	"context"
	"debug/buildinfo"
	_ "embed"
	"encoding/json"
	"fmt"
	goversion "go/version"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

const (
	gopls = "golang.org/x/tools/gopls"

	// goplsModule is the path of the module that is built. It lies below that
	// of gopls, which has no way for others to add an analyzer: so the go
	// command lets it import what is internal to gopls.
	goplsModule = gopls + "/boundariesgopls"
)

//go:embed gopls_main.go.txt
var goplsMain string

// BuildGopls builds a gopls of a version with the suite inside, and puts it
// at output once it has shown, in a session, that it works. A version of ""
// is that of the gopls on PATH or, without one, the newest that this Go can
// build. What is being done is told to log.
//
// The program is gopls as it comes from the module proxy, and a main package
// of ours. An error says, among other things, that this gopls is not built as
// that expects.
func BuildGopls(ctx context.Context, suite Source, version, output string, log io.Writer) error {
	b, err := newBuild(log)
	if err != nil {
		return err
	}
	defer b.close()
	version, why, err := b.chooseGopls(ctx, version)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "building gopls %s (%s) with boundaries from %s\n", version, why, suite)
	built, err := b.gopls(ctx, suite, version)
	if err != nil {
		return err
	}
	fmt.Fprintln(log, "testing it")
	if err := testGopls(ctx, built); err != nil {
		return fmt.Errorf("gopls %s was built and does not work: %w", version, err)
	}
	return install(built, output)
}

// chooseGopls returns the version to build, and why that one.
func (b *build) chooseGopls(ctx context.Context, version string) (chosen, why string, err error) {
	if version != "" {
		if '0' <= version[0] && version[0] <= '9' {
			version = "v" + version
		}
		return version, "as asked", nil
	}
	if path, err := exec.LookPath("gopls"); err == nil {
		if version, ok := goplsVersion(path); ok && b.fits(ctx, version) {
			return version, "as on PATH", nil
		}
	}
	out, err := b.run(ctx, "list", "-m", "-versions", "-json=Versions", gopls)
	if err != nil {
		return "", "", err
	}
	var list struct{ Versions []string }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		return "", "", err
	}
	slices.SortFunc(list.Versions, func(a, b string) int { return semver.Compare(b, a) })
	for _, version := range list.Versions {
		if semver.Prerelease(version) == "" && b.fits(ctx, version) {
			return version, "the newest for " + runtime.Version(), nil
		}
	}
	return "", "", fmt.Errorf("no version of gopls can be built by %s", runtime.Version())
}

// goplsVersion returns the version of a gopls, stock or ours.
func goplsVersion(program string) (version string, ok bool) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return "", false
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == gopls && semver.IsValid(m.Version) {
			return m.Version, true
		}
	}
	return "", false
}

// fits reports whether the go command here is new enough for a version.
func (b *build) fits(ctx context.Context, version string) bool {
	m, err := b.module(ctx, gopls, version)
	if err != nil {
		return false
	}
	local, err := b.run(ctx, "env", "GOVERSION")
	if err != nil {
		return false
	}
	local, _, _ = strings.Cut(strings.TrimSpace(local), "-") // a vendor's suffix
	return goversion.Compare("go"+m.GoVersion, local) <= 0
}

// A goModule is what the go command knows of a module in its cache.
type goModule struct {
	Version   string
	GoVersion string
	GoMod     string // the file
	Dir       string // only if it was downloaded
	Error     string
}

// needsGo is what the go command says of a module that is too new for it.
var needsGo = regexp.MustCompile(`requires go >= (\S+) \(running go ([^;)]+)`)

func (b *build) module(ctx context.Context, path, version string) (goModule, error) {
	var m goModule
	out, err := b.run(ctx, "mod", "download", "-json", path+"@"+version)
	jsonErr := json.Unmarshal([]byte(out), &m)
	if needs := needsGo.FindStringSubmatch(fmt.Sprint(m.Error, err)); needs != nil {
		return m, fmt.Errorf("%s %s needs go %s, and the go command is %s; update Go, let GOTOOLCHAIN=auto do it, or name an older version", path, version, needs[1], needs[2])
	}
	if jsonErr != nil {
		return m, cmp.Or(err, jsonErr)
	}
	if m.Error != "" {
		return m, fmt.Errorf("%s", m.Error)
	}
	if err != nil {
		return m, err
	}
	src, err := os.ReadFile(m.GoMod)
	if err != nil {
		return m, err
	}
	f, err := modfile.ParseLax(m.GoMod, src, nil)
	if err != nil {
		return m, err
	}
	if f.Go != nil {
		m.GoVersion = f.Go.Version
	}
	return m, nil
}

// gopls builds the program and returns where it is.
func (b *build) gopls(ctx context.Context, suite Source, version string) (string, error) {
	m, err := b.module(ctx, gopls, version)
	if err != nil {
		return "", err
	}
	upstream, err := goplsSource(m.Dir)
	if err != nil {
		return "", fmt.Errorf("gopls %s has another shape than this boundaries knows: %w", version, err)
	}
	if err := b.require(goplsModule, gopls, m.Version, suite); err != nil {
		return "", err
	}
	if err := b.pin(m.GoMod); err != nil {
		return "", err
	}
	if err := b.sums(ctx, m.Dir, suite); err != nil {
		return "", err
	}
	if err := b.write("goplsmain.go", string(upstream)); err != nil {
		return "", err
	}
	if err := b.write("main.go", goplsMain); err != nil {
		return "", err
	}
	built := filepath.Join(b.dir, "gopls.exe")
	_, err = b.run(ctx, "build", "-trimpath", "-ldflags=-X main.version="+m.Version+"+boundaries", "-o", built, ".")
	return built, err
}

// pin keeps at gopls' own versions what our requirements would lift above
// them, and what gopls does not compile or start with otherwise.
func (b *build) pin(goplsMod string) error {
	src, err := os.ReadFile(goplsMod)
	if err != nil {
		return err
	}
	theirs, err := modfile.ParseLax(goplsMod, src, nil)
	if err != nil {
		return err
	}
	name := filepath.Join(b.dir, "go.mod")
	if src, err = os.ReadFile(name); err != nil {
		return err
	}
	ours, err := modfile.Parse(name, src, nil)
	if err != nil {
		return err
	}
	for _, r := range theirs.Require {
		if r.Mod.Path == "golang.org/x/tools" || r.Mod.Path == "honnef.co/go/tools" {
			if err := ours.AddReplace(r.Mod.Path, "", r.Mod.Path, r.Mod.Version); err != nil {
				return err
			}
		}
	}
	content, err := ours.Format()
	if err != nil {
		return err
	}
	return b.write("go.mod", string(content))
}

// sums writes a go.sum of what gopls and we have in ours: some of gopls'
// requirements are no release, and known to no one else.
func (b *build) sums(ctx context.Context, goplsDir string, suite Source) error {
	dirs := []string{goplsDir, suite.Dir}
	if suite.Dir == "" {
		m, err := b.module(ctx, Module, suite.Version)
		if err != nil {
			return err
		}
		dirs[1] = m.Dir
	}
	var lines []string
	for _, dir := range dirs {
		src, err := os.ReadFile(filepath.Join(dir, "go.sum"))
		if err != nil {
			return err
		}
		for line := range bytes.Lines(src) {
			lines = append(lines, string(line))
		}
	}
	slices.Sort(lines)
	return b.write("go.sum", strings.Join(slices.Compact(lines), ""))
}
