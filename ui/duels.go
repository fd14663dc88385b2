package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/duel"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/lab"
	"tintype/ui/lineage"
	"tintype/ui/list"
	"tintype/ui/plan"
	"tintype/ui/wording"
)

// DuelStart is a duel that the program begins with: of the pictures that match a filter, or of those of a plan.
type DuelStart struct {
	Query string // as in the filter; "" for all
	Plan  string // a plan's key, or its beginning; "" for none
}

// contestReadMsg: the pictures of a duel were read.
type contestReadMsg struct {
	from    *history.History
	contest *duel.Contest
	err     error
}

// startDuel begins a duel: of the pictures of the sheet or of the comparison, of those that are marked, else of those that the list shows.
func startDuel(m *Model) tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	return loadDuel(m, duelChoice(m))
}

// DuelPictures asks which of some pictures is better.
func (h host) DuelPictures(pictures []list.Subject) tea.Cmd {
	return loadDuel(h.m, duel.Choice{Subjects: pictures})
}

// loadDuel reads the pictures of a duel.
func loadDuel(m *Model, choice duel.Choice) tea.Cmd {
	h, seed := m.session.History, drawnBy(m)
	return ask(func() contestReadMsg {
		c, err := duel.Load(h, choice, seed)
		return contestReadMsg{h, c, err}
	})
}

// drawnBy returns what the sides of pictures are drawn by: the time of the day.
func drawnBy(m *Model) uint64 {
	now := m.now()
	return uint64(now.Sub(now.Truncate(24 * time.Hour))) //nolint:gosec // it is not negative
}

// duelChoice returns which pictures a duel is between.
func duelChoice(m *Model) duel.Choice {
	switch top := m.screens.Top(); {
	case top == m.screens.sheet:
		return planChoice(m.screens.sheet.Plan())
	case top == m.screens.compare:
		return duel.Choice{Subjects: m.screens.compare.Compared()}
	case m.list.MarkedCount() > 0:
		return duel.Choice{Subjects: m.list.Subjects()}
	}
	return choiceOf(m.list.Keys())
}

// planChoice returns the pictures of a plan, in its order.
func planChoice(p *plan.Plan) (choice duel.Choice) {
	keys, cells := p.Predictions()
	choice.Plan, choice.Cells = p.Key, cells
	for _, key := range keys {
		choice.Subjects = append(choice.Subjects, list.Subject{Key: key})
	}
	return choice
}

// choiceOf returns the newest predictions of some.
func choiceOf(keys history.Keys) (choice duel.Choice) {
	n := min(keys.Len(), duel.MostPictures)
	for _, key := range keys.Slice(0, n) {
		choice.Subjects = append(choice.Subjects, list.Subject{Key: key})
	}
	choice.LeftOut = keys.Len() - n
	return choice
}

// onContestRead shows the first pair.
func onContestRead(m *Model, msg contestReadMsg) tea.Cmd {
	if msg.from != m.session.History {
		return nil
	}
	if msg.err != nil {
		said := format.Sentence(format.Clean(msg.err.Error()))
		var tooFew duel.TooFewError
		if errors.As(msg.err, &tooFew) && m.screens.Top() != m.screens.sheet {
			said += " " + wording.Key(keymap.ActMark) + " marks, " + wording.Key(keymap.ActFind) + " filters."
		}
		m.notify(said)
		return nil
	}
	m.screens.duel.Show(msg.contest)
	m.screens.open(m.screens.duel, m.screens.Push)
	return m.screens.duel.Ahead()
}

// startGivenDuel begins the duel that the program was started with, once.
func startGivenDuel(m *Model) tea.Cmd {
	given := m.options.Duel
	if given == nil {
		return nil
	}
	m.options.Duel = nil
	ctx, now, seed, graphs, with := m.ctx, m.now(), drawnBy(m), &m.trees.graphs, m.session.lab()
	h := with.History
	return ask(func() contestReadMsg {
		choice, err := givenChoice(ctx, graphs, with, *given, now)
		if err != nil {
			return contestReadMsg{from: h, err: err}
		}
		c, err := duel.Load(h, choice, seed)
		return contestReadMsg{h, c, err}
	})
}

// givenChoice returns the pictures of the duel that the program was started with.
func givenChoice(ctx context.Context, graphs *lineage.Graphs, with *lab.Lab, given DuelStart, now time.Time) (duel.Choice, error) {
	query, problem := graphs.ParseQuery(ctx, with.History, given.Query, now)
	if problem != nil {
		return duel.Choice{}, problem
	}
	keys, _, err := with.History.Search(ctx, query, 0)
	if err != nil || given.Plan == "" {
		return choiceOf(keys), err
	}
	return choiceOfPlan(ctx, with, keys, given.Plan)
}

// choiceOfPlan returns the predictions of a plan among some, in its order.
func choiceOfPlan(ctx context.Context, with *lab.Lab, keys history.Keys, name string) (choice duel.Choice, err error) {
	spec, err := with.Load(name)
	if err == nil {
		var p *plan.Plan
		if p, err = with.Make(ctx, spec); err == nil {
			choice = planChoice(p)
		}
	}
	if err != nil { // it is not kept here, or what it was made of is not: what was bought in it is known all the same
		if choice, err = choiceOfBatch(ctx, with.History, name); err != nil {
			return choice, err
		}
	}
	choice.Subjects = slices.DeleteFunc(choice.Subjects, func(s list.Subject) bool {
		_, among := keys.Find(s.Key)
		return !among
	})
	return choice, nil
}

// choiceOfBatch returns the predictions that were bought in a plan, the earliest first.
func choiceOfBatch(ctx context.Context, h *history.History, name string) (choice duel.Choice, err error) {
	const chunk = 1000
	keys := h.Keys()
	for to := keys.Len(); to > 0; to -= chunk {
		entries, err := h.Entries(keys.Slice(max(to-chunk, 0), to))
		if err != nil || ctx.Err() != nil {
			return choice, cmp.Or(err, ctx.Err())
		}
		for _, e := range slices.Backward(entries) {
			switch {
			case !strings.HasPrefix(e.Batch, name):
			case choice.Plan != "" && choice.Plan != e.Batch:
				return choice, fmt.Errorf("Several plans begin with %s: give more of the key.", name)
			default:
				choice.Plan = e.Batch
				choice.Subjects = append(choice.Subjects, list.Subject{Key: e.Key})
			}
		}
	}
	if choice.Plan == "" {
		return choice, fmt.Errorf("No picture here is of a plan %s.", name)
	}
	return choice, nil
}

// searchAfterDuels makes a filter search again when the duels are no longer shown, since it may ask for ranks.
func searchAfterDuels(m *Model) {
	if !m.screens.Holds(m.screens.duel) && m.screens.duel.TakeDirty() {
		m.list.Refilter()
	}
}

// leaveOutGone leaves a picture out of the duel that is shown if it cannot be drawn.
func leaveOutGone(m *Model) tea.Cmd {
	if m.screens.Top() != m.screens.duel {
		return nil
	}
	return m.screens.duel.Gone()
}
