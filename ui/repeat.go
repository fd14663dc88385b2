package ui

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/params"
	"tintype/ui/runner"
)

// repeats is what keeps enter from buying again by mistake. The zero value is ready to use.
type repeats struct {
	told       string       // the name of the input of which a note says that its picture is here
	warned     string       // the model of which a note says that it may make no pictures
	agreed     string       // the model of which a person buys predictions although their price is not known
	draft      runner.Draft // of an enter that may be the first repeat of a held one
	waits      bool         // for what comes after that enter
	generation int
}

// keep keeps the draft of an enter that may be held, and returns the message that says that it was not.
func (r *repeats) keep(draft runner.Draft) enterDueMsg {
	r.generation++
	r.draft, r.waits = draft, true
	return enterDueMsg{r.generation}
}

// take returns the draft that was kept; ok is false if it was forgotten.
func (r *repeats) take(due enterDueMsg) (draft runner.Draft, ok bool) {
	if !r.waits || due.generation != r.generation {
		return runner.Draft{}, false
	}
	r.waits = false
	return r.draft, true
}

// forget forgets the draft that was kept.
func (r *repeats) forget() { r.waits = false }

// undecided returns the newest job with the same model and input at this provider of which nobody knows whether it was bought, or that is
// still to be sent.
func (s *session) undecided(draft runner.Draft) (row runner.Row, ok bool) {
	name := draftKey(draft)
	for _, row := range s.liveRows() {
		if waitsToBeSent(row) && entryKey(row.Entry) == name {
			return row, true
		}
	}
	e, ok := s.unconfirmed(name)
	return runner.Row{Entry: e}, ok
}

// waitsToBeSent reports whether a purchase was not sent yet because the provider asked to wait, or a try failed.
func waitsToBeSent(row runner.Row) bool {
	return row.State == history.Creating && row.Live != nil && row.Live.Waiting != runner.NotWaiting && !row.Live.Sent
}

// unconfirmed returns the newest unconfirmed entry of this provider with the model and input of a name. While the history is being read,
// it is among the newest entries. The names of entries that were compared before are known, so that few are read.
func (s *session) unconfirmed(name string) (e history.Entry, ok bool) {
	keys := matching(s.History, "is:unconfirmed", manyUnconfirmed)
	var unread []string
	for _, key := range keys {
		if s.inputKeys[key] == "" {
			unread = append(unread, key)
		}
	}
	entries, _ := s.History.Entries(unread)
	if !s.indexed {
		newest, _ := s.History.Latest(firstRows)
		entries, keys = append(entries, newest...), append(keys, keysOf(newest)...)
	}
	if s.inputKeys == nil {
		s.inputKeys = map[string]string{}
	}
	for _, e := range entries {
		s.inputKeys[e.Key] = entryKey(e)
	}
	for _, key := range keys {
		if s.inputKeys[key] != name {
			continue
		}
		e, found, _ := s.History.Entry(key)
		if found && e.State == history.Unconfirmed && e.Provider == s.Provider.Name {
			return e, true
		}
	}
	return history.Entry{}, false
}

// keysOf returns the keys of entries.
func keysOf(entries []history.Entry) []string {
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Key
	}
	return keys
}

// How many entries are compared with an input that is to be bought.
const (
	manyUnconfirmed = 1000
	manySame        = 200 // with the same seed
)

// matching returns the keys of the newest entries that match a query; none if they cannot be searched.
func matching(h *history.History, query string, most int) []string {
	q, err := history.ParseQuery(query, time.Time{})
	if err != nil {
		return nil
	}
	keys, _, err := h.SearchFirst(context.Background(), q, most)
	if err != nil {
		return nil
	}
	return keys.All()
}

// findSame returns the state of a prediction that has, or will have, the picture that a draft would make: done, or running. It is "" if
// there is none, and for a draft without a seed, whose pictures are all different.
func (s *session) findSame(draft runner.Draft) history.State {
	seed, ok := model.Int(draft.Input[params.Seed])
	if !ok {
		return ""
	}
	name := seedlessName(draft.Model, draft.Version, draft.Input)
	for _, row := range s.liveRows() {
		if row.State != history.Unconfirmed && wasMadeWith(row.Entry, seed) && seedlessName(row.Model, row.Version, row.Input) == name {
			return history.Waiting
		}
	}
	entries, _ := s.History.Entries(matching(s.History, "seed:"+strconv.FormatInt(seed, 10), manySame))
	for _, e := range entries {
		if e.State == history.Done && wasMadeWith(e, seed) && seedlessName(e.Model, e.Version, e.Input) == name && s.hasPicture(e) {
			return history.Done
		}
	}
	return ""
}

// hasPicture reports whether a picture of an entry is on this disk.
func (s *session) hasPicture(e history.Entry) bool {
	return slices.ContainsFunc(e.Outputs, s.History.HasFile)
}

// wasMadeWith reports whether an entry was made with a seed, chosen or random.
func wasMadeWith(e history.Entry, seed int64) bool {
	if chosen, ok := model.Int(e.Input[params.Seed]); ok {
		return chosen == seed
	}
	return e.Seed != nil && *e.Seed == seed
}

// seedlessName is inputKey without the seed.
func seedlessName(id, version string, input map[string]any) string {
	rest := maps.Clone(input)
	delete(rest, params.Seed)
	return inputKey(model.Reference(id, version), rest)
}

// openUndecided asks what to do about a job that may have been bought, or that is still to be sent, instead of buying the same again.
func openUndecided(m *Model, row runner.Row, draft runner.Draft) tea.Cmd {
	if row.State == history.Unconfirmed {
		return m.openUnconfirmed(row.Entry)
	}
	m.openDecision(dialog.Decision{
		Title: "This is waiting to be sent",
		Text:  m.wording().WaitingQuestion(row.Entry),
		Answers: []dialog.Answer{
			{Key: "x", Word: "cancel it", Do: func() tea.Cmd { return m.cancel([]string{row.Key}) }},
			{Key: "y", Word: "send another one too", Do: func() tea.Cmd { return buy(m, draft) }},
			{Key: "esc", Word: "wait"},
		},
	})
	return nil
}
