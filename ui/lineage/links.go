package lineage

import (
	"context"
	"errors"
	"time"

	"tintype/history"
)

// OfLinks makes the graph of what the journal says.
func OfLinks(links []history.Link) *Graph {
	nodes := make([]Node, len(links))
	for i, l := range links {
		nodes[i] = Node{Key: l.Key, Made: l.Made, Parent: l.Parent, Images: l.Images, Outputs: l.Outputs}
	}
	return New(nodes)
}

// Read reads the tree of a prediction, and the cycles that it has a part of. One whose line is not written yet is alone in its tree.
func Read(ctx context.Context, h *history.History, key string) (t Tree, cycles []Cycle, err error) {
	links, err := h.Links(ctx)
	if err != nil {
		return t, nil, err
	}
	g := OfLinks(links)
	t, known := g.Tree(key)
	if !known {
		t = alone(key)
	}
	return t, g.cyclesOf(&t), nil
}

// ParseQuery parses a query, and answers what it asks about where predictions came from, for which it reads the history. problem is a sentence
// about what has no meaning; the query is right without it.
func ParseQuery(ctx context.Context, h *history.History, words string, now time.Time) (q history.Query, problem error) {
	q, problem = history.ParseQuery(words, now)
	if err := answer(ctx, h, q); problem == nil {
		problem = err
	}
	return q, problem
}

// answer answers the parts of a query about where predictions came from: from:KEY, is:root and is:leaf. It reads the history if there are any. The
// error is that of a key that is not known, in which case that part matches nothing.
func answer(ctx context.Context, h *history.History, q history.Query) error {
	parts := q.Outside()
	if len(parts) == 0 {
		return nil
	}
	links, err := h.Links(ctx)
	if err != nil {
		return err
	}
	g := OfLinks(links)
	var unknown error
	for _, part := range parts {
		switch part.Name + ":" + part.Value {
		case "is:root":
			part.Answer(g.IsRoot)
		case "is:leaf":
			part.Answer(g.IsLeaf)
		default:
			e, err := h.Get(part.Value)
			if err != nil {
				unknown = errors.Join(unknown, err)
				continue
			}
			came := map[string]bool{}
			for _, key := range g.Descendants(e.Key) {
				came[key] = true
			}
			part.Answer(func(key string) bool { return came[key] })
		}
	}
	return unknown
}
