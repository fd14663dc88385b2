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
		Use:     "show KEY|ID",
		Short:   "One prediction, whole",
		Example: "tintype show 01k9 --json",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			if len(args) != 1 {
				return 0, usageError("show takes one key or id; list shows them")
			}
			return p.show(args[0])
		}),
	}
}

func (p *program) show(name string) (int, error) {
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	e, err := s.find(name)
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

// find looks a prediction up by key, by the beginning of one, or by the provider's id.
func (s *session) find(name string) (history.Entry, error) {
	e, err := s.history.Get(name)
	if err != nil {
		return e, usageError("%w", err)
	}
	return e, nil
}

// showEntry prints an entry for a person: the prompt first, then what is known, one thing a line.
func (p *program) showEntry(s *session, e history.Entry) {
	for _, line := range strings.Split(e.Prompt(), "\n") {
		p.printLine(p.out, line)
	}
	p.printLine(p.out, "")
	p.printRow("key", e.Key)
	p.printRow("id", e.ID)
	p.printRow("state", stateOf(e))
	p.printRow("error", errorText(e))
	p.printRow("provider", e.Provider+" "+e.BaseURL)
	p.printRow("model", strings.TrimSuffix(e.Model+" "+e.Version, " "))
	p.showInput(e)
	if e.Seed != nil {
		p.printRow("seed used", strconv.FormatInt(*e.Seed, 10))
	}
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

func stateOf(e history.Entry) string {
	s := string(e.State)
	if e.Status != "" && e.Status != s {
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
