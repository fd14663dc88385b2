package ui

import (
	"slices"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
)

// stateOf returns what decides which actions can do anything now, for hints and menus.
func stateOf(m *Model) keymap.State {
	s := keymap.State{
		Total: m.list.Total(), Rows: m.list.Keys().Len(), Marked: m.list.MarkedCount(), Filtered: m.list.IsFiltered(),
		Running: m.session.activeJobs() > 0, CanUndo: len(m.undo) > 0, Compared: m.screens.compare.IsPossible(),
		Prompt: m.prompt.Value() != "", Varies: m.estimates.showsPlan(m), CanStep: m.settings.CanStep(), IsSet: m.settings.IsSet(), Takes: m.settings.Takes,
		TakesKey: len(m.session.Keys) > 0, HasDemo: m.options.OpenDemo != nil && m.session.Runner == nil,
	}
	switch m.screens.Top() {
	case m.screens.sheet:
		s.Plan = m.screens.sheet.State()
	case m.screens.bisect:
		s.Bisect = m.screens.bisect.State()
	case m.screens.duel:
		s.Duel = m.screens.duel.State()
	case m.screens.tree:
		s.Tree = m.screens.tree.State()
	}
	_, s.Example = nextExample(m)
	_, s.TakesImage = m.settings.ImageRow()
	_, s.Zooms = m.preview.ZoomPercent()
	next, unseen := m.list.NextUnseen()
	s.Unseen = unseen && next != m.list.Cursor()
	before, flicks := m.previousSubject()
	s.Flicks = flicks && before.Key != ""
	targets := list.KeysOf(m.screens.Top().Subjects())
	s.Runs = m.session.Runner != nil && len(keepActive(&m.list, targets)) > 0
	s.Followable = m.session.Runner != nil && slices.ContainsFunc(targets, func(key string) bool { return isFollowable(m, key) })
	if e, ok := m.list.Selected(); ok {
		s.Selected, s.Unconfirmed = true, e.State == history.Unconfirmed
		s.HasPicture, s.HasURL = preview.HasPicture(e), len(allOf(e, m.list.Output(), func(o history.Output) string { return o.URL })) > 0
		s.HasSeed, s.HasID = e.Seed != nil, e.ID != ""
	}
	return s
}

// isFollowable reports whether a run is not followed any more, though it may have been bought and its provider still knows it.
func isFollowable(m *Model, key string) bool {
	row, ok := m.list.Row(key)
	return ok && row.ID != "" && row.Provider == m.session.Provider.Name && (row.State == history.Lost || row.State == history.Stopped && row.CancelReason == "not_followed")
}
