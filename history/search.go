package history

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sort"
	"sync/atomic"
)

// Search returns the keys of the entries that match a query, newest first, at most limit of them (0 for all), and the total
// number of matches. It covers what is indexed so far: call BuildIndex first for the entire history. When ctx is cancelled it
// ends early with the error of ctx.
func (h *History) Search(ctx context.Context, q Query, limit int) (keys Keys, total int, err error) {
	c, err := h.search(ctx, q, limit, false)
	return c.keys, c.total, err
}

// SearchFirst returns the newest limit keys that match a query, and whether there may be more. It does not count them, and is
// therefore fast when matches are recent, however long the history is.
func (h *History) SearchFirst(ctx context.Context, q Query, limit int) (keys Keys, more bool, err error) {
	c, err := h.search(ctx, q, limit, true)
	return c.keys, limit > 0 && c.keys.Len() == limit, err
}

func (h *History) search(ctx context.Context, q Query, limit int, first bool) (c searchRun, err error) {
	if q.wantsRanks() {
		if q.ranks, err = h.rankDuels(); err != nil {
			return searchRun{}, err
		}
	}
	for {
		c = searchRun{q: q, limit: limit, firstOnly: first}
		if err = h.searchOnce(ctx, &c); !errors.Is(err, errIndexChanged) {
			return c, err
		}
	}
}

// errIndexChanged means that the index changed during a search so that the search has to start again.
var errIndexChanged = errors.New("the index moved")

// searchOnce goes from the newest rows to the oldest, and searches the texts ahead of them.
func (h *History) searchOnce(ctx context.Context, c *searchRun) error {
	count := h.beginSearch(c)
	for end := count; end > 0; end -= collectStep {
		begin := max(end-collectStep, 0)
		if err := c.sweep(ctx, begin, count); err != nil {
			return c.discardOn(err)
		}
		if !h.collect(c, begin, end) {
			return errIndexChanged
		}
		if c.firstOnly && c.limit > 0 && c.found == c.limit {
			break
		}
	}
	c.keys.list = slices.Concat(c.parts...)
	return c.discardOn(ctx.Err())
}

// beginSearch binds a search to the current index, and returns how many rows that has.
func (h *History) beginSearch(c *searchRun) (count int) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index == nil {
		return 0
	}
	return c.begin(h.index)
}

// collectStep is how many rows are examined while the index is locked, so that no other goroutine waits for it long.
const collectStep = 1 << 15

// A searchRun is a search in progress.
type searchRun struct {
	index     *index
	inserts   int     // index.inserts when the search began
	texts     textSet // when the search began
	q         Query
	limit     int
	firstOnly bool     // the first matches are enough
	rows      []uint32 // the matches of one step
	parts     [][]ulid // their keys, step by step: one growing list would leave five times its size to the garbage collector
	found     int      // how many keys are in parts
	keys      Keys
	total     int

	matches   []textMatch // by text; nil when the query has no words
	sweptFrom int         // the first text that was searched; those from it on are known
}

// discardOn discards the result if there was an error, and returns the error.
func (c *searchRun) discardOn(err error) error {
	if err != nil {
		c.keys, c.total = Keys{}, 0
	}
	return err
}

// A textMatch says whether the words of a query match a text.
type textMatch int8

const (
	notSwept textMatch = iota // in a text that was searched: no match
	matching
	notMatching
)

// begin binds the search to the index as it is now, and returns how many rows that has.
func (c *searchRun) begin(x *index) (count int) {
	c.index, c.inserts, c.texts = x, x.inserts, x.texts.snapshot()
	c.sweptFrom = len(c.texts.ends)
	if len(c.q.terms) > 0 {
		c.matches = make([]textMatch, c.sweptFrom)
	}
	return len(x.rows)
}

// sweep makes sure that the texts of the rows from begin on are searched: all texts at once, or, with firstOnly, as many again
// as were needed so far. Texts are in the order of their first rows, so the share of rows tells how many.
func (c *searchRun) sweep(ctx context.Context, begin, count int) error {
	from := 0
	if c.firstOnly {
		from = len(c.matches) * max(2*begin-count, 0) / count
	}
	if len(c.matches) == 0 || c.sweptFrom <= len(c.matches)*begin/count {
		return ctx.Err()
	}
	to := c.sweptFrom
	c.sweptFrom = from
	return c.texts.match(ctx, c.q, c.matches, from, to)
}

// collect examines the rows [begin, end), newest first. It returns false when they are no longer those that the search began
// with.
func (h *History) collect(c *searchRun, begin, end int) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index != c.index || c.index.inserts != c.inserts {
		return false
	}
	c.collect(begin, end)
	return true
}

func (c *searchRun) collect(begin, end int) {
	x := c.index
	c.keys.odd, c.rows = x.odd, c.rows[:0]
	tests := c.q.bind(x)
	for i := end - 1; i >= begin; i-- {
		if c.matches != nil && !c.textMatches(i) || x.rows[i].flags&trashed != 0 != c.q.wantsTrashed || !allHold(tests, i) {
			continue
		}
		c.total++
		if c.limit == 0 || c.found+len(c.rows) < c.limit {
			c.rows = append(c.rows, uint32(i))
		}
	}
	part := make([]ulid, len(c.rows))
	for n, i := range c.rows {
		part[n] = x.keys.at(int(i))
	}
	c.parts, c.found = append(c.parts, part), c.found+len(part)
}

// textMatches reports whether the text of a row matches. It compares the text here when it was not searched, was added after
// the search began, or has labels.
func (c *searchRun) textMatches(i int) bool {
	prompt := c.index.prompts[i]
	own := int(prompt) < len(c.matches) && !c.index.hasLabels(i)
	if own && (int(prompt) >= c.sweptFrom || c.matches[prompt] != notSwept) {
		return c.matches[prompt] == matching
	}
	fits := c.q.matchesText(c.index.texts.at(prompt), []byte(c.index.labels[c.index.keys.at(i)]))
	if own && fits {
		c.matches[prompt] = matching
	} else if own {
		c.matches[prompt] = notMatching
	}
	return fits
}

// hasLabels reports whether a row has tags or a note. When no entry has any, as usual, it does not read the row.
func (x *index) hasLabels(i int) bool { return len(x.labels) > 0 && x.rows[i].flags&hasLabels != 0 }

type boundCondition struct {
	holds   func(i int) bool
	negated bool
}

func (q Query) bind(x *index) []boundCondition {
	tests := make([]boundCondition, len(q.conditions))
	for i, t := range q.conditions {
		if t.rank != nil {
			tests[i] = boundCondition{q.bindRank(x, t.rank), t.negated}
			continue
		}
		tests[i] = boundCondition{t.ask(x), t.negated}
	}
	return tests
}

func allHold(tests []boundCondition, i int) bool {
	for _, t := range tests {
		if t.holds(i) == t.negated {
			return false
		}
	}
	return true
}

// matchesText reports whether the words match a text with its labels.
func (q Query) matchesText(text, extra []byte) bool {
	for _, t := range q.terms {
		if (q.hasTerm(text, t) || q.hasTerm(extra, t)) == t.negated {
			return false
		}
	}
	return true
}

func (q Query) hasTerm(text []byte, t term) bool {
	if bytes.Contains(text, []byte(t.text)) {
		return true
	}
	return q.fuzzy && !t.negated && fuzzyContains(text, t.text)
}

// snapshot returns the texts of this moment; later ones are added after them.
func (t *textSet) snapshot() textSet { return textSet{data: t.data, ends: t.ends} }

// sweepBlock is how much text is searched between two checks for cancellation, in bytes.
const sweepBlock = 1 << 20

// match marks those of the texts [from, to) that match the words of q. It searches the first word in all texts at once, the
// others only where that was found.
func (t *textSet) match(ctx context.Context, q Query, fits []textMatch, from, to int) error {
	q.terms = slices.Clone(q.terms)
	slices.SortStableFunc(q.terms, func(a, b term) int {
		switch {
		case b.negated && !a.negated:
			return -1
		case a.negated && !b.negated:
			return 1
		}
		return len(b.text) - len(a.text) // the longest first, since it is the rarest
	})
	sweepFirst := !q.terms[0].negated && !q.fuzzy
	rest := q
	if sweepFirst {
		rest.terms = q.terms[1:]
	}
	return t.eachBlock(ctx, from, to, func(from, to int) {
		if sweepFirst {
			t.markContaining(fits, from, to, []byte(q.terms[0].text))
		}
		if sweepFirst && len(rest.terms) == 0 {
			return
		}
		for i := from; i < to; i++ {
			if (fits[i] == matching || !sweepFirst) && rest.matchesText(t.at(uint32(i)), nil) {
				fits[i] = matching
			} else {
				fits[i] = notMatching
			}
		}
	})
}

// markContaining marks the texts [from, to) that contain word.
func (t *textSet) markContaining(fits []textMatch, from, to int, word []byte) {
	at, end := t.start(from), int(t.ends[to-1])
	for i := from; i < to; i++ {
		n := bytes.Index(t.data[at:end], word)
		if n < 0 {
			return
		}
		at += n
		i = t.indexAt(i, to, at)
		fits[i] = matching
		at = int(t.ends[i])
	}
}

// indexAt returns which of the texts [i, to) contains the byte of data at offset at.
func (t *textSet) indexAt(i, to, at int) int {
	for near := min(i+8, to); i < near; i++ {
		if int(t.ends[i]) > at {
			return i
		}
	}
	return i + sort.Search(to-i, func(n int) bool { return int(t.ends[i+n]) > at })
}

// eachBlock calls do with parts of [from, to) of about a MiB each, from two goroutines when there are many.
func (t *textSet) eachBlock(ctx context.Context, from, to int, do func(from, to int)) error {
	cuts := []int{from}
	for i, begin := from, t.start(from); i < to; i++ {
		if int(t.ends[i])-begin >= sweepBlock || i == to-1 {
			cuts, begin = append(cuts, i+1), int(t.ends[i])
		}
	}
	var next atomic.Int64
	work := func() {
		for n := int(next.Add(1)); n < len(cuts) && ctx.Err() == nil; n = int(next.Add(1)) {
			do(cuts[n-1], cuts[n])
		}
	}
	if len(cuts) < 4 {
		work()
		return ctx.Err()
	}
	var w workers
	for range goroutines {
		w.start(work)
	}
	w.wait()
	return ctx.Err()
}
