package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lineage"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
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
			"terminal.\n\n" +
			"Each has a short key: the last letters of its key, as many as tell all of them apart, at least four. show, preview, cancel and " +
			"follow take it, as they take any beginning or end of a key that only one has. If several have it by then, they list " +
			"them and do nothing. --json has the keys in full.\n\n" +
			"Words are searched for, all must occur; -not, \"exact phrase\" and fields narrow it, such as " +
			"model:dev, state:failed, ratio:16:9, seed:62182, after:yesterday, cost>0.01, is:starred, from:KEY, is:root, is:leaf. " +
			"Put -- before a word that begins with -.",
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
	keys, wrongQuery, err := matchingKeys(ctx, h, words, limit, p.now())
	if err != nil {
		return err
	}
	if words != "" && keys.Len() == 0 {
		p.printProgress(fmt.Sprintf("Nothing in %s matches %q.", format.Count(h.Len()), words))
	}
	shown := keys.Len()
	if limit > 0 {
		shown = min(shown, limit)
	}
	if err := printKeys(ctx, h, keys, shown, printer); err != nil {
		return err
	}
	return wrongQuery
}

// matchingKeys returns the keys of the predictions that match words, at most limit of them unless it is 0. wrong is about a term that cannot be
// understood.
func matchingKeys(ctx context.Context, h *history.History, words string, limit int, now time.Time) (keys history.Keys, wrong, err error) {
	if err := h.BuildIndex(ctx); err != nil {
		return keys, nil, err
	}
	if words == "" {
		return h.Keys(), nil, nil
	}
	query, problem := new(lineage.Graphs).ParseQuery(ctx, h, words, now)
	if problem != nil {
		wrong = usageError("%w", problem)
	}
	keys, _, err = h.Search(ctx, query, limit)
	return keys, wrong, err
}

// printListNotice tells a user at a terminal that the list is empty, or that there may be more.
func (p *program) printListNotice(shown, limit int) {
	switch {
	case !isTerminal(p.out), p.leastCode != exitOK:
	case shown == 0:
		p.printProgress("No pictures yet. To make one: tintype run PROMPT")
	case shown == limit:
		p.printProgress(fmt.Sprintf("These are the newest %d; --limit shows more, and a pipe or --json all.", shown))
	}
}

func printKeys(ctx context.Context, h *history.History, keys history.Keys, n int, printer entryPrinter) error {
	for from := 0; from < n && ctx.Err() == nil; from += chunkSize {
		entries, err := h.Entries(keys.Slice(from, min(from+chunkSize, n)))
		if err != nil {
			return err
		}
		printer.measure(entries)
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
	print   func(history.Entry) error
	finish  func() error
	measure func([]history.Entry) // is called before these are printed
}

func (l entryPrinter) printAll(entries []history.Entry) error {
	l.measure(entries)
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
		return entryPrinter{
			print:   func(e history.Entry) error { return a.add(newPredictionJSON(e, h.Path)) },
			finish:  a.end,
			measure: func([]history.Entry) {},
		}
	}
	line := listLine{width: terminalWidth(p.out), styles: p.styles(p.out)}
	if short, err := h.ShortKeys(); err == nil {
		line.short = short
	}
	if isDumb(p.env) && line.width > 0 {
		line.width = max(1, line.width-1) // some break the line at the edge
	}
	return entryPrinter{
		print:  func(e history.Entry) error { p.printSpans(p.out, line.spans(e)...); return nil },
		finish: func() error { return nil },
		measure: func(entries []history.Entry) {
			for _, e := range entries {
				line.prompt = max(line.prompt, text.Width(text.CleanLine(e.Prompt())))
			}
		},
	}
}

// listLine makes the lines of a list.
type listLine struct {
	width  int // of the terminal; 0: the lines are complete, with the prompt last
	prompt int // columns of the longest prompt; 0 is unknown
	short  history.ShortKeys
	styles theme.Styles
}

// spans returns an entry as a line.
func (l listLine) spans(e history.Entry) []span {
	key := l.short.Of(e.Key)
	facts := []span{
		{key, len(key), l.styles.Strong},
		{wording.StateWord(e), 12, l.stateStyle(e.State)},
		{made(e).Local().Format("2006-01-02 15:04"), 16, l.styles.Muted},
		{shortModel(e.Model), 20, l.styles.Muted},
	}
	prompt := span{text: e.Prompt(), style: l.styles.Text}
	if l.width <= 0 {
		return append(facts, prompt)
	}
	return within(prompt, facts, l.width, l.prompt)
}

// stateStyle returns the role of a state's word.
func (l listLine) stateStyle(s history.State) lipgloss.Style {
	switch s {
	case history.Done:
		return l.styles.Success
	case history.Failed, history.Lost:
		return l.styles.Failure
	case history.Unconfirmed:
		return l.styles.Unconfirmed
	case history.Stopped:
		return l.styles.Muted
	}
	return l.styles.Running
}

// promptWidth is the fewest columns that the prompt keeps when a fact is added.
const promptWidth = 30

// within returns a line for a terminal: the prompt, and the facts that leave it enough room. The key needs only some room for the prompt.
// longest is the width of the longest prompt, 0 if it is unknown.
func within(prompt span, facts []span, width, longest int) []span {
	room, shown := width, 0
	for i, fact := range facts {
		if needed := fact.width + 2; room-needed >= promptWidth || i == 0 && room-needed >= 10 {
			room -= needed
			shown++
			continue
		}
		break
	}
	if longest > 0 {
		room = min(room, longest)
	}
	prompt.text = string(text.Truncate(text.CleanLine(prompt.text), room, "…"))
	prompt.width = room
	line := append([]span{prompt}, facts[:shown]...)
	for i := range line[1:] {
		line[i+1].text = string(text.Truncate(text.CleanLine(line[i+1].text), line[i+1].width, ""))
	}
	return line
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
