package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/analyzers"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/scaffold"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Print the page of a rule, or the list of rules",
		Args:  cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			severity := severities()
			if len(args) == 0 {
				return listRules(cmd.OutOrStdout(), severity)
			}
			for _, r := range analyzers.Rules() {
				if r.Name == args[0] {
					return writePage(cmd.OutOrStdout(), r, severity(r))
				}
			}
			if text, ok := scaffold.Explain(args[0]); ok {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s (boundaries product lint)\n\n%s\n", args[0], text)
				return err
			}
			return oneOf("rule", args[0], ruleNames())
		},
	}
}

// severities returns what says how severe a rule is where one stands: as the
// configuration has it, or if there is none that can be read, by default.
func severities() func(analyzers.Rule) string {
	byDefault := func(r analyzers.Rule) string { return r.Severity }
	wd, err := os.Getwd()
	if err != nil {
		return byDefault
	}
	file, err := configFile("", wd)
	if err != nil {
		return byDefault
	}
	c, problems := config.Load(file, nil)
	if len(problems) > 0 {
		return byDefault
	}
	return func(r analyzers.Rule) string {
		if here := string(c.Severity(r.Name)); here != r.Severity {
			return fmt.Sprintf("%s, by default %s", here, r.Severity)
		}
		return r.Severity
	}
}

func listRules(w io.Writer, severity func(analyzers.Rule) string) error {
	for _, r := range analyzers.Rules() {
		if _, err := fmt.Fprintf(w, "%-22s %-6s %s\n", r.Name, severity(r), title(r)); err != nil {
			return err
		}
	}
	return nil
}

// title is the first sentence of a rule's page, as far as a colon.
func title(r analyzers.Rule) string {
	first, _, _ := strings.Cut(r.Page, "\n\n")
	first = strings.Join(strings.Fields(first), " ")
	first, _, _ = strings.Cut(first, ". ")
	first, _, _ = strings.Cut(first, ": ")
	return strings.TrimSuffix(first, ".") + "."
}

// writePage prints the page of a rule, on a terminal with its examples set off
// from the prose.
func writePage(w io.Writer, r analyzers.Rule, severity string) error {
	strong, faint := "%s", "%s"
	if colourful(w) {
		strong, faint = "\x1b[1m%s\x1b[0m", "\x1b[36m%s\x1b[0m"
	}
	var b strings.Builder
	fmt.Fprintf(&b, strong+" (%s)\n\n", r.Name, severity)
	for line := range strings.Lines(r.Page + "\n") {
		line = strings.TrimRight(line, "\n")
		code, isCode := strings.CutPrefix(line, "\t")
		if isCode {
			line = "    " + fmt.Sprintf(faint, strings.ReplaceAll(code, "\t", "    "))
		}
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\n%s\n", r.URL)
	_, err := io.WriteString(w, b.String())
	return err
}

func ruleNames() []string {
	var names []string
	for _, r := range analyzers.Rules() {
		names = append(names, r.Name)
	}
	return names
}
