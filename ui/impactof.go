package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/impact"
	"tintype/ui/impactview"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/wording"
)

// impactOf is a prediction whose prompt is measured, and how.
type impactOf struct {
	entry      history.Entry
	by         impact.By
	experiment impact.Experiment
}

// impactPlannedMsg: the plan of an impact was made, or not.
type impactPlannedMsg struct {
	of   impactOf
	made planMadeMsg
}

// impactMeasuredMsg: the pictures of an impact were measured, or not.
type impactMeasuredMsg struct {
	shown impactview.Measured
	asked bool // by a key, and not by the end of a purchase, which said more
	err   error
}

// measureImpact finds which words of the selected prediction's prompt matter: it opens the plan of the pictures that are needed. In the
// sheet of such a plan it measures what is here.
func measureImpact(m *Model) tea.Cmd {
	if m.screens.Top() == m.screens.sheet && m.screens.sheet.Plan() != nil {
		p := m.screens.sheet.Plan()
		if of, ok := m.plans.impacts[p.Key]; ok {
			return measurePlan(m, of, p, true)
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
	if err != nil && by == impact.Phrase {
		by = impact.Word
		x, err = impact.New(e, by, impact.DefaultSeeds)
	}
	if err != nil {
		m.notifyError(err)
		return nil
	}
	x.Spec.LabSeed = m.spec("").LabSeed
	m.plans.generation++
	of, generation, with, ctx, bought := impactOf{e, by, x}, m.plans.generation, m.session.lab(), m.ctx, m.session.Runner
	return ask(func() impactPlannedMsg {
		p, err := with.Make(ctx, x.Spec)
		return impactPlannedMsg{of, planMadeMsg{generation, p, x.Spec, budgetLeft(bought), err}}
	})
}

// onImpactPlanned shows the plan of an impact; where nothing is to be bought, what was measured.
func onImpactPlanned(m *Model, msg impactPlannedMsg) tea.Cmd {
	if msg.made.generation != m.plans.generation {
		return nil
	}
	p := msg.made.plan
	if msg.made.err == nil {
		if m.plans.impacts == nil {
			m.plans.impacts = map[string]impactOf{}
		}
		m.plans.impacts[p.Key] = msg.of
		t := p.Totals()
		if t.New == 0 && t.Coming == 0 {
			return measurePlan(m, msg.of, p, true)
		}
		m.notify(impactWaits(t.New))
	}
	return onPlanMade(m, msg.made)
}

// impactWaits says what the plan of an impact waits for: a purchase of so many pictures, or only their end.
func impactWaits(toBuy int) string {
	if toBuy == 0 {
		return "The impact is shown when these pictures are here."
	}
	return wording.Key("buy-plan") + " buys what is missing, and then the impact is shown."
}

// onImpactBought measures a plan that was bought, if its sheet is still shown and nothing stopped it.
func onImpactBought(m *Model, b *lab.Buyer) tea.Cmd {
	p := b.Plan()
	of, ok := m.plans.impacts[p.Key]
	if !ok || b.IsStopped() || m.screens.Top() != m.screens.sheet || m.screens.sheet.Plan().Key != p.Key {
		return nil
	}
	return measurePlan(m, of, p, false)
}

// measurePlan measures the pictures of an impact's plan. asked: a key asked for it.
func measurePlan(m *Model, of impactOf, p *plan.Plan, asked bool) tea.Cmd {
	p = p.Clone()
	with, ctx := m.session.lab(), m.ctx
	return ask(func() impactMeasuredMsg {
		result, err := with.MeasureImpact(ctx, of.experiment, p)
		return impactMeasuredMsg{impactview.Measured{Of: of.entry, By: of.by, Experiment: of.experiment, Result: result, Plan: p}, asked, err}
	})
}

// onImpactMeasured shows what was measured.
func onImpactMeasured(m *Model, msg impactMeasuredMsg) tea.Cmd {
	switch {
	case msg.err != nil && msg.asked:
		m.notifyError(msg.err)
		return nil
	case msg.err != nil:
		return nil
	}
	m.screens.impact.Show(msg.shown)
	m.screens.open(m.screens.impact, m.screens.Push)
	return nil
}
