package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/bisectview"
	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/wording"
)

// bisectBegunMsg: two predictions were compared, and the verdicts of earlier times read.
type bisectBegunMsg struct {
	begun *bisectview.Case
	err   error
}

// bisectPlannedMsg: the next picture of a bisect was planned.
type bisectPlannedMsg struct {
	of       *bisectview.Case
	isTold   bool           // a verdict was told
	kept     error          // why it is not kept
	verdicts []lab.Verdict  // with those of other programs
	search   *bisect.Bisect // as far as they go; nil if there is a problem
	next     *plan.Plan     // nil when the search has ended
	problem  error          // why there is no plan
}

// beginBisect finds what makes the second of two marked predictions bad, of which the first is good. A single mark is the good one, and
// the selected one is bad.
func beginBisect(m *Model) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	good, bad, problem := bisectPair(m)
	if problem != "" {
		m.notify(problem)
		return nil
	}
	with, ctx := m.session.lab(), m.ctx
	return ask(func() bisectBegunMsg {
		begun, err := newBisect(ctx, with, good, bad)
		return bisectBegunMsg{begun, err}
	})
}

// bisectPair returns the good and the bad prediction: those that are marked, in that order.
func bisectPair(m *Model) (good, bad, problem string) {
	var keys []string
	for _, s := range m.list.MarkedInOrder() {
		if !slices.Contains(keys, s.Key) {
			keys = append(keys, s.Key)
		}
	}
	if now := m.list.Cursor(); len(keys) == 1 && now != "" && now != keys[0] {
		keys = append(keys, now)
	}
	switch {
	case len(keys) == 2:
		return keys[0], keys[1], ""
	case len(keys) > 2:
		return "", "", fmt.Sprintf("Bisect takes two, the good one first; %d are marked.", len(keys))
	}
	return "", "", wording.Key(keymap.ActMark) + " marks: first a good picture, then a bad one. Bisect finds what makes it bad."
}

// newBisect begins a bisect, or goes on with it. It reads the disk.
func newBisect(ctx context.Context, with *lab.Lab, good, bad string) (*bisectview.Case, error) {
	c := &bisectview.Case{}
	for i, to := range []*history.Entry{&c.Good, &c.Bad} {
		e, found, err := with.History.Entry([]string{good, bad}[i])
		switch {
		case err != nil:
			return nil, err
		case !found:
			return nil, fmt.Errorf("The %s prediction is not in the history any more.", []string{"good", "bad"}[i])
		}
		*to, c.Gone[i] = e, isGone(with.History, e)
	}
	kept, err := with.Verdicts(good, bad)
	if err != nil {
		return nil, err
	}
	c.Verdicts = kept.Steps
	if c.Search, err = resumeBisect(with, c); err != nil {
		return nil, err
	}
	if c.Plan, err = planNext(ctx, with, c.Search); err != nil {
		return nil, err
	}
	c.Agreement = bisect.NewAgreement(c.Search, func(spec plan.Spec) (*plan.Plan, error) { return with.Make(ctx, spec) })
	return c, nil
}

// resumeBisect returns the search of a bisect as far as its verdicts go.
func resumeBisect(with *lab.Lab, c *bisectview.Case) (*bisect.Bisect, error) {
	search, err := bisect.New(c.Good, c.Bad, with.Rule)
	if err != nil {
		return nil, err
	}
	search.Resume(lab.ByPicture(c.Verdicts))
	return search, nil
}

// isGone reports whether a prediction had a picture whose file is not there.
func isGone(h *history.History, e history.Entry) bool {
	return slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.LocalPath() != "" && !h.HasFile(o) })
}

// planNext makes the plan of the next picture of a search; nil when that has ended. A picture that failed at another time can be judged.
func planNext(ctx context.Context, with *lab.Lab, search *bisect.Bisect) (*plan.Plan, error) {
	p, err := search.Plan(func(spec plan.Spec) (*plan.Plan, error) { return with.Make(ctx, spec) })
	if err != nil || p == nil || p.Cells[0].State != plan.New {
		return p, err
	}
	failed, err := with.FailedAttempt(&p.Cells[0])
	p.Cells[0].Job = failed.Key
	return p, err
}

// onBisectBegun shows a bisect.
func onBisectBegun(m *Model, msg bisectBegunMsg) tea.Cmd {
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	takeOverPlan(m, &msg.begun.Plan)
	m.screens.bisect.Show(msg.begun)
	m.screens.open(m.screens.bisect, m.screens.PushOverList)
	return nil
}

// takeOverPlan replaces a plan by the same one that is being bought, whose cells know their jobs.
func takeOverPlan(m *Model, p **plan.Plan) {
	if *p == nil {
		return
	}
	if b := m.plans.buyer((*p).Key); b != nil {
		*p = b.Plan()
	}
}

// KeepVerdict keeps a verdict of a bisect, or drops that of a picture if it says nothing, and plans the next picture. What other programs said
// meanwhile counts too.
func (h host) KeepVerdict(c *bisectview.Case, v lab.Verdict) tea.Cmd {
	with, ctx, now := h.m.session.lab(), h.m.ctx, *c
	return ask(func() bisectPlannedMsg {
		kept, err := with.TellVerdict(now.Good.Key, now.Bad.Key, v)
		if err == nil {
			now.Verdicts = kept.Steps
		}
		msg := planBisect(ctx, with, c, now)
		msg.isTold, msg.kept = true, err
		return msg
	})
}

// planBisect plans the next picture of a bisect as it is now.
func planBisect(ctx context.Context, with *lab.Lab, c *bisectview.Case, now bisectview.Case) (msg bisectPlannedMsg) {
	msg.of, msg.verdicts = c, now.Verdicts
	if msg.search, msg.problem = resumeBisect(with, &now); msg.problem == nil {
		msg.next, msg.problem = planNext(ctx, with, msg.search)
	}
	return msg
}

// onBisectPlanned goes on with a bisect.
func onBisectPlanned(m *Model, msg bisectPlannedMsg) tea.Cmd {
	m.notifyError(msg.kept)
	if msg.isTold && msg.search != nil {
		msg.of.Search, msg.of.Verdicts = msg.search, msg.verdicts
	}
	if msg.problem != nil {
		m.notifyError(msg.problem)
		msg.next = &plan.Plan{Cells: []plan.Cell{{State: plan.Invalid, Why: strings.TrimSuffix(msg.problem.Error(), ".")}}}
	}
	takeOverPlan(m, &msg.next)
	var changes []int
	if msg.search != nil {
		changes = msg.search.Status().Next
	}
	inSight := m.screens.Top() == m.screens.bisect // nothing is bought after esc
	return m.screens.bisect.Continue(msg.of, changes, msg.next, inSight)
}

// isJudged reports whether a plan is of the picture that is to be judged on the screen, which says how it went, and names the keys below.
func isJudged(m *Model, p *plan.Plan) bool {
	c := m.screens.bisect.Case()
	return m.screens.Top() == m.screens.bisect && c.Plan != nil && c.Plan.Key == p.Key
}

// matchBisect plans the next picture of the bisect that is shown again while another program makes it.
func matchBisect(m *Model) tea.Cmd {
	s := m.screens.bisect
	if m.screens.Top() != s || !m.session.isOpen || !s.Waits() {
		return nil
	}
	with, ctx, c, now := m.session.lab(), m.ctx, s.Case(), *s.Case()
	return ask(func() bisectPlannedMsg { return planBisect(ctx, with, c, now) })
}
