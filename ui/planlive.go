package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// planMatchedMsg: the plan that is shown was compared with the history again.
type planMatchedMsg struct {
	plan    *plan.Plan // that is shown
	before  []plan.Cell
	matched []plan.Cell
	left    runner.BudgetLeft
	err     error
}

// matchPlan compares the plan that is shown with the history again, since other programs may have bought some of its cells.
func matchPlan(m *Model) tea.Cmd {
	p := m.screens.sheet.Plan()
	if p == nil || !m.session.isOpen || m.screens.Top() != m.screens.sheet {
		return nil
	}
	with, ctx, by := m.session.lab(), m.ctx, m.session.Runner
	before, matched := slices.Clone(p.Cells), p.Clone()
	return ask(func() planMatchedMsg {
		err := with.Refresh(ctx, matched)
		return planMatchedMsg{p, before, matched.Cells, budgetLeft(by), err}
	})
}

// onPlanMatched updates the cells of the plan that is shown. Those that this program is buying know better, and so do those that have
// changed meanwhile.
func onPlanMatched(m *Model, msg planMatchedMsg) tea.Cmd {
	if msg.err != nil || msg.plan != m.screens.sheet.Plan() || len(msg.matched) != len(msg.plan.Cells) {
		return nil
	}
	m.plans.left = msg.left
	var running []string
	if b := m.plans.buyers[msg.plan.Key]; b != nil {
		running = b.Running()
	}
	wasSettled := isSettled(m, msg.plan)
	for i := range msg.plan.Cells {
		c, before := &msg.plan.Cells[i], msg.before[i]
		if c.State != before.State || c.Job != before.Job || slices.Contains(running, c.Job) {
			continue
		}
		c.State, c.Entries, c.SameAs = msg.matched[i].State, msg.matched[i].Entries, msg.matched[i].SameAs
	}
	return onImpactMatched(m, wasSettled)
}

// budgetLeft returns what is left of the budget; none if there is no limit, or it cannot be read. It reads the disk.
func budgetLeft(r *runner.Runner) runner.BudgetLeft {
	if r == nil {
		return runner.BudgetLeft{}
	}
	left, err := r.BudgetLeft()
	if err != nil {
		return runner.BudgetLeft{}
	}
	return left
}

// BudgetLeft says what is left of the budget: "$1.59 of today's budget left"; "" if there is no limit, or nothing is billed.
func (h host) BudgetLeft() string {
	left := h.m.plans.left
	if !left.Limited || h.IsFree() {
		return ""
	}
	period := "today's"
	if left.Monthly {
		period = "this month's"
	}
	return format.Dollars(left.USD) + " of " + period + " budget left"
}
