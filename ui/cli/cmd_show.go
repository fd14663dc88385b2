package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/history"
)

func (p *program) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "show KEY|ID",
		Short:   "One prediction, whole",
		Example: "tintype show 01k9 --json",
		RunE: p.does(func(_ context.Context, args []string) (int, error) {
			if len(args) != 1 {
				return 0, wrong("show takes one key or id; list shows them")
			}
			return p.show(args[0])
		}),
	}
}

func (p *program) show(name string) (int, error) {
	s, err := p.open()
	if err != nil {
		return 0, err
	}
	defer s.close()
	e, err := s.find(name)
	if err != nil {
		return 0, err
	}
	if p.json {
		return exitDone, p.writeJSON(objectOf(e, s.history.Path))
	}
	p.showEntry(s, e)
	return exitDone, nil
}

// find looks a prediction up by key, by the beginning of one, or by the provider's id.
func (s *session) find(name string) (history.Entry, error) {
	e, err := s.history.Get(name)
	if err != nil {
		return e, wrong("%w", err)
	}
	return e, nil
}

// showEntry prints an entry for a person: the prompt first, then what is known, one thing a line.
func (p *program) showEntry(s *session, e history.Entry) {
	for _, line := range strings.Split(promptOf(e), "\n") {
		p.say(p.out, line)
	}
	p.say(p.out, "")
	p.row("key", e.Key)
	p.row("id", e.ID)
	p.row("state", stateOf(e))
	p.row("error", why(e))
	p.row("provider", e.Provider+" "+e.BaseURL)
	p.row("model", strings.TrimSuffix(e.Model+" "+e.Version, " "))
	p.showInput(e)
	if e.Seed != nil {
		p.row("seed used", strconv.FormatInt(*e.Seed, 10))
	}
	p.row("made", day(made(e)))
	p.row("ended", day(e.CompletedAt))
	p.row("took", seconds(e.Metrics))
	p.row("cost", money(e))
	p.showOutputs(s, e)
	p.row("note", e.Note)
	p.row("tags", strings.Join(e.Tags, " "))
}

// showInput prints the parameters, in the model's order where it is known.
func (p *program) showInput(e history.Entry) {
	left := maps.Clone(e.Input)
	delete(left, "prompt")
	m := model.Find(e.Model)
	for _, q := range m.Parameters {
		if v, ok := left[q.Name]; ok {
			p.row(q.Name, q.Format(v))
			delete(left, q.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		p.row(name, model.Parameter{}.Format(left[name]))
	}
}

func (p *program) showOutputs(s *session, e history.Entry) {
	for _, output := range e.Outputs {
		if output.Path != "" {
			p.row("picture", s.history.Path(output.Path)+pixels(output))
		}
		p.row("output", output.URL)
		p.row("error", output.Error)
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

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

func seconds(metrics map[string]float64) string {
	s, ok := metrics["predict_time"]
	if !ok {
		return ""
	}
	return brief(time.Duration(s * float64(time.Second)).Round(100 * time.Millisecond))
}

func money(e history.Entry) string {
	switch {
	case e.Cost == nil:
		return "–"
	case *e.Cost == 0:
		return "free"
	}
	return "~" + dollars(*e.Cost)
}
