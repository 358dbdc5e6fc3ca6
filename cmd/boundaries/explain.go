package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/analyzers"
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
			out := cmd.OutOrStdout()
			if len(args) == 0 {
				for _, r := range analyzers.Rules() {
					fmt.Fprintf(out, "%-24s%s\n", r.Name, r.Severity)
				}
				return nil
			}
			for _, r := range analyzers.Rules() {
				if r.Name == args[0] {
					fmt.Fprintf(out, "%s (%s)\n\n%s\n\n%s\n", r.Name, r.Severity, r.Page, r.URL)
					return nil
				}
			}
			return oneOf("rule", args[0], ruleNames())
		},
	}
}

func ruleNames() []string {
	var names []string
	for _, r := range analyzers.Rules() {
		names = append(names, r.Name)
	}
	return names
}
