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
	"tintype/ui/text"
)

// newest is how many predictions list shows on a terminal; a pipe and --json get all.
const newest = 50

// chunk is how many entries are read at once, so that a long history never stands in memory as a whole.
const chunk = 512

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
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			return p.list(ctx, strings.Join(args, " "), limit)
		}),
	}
	c.Flags().StringVar(&limit, "limit", "", "how many at most")
	return c
}

func (p *program) list(ctx context.Context, words, limitText string) (int, error) {
	limit := 0
	if !p.json && isTerminal(p.out) {
		limit = newest
	}
	if limitText != "" {
		n, err := positive("limit", limitText)
		if err != nil {
			return 0, err
		}
		limit = n
	}
	s, err := p.open()
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := interruptible(ctx)
	defer stop()
	err = p.listFrom(ctx, s.history, words, limit)
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	return exitDone, err
}

// listFrom prints what words find; what is wrong with them is said, and the rest of them is searched for all the same.
func (p *program) listFrom(ctx context.Context, h *history.History, words string, limit int) error {
	show := p.lister(h)
	if words == "" && limit > 0 && limit <= chunk {
		entries, err := h.Latest(limit)
		if err != nil {
			return err
		}
		p.sayShort(len(entries), limit)
		return show.all(entries)
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
			p.progress(fmt.Sprintf("Nothing in %d matches %q.", h.Len(), words))
		}
	}
	shown := keys.Len()
	if limit > 0 {
		shown = min(shown, limit)
	}
	if err := p.listKeys(ctx, h, keys, shown, show); err != nil {
		return err
	}
	if wrongQuery != nil {
		return wrong("%s", wrongQuery)
	}
	return nil
}

// sayShort says, to a person at a terminal, that there is nothing, or that there may be more.
func (p *program) sayShort(shown, limit int) {
	switch {
	case !isTerminal(p.out):
	case shown == 0:
		p.progress("Nothing made yet.")
	case shown == limit:
		p.progress(fmt.Sprintf("These are the newest %d; --limit shows more, and a pipe or --json all.", shown))
	}
}

func (p *program) listKeys(ctx context.Context, h *history.History, keys history.Keys, n int, show lister) error {
	for from := 0; from < n && ctx.Err() == nil; from += chunk {
		entries, err := h.Entries(keys.Slice(from, min(from+chunk, n)))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := show.one(e); err != nil {
				return err
			}
		}
	}
	return show.end()
}

// lister prints entries, as lines or as an array of objects.
type lister struct {
	one func(history.Entry) error
	end func() error
}

func (l lister) all(entries []history.Entry) error {
	for _, e := range entries {
		if err := l.one(e); err != nil {
			return err
		}
	}
	return l.end()
}

func (p *program) lister(h *history.History) lister {
	if p.json {
		a := &array{p: p}
		return lister{func(e history.Entry) error { return a.add(objectOf(e, h.Path)) }, a.end}
	}
	width := terminalWidth(p.out)
	return lister{func(e history.Entry) error {
		p.say(p.out, string(entryLine(e, width)))
		return nil
	}, func() error { return nil }}
}

// entryLine is an entry in one line; on a terminal it is cut to the width.
func entryLine(e history.Entry, width int) text.Safe {
	line := text.CleanLine(columns([]int{26, 11, 16, 20}, e.Key, string(e.State), made(e).Local().Format("2006-01-02 15:04"),
		shortModel(e.Model), string(text.CleanLine(promptOf(e)))))
	if width > 0 {
		line = text.Truncate(line, width, "…")
	}
	return line
}

func promptOf(e history.Entry) string {
	prompt, _ := e.Input["prompt"].(string)
	return prompt
}

// shortModel leaves out the owner whom nearly all models have.
func shortModel(id string) string { return strings.TrimPrefix(id, "black-forest-labs/") }

// isTerminal tells whether a person looks at w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// terminalWidth is w's width in columns, 0 where it is no terminal.
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

// labels is how wide the first column is of what is printed for a person: as output_quality is long.
const labels = 14

// row prints one labelled value, unless it is empty.
func (p *program) row(label, value string) {
	if value != "" {
		p.say(p.out, columns([]int{labels}, label, string(text.CleanLine(value))))
	}
}
