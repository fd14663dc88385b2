package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// planSavedMsg: a plan that is about to be bought was kept, or not.
type planSavedMsg struct {
	plan  *plan.Plan
	again bool // had cells are bought, too
	err   error
}

// BuyPlan keeps a plan on the disk; then it is bought. again: its had cells, too.
func (h host) BuyPlan(p *plan.Plan, again bool) tea.Cmd {
	m, t := h.m, p.Totals()
	switch {
	case m.plans.saving[p.Key] || m.plans.buyer(p.Key) != nil:
		return nil // a repeated key
	case t.New == 0 && (!again || t.Had == 0):
		m.notify("Nothing is to be bought.")
		return nil
	case m.session.Runner == nil:
		return enterKey(m)
	case m.session.History.WriteError() != nil:
		m.notify(m.wording().NotRecorded(""))
		return nil
	}
	if err := lab.CheckCount(p, again); err != nil {
		m.notifyError(err)
		return nil
	}
	if m.plans.saving == nil {
		m.plans.saving, m.plans.buyers = map[string]bool{}, map[string]*lab.Buyer{}
	}
	m.plans.saving[p.Key] = true
	with := m.session.lab()
	return ask(func() planSavedMsg { return planSavedMsg{p, again, with.Save(p)} })
}

// buyer returns the buyer of a plan of which cells are left to be sent, or running; nil if there is none.
func (ps *plans) buyer(key string) *lab.Buyer {
	if b := ps.buyers[key]; b != nil && !b.IsDone() {
		return b
	}
	return nil
}

// onPlanSaved begins to buy a plan.
func onPlanSaved(m *Model, msg planSavedMsg) tea.Cmd {
	delete(m.plans.saving, msg.plan.Key)
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	if m.session.Runner == nil {
		return nil
	}
	m.recall.AddPrompt(promptOf(msg.plan.Spec))
	b := lab.NewBuyer(msg.plan, lab.Terms{Again: msg.again, AcceptUnknown: true})
	m.plans.buyers[msg.plan.Key] = b
	return m.advance(b)
}

// advance submits as many cells of a plan as may run now. The list gets a row for each; the focus and the preview stay.
func (m *Model) advance(b *lab.Buyer) tea.Cmd {
	var cmds []tea.Cmd
	before := m.list.Cursor()
	for {
		cell, draft, ok := b.Next()
		if !ok {
			break
		}
		row, task := m.session.Runner.Submit(draft)
		b.Started(cell, row.Key)
		m.list.Add(row.Entry)
		if before != "" {
			m.list.Choose(before)
		}
		cmds = append(cmds, m.session.perform(m.ctx, task))
	}
	return tea.Batch(cmds...)
}

// onPlanChange passes a change to the plans that are bought, and submits their next cells. ours: it is of one of them.
func (m *Model) onPlanChange(c runner.Change) (cmd tea.Cmd, ours bool) {
	var cmds []tea.Cmd
	for _, b := range m.plans.buyers {
		before := b.IsDone()
		if !b.OnChange(c) {
			continue
		}
		ours = true
		cmds = append(cmds, m.advance(b))
		if b.IsDone() && !before {
			if made, total, _ := b.Counts(); b.Why() != "" || made < total || !isJudged(m, b.Plan()) {
				m.notify(planEnd(b, m.session.Provider.Free))
			}
			cmds = append(cmds, matchPlan(m), matchBisect(m), onImpactBought(m, b))
		}
	}
	return tea.Batch(cmds...), ours
}

// planEnd says how the purchase of a plan ended: "24 made, about $0.41."
func planEnd(b *lab.Buyer, free bool) string {
	if why := b.Why(); why != "" {
		return why
	}
	made, total, left := b.Counts()
	said := format.Count(made)
	if made < total {
		said += " of " + format.Count(total)
	}
	said += " made"
	if left > 0 {
		said += ", " + format.Count(left) + " not sent"
	}
	for _, of := range []struct {
		state history.State
		word  string
	}{{history.Failed, "failed"}, {history.Stopped, "cancelled"}, {history.Lost, "lost"}, {history.Unconfirmed, "unconfirmed"}} {
		if n := b.Unmade(of.state); n > 0 {
			said += ", " + format.Count(n) + " " + of.word
		}
	}
	if usd, unknown := b.Cost(); made > unknown && !free {
		said += ", about " + format.Dollars(usd)
		if unknown > 0 {
			said += " and " + format.Count(unknown) + " of unknown price"
		}
	}
	return said + "."
}

// StopPlan sends nothing more of a plan.
func (h host) StopPlan(p *plan.Plan) tea.Cmd {
	b := h.m.plans.buyer(p.Key)
	if b == nil || b.IsStopped() {
		h.m.notify("Nothing of this plan waits to be sent.")
		return nil
	}
	left := b.Stop()
	h.m.notify(fmt.Sprintf("%s not sent. What runs goes on.", format.Plural(left, "cell")))
	return nil
}

// PlanStatus says how far the purchase of a plan is; "" if it is not bought.
func (h host) PlanStatus(p *plan.Plan) string {
	b := h.m.plans.buyer(p.Key)
	if b == nil {
		return ""
	}
	made, total, left := b.Counts()
	waits := "to send"
	if b.IsStopped() {
		waits = "not sent"
	}
	return fmt.Sprintf("%s of %s made · %s running · %s %s", format.Count(made), format.Count(total), format.Count(len(b.Running())), format.Count(left), waits)
}

// IsSending reports whether cells of a plan wait to be sent.
func (h host) IsSending(p *plan.Plan) bool {
	b := h.m.plans.buyer(p.Key)
	if b == nil || b.IsStopped() {
		return false
	}
	_, _, left := b.Counts()
	return left > 0
}
