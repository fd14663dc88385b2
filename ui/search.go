package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/lineage"
	"tintype/ui/list"
)

// In a long history the first hits are shown before all are found and counted.
const (
	longHistory = 200_000 // predictions
	firstHits   = 500
)

// search asks the history which predictions match a filter. In a long history it asks for the first hits first.
func search(ctx context.Context, graphs *lineage.Graphs, h *history.History, s list.Search, now time.Time) tea.Cmd {
	if h.Len() < longHistory || s.Within != nil {
		return searchAll(ctx, graphs, h, s, now)
	}
	return searchFirst(ctx, graphs, h, s, now)
}

// searchFirst brings back the first hits, with a command that finds all if there are more.
func searchFirst(ctx context.Context, graphs *lineage.Graphs, h *history.History, s list.Search, now time.Time) tea.Cmd {
	return ask(func() foundMsg {
		query, problem := graphs.ParseQuery(ctx, h, s.Query, now)
		keys, more, err := h.SearchFirst(ctx, query, firstHits)
		if err != nil {
			return foundMsg{found: list.Found{Generation: s.Generation, Problem: err}}
		}
		msg := foundMsg{found: list.Found{Generation: s.Generation, Keys: keys, Total: keys.Len(), Problem: problem, Partial: more}}
		if more {
			msg.rest = searchAll(ctx, graphs, h, s, now)
		}
		return msg
	})
}

// searchAll brings back all hits.
func searchAll(ctx context.Context, graphs *lineage.Graphs, h *history.History, s list.Search, now time.Time) tea.Cmd {
	return ask(func() foundMsg {
		query, problem := graphs.ParseQuery(ctx, h, s.Query, now)
		keys, total, err := h.Search(ctx, query, 0)
		if err != nil {
			return foundMsg{found: list.Found{Generation: s.Generation, Problem: err}}
		}
		if s.Within != nil {
			keys = intersect(keys, s.Within)
			total = keys.Len()
		}
		return foundMsg{found: list.Found{Generation: s.Generation, Keys: keys, Total: total, Problem: problem}}
	})
}

// intersect keeps the keys that are in within.
func intersect(keys history.Keys, within map[string]bool) history.Keys {
	var both []string
	for key := range within {
		if _, found := keys.Find(key); found {
			both = append(both, key)
		}
	}
	return history.Keys{}.With(both...)
}

// startSearch searches the history if the filter, the view or the entries have changed.
func (m *Model) startSearch() tea.Cmd {
	if !m.needsData() {
		return nil
	}
	searchAfterDuels(m)
	ctx, s, ok := m.list.StartSearch(m.ctx)
	if !ok {
		return nil
	}
	return search(ctx, &m.trees.graphs, m.session.History, s, m.now())
}

// onFound shows the answer to the newest search, and asks for the rest of it.
func (m *Model) onFound(msg foundMsg) tea.Cmd {
	if !m.list.SetFound(msg.found) {
		return nil
	}
	return msg.rest
}
