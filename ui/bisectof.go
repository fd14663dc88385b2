package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/bisectview"
	"tintype/ui/inputdiff"
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

// bisectPlannedMsg: the verdicts of a bisect were kept, and its next picture was planned.
type bisectPlannedMsg struct {
	of      *bisectview.Case
	changes []int      // of the picture
	next    *plan.Plan // nil when the search has ended
	kept    error      // why the verdicts are not kept
	problem error      // why there is no plan
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
	var err error
	if c.Search, err = bisect.New(c.Good, c.Bad, with.Rule); err != nil {
		return nil, err
	}
	if c.Verdicts, err = with.Resume(c.Search, good, bad); err != nil {
		return nil, err
	}
	if c.Plan, err = planNext(ctx, with, c.Search); err != nil {
		return nil, err
	}
	c.Dearest, err = dearest(ctx, with, c.Search)
	return c, err
}

// isGone reports whether a prediction had a picture whose file is not there.
func isGone(h *history.History, e history.Entry) bool {
	return slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.LocalPath() != "" && !h.HasFile(o) })
}

// planNext makes the plan of the next picture of a search; nil when that has ended.
func planNext(ctx context.Context, with *lab.Lab, search *bisect.Bisect) (*plan.Plan, error) {
	next := search.Status().Next
	if next == nil {
		return nil, nil
	}
	return with.Make(ctx, search.Spec(next))
}

// dearest returns the price of the dearest picture of a search, in USD: that of the good input, the bad one, or the good one with any single
// change. It is nil if one of them is unknown.
func dearest(ctx context.Context, with *lab.Lab, search *bisect.Bisect) (*float64, error) {
	all := make([]int, len(search.Changes))
	sets := [][]int{nil, all, search.Status().Next}
	for i, c := range search.Changes {
		all[i] = i
		if c.Kind != inputdiff.Words {
			sets = append(sets, []int{i})
		}
	}
	most := 0.0
	for _, set := range sets {
		p, err := with.Make(ctx, search.Spec(set))
		if err != nil {
			return nil, err
		}
		switch c := &p.Cells[0]; {
		case c.State == plan.Invalid:
		case c.Estimate == nil:
			return nil, nil
		default:
			most = max(most, c.Estimate.USD)
		}
	}
	return &most, nil
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

// KeepVerdicts keeps the verdicts of a bisect and plans its next picture.
func (h host) KeepVerdicts(c *bisectview.Case) tea.Cmd {
	with, verdicts, planned := h.m.session.lab(), c.Verdicts, planBisect(h.m, c)
	verdicts.Steps = slices.Clone(verdicts.Steps)
	return ask(func() bisectPlannedMsg {
		kept := with.SaveVerdicts(verdicts)
		msg := planned()
		msg.kept = kept
		return msg
	})
}

// planBisect returns a function that plans the next picture of a bisect.
func planBisect(m *Model, c *bisectview.Case) func() bisectPlannedMsg {
	with, ctx, msg := m.session.lab(), m.ctx, bisectPlannedMsg{of: c, changes: c.Search.Status().Next}
	var spec plan.Spec
	if msg.changes != nil {
		spec = c.Search.Spec(msg.changes)
	}
	return func() bisectPlannedMsg {
		if msg.changes != nil {
			msg.next, msg.problem = with.Make(ctx, spec)
		}
		return msg
	}
}

// onBisectPlanned goes on with a bisect.
func onBisectPlanned(m *Model, msg bisectPlannedMsg) tea.Cmd {
	m.notifyError(msg.kept)
	if msg.problem != nil {
		m.notifyError(msg.problem)
		msg.next = &plan.Plan{Cells: []plan.Cell{{State: plan.Invalid, Why: msg.problem.Error()}}}
	}
	takeOverPlan(m, &msg.next)
	inSight := m.screens.Top() == m.screens.bisect // nothing is bought after esc
	return m.screens.bisect.Continue(msg.of, msg.changes, msg.next, inSight)
}

// matchBisect plans the next picture of the bisect that is shown again while another program makes it.
func matchBisect(m *Model) tea.Cmd {
	s := m.screens.bisect
	if m.screens.Top() != s || !m.session.isOpen || !s.Waits() {
		return nil
	}
	return ask(planBisect(m, s.Case()))
}
