package ui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
	"tintype/ui/template"
	"tintype/ui/wording"
)

// plans are the plans that are bought, and those that are being made.
type plans struct {
	buyers     map[string]*lab.Buyer // by the key of the plan
	saving     map[string]bool       // by the key of the plan: it is about to be bought
	generation int                   // of the plan that was asked for last
	left       runner.BudgetLeft     // when the history was last read
}

// planMadeMsg: a plan was made, or not.
type planMadeMsg struct {
	generation int
	plan       *plan.Plan
	spec       plan.Spec // that it was made from
	left       runner.BudgetLeft
	err        error
}

// openPlan makes a plan and shows it. It buys nothing.
func openPlan(m *Model, spec plan.Spec) tea.Cmd {
	return makePlan(m, func(*lab.Lab) (plan.Spec, error) { return spec, nil })
}

// makePlan makes the plan of a spec, which may have to be read.
func makePlan(m *Model, read func(*lab.Lab) (plan.Spec, error)) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	m.plans.generation++
	generation, with, ctx, by := m.plans.generation, m.session.lab(), m.ctx, m.session.Runner
	return ask(func() planMadeMsg {
		msg := planMadeMsg{generation: generation}
		if msg.spec, msg.err = read(with); msg.err == nil {
			msg.plan, msg.err = with.Make(ctx, msg.spec)
		}
		msg.left = budgetLeft(by)
		return msg
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
	var many plan.TooManyError
	if errors.As(msg.err, &many) && msg.spec.How == "" {
		m.notifyError(msg.err)
		return chooseWay(m, msg.spec)
	}
	if msg.err != nil {
		m.showPlanError(msg.err)
		return nil
	}
	if b := m.plans.buyer(msg.plan.Key); b != nil {
		msg.plan = b.Plan() // it is being bought, and its cells know their jobs
	}
	m.plans.left = msg.left
	if m.screens.Top() == m.screens.sheet {
		m.screens.sheet.ShowOver(msg.plan)
		return nil
	}
	m.screens.sheet.Show(msg.plan)
	m.screens.open(m.screens.sheet, m.screens.Push)
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

// IsFree reports whether the provider bills nothing.
func (h host) IsFree() bool { return h.m.session.Provider.Free }

// ChoosePlanCells asks which of the cells are made.
func (h host) ChoosePlanCells(p *plan.Plan) tea.Cmd { return chooseWay(h.m, p.Spec) }

// UsePlan loads the prompt and the settings of a plan into the form.
func (h host) UsePlan(p *plan.Plan) tea.Cmd {
	m := h.m
	if len(p.Spec.Rows) > 0 {
		m.notify("This plan was made from a list of prompts, which the form cannot hold. " + wording.Key(keymap.ActUse) + " on a cell reuses that one.")
		return nil
	}
	m.rememberForm()
	setTemplate(m, promptOf(p.Spec))
	m.used = usedFor(m, p.Spec.Parent)
	noteDropped(m, m.settings.LoadPlan(p.Spec))
	m.screens.Home()
	m.screens.home.setFocus(focusPrompt)
	return nil
}

// spec returns the spec of the form: its prompt as a template, its settings, and the prediction that was loaded.
func (m *Model) spec(prompt string) plan.Spec {
	spec := m.settings.Spec(prompt, m.literal)
	spec.Parent = m.used.key
	return spec
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
	return makePlan(m, func(with *lab.Lab) (plan.Spec, error) {
		spec, err := with.Load(e.Batch)
		if err != nil {
			err = fmt.Errorf("The plan of this run is not here: %w", err)
		}
		return spec, err
	})
}
