package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
	"tintype/ui/template"
)

// plans are the plans that are bought, and those that are being made.
type plans struct {
	buyers     map[string]*lab.Buyer // by the key of the plan
	saving     map[string]bool       // by the key of the plan: it is about to be bought
	generation int                   // of the plan that was asked for last
	left       runner.BudgetLeft     // when a plan was last compared with the history
}

// planMadeMsg: a plan was made, or not.
type planMadeMsg struct {
	generation int
	plan       *plan.Plan
	left       runner.BudgetLeft
	err        error
}

// planSavedMsg: a plan that is about to be bought was kept, or not.
type planSavedMsg struct {
	plan  *plan.Plan
	again bool // had cells are bought, too
	err   error
}

// openPlan makes a plan and shows it. It buys nothing.
func openPlan(m *Model, spec plan.Spec) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	m.plans.generation++
	generation, with, ctx, by := m.plans.generation, m.session.lab(), m.ctx, m.session.Runner
	return ask(func() planMadeMsg {
		p, err := with.Make(ctx, spec)
		return planMadeMsg{generation, p, budgetLeft(by), err}
	})
}

// lab returns what plans of this session are made with.
func (s *session) lab() *lab.Lab {
	if s.Lab != nil {
		return s.Lab
	}
	return &lab.Lab{Provider: s.Provider.Name, History: s.History}
}

// onPlanMade shows a plan.
func onPlanMade(m *Model, msg planMadeMsg) tea.Cmd {
	if msg.generation != m.plans.generation {
		return nil
	}
	if msg.err != nil {
		m.showPlanError(msg.err)
		return nil
	}
	if b := m.plans.buyers[msg.plan.Key]; b != nil && !b.IsDone() {
		msg.plan = b.Plan() // it is being bought, and its cells know their jobs
	}
	m.plans.left = msg.left
	m.screens.sheet.Show(msg.plan)
	if m.screens.Top() != m.screens.sheet {
		m.screens.open(m.screens.sheet, m.screens.Push)
	}
	return nil
}

// showPlanError says why a plan cannot be made. A mistake in the prompt is shown at its place.
func (m *Model) showPlanError(err error) {
	var mistake *template.Error
	if errors.As(err, &mistake) && m.screens.IsHome() {
		m.prompt.MoveTo(mistake.Start)
	}
	m.notifyError(err)
}

// BuyPlan keeps a plan on the disk; then it is bought. again: its had cells, too.
func (h host) BuyPlan(p *plan.Plan, again bool) tea.Cmd {
	m := h.m
	switch {
	case m.plans.saving[p.Key] || m.plans.isBuying(p.Key):
		return nil // a repeated key
	case m.session.Runner == nil:
		return enterKey(m)
	case p.Totals().New == 0 && !again:
		m.notify("Nothing is left to buy: every picture is here or coming.")
		return nil
	case m.session.History.WriteError() != nil:
		m.notify(m.wording().NotRecorded(""))
		return nil
	}
	if err := lab.CheckCount(p); err != nil {
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

// isBuying reports whether cells of a plan are left to be sent, or running.
func (ps *plans) isBuying(key string) bool {
	b := ps.buyers[key]
	return b != nil && !b.IsDone()
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
			m.notify(planEnd(b, m.session.Provider.Free))
			cmds = append(cmds, matchPlan(m))
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
	b := h.m.plans.buyers[p.Key]
	if b == nil || b.IsDone() {
		h.m.notify("Nothing of this plan waits to be sent.")
		return nil
	}
	left := b.Stop()
	h.m.notify(fmt.Sprintf("%s not sent. What runs goes on.", format.Plural(left, "cell")))
	return nil
}

// PlanStatus says how far the purchase of a plan is; "" if it is not bought.
func (h host) PlanStatus(p *plan.Plan) string {
	b := h.m.plans.buyers[p.Key]
	if b == nil || b.IsDone() {
		return ""
	}
	made, total, left := b.Counts()
	return fmt.Sprintf("%s of %s made · %s running · %s to send", format.Count(made), format.Count(total), format.Count(len(b.Running())), format.Count(left))
}

// IsSending reports whether cells of a plan wait to be sent.
func (h host) IsSending(p *plan.Plan) bool {
	b := h.m.plans.buyers[p.Key]
	if b == nil || b.IsDone() {
		return false
	}
	_, _, left := b.Counts()
	return left > 0
}

// IsFree reports whether the provider bills nothing.
func (h host) IsFree() bool { return h.m.session.Provider.Free }

// ChoosePlanCells asks which of the cells are made.
func (h host) ChoosePlanCells(p *plan.Plan) tea.Cmd { return chooseWay(h.m, p.Spec) }

// UsePlan loads the prompt and the settings of a plan into the form.
func (h host) UsePlan(p *plan.Plan) tea.Cmd {
	m := h.m
	m.rememberForm()
	setTemplate(m, promptOf(p.Spec))
	dropped := m.settings.Load(p.Spec.Model, p.Spec.Base)
	noteDropped(m, append(dropped, m.settings.LoadAxes(p.Spec.Axes)...))
	m.screens.Home()
	m.screens.home.setFocus(focusPrompt)
	return nil
}

// spec returns the spec of the form: its prompt as a template, and its settings.
func (m *Model) spec(prompt string) plan.Spec {
	return plan.Spec{Prompt: prompt, AsWritten: m.literal, Model: m.settings.ModelID(), Base: m.settings.Base(), Axes: m.settings.Axes()}
}

// planOf opens the plan of the selected prediction; without one, that of the form.
func planOf(m *Model) tea.Cmd {
	if e, ok := m.list.Selected(); ok && e.Batch != "" && m.screens.home.focus == focusList {
		return openKeptPlan(m, e)
	}
	return openPlan(m, m.spec(m.prompt.Value()))
}

// openKeptPlan opens the plan in which a prediction was bought.
func openKeptPlan(m *Model, e history.Entry) tea.Cmd {
	m.plans.generation++
	generation, with, ctx, by := m.plans.generation, m.session.lab(), m.ctx, m.session.Runner
	return ask(func() planMadeMsg {
		p, err := makeKept(ctx, with, e.Batch)
		return planMadeMsg{generation, p, budgetLeft(by), err}
	})
}

// makeKept makes a plan that was kept again.
func makeKept(ctx context.Context, with *lab.Lab, key string) (*plan.Plan, error) {
	spec, err := with.Load(key)
	if err != nil {
		return nil, fmt.Errorf("The plan of this run is not here: %w", err)
	}
	return with.Make(ctx, spec)
}
