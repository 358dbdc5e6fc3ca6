package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/boundaries-dev/boundaries/internal/check"
	"github.com/boundaries-dev/boundaries/internal/config"
	"github.com/boundaries-dev/boundaries/internal/standing"
)

var reportFormats = []string{"html", "json", "text"}

func reportCommand() *cobra.Command {
	var opt reportOptions
	cmd := &cobra.Command{
		Use:   "report [flags]",
		Short: "Say how each product stands, on one page for people",
		Long: `Report says of each product what its surface is, who depends on it, how many
findings are open, baselined and ignored, how well it is kept apart, and what
the next step is.

Isolation is a number from 0 to 100. It asks, in this order of weight: do others
import only its surface (35), does it import only the surface of others (15),
does its facade hand out nothing of its inside (15), has it a facade (10), does
it declare what it depends on (10), is it in no loop (10), are its contracts
frozen (5)? What the baseline knows or a comment ignores counts against it, too.

With --previous, a report that --format json wrote earlier, the page shows how
things have changed since; a report remembers those before it.

Without --format it is text on a terminal and html elsewhere.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runReport(cmd, opt) },
	}
	f := cmd.Flags()
	f.StringVar(&opt.Config, "config", "", "use this configuration `FILE` instead of the nearest "+config.FileName)
	f.StringVar(&opt.format, "format", "", strings.Join(reportFormats, ", "))
	f.StringVar(&opt.previous, "previous", "", "compare with this earlier report, a JSON `FILE`")
	f.StringVar(&opt.date, "date", "", "the `DATE` of the report; the default is today, or SOURCE_DATE_EPOCH")
	f.BoolVar(&opt.Imports, "imports", false, "look at imports only: fast, without a Go toolchain")
	f.StringVarP(&opt.output, "output", "o", "", "write to this `FILE` instead of standard output")
	complete(cmd, "format", reportFormats)
	return cmd
}

type reportOptions struct {
	check.Options
	format, previous, date, output string
}

func runReport(cmd *cobra.Command, opt reportOptions) error {
	if opt.format == "" {
		opt.format = "html"
		if opt.output == "" && isTerminal(cmd.OutOrStdout()) {
			opt.format = "text"
		}
	}
	if err := oneOf("format", opt.format, reportFormats); err != nil {
		return err
	}
	previous, err := earlier(cmd, opt.previous)
	if err != nil {
		return err
	}
	date, err := reportDate(opt.date)
	if err != nil {
		return err
	}
	res, wd, err := look(cmd, opt.Options)
	if err != nil || res.Law() == nil {
		return orAnswer(err, cmd, wd, res)
	}
	r := standing.New(res, date, opt.Imports, previous)
	write := map[string]func(io.Writer) error{"html": r.WriteHTML, "json": r.WriteJSON, "text": r.WriteText}[opt.format]
	if err := output(cmd, opt.output, write); err != nil {
		return err
	}
	return whole(res)
}

// earlier reads the report before this one. There is none before the first.
func earlier(cmd *cobra.Command, file string) (*standing.Report, error) {
	if file == "" {
		return nil, nil
	}
	src, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s does not exist, so there is nothing to compare with\n", file)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	previous, err := standing.Read(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return previous, nil
}

// reportDate is the day a report is of.
func reportDate(flag string) (string, error) {
	const layout = "2006-01-02"
	if flag != "" {
		if _, err := time.Parse(layout, flag); err != nil {
			return "", fmt.Errorf("--date %s is no date like %s", flag, layout)
		}
		return flag, nil
	}
	now := time.Now()
	if epoch, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		now = time.Unix(epoch, 0)
	}
	return now.UTC().Format(layout), nil
}
