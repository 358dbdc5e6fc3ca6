// Package vetunit answers the go command when it uses this program as a vet
// tool: go vet -vettool=$(which boundaries).
//
// The go command starts the tool once for each package, with a file that
// describes it, and remembers what the tool said by a key that knows nothing
// of boundaries.toml. Five things would make it answer from a stale memory,
// with none, or with that of another question:
//
//   - An edit of the configuration does not change the key. So the answer to
//     -V=full, which is part of it, carries a digest of the configuration that
//     holds where go vet was started.
//   - A package that was looked at as a dependency of another has the same key
//     as when it is asked for. So it is looked at as if it were, and what is
//     remembered is that there is nothing to find in it.
//   - And when it has been asked for, what was found in it is told again
//     whenever it is a dependency of what is asked for. So that is remembered
//     only of what cannot be a dependency, and else found again.
//   - An error of an analyzer is remembered as silence. So nothing is written
//     that could be remembered before everything went well.
//   - The header of a generated file is a comment, of which the keys of those
//     who import it know nothing. So packages leave a digest of theirs to
//     their importers, as facts; heads.go says how.
//
// The second and third are mended in go 1.27.
//
// And whatever a unit reads that -V=full did not see, because the file was
// edited in between or belongs to another tree, makes its answer one that is
// given and not remembered; keys.go says how it knows.
//
// We export no other facts. So packages are type-checked against what the compiler
// wrote about their dependencies, and dependencies from elsewhere cost a start
// of the program and nothing more, where unitchecker type-checks all of them.
package vetunit

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Asked reports whether the arguments of the program, without its name, are
// those of the go command to a vet tool, or those that go with [SourceFlag].
// The go command passes on flags as somebody wrote them, also -flag value; then
// the last argument is told from that of one of our own verbs by how the go
// command names it.
func Asked(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if len(args) == 1 && (args[0] == "-V=full" || args[0] == "-flags") {
		return true
	}
	if _, ok := askedSource(args); ok {
		return true
	}
	flags, file := args[:len(args)-1], args[len(args)-1]
	words := slices.ContainsFunc(flags, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	switch {
	case !strings.HasSuffix(file, ".cfg"):
		return false
	case !words:
		return true
	}
	return strings.HasPrefix(flags[0], "-") && filepath.IsAbs(file) && filepath.Base(file) == "vet.cfg"
}

// Main answers the go command with a suite of analyzers, and returns the exit
// code.
func Main(args []string, suite []*analysis.Analyzer) int {
	if err := answer(args, suite, os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintln(os.Stderr, "boundaries:", err)
		}
		return 1
	}
	return 0
}

func answer(args []string, suite []*analysis.Analyzer, stdout, stderr io.Writer) error {
	if args[0] == "-V=full" {
		return answerVersion(stdout)
	}
	if tags, ok := askedSource(args); ok {
		return answerSource(tags, args[1:], suite, stdout, stderr)
	}
	opt, err := parseFlags(args, suite, stderr)
	if err != nil {
		return err
	}
	if opt.describe {
		return opt.writeFlags(stdout)
	}
	u, err := readUnit(opt.file)
	if err != nil {
		return err
	}
	putOffCollection()
	return u.run(opt, stdout, stderr)
}

// putOffCollection lets the first 64 MB be collected at once. Most units end
// before, and are done in two thirds of the time.
func putOffCollection() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(1600) // of 4 MB
	runtime.AddCleanup(new(struct{ *int }), func(percent int) { debug.SetGCPercent(percent) }, 100)
}
