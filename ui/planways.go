package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/picker"
	"tintype/ui/plan"
	"tintype/ui/wording"
)

// waysMadeMsg: the ways of choosing a plan's cells were counted.
type waysMadeMsg struct {
	spec plan.Spec
	ways []lab.Way
	err  error
}

// chooseWay counts the ways of choosing a plan's cells, and then asks for one.
func chooseWay(m *Model, spec plan.Spec) tea.Cmd {
	with, ctx := m.session.lab(), m.ctx
	return ask(func() waysMadeMsg {
		ways, err := with.Ways(ctx, spec)
		return waysMadeMsg{spec, ways, err}
	})
}

// roomForWays is the width of a screen below which the prices of the ways have room only if less is said.
const roomForWays = 48

// onWaysMade asks how many of the cells are made: each way with its count and its price.
func onWaysMade(m *Model, msg waysMadeMsg) tea.Cmd {
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	choices := make([]picker.Choice, len(msg.ways))
	for i, way := range msg.ways {
		text := way.How.Name() + "  "
		if way.Totals.New < way.Totals.Cells {
			text += format.Plural(way.Totals.Cells, "cell") + " · "
		}
		text += wording.PlanCounts(way.Totals, m.session.Provider.Free)
		if m.terminal.W < roomForWays {
			text = strings.Replace(text, " to buy", "", 1)
		}
		if way.Problem != "" {
			text = way.How.Name() + "  " + way.Problem
		}
		choices[i] = picker.Choice{Value: string(way.How), Text: format.Clean(m.look.Glyphs.Translate(text))}
	}
	list := picker.New("How many of the cells", choices, string(msg.spec.How))
	list.SetVerb("plan")
	list.SetWide() // a price must not be cut
	take := func(how string) tea.Cmd {
		msg.spec.How = plan.How(how)
		return openPlan(m, msg.spec)
	}
	if m.screens.Top() != m.screens.sheet {
		m.openChooser(list, take)
		return nil
	}
	m.dialogs.Choose(list, m.now(), take) // over the table, which stays
	return nil
}
