package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/text"
)

// terminalLimit is how many predictions list prints to a terminal by default; a pipe and --json get all.
const terminalLimit = 50

// chunkSize is how many entries are read at once, so that a long history is never in memory as a whole.
const chunkSize = 512

func (p *program) listCommand() *cobra.Command {
	var limit string
	c := &cobra.Command{
		Use:   "list [WORDS…]",
		Short: "Past predictions, newest first",
		Long: "Past predictions of every provider, newest first: all of them with --json or into a pipe, the newest 50 on a " +
			"terminal. Words are searched for, all must occur; -not, \"exact phrase\" and fields narrow it, such as " +
			"model:dev, state:failed, ratio:16:9, seed:62182, after:yesterday, cost>0.01, is:starred. " +
			"Words that begin with - come after --.",
		Example: "tintype list boat\ntintype list --limit 5 --json\ntintype list -- boat -red",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			return p.list(ctx, strings.Join(args, " "), limit)
		}),
	}
	c.Flags().StringVar(&limit, "limit", "", "how many at most")
	return c
}

func (p *program) list(ctx context.Context, words, limitText string) (int, error) {
	limit := 0
	if !p.json && isTerminal(p.out) {
		limit = terminalLimit
	}
	if limitText != "" {
		n, err := parsePositive("limit", limitText)
		if err != nil {
			return 0, err
		}
		limit = n
	}
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := withInterrupt(ctx)
	defer stop()
	err = p.printMatches(ctx, s.history, words, limit)
	p.warnUnreadableLines(s.history)
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	return exitOK, err
}

// printMatches prints the predictions that match words. A term that cannot be understood is an error, returned after the matches
// of the other terms are printed.
func (p *program) printMatches(ctx context.Context, h *history.History, words string, limit int) error {
	printer := p.newEntryPrinter(h)
	if words == "" && limit > 0 && limit <= chunkSize {
		entries, err := h.Latest(limit)
		if err != nil {
			return err
		}
		p.printListNotice(len(entries), limit)
		return printer.printAll(entries)
	}
	query, wrongQuery := history.ParseQuery(words, p.now())
	if err := h.BuildIndex(ctx); err != nil {
		return err
	}
	keys := h.Keys()
	if words != "" {
		found, _, err := h.Search(ctx, query, limit)
		if err != nil {
			return err
		}
		keys = found
		if keys.Len() == 0 {
			p.printProgress(fmt.Sprintf("Nothing in %s matches %q.", format.Count(h.Len()), words))
		}
	}
	shown := keys.Len()
	if limit > 0 {
		shown = min(shown, limit)
	}
	if err := p.printKeys(ctx, h, keys, shown, printer); err != nil {
		return err
	}
	if wrongQuery != nil {
		return usageError("%s", wrongQuery)
	}
	return nil
}

// printListNotice tells a user at a terminal that the list is empty, or that there may be more.
func (p *program) printListNotice(shown, limit int) {
	switch {
	case !isTerminal(p.out), p.leastCode != exitOK:
	case shown == 0:
		p.printProgress("Nothing made yet.")
	case shown == limit:
		p.printProgress(fmt.Sprintf("These are the newest %d; --limit shows more, and a pipe or --json all.", shown))
	}
}

func (p *program) printKeys(ctx context.Context, h *history.History, keys history.Keys, n int, printer entryPrinter) error {
	for from := 0; from < n && ctx.Err() == nil; from += chunkSize {
		entries, err := h.Entries(keys.Slice(from, min(from+chunkSize, n)))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := printer.print(e); err != nil {
				return err
			}
		}
	}
	return printer.finish()
}

// entryPrinter prints entries one by one, as lines or as a JSON array.
type entryPrinter struct {
	print  func(history.Entry) error
	finish func() error
}

func (l entryPrinter) printAll(entries []history.Entry) error {
	for _, e := range entries {
		if err := l.print(e); err != nil {
			return err
		}
	}
	return l.finish()
}

func (p *program) newEntryPrinter(h *history.History) entryPrinter {
	if p.json {
		a := &jsonArray{p: p}
		return entryPrinter{func(e history.Entry) error { return a.add(newPredictionJSON(e, h.Path)) }, a.end}
	}
	width := terminalWidth(p.out)
	return entryPrinter{func(e history.Entry) error {
		if line := entryLine(e, width); width > 0 && !p.isDumb() {
			p.printWithin(p.out, line, width)
		} else {
			p.printLine(p.out, string(line))
		}
		return nil
	}, func() error { return nil }}
}

// entryLine returns an entry as one line: cut to width, or complete and with the prompt last if width is 0.
func entryLine(e history.Entry, width int) text.Safe {
	prompt := text.CleanLine(e.Prompt())
	facts := []string{e.Key, string(e.State), made(e).Local().Format("2006-01-02 15:04"), shortModel(e.Model)}
	if width <= 0 {
		return text.CleanLine(columns(factWidths, append(facts, string(prompt))...))
	}
	return lineWithin(prompt, facts, width)
}

// factWidths are the columns of an entry's key, state, time and model.
var factWidths = []int{26, 11, 16, 20}

// The fewest columns that the prompt keeps when a fact is added, and the columns of a key that is cut: its beginning names it too.
const (
	promptWidth   = 30
	shortKeyWidth = 10
)

// lineWithin returns an entry for a terminal: the prompt, and then as many facts as leave it enough room.
func lineWithin(prompt text.Safe, facts []string, width int) text.Safe {
	room, said := width, text.Safe("")
	for i, fact := range facts {
		w := factWidths[i]
		if i == 0 && room-w-2 < promptWidth {
			w = shortKeyWidth
		}
		if room-w-2 < promptWidth {
			break
		}
		room -= w + 2
		said += "  " + text.Fit(text.CleanLine(fact), w)
	}
	return text.Safe(strings.TrimRight(string(text.PadRight(text.Truncate(prompt, room, "…"), room)+said), " "))
}

// shortModel leaves out the owner that nearly all models have.
func shortModel(id string) string { return strings.TrimPrefix(id, "black-forest-labs/") }

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// terminalWidth is the width of w in columns, 0 if it is not a terminal.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return width
}

// labelWidth is the width of the label column: the length of "output_quality".
const labelWidth = 14

// printRow prints a labelled value unless it is empty.
func (p *program) printRow(label, value string) {
	if value != "" {
		p.printLine(p.out, columns([]int{labelWidth}, label, string(text.CleanLine(value))))
	}
}
