package lineage

import (
	"context"
	"errors"
	"sync"
	"time"

	"tintype/history"
)

// Graphs makes the graph of a history, and keeps it until the journal has changed: a filter asks for it with each key. The zero value is ready to
// use, by several goroutines.
type Graphs struct {
	mu    sync.Mutex
	links []history.Link // that the graph was made of
	graph *Graph
	asked string          // the name of a prediction of which the descendants were asked for last; "" for none
	came  map[string]bool // the keys of those descendants
}

// Of returns the graph of a history. The first call reads the entire journal. The error is that of reading it.
func (g *Graphs) Of(ctx context.Context, h *history.History) (*Graph, error) {
	links, err := h.Links(ctx)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.graph == nil || !areSame(g.links, links) {
		g.links, g.graph, g.asked = links, New(links), ""
	}
	return g.graph, nil
}

// areSame reports whether two lists of links are one: the history returns the same list until something has changed.
func areSame(a, b []history.Link) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Read reads the tree of a prediction, and the cycles that it has a part of. One whose line is not written yet is alone in its tree.
func (g *Graphs) Read(ctx context.Context, h *history.History, key string) (t Tree, cycles []Cycle, err error) {
	graph, err := g.Of(ctx, h)
	if err != nil {
		return t, nil, err
	}
	t, known := graph.Tree(key)
	if !known {
		t = alone(key)
	}
	return t, graph.cyclesOf(&t), nil
}

// ParseQuery parses a query, and answers what it asks about where predictions came from, for which it reads the history. problem is a sentence
// about what has no meaning; the query is right without it.
func (g *Graphs) ParseQuery(ctx context.Context, h *history.History, words string, now time.Time) (q history.Query, problem error) {
	q, problem = history.ParseQuery(words, now)
	if err := g.answer(ctx, h, q); problem == nil {
		problem = err
	}
	return q, problem
}

// answer answers the parts of a query about where predictions came from: from:KEY, is:root and is:leaf. It reads the history if there are any. The
// error is that of a key that is not known, in which case that part matches nothing.
func (g *Graphs) answer(ctx context.Context, h *history.History, q history.Query) error {
	parts := q.Outside()
	if len(parts) == 0 {
		return nil
	}
	graph, err := g.Of(ctx, h)
	if err != nil {
		return err
	}
	var unknown error
	for _, part := range parts {
		switch part.Name + ":" + part.Value {
		case "is:root":
			part.Answer(graph.IsRoot)
		case "is:leaf":
			part.Answer(graph.IsLeaf)
		default:
			came, err := g.descendants(h, graph, part.Value)
			if err != nil {
				unknown = errors.Join(unknown, err)
				continue
			}
			part.Answer(func(key string) bool { return came[key] })
		}
	}
	return unknown
}

// descendants returns the keys of all that came from a named prediction. It keeps the last answer, since finding a name may read the journal, and a
// filter asks with each letter that is typed after it.
func (g *Graphs) descendants(h *history.History, graph *Graph, name string) (map[string]bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.graph == graph && g.asked == name {
		return g.came, nil
	}
	e, err := h.Get(name)
	if err != nil {
		return nil, err
	}
	came := map[string]bool{}
	for _, key := range graph.Descendants(e.Key) {
		came[key] = true
	}
	if g.graph == graph {
		g.asked, g.came = name, came
	}
	return came, nil
}
