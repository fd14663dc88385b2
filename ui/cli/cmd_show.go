package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tintype/ui/wording"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
)

func (p *program) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show [KEY|ID]",
		Short: "Show everything about one prediction",
		Long: "Show everything about one prediction, the newest without a name. A name is a key as list prints it, any other beginning or end " +
			"of a key with at least four letters, or the provider's id.",
		Example:           "tintype show\ntintype show x7kq --json",
		ValidArgsFunction: p.completeKeys(anyEntry, 1),
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			if len(args) > 1 {
				return 0, usageError("show takes one key or id; list shows them")
			}
			return p.show(args)
		}),
	}
}

// show prints the named prediction, without a name the newest.
func (p *program) show(names []string) (int, error) {
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	e, err := s.named(names)
	if err != nil && s.history.Unreadable() != nil && len(names) == 0 {
		return p.leastCode, nil // openSession has said why
	}
	if err != nil {
		p.warnUnreadableLines(s.history)
		return 0, err
	}
	if p.json {
		return exitOK, p.writeJSON(newPredictionJSON(e, s.history.Path))
	}
	p.showEntry(s, e)
	return exitOK, nil
}

// named returns the prediction with the first of the names, without one the newest.
func (s *session) named(names []string) (history.Entry, error) {
	if len(names) == 0 {
		return s.newest()
	}
	return s.find(names[0])
}

// showEntry prints an entry for a person: the prompt first, then what is known, one thing a line.
func (p *program) showEntry(s *session, e history.Entry) {
	for _, line := range strings.Split(e.Prompt(), "\n") {
		p.printSpans(p.out, span{text: line, style: p.styles(p.out).Strong})
	}
	p.printLine(p.out, "")
	p.printRow("key", e.Key)
	p.printRow("id", e.ID)
	p.printStyledRow("state", stateOf(e), listLine{styles: p.styles(p.out)}.stateStyle(e.State))
	p.printStyledRow("error", errorText(e), p.styles(p.out).Failure)
	p.printRow("provider", e.Provider+" "+e.BaseURL)
	p.printRow("model", strings.TrimSuffix(e.Model+" "+e.Version, " "))
	p.showInput(e)
	if e.Seed != nil {
		p.printRow("seed used", strconv.FormatInt(*e.Seed, 10))
	}
	p.printRow("parent", e.Parent)
	p.printRow("made", localTime(made(e)))
	p.printRow("ended", localTime(e.CompletedAt))
	p.printRow("took", runTime(e.Metrics))
	p.printRow("cost", costText(e))
	p.showOutputs(s, e)
	p.printRow("note", e.Note)
	p.printRow("tags", strings.Join(e.Tags, " "))
}

// showInput prints the parameters, in the model's order where it is known.
func (p *program) showInput(e history.Entry) {
	left := maps.Clone(e.Input)
	delete(left, "prompt")
	m := model.Find(e.Model)
	for _, q := range m.Parameters {
		if v, ok := left[q.Name]; ok {
			p.printRow(q.Name, q.Format(v))
			delete(left, q.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		p.printRow(name, model.Parameter{}.Format(left[name]))
	}
}

func (p *program) showOutputs(s *session, e history.Entry) {
	for _, output := range e.Outputs {
		if path := output.LocalPath(); path != "" {
			p.printRow("picture", s.history.Path(path)+pixels(output))
		}
		p.printRow("output", output.URL)
		p.printRow("error", output.Error)
	}
}

func pixels(o history.Output) string {
	if o.Width == 0 {
		return ""
	}
	return fmt.Sprintf("  %d×%d", o.Width, o.Height)
}

// usualStatus is the provider's status that goes without saying.
var usualStatus = map[history.State]string{history.Done: "succeeded", history.Failed: "failed", history.Stopped: "canceled", history.Waiting: "processing"}

func stateOf(e history.Entry) string {
	s := wording.StateWord(e)
	if e.Status != "" && e.Status != usualStatus[e.State] {
		s += " (the provider says " + e.Status + ")"
	}
	if e.Star {
		s += ", starred"
	}
	return s
}

// localTime writes a moment to the second; "" for none.
func localTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

// runTime writes how long a prediction ran by the provider's own measure.
func runTime(metrics map[string]float64) string {
	s, ok := metrics["predict_time"]
	if !ok {
		return ""
	}
	return format.Duration(time.Duration(s * float64(time.Second)))
}

// costText writes what a prediction cost.
func costText(e history.Entry) string {
	if e.Cost == nil {
		return "–"
	}
	return wording.Cost(e)
}
