package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func checkCommand() *cobra.Command {
	var (
		opt    check.Options
		format string
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
			return runCheck(cmd, opt, format)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Config, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.StringVar(&format, "format", "text", "text, short or json")
	f.StringSliceVar(&opt.Rules, "rules", nil, "look for these rules only")
	f.StringSliceVar(&opt.Skip, "skip", nil, "do not look for these rules")
	f.BoolVar(&opt.Imports, "imports", false, "look at imports only: the fastest check, without a Go toolchain")
	complete(cmd, "format", formats)
	complete(cmd, "rules", rule.Names())
	complete(cmd, "skip", rule.Names())
	return cmd
}

var formats = []string{"text", "short", "json"}

func complete(cmd *cobra.Command, flag string, words []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

func runCheck(cmd *cobra.Command, opt check.Options, format string) error {
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
	res, err := check.Run(cmd.Context(), opt)
	if err != nil {
		return err
	}
	if err := write(cmd.OutOrStdout(), format, wd, res); err != nil {
		return err
	}
	if format != "json" && len(res.Findings) > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), conclusion(res.Summary))
	}
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
		return "", fmt.Errorf("no %s in %s or above it; a first one may be the line: products = [\"products/*\"]", config.FileName, wd)
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
	if format == "json" {
		return report.WriteJSON(w, res.Findings, res.Summary)
	}
	terminal := isTerminal(w)
	text := report.Text{
		Root: res.Root, Dir: wd,
		Long:  terminal && format == "text",
		Color: terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
	}
	return text.Write(w, res.Findings)
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
	return line
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
