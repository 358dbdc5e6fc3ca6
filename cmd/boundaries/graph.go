package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/boundaries-dev/boundaries/internal/atomicfile"
	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/graph"
)

var graphFormats = []string{"text", "dot", "mermaid", "json", "svg", "html"}

func graphCommand() *cobra.Command {
	var opt graphOptions
	cmd := &cobra.Command{
		Use:   "graph [flags]",
		Short: "Draw the modules and what they import",
		Long: `Graph draws the modules, by layer, and the imports between them: how many
there are, which break a rule, which are known, and which close a loop.

The html is one page that needs no network: choose a module to see only its
neighbours, look for one by name, collapse modules to their owners. It stays
readable with hundreds of modules; of so many, dot and mermaid draw best with
--focus or --by-owner.

Without --format it is text on a terminal and dot elsewhere.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runGraph(cmd, opt) },
	}
	f := cmd.Flags()
	f.StringVar(&opt.config, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.StringVar(&opt.format, "format", "", strings.Join(graphFormats, ", "))
	f.StringVar(&opt.focus, "focus", "", "show only this `MODULE` and its neighbours")
	f.BoolVar(&opt.byOwner, "by-owner", false, "let owners stand for the modules they own")
	f.StringVarP(&opt.output, "output", "o", "", "write to this `FILE` instead of standard output")
	complete(cmd, "format", graphFormats)
	return cmd
}

type graphOptions struct {
	config, format, focus, output string
	byOwner                       bool
}

func runGraph(cmd *cobra.Command, opt graphOptions) error {
	if opt.format == "" {
		opt.format = "dot"
		if opt.output == "" && isTerminal(cmd.OutOrStdout()) {
			opt.format = "text"
		}
	}
	if err := oneOf("format", opt.format, graphFormats); err != nil {
		return err
	}
	res, wd, err := look(cmd, check.Options{Config: opt.config, Imports: true})
	if err != nil || res.Law() == nil {
		return orAnswer(err, cmd, wd, res)
	}
	g := graph.New(res)
	if opt.byOwner {
		g = g.Owners()
	}
	if opt.focus != "" {
		if opt.focus, err = g.Named(opt.focus); err != nil {
			return err
		}
		if opt.format != "html" {
			g = g.Focus(opt.focus)
		}
	}
	if err := output(cmd, opt.output, func(w io.Writer) error { return draw(w, g, opt) }); err != nil {
		return err
	}
	return whole(res)
}

func draw(w io.Writer, g *graph.Graph, opt graphOptions) error {
	switch opt.format {
	case "text":
		return g.WriteText(w, columns(w), painter(w))
	case "mermaid":
		return g.WriteMermaid(w)
	case "json":
		return g.WriteJSON(w)
	case "svg":
		return g.WriteSVG(w)
	case "html":
		return g.WriteHTML(w, opt.focus)
	}
	return g.WriteDOT(w)
}

// columns is how wide a text may be.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 100
}

// painter colours the edges of a text on a terminal.
func painter(w io.Writer) func(state, text string) string {
	codes := map[string]string{"error": "31", "warn": "33", "cycle": "35", "known": "2"}
	return func(state, text string) string {
		if code := codes[state]; code != "" && colourful(w) {
			return "\x1b[" + code + "m" + text + "\x1b[0m"
		}
		return text
	}
}

// output writes to a file, all or nothing, or to standard output.
func output(cmd *cobra.Command, file string, write func(io.Writer) error) error {
	if file == "" {
		return write(cmd.OutOrStdout())
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := atomicfile.Write(file, b.Bytes()); err != nil {
		return fmt.Errorf("cannot write: %w", err)
	}
	_, err := fmt.Fprintf(cmd.ErrOrStderr(), "wrote %s\n", file)
	return err
}
