package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/params"
	"tintype/ui/plan"
)

// mostFinals is how many starred predictions are made on the final model at once.
const mostFinals = 1000

// finalsReadMsg: the predictions that are to be made on the final model were read.
type finalsReadMsg struct {
	chosen  []history.Entry // marked, or selected
	starred []history.Entry // of the plan, or all; empty if they are not meant
	err     error
}

// final opens a plan of the marked predictions on the final model. Without a mark it is of the selected one, or, if that has a star, of all
// that have one: a question asks which. In the sheet it is about the plan's.
func final(m *Model) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	keys, marked, h := list.KeysOf(m.screens.Top().Subjects()), m.list.MarkedCount() > 0, m.session.History
	among := []string(nil)
	inSheet := m.screens.Top() == m.screens.sheet
	if inSheet {
		p := m.screens.sheet.Plan()
		for i := range p.Cells {
			if key := p.Cells[i].NewestKey(); key != "" {
				among = append(among, key)
			}
		}
	}
	return ask(func() finalsReadMsg {
		chosen, err := h.Entries(keys)
		if err != nil || marked && !inSheet {
			return finalsReadMsg{chosen: chosen, err: err}
		}
		if !inSheet && len(chosen) > 0 && list.IsStarred(chosen[0], 0) {
			among = matching(h, "is:starred", mostFinals)
		}
		starred, err := h.Entries(among)
		starred = slices.DeleteFunc(starred, func(e history.Entry) bool { return !list.IsStarred(e, 0) })
		return finalsReadMsg{chosen, starred, err}
	})
}

// onFinalsRead opens the plan, or asks which of them are meant.
func onFinalsRead(m *Model, msg finalsReadMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		m.notifyError(msg.err)
		return nil
	case len(msg.chosen) == 0 && len(msg.starred) == 0:
		m.notify("Select, mark or star what the final is of.")
		return nil
	case len(msg.chosen) == 0:
		return openFinal(m, msg.starred)
	case len(msg.starred) == 0 || len(msg.starred) == 1 && msg.starred[0].Key == msg.chosen[0].Key:
		return openFinal(m, msg.chosen)
	}
	m.dialogs.Ask(dialog.Question{
		Text: fmt.Sprintf("Final on %s.", finalModel(m).Name()),
		Answers: []dialog.Answer{
			{Key: "s", Word: "the selected one", Do: func() tea.Cmd { return openFinal(m, msg.chosen) }},
			{Key: "*", Word: fmt.Sprintf("all %d starred", len(msg.starred)), Do: func() tea.Cmd { return openFinal(m, msg.starred) }},
			{Key: "esc", Word: "neither"},
		},
	}, m.now())
	return nil
}

// openFinal opens the plan of predictions on the final model.
func openFinal(m *Model, entries []history.Entry) tea.Cmd {
	to := finalModel(m)
	if err := model.CheckID(to.Reference()); err != nil {
		m.notifyError(fmt.Errorf("The model of [final] in the settings cannot be used: %w", err))
		return nil
	}
	m.notify("Final on " + format.Clean(to.Name()) + ".")
	return openPlan(m, finalSpec(to, entries))
}

// defaultFinal is the model of finals where the settings name none: one of the best, which takes images and seeds.
const defaultFinal = "black-forest-labs/flux-2-pro"

// finalModel returns the model that finals are made on.
func finalModel(m *Model) model.Model { return model.Find(cmp.Or(m.session.FinalModel, defaultFinal)) }

// finalSpec makes the plan of predictions on another model: their prompts, shapes, images and seeds, and its own other settings.
func finalSpec(to model.Model, entries []history.Entry) plan.Spec {
	axis := plan.Axis{Of: []string{plan.OfParent, plan.OfPrompt}, Label: "final on " + to.Name()}
	for _, name := range []string{params.Shape, "width", "height", params.Seed} {
		if _, takes := to.Parameter(name); takes || name == params.Seed && !to.Known {
			axis.Of = append(axis.Of, name)
		}
	}
	image, takesImage := form.ImageParameter(to)
	if takesImage {
		axis.Of = append(axis.Of, image)
	}
	seen := map[string]int{}
	for _, e := range entries {
		set := finalValues(e)
		if v := imageOf(e); takesImage && v != nil {
			set[image] = form.ImageValue(to, image, v)
		}
		maps.DeleteFunc(set, func(name string, _ any) bool { return !slices.Contains(axis.Of, name) })
		for _, name := range axis.Of {
			if _, given := set[name]; !given {
				set[name] = nil
			}
		}
		label := finalLabel(e)
		if seen[label]++; seen[label] > 1 {
			label += fmt.Sprintf(" (%d)", seen[label])
		}
		axis.Values = append(axis.Values, plan.Value{Text: label, Set: set})
	}
	return plan.Spec{Prompt: entries[0].Prompt(), AsWritten: true, Model: to.Reference(), Axes: []plan.Axis{axis}}
}

// finalValues returns what a final takes over from a prediction, beside its image. The shape may be its model's default.
func finalValues(e history.Entry) map[string]any {
	of := model.Find(e.Model)
	set := map[string]any{plan.OfParent: e.Key, plan.OfPrompt: e.Prompt()}
	for _, name := range []string{params.Shape, "width", "height"} {
		if v, given := e.Input[name]; given {
			set[name] = v
		}
	}
	if p, takes := of.Parameter(params.Shape); takes && set[params.Shape] == nil && p.Default != nil {
		set[params.Shape] = p.Default
	}
	if set[params.Shape] != nil && set[params.Shape] != "custom" {
		delete(set, "width") // they mean nothing beside another shape
		delete(set, "height")
	}
	if seed, ok := model.Int(e.Input[params.Seed]); ok {
		set[params.Seed] = seed
	} else if e.Seed != nil {
		set[params.Seed] = *e.Seed
	}
	return set
}

// longestLabel is how many characters of a prompt a final is called by.
const longestLabel = 40

// finalLabel names a final after the prompt and the seed that it is made of.
func finalLabel(e history.Entry) string {
	prompt := []rune(strings.Join(strings.Fields(format.Clean(e.Prompt())), " "))
	label := string(prompt)
	if len(prompt) > longestLabel {
		label = string(prompt[:longestLabel]) + "…"
	}
	if e.Seed != nil {
		label += fmt.Sprintf(" · %d", *e.Seed)
	}
	return label
}

// imageOf returns the input image of a prediction, or its list of them; nil for none.
func imageOf(e history.Entry) any {
	if name, ok := form.ImageParameter(model.Find(e.Model)); ok && e.Input[name] != "" {
		return e.Input[name]
	}
	return nil
}
