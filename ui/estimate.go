package ui

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/template"
	"tintype/ui/text"
	"tintype/ui/textedit"
)

// How long the form must rest until its plan is counted, and how much longer until a mistake is shown: while a group is being typed it has
// no end yet.
const (
	estimatePause = 150 * time.Millisecond
	mistakePause  = 550 * time.Millisecond
)

// estimates is what the form says about its plan while one types: how many pictures it makes, what they cost, and the mistake in its prompt.
// The zero value is ready to use.
type estimates struct {
	draft      draft
	spans      []textedit.Span // of the draft's prompt
	varies     bool            // the draft may be several pictures
	recount    bool            // what is had may have changed
	busy       bool            // it is being counted, or will be
	generation int
	cancel     context.CancelFunc // ends the count that is running; nil: none
	found      []string           // what is said of the pictures, the longest first; nil while they are counted, and for one
	counted    bool
	mistake    *template.Error // nil: none, or it is not shown yet
}

// A draft is what an estimate depends on.
type draft struct {
	prompt   string
	literal  bool
	settings form.SettingsState
}

// estimateDueMsg: the form has rested.
type estimateDueMsg struct{ generation int }

// estimatedMsg: the pictures of the form were counted.
type estimatedMsg struct {
	generation int
	found      []string // nil for one picture
	err        error
}

// mistakeDueMsg: a mistake has rested, so that it is shown.
type mistakeDueMsg struct {
	generation int
	mistake    *template.Error
}

// follow returns a command that estimates the form once it rests, if it has changed. What was said of another draft is forgotten at once.
func (e *estimates) follow(m *Model) tea.Cmd {
	now := draft{m.prompt.Value(), m.literal, m.settings.State()}
	changed := !reflect.DeepEqual(now, e.draft)
	if !changed && (!e.recount || e.busy) {
		return nil
	}
	if e.cancel != nil {
		e.cancel()
	}
	e.generation++
	if e.recount = false; changed {
		e.draft, e.spans = now, nil
		if !now.literal {
			e.spans = promptSpans(now.prompt)
		}
		e.found, e.counted, e.mistake = nil, false, nil
		e.varies = len(e.spans) > 0 || !now.literal && hasMistake(now.prompt) || len(m.settings.Axes()) > 0
	}
	if e.busy = e.varies; !e.varies {
		return nil
	}
	return after(estimatePause, estimateDueMsg{e.generation})
}

// showsPlan reports whether enter shows the plan. A draft that is counted as one picture is bought like any other.
func (e *estimates) showsPlan(m *Model) bool {
	isOne := e.counted && e.found == nil && len(m.settings.Axes()) == 0
	return e.varies && !isOne
}

// onEstimateDue counts the pictures of the form.
func onEstimateDue(m *Model, msg estimateDueMsg) tea.Cmd {
	e := &m.estimates
	if msg.generation != e.generation {
		return nil
	}
	if !m.session.isOpen {
		e.busy, e.recount = false, true // another session is being opened
		return nil
	}
	var ctx context.Context
	ctx, e.cancel = context.WithCancel(m.ctx)
	with, spec, free := m.session.lab(), m.spec(strings.TrimSpace(m.prompt.Value())), m.session.Provider.Free
	return ask(func() estimatedMsg {
		found, err := estimate(ctx, with, spec, free)
		return estimatedMsg{msg.generation, found, err}
	})
}

// onEstimated shows what was found. A mistake waits a moment longer.
func onEstimated(m *Model, msg estimatedMsg) tea.Cmd {
	e := &m.estimates
	if msg.generation != e.generation {
		return nil
	}
	e.busy, e.found, e.counted = false, msg.found, msg.err == nil
	var mistake *template.Error
	switch {
	case errors.As(msg.err, &mistake):
		return after(mistakePause, mistakeDueMsg{msg.generation, mistake})
	case msg.err != nil:
		e.found = []string{"no plan"}
	}
	return nil
}

// onMistakeDue shows a mistake.
func onMistakeDue(m *Model, msg mistakeDueMsg) {
	if msg.generation == m.estimates.generation {
		m.estimates.mistake, m.estimates.found = msg.mistake, []string{"a mistake in the prompt", "a mistake"}
	}
}

// estimate says how many pictures a spec makes and what they cost, the longest text first; nil for one picture. It reads the disk. Plans
// that are too large are only counted.
func estimate(ctx context.Context, with *lab.Lab, spec plan.Spec, free bool) ([]string, error) {
	count := big.NewInt(1)
	if !spec.AsWritten {
		t, err := template.Parse(spec.Prompt, with.Lists)
		if err != nil {
			return nil, err
		}
		count = t.Count()
	}
	for _, a := range spec.Axes {
		count = new(big.Int).Mul(count, big.NewInt(int64(len(a.Values))))
	}
	switch {
	case count.IsInt64() && count.Int64() <= 1:
		return nil, nil
	case !count.IsInt64() || count.Int64() > lab.Limit:
		n := template.Thousands(count)
		return []string{n + " pictures", n}, nil
	}
	p, err := with.Make(ctx, spec)
	if err != nil {
		return nil, err
	}
	return estimateTexts(p, free), nil
}

// estimateTexts says what a plan makes and costs, the longest text first.
func estimateTexts(p *plan.Plan, free bool) []string {
	pictures, had := 0, 0
	for _, c := range p.Cells {
		switch c.State {
		case plan.Had:
			had += c.Pictures
			pictures += c.Pictures
		case plan.New, plan.Coming:
			pictures += c.Pictures
		}
	}
	t := p.Totals()
	price := format.Price(t.Cost, t.Unknown == 0, free)
	switch {
	case t.New == 0:
		price = "nothing to buy"
	case t.Guess && t.Unknown == 0 && !free:
		price = format.Guess(t.Cost)
	}
	short := fmt.Sprintf("%s · %s", format.Count(pictures), price)
	long := fmt.Sprintf("%s · %s", format.Plural(pictures, "picture"), price)
	if had == 0 {
		return []string{long, short}
	}
	return []string{fmt.Sprintf("%s · %s had", long, format.Count(had)), long, short}
}

// price returns what the form says of its pictures instead of the price of one, at most w columns wide; ok is false for one picture.
func (e *estimates) price(w int) (s string, ok bool) {
	switch {
	case !e.varies || e.counted && len(e.found) == 0:
		return "", false
	case len(e.found) == 0:
		return "…", true
	}
	for _, s := range e.found {
		if text.Width(text.CleanLine(s)) <= w {
			return s, true
		}
	}
	return e.found[len(e.found)-1], true
}

// promptSpans returns what of the prompt is drawn in another way.
func (e *estimates) promptSpans() []textedit.Span {
	if e.mistake == nil {
		return e.spans
	}
	wrong := textedit.Span{Start: e.mistake.Start, End: max(e.mistake.End, e.mistake.Start+1), Mistake: true}
	return append([]textedit.Span{wrong}, e.spans...) // the first one that has a character counts
}

// mistakeLines returns the sentence about the mistake, in lines of w columns.
func (e *estimates) mistakeLines(w int) []text.Safe {
	if e.mistake == nil {
		return nil
	}
	return text.Wrap(text.CleanLine(format.Sentence(e.mistake.Error())), w)
}

// drawMistake draws the sentence about the mistake under the prompt.
func (h *homeScreen) drawMistake(c *cell.Canvas) {
	m, r := h.m, h.m.layout.Mistake
	for i, line := range m.estimates.mistakeLines(r.W) {
		if i < r.H {
			c.PutLine(r.X, r.Y+i, r.W, m.look.Styles.Failure.Render(m.look.Glyphs.Translate(string(line))))
		}
	}
}
