package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func checkCommand() *cobra.Command {
	var (
		opt      check.Options
		format   string
		baseline baselineFlag
		fix      fixFlag
	)
	cmd := &cobra.Command{
		Use:   "check [flags] [packages]",
		Short: "Report what breaks boundaries.toml",
		Long: `Check reports what breaks boundaries.toml in the packages that match the
patterns, which are directories relative to the current one; the default is
./... . Rules about the whole tree speak only in a run over the whole root.

Exit status: 0 if there is no finding of severity error, 1 if there is one,
2 if the question could not be answered.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.Patterns = args
			return runCheck(cmd, opt, format, baseline, fix)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Config, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.StringVar(&format, "format", "text", strings.Join(formats, ", "))
	f.StringSliceVar(&opt.Rules, "rules", nil, "look for these rules only")
	f.StringSliceVar(&opt.Skip, "skip", nil, "do not look for these rules")
	f.BoolVar(&opt.Imports, "imports", false, "look at imports only: the fastest check, without a Go toolchain")
	f.StringVar(&opt.Tags, "tags", "", "build tags, as the go command takes them, for the rules that ask for types")
	baseline.register(cmd)
	fix.register(cmd)
	complete(cmd, "format", formats)
	complete(cmd, "rules", rule.Names())
	complete(cmd, "skip", rule.Names())
	return cmd
}

var formats = []string{"text", "short", "json", "sarif", "github", "checkstyle"}

func complete(cmd *cobra.Command, flag string, words []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

func runCheck(cmd *cobra.Command, opt check.Options, format string, baseline baselineFlag, fix fixFlag) error {
	if err := oneOf("format", format, formats); err != nil {
		return err
	}
	for _, name := range append(append([]string{}, opt.Rules...), opt.Skip...) {
		if err := oneOf("rule", name, rule.Names()); err != nil {
			return err
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	opt.Dir = wd
	if opt.Config, err = configFile(opt.Config, wd); err != nil {
		return err
	}
	if err := baseline.apply(&opt); err != nil {
		return err
	}
	if fix.asked() {
		if baseline.write {
			return errors.New("--write-baseline and --fix are two things; do one, and then the other")
		}
		return fix.mend(cmd, opt, format, wd)
	}
	res, err := runWithProgress(cmd, opt)
	if err != nil {
		return err
	}
	if baseline.write {
		return baseline.rewrite(cmd, format, wd, res)
	}
	return answer(cmd, format, wd, res)
}

func runWithProgress(cmd *cobra.Command, opt check.Options) (*check.Result, error) {
	line := newProgress(cmd.ErrOrStderr())
	defer line.end()
	opt.Progress = line.packages
	return check.Run(cmd.Context(), opt)
}

// answer writes the findings and chooses the exit code.
func answer(cmd *cobra.Command, format, wd string, res *check.Result) error {
	if err := write(cmd.OutOrStdout(), format, wd, res); err != nil {
		return err
	}
	if (format == "text" || format == "short") && len(res.Findings) > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), conclusion(res.Summary))
	}
	if format == "text" {
		advise(cmd.ErrOrStderr(), res)
	}
	return verdict(res)
}

// verdict is the exit code of a run.
func verdict(res *check.Result) error {
	switch {
	case res.Incomplete:
		return exit(unanswered)
	case res.Summary.Errors > 0:
		return exit(findings)
	}
	return nil
}

// configFile returns the configuration file that a command is to use.
func configFile(flag, wd string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if named := os.Getenv(config.EnvVar); named != "" {
		return named, nil
	}
	file, ok := config.Find(wd)
	if !ok {
		return "", fmt.Errorf("no %s in %s or above it; boundaries init writes one, or begin with the line: products = [\"products/*\"]", config.FileName, wd)
	}
	return file, nil
}

func oneOf(what, word string, words []string) error {
	for _, w := range words {
		if w == word {
			return nil
		}
	}
	if near := config.Nearest(word, words); near != "" {
		return fmt.Errorf("unknown %s %q; did you mean %q?", what, word, near)
	}
	return fmt.Errorf("unknown %s %q; there are %s", what, word, strings.Join(words, ", "))
}

func write(w io.Writer, format, wd string, res *check.Result) error {
	base := report.NewBase(res.Root)
	switch format {
	case "json":
		return report.WriteJSON(w, res.Findings, res.Summary)
	case "sarif":
		return report.SARIF{Base: base, Version: version(), Rules: pages(), OK: !res.Incomplete}.Write(w, res.Findings)
	case "github":
		return report.WriteGitHub(w, base, res.Findings)
	case "checkstyle":
		return report.WriteCheckstyle(w, base, res.Findings)
	}
	text := report.Text{
		Root: res.Root, Dir: wd,
		Long:  isTerminal(w) && format == "text",
		Color: colourful(w),
	}
	return text.Write(w, res.Findings)
}

// pages are the rules as code scanning shows them.
func pages() []report.RulePage {
	var pages []report.RulePage
	for _, r := range analyzers.Rules() {
		pages = append(pages, report.RulePage{Name: r.Name, Severity: rule.Severity(r.Severity), Title: title(r), Page: r.Page})
	}
	return pages
}

func colourful(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// conclusion is the last line for people.
func conclusion(s report.Summary) string {
	if s.Packages == 0 {
		return count(s.Errors, "error") + "; nothing was checked"
	}
	line := fmt.Sprintf("%s, %s in %s of %s", count(s.Errors, "error"), count(s.Warnings, "warning"),
		count(s.Packages, "package"), count(s.Modules, "module"))
	if s.Ignored > 0 {
		line += fmt.Sprintf("; %d ignored", s.Ignored)
	}
	if s.Baselined > 0 {
		line += fmt.Sprintf("; %d in the baseline", s.Baselined)
	}
	return line
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
