package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/adopt"
	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/report"
	"github.com/boundaries-dev/boundaries/internal/rule"
)

func initCommand() *cobra.Command {
	var yes, force bool
	cmd := &cobra.Command{
		Use:   "init [flags]",
		Short: "Write a first boundaries.toml from what is there",
		Long: `Init looks at the Go packages below the current directory, finds the products
and modules they already form, and writes a boundaries.toml in which each
depends on what it imports today. If there is a tach.toml, it starts from that
and says what it could not carry over.

On a terminal it asks before it decides; elsewhere, and with --yes, it does
not. An existing boundaries.toml is kept unless --force is given.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInit(cmd, yes, force)
		},
	}
	f := cmd.Flags()
	f.BoolVarP(&yes, "yes", "y", false, "do not ask")
	f.BoolVar(&force, "force", false, "overwrite an existing "+config.FileName)
	return cmd
}

func runInit(cmd *cobra.Command, yes, force bool) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	file := filepath.Join(root, config.FileName)
	old, err := os.ReadFile(file)
	switch {
	case err == nil && !force:
		return fmt.Errorf("%s exists; change it by hand, run boundaries sync, or write a new one with --force", config.FileName)
	case err == nil && old == nil:
		old = []byte{}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := atomicfile.Writable(root); err != nil {
		return err
	}
	ask := asker(cmd, yes)
	p, err := adopt.Propose(cmd.Context(), root, ask)
	if problems, ok := errors.AsType[config.Invalid](err); ok {
		fmt.Fprintln(cmd.ErrOrStderr(), problems)
		return exit(unanswered)
	}
	if err != nil {
		return err
	}
	for _, note := range p.Notes {
		fmt.Fprintln(cmd.ErrOrStderr(), "not carried over:", note)
	}
	if ask != nil && !ask(fmt.Sprintf("Write %s with %s and %s?", config.FileName, count(p.Products, "product"), count(p.Modules, "module"))) {
		fmt.Fprintln(cmd.ErrOrStderr(), "nothing written")
		return nil
	}
	if err := atomicfile.Apply(atomicfile.Change{Name: file, Old: old, New: p.Text}); err != nil {
		return err
	}
	if above, ok := config.Find(filepath.Dir(root)); ok {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s no longer governs this directory\n", above)
	}
	sayProposal(cmd.OutOrStdout(), p)
	return nil
}

// asker returns how to ask the user: not at all (nil) where nobody answers.
func asker(cmd *cobra.Command, yes bool) func(string) bool {
	in, ok := cmd.InOrStdin().(*os.File)
	if yes || !ok || !isTerminal(in) || !isTerminal(cmd.ErrOrStderr()) {
		return nil
	}
	return questions(in, cmd.ErrOrStderr())
}

// questions asks on w and reads the answers from r, one a line. An empty one
// is yes; when there are none left, all is no.
func questions(r io.Reader, w io.Writer) func(string) bool {
	answers := bufio.NewScanner(r)
	return func(question string) bool {
		fmt.Fprint(w, question, " [Y/n] ")
		if !answers.Scan() {
			fmt.Fprintln(w)
			return false
		}
		word := strings.ToLower(strings.TrimSpace(answers.Text()))
		return word == "" || word == "y" || word == "yes"
	}
}

// sayProposal says what was written, and what check says about it.
func sayProposal(w io.Writer, p *adopt.Proposal) {
	fmt.Fprintf(w, "wrote %s: %s, %s\n", config.FileName, count(p.Products, "product"), count(p.Modules, "module"))
	rules := map[string]int{}
	var unread []report.Finding
	for _, f := range p.Findings.Findings {
		if f.Rule == rule.Incomplete {
			unread = append(unread, f)
			continue
		}
		rules[f.Rule]++
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		fmt.Fprintf(w, "  %4d %s\n", rules[name], name)
	}
	for _, f := range unread {
		fmt.Fprintf(w, "%s:%d:%d: %s\n", f.File, f.Line, f.Column, f.Message)
	}
	if len(unread) > 0 {
		fmt.Fprintln(w, "what is imported there is unknown, so depends_on may lack it; mend that, and run boundaries sync")
		return
	}
	if len(rules) == 0 {
		fmt.Fprintln(w, "nothing breaks it today; put boundaries check into CI")
		return
	}
	fmt.Fprintln(w, "boundaries check shows them; boundaries check --write-baseline accepts them, and no more")
}
