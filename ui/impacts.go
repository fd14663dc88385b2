package ui

import (
	"errors"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/impact"
	"tintype/ui/impactview"
	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/plan"
	"tintype/ui/screen"
	"tintype/ui/wording"
)

// impactPlannedMsg: the plan of an impact was made, or not.
type impactPlannedMsg struct {
	by   impact.By
	made planMadeMsg
}

// impactMeasuredMsg: the pictures of an impact were measured, or not.
type impactMeasuredMsg struct {
	shown impactview.Measured
	over  screen.Screen // the screen from which it was asked for
	asked bool          // by a key, and not by the end of a purchase, which said more
	err   error
}

// measureImpact finds which words of the selected prediction's prompt matter: it opens the plan of the pictures that are needed. In the
// sheet of such a plan it measures what is here.
func measureImpact(m *Model) tea.Cmd {
	if p := m.screens.sheet.Plan(); p != nil && m.screens.Top() == m.screens.sheet {
		if _, _, ok := impact.Of(p.Spec); ok {
			return measurePlan(m, p, true, "")
		}
	}
	e, ok := m.list.Selected()
	if !ok {
		m.notify("Select a prediction: its prompt is measured.")
		return nil
	}
	return planImpact(m, e, impact.Phrase)
}

// PlanImpact opens the plan of an impact.
func (h host) PlanImpact(of history.Entry, by impact.By) tea.Cmd { return planImpact(h.m, of, by) }

// planImpact makes the plan of an impact. It buys nothing. A prompt of one phrase is measured word by word.
func planImpact(m *Model, e history.Entry, by impact.By) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	x, err := impact.New(e, by, impact.DefaultSeeds)
	if errors.Is(err, impact.ErrOnePhrase) {
		if m.screens.Top() == m.screens.impact { // its words are shown already
			m.notify("This prompt is one phrase: it can be measured by its words alone.")
			return nil
		}
		by = impact.Word
		x, err = impact.New(e, by, impact.DefaultSeeds)
	}
	if err != nil {
		m.notifyError(err)
		return nil
	}
	x.Spec.LabSeed = m.spec("").LabSeed
	m.plans.generation++
	generation, with, ctx, bought := m.plans.generation, m.session.lab(), m.ctx, m.session.Runner
	return ask(func() impactPlannedMsg {
		p, err := with.Make(ctx, x.Spec)
		return impactPlannedMsg{by, planMadeMsg{generation, p, x.Spec, budgetLeft(bought), err}}
	})
}

// onImpactPlanned shows the plan of an impact; where nothing is to be bought, what was measured.
func onImpactPlanned(m *Model, msg impactPlannedMsg) tea.Cmd {
	if msg.made.generation != m.plans.generation {
		return nil
	}
	if msg.made.err == nil {
		if p := msg.made.plan; isSettled(p) || isImpactShown(m, p) && p.Totals().New == 0 {
			return measurePlan(m, p, true, "")
		}
		m.notify(impactWaits(msg.made.plan.Totals().New))
	}
	return onPlanMade(m, msg.made)
}

// isImpactShown reports whether the impact of a plan is on top. Where nothing of it is to be bought, its sheet would only say what is coming.
func isImpactShown(m *Model, p *plan.Plan) bool {
	shown := m.screens.impact.Plan()
	return shown != nil && shown.Key == p.Key && m.screens.Top() == m.screens.impact
}

// impactWaits says what the plan of an impact waits for: a purchase of so many pictures, or only their end.
func impactWaits(toBuy int) string {
	if toBuy == 0 {
		return "The impact is shown when these pictures are here."
	}
	return "Buy what is missing, and the impact is shown."
}

// isSettled reports whether no picture of a plan is to be bought or coming.
func isSettled(p *plan.Plan) bool {
	t := p.Totals()
	return t.New == 0 && t.Coming == 0
}

// onImpactBought measures a plan that was bought, if its sheet or its impact is shown and nothing stopped it. Elsewhere it says that it can be.
func onImpactBought(m *Model, b *lab.Buyer) tea.Cmd {
	p := b.Plan()
	if _, _, ok := impact.Of(p.Spec); !ok || b.IsStopped() {
		return nil
	}
	said := planEnd(b, m.session.Provider.Free)
	switch shown := m.screens.sheet.Plan(); {
	case m.screens.Top() == m.screens.impact:
		return matchImpact(m)
	case m.screens.Top() != m.screens.sheet || shown.Key != p.Key:
		m.notify(said + " " + wording.Key(keymap.ActImpact) + " on their prediction shows the impact.")
		return nil
	case p.Totals().Coming > 0: // another program makes them
		return nil
	}
	return measurePlan(m, p, false, said)
}

// onImpactMatched measures the plan whose sheet is shown when the last of its pictures came from another program.
func onImpactMatched(m *Model, wasSettled bool) tea.Cmd {
	p := m.screens.sheet.Plan()
	if wasSettled || !isSettled(p) || m.plans.buyer(p.Key) != nil || m.screens.Top() != m.screens.sheet {
		return nil
	}
	if _, _, ok := impact.Of(p.Spec); !ok {
		return nil
	}
	return measurePlan(m, p, false, "")
}

// matchImpact measures again what is shown if pictures that it lacked have come, and no more are coming.
func matchImpact(m *Model) tea.Cmd {
	shown := m.screens.impact.Plan()
	if shown == nil || m.screens.Top() != m.screens.impact || isSettled(shown) {
		return nil
	}
	p, with, ctx, over := shown.Clone(), m.session.lab(), m.ctx, m.screens.Top()
	had, loader := shown.Totals().Had, impact.Loader(m.ctx, m.session.History)
	return ask(func() impactMeasuredMsg {
		if err := with.Refresh(ctx, p); err != nil || p.Totals().Coming > 0 || p.Totals().Had <= had {
			return impactMeasuredMsg{}
		}
		return measured(p, loader, over, false)
	})
}

// measurePlan measures the pictures of an impact's plan. asked: a key asked for it. said is what is said before that they are measured.
func measurePlan(m *Model, p *plan.Plan, asked bool, said string) tea.Cmd {
	m.notify(strings.TrimSpace(said + " Measuring " + format.Plural(p.Totals().Had, "picture") + "."))
	p = p.Clone()
	loader, over := impact.Loader(m.ctx, m.session.History), m.screens.Top()
	return ask(func() impactMeasuredMsg { return measured(p, loader, over, asked) })
}

// measured measures the pictures of an impact's plan. It reads the disk.
func measured(p *plan.Plan, load impact.LoadFunc, over screen.Screen, asked bool) impactMeasuredMsg {
	x, by, ok := impact.Of(p.Spec)
	if !ok {
		return impactMeasuredMsg{}
	}
	result, err := impact.Measure(x.Pictures(p, load))
	shown := impactview.Measured{Of: entire(p), By: by, Experiment: x, Result: result, Plan: p}
	return impactMeasuredMsg{shown, over, asked, err}
}

// entire returns the prediction of the entire prompt, as it would be made again.
func entire(p *plan.Plan) history.Entry {
	c := p.Cells[0]
	e := history.Entry{Key: p.Spec.Parent, Model: c.Model, Version: c.Version, Input: maps.Clone(c.Input)}
	e.Input[params.Prompt] = p.Spec.Prompt
	return e
}

// onImpactMeasured shows what was measured, unless another screen was opened meanwhile.
func onImpactMeasured(m *Model, msg impactMeasuredMsg) tea.Cmd {
	switch {
	case msg.over == nil || msg.over != m.screens.Top():
		return nil
	case msg.err != nil && msg.asked:
		m.notifyError(msg.err)
		return nil
	case msg.err != nil:
		return nil
	case msg.over == m.screens.impact && m.screens.impact.Plan().Key == msg.shown.Plan.Key:
		m.screens.impact.Update(msg.shown)
		return nil
	}
	m.screens.impact.Show(msg.shown)
	if msg.over != m.screens.impact {
		m.screens.open(m.screens.impact, m.screens.Push)
	}
	return nil
}
