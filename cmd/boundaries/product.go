package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/rule"
	"github.com/boundaries-dev/boundaries/internal/scaffold"
)

func productCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "product",
		Short: "Make products, and hold them to their layout",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_ = cmd.Help()
			return exit(unanswered)
		},
	}
	cmd.AddCommand(productNewCommand(), productLintCommand(), productTemplatesCommand())
	return cmd
}

func productNewCommand() *cobra.Command {
	var (
		opt     scaffold.Options
		layout  string
		noSetup bool
	)
	cmd := &cobra.Command{
		Use:   "new NAME [flags]",
		Short: "Make a product that compiles, passes its tests and has no finding",
		Long: `New makes a product: a facade with contracts, models, logic, an HTTP handler,
routes, tasks and tests, and registers it in the configuration and, where the
owners are such as it can name, in CODEOWNERS.

With --orm it runs go get for libraries that go.mod lacks, and the ORM's
generator; --no-setup only says what to run. Files in .boundaries/product stand
in for the built-in templates; boundaries product templates writes them there.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.Name, opt.Layout = args[0], scaffold.Layout(layout)
			if err := oneOf("orm", opt.ORM, scaffold.ORMs); err != nil {
				return err
			}
			if err := oneOf("layout", layout, scaffold.Layouts); err != nil {
				return err
			}
			return runProductNew(cmd, opt, noSetup)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Config, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.StringVar(&opt.ORM, "orm", "none", "what it stores its data with: "+strings.Join(scaffold.ORMs, ", "))
	f.StringVar(&layout, "layout", string(scaffold.Plain), "where its parts lie: "+strings.Join(scaffold.Layouts, ", "))
	f.StringVar(&opt.Dir, "dir", "", "make it in this `DIR` instead of where products says")
	f.StringArrayVar(&opt.Owners, "owner", nil, "who owns it; may be given more than once")
	f.BoolVar(&noSetup, "no-setup", false, "run no go command, only say which to run")
	complete(cmd, "orm", scaffold.ORMs)
	complete(cmd, "layout", scaffold.Layouts)
	return cmd
}

func runProductNew(cmd *cobra.Command, opt scaffold.Options, noSetup bool) error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	if opt.Config, err = configFile(opt.Config, wd); err != nil {
		return err
	}
	if opt.Config, err = filepath.Abs(opt.Config); err != nil {
		return err
	}
	root := filepath.Dir(opt.Config)
	if opt.Dir != "" {
		if opt.Dir, err = below(root, wd, opt.Dir); err != nil {
			return err
		}
	}
	unlock, err := atomicfile.Lock(opt.Config)
	if err != nil {
		return err
	}
	p, err := scaffold.New(cmd.Context(), opt)
	unlock()
	if problems, ok := errors.AsType[config.Invalid](err); ok {
		fmt.Fprintln(cmd.ErrOrStderr(), problems)
		return exit(unanswered)
	}
	if err != nil {
		return err
	}
	sayProduct(cmd, p, opt)
	setup, err := p.Setup(root, opt.ORM)
	if err != nil {
		return err
	}
	return runSetup(cmd, wd, setup, noSetup)
}

// below returns a path of the command line relative to the root.
func below(root, wd, dir string) (string, error) {
	abs := dir
	if !filepath.IsAbs(dir) {
		abs = filepath.Join(wd, dir)
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return "", err
	}
	rel = filepath.ToSlash(rel)
	if rel == "." || rel == ".." || strings.HasPrefix(rel, "../") {
		return "", fmt.Errorf("%s does not lie below the root %s", dir, root)
	}
	return rel, nil
}

func sayProduct(cmd *cobra.Command, p *scaffold.Product, opt scaffold.Options) {
	out := cmd.OutOrStdout()
	for _, name := range p.Files {
		fmt.Fprintln(out, "made", name)
	}
	for _, name := range p.Changed {
		fmt.Fprintln(out, "changed", name)
	}
	if len(opt.Owners) == 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "nobody owns %s yet; say who in owners\n", p.Dir)
	}
}

// runSetup runs what has to be run before the product compiles, or says what
// that is.
func runSetup(cmd *cobra.Command, wd string, setup []scaffold.Command, only bool) error {
	for i, c := range setup {
		if !only {
			fmt.Fprintln(cmd.ErrOrStderr(), "running", c)
			run := exec.CommandContext(cmd.Context(), c.Args[0], c.Args[1:]...)
			run.Dir, run.Stdout, run.Stderr = c.Dir, cmd.ErrOrStderr(), cmd.ErrOrStderr()
			err := run.Run()
			if err == nil {
				continue
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", c, err)
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "before it compiles, run:")
		for _, c := range setup[i:] {
			dir, err := filepath.Rel(wd, c.Dir)
			if err != nil {
				dir = c.Dir
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "  cd %s && %s\n", dir, c)
		}
		if only {
			return nil
		}
		return errors.New("the product is made, but not set up")
	}
	return nil
}

func productTemplatesCommand() *cobra.Command {
	var orm, file string
	cmd := &cobra.Command{
		Use:   "templates [flags]",
		Short: "Write the templates of new products to where they can be changed",
		Long: `Templates writes the built-in templates of a new product to ` + scaffold.Overrides + `
below the root. Files there stand in for the built-in ones; a new one adds a file
to each new product, and an empty one leaves its file out. What is there
already stays as it is.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("orm", orm, scaffold.ORMs); err != nil {
				return err
			}
			wd, err := os.Getwd()
			if err != nil {
				return err
			}
			if file, err = configFile(file, wd); err != nil {
				return err
			}
			written, err := scaffold.Eject(filepath.Dir(file), orm)
			for _, name := range written {
				fmt.Fprintln(cmd.OutOrStdout(), "wrote", name)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	cmd.Flags().StringVar(&orm, "orm", "none", "the templates for "+strings.Join(scaffold.ORMs, ", "))
	complete(cmd, "orm", scaffold.ORMs)
	return cmd
}

func productLintCommand() *cobra.Command {
	var file, format string
	cmd := &cobra.Command{
		Use:   "lint [NAME...] [flags]",
		Short: "Report where products are not laid out as products are",
		Long: `Lint looks at the layout of products, those named or all: packages that are
missing or misplaced, a facade that only re-exports, a product without an owner,
without tests or without keys in the configuration, contracts that nobody imports
and routes that nobody mounts.

Exit status: 0 if there is no finding of severity error, 1 if there is one,
2 if the question could not be answered.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, []string{"text", "short", "json"}); err != nil {
				return err
			}
			return runProductLint(cmd, file, format, args)
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	cmd.Flags().StringVar(&format, "format", "text", "text, short or json")
	complete(cmd, "format", []string{"text", "short", "json"})
	return cmd
}

func runProductLint(cmd *cobra.Command, file, format string, names []string) error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	if file, err = configFile(file, wd); err != nil {
		return err
	}
	root, found, err := scaffold.Lint(cmd.Context(), file, names)
	if problems, ok := errors.AsType[config.Invalid](err); ok {
		fmt.Fprintln(cmd.ErrOrStderr(), problems)
		return exit(unanswered)
	}
	if err != nil {
		return err
	}
	res := &check.Result{Root: root, Findings: found}
	for _, f := range found {
		if f.Severity == rule.Error {
			res.Summary.Errors++
		} else {
			res.Summary.Warnings++
		}
	}
	if err := write(cmd.OutOrStdout(), format, wd, res); err != nil {
		return err
	}
	if format != "json" && len(found) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s, %s\n", count(res.Summary.Errors, "error"), count(res.Summary.Warnings, "warning"))
	}
	if res.Summary.Errors > 0 {
		return exit(findings)
	}
	return nil
}
