package history

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sort"
	"sync/atomic"
)

// Search returns the keys of the entries that a query finds, newest first, at most limit of them (0: all), and how many there
// are in all. It sees what is indexed so far: call Build first for the whole history. A cancelled ctx ends it early, with
// its error.
func (h *History) Search(ctx context.Context, q Query, limit int) (keys Keys, total int, err error) {
	c, err := h.search(ctx, q, limit, false)
	return c.keys, c.total, err
}

// SearchFirst returns the newest limit keys that a query finds, and whether there may be more. It does not count them, so it
// is done at once where hits are near, however long the history is.
func (h *History) SearchFirst(ctx context.Context, q Query, limit int) (keys Keys, more bool, err error) {
	c, err := h.search(ctx, q, limit, true)
	return c.keys, limit > 0 && c.keys.Len() == limit, err
}

func (h *History) search(ctx context.Context, q Query, limit int, first bool) (c collecting, err error) {
	for {
		c = collecting{q: q, limit: limit, first: first}
		if err = h.searchOnce(ctx, &c); !errors.Is(err, errMoved) {
			return c, err
		}
	}
}

// errMoved says that the index changed under a search in a way that it must begin anew.
var errMoved = errors.New("the index moved")

// searchOnce goes from the newest rows to the oldest, and sweeps the texts ahead of that.
func (h *History) searchOnce(ctx context.Context, c *collecting) error {
	count := h.begin(c)
	for end := count; end > 0; end -= collectStep {
		begin := max(end-collectStep, 0)
		if err := c.sweepTo(ctx, begin, count); err != nil {
			return c.without(err)
		}
		if !h.collect(c, begin, end) {
			return errMoved
		}
		if c.first && c.limit > 0 && c.found == c.limit {
			break
		}
	}
	c.keys.list = slices.Concat(c.parts...)
	return c.without(ctx.Err())
}

// begin binds a search to the index as it is, and returns how many rows that has.
func (h *History) begin(c *collecting) (count int) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index == nil {
		return 0
	}
	c.x, c.shifts, c.texts = h.index, h.index.shifts, h.index.texts.snapshot()
	c.swept = len(c.texts.ends)
	if len(c.q.terms) > 0 {
		c.fits = make([]fit, c.swept)
	}
	return len(c.x.rows)
}

// collectStep is how many rows are looked at while the index is held, so that a UI never waits long for Keys.
const collectStep = 1 << 15

// A collecting is one search under way.
type collecting struct {
	x      *index
	shifts int
	texts  texts // as they were when the search began
	q      Query
	limit  int
	first  bool     // the first hits are enough
	rows   []uint32 // the hits of one step
	parts  [][]ulid // their keys, step by step: one list that grew would leave five times its size behind
	found  int      // how many keys are in parts
	keys   Keys
	total  int

	fits  []fit // by text; nil: all fit
	swept int   // from which text on fits knows
}

// without leaves nothing of a search that ended early.
func (c *collecting) without(err error) error {
	if err != nil {
		c.keys, c.total = Keys{}, 0
	}
	return err
}

// A fit says whether the words of a query fit a text.
type fit int8

const (
	unknown fit = iota // and of a text that was swept: no
	fitting
	unfit
)

// sweepTo makes sure that the texts of the rows from begin on are swept: all at once, or, where the first hits are enough, as
// many again as were needed so far. Texts lie in the order of their first rows, so the share of the rows tells which.
func (c *collecting) sweepTo(ctx context.Context, begin, count int) error {
	from := 0
	if c.first {
		from = len(c.fits) * max(2*begin-count, 0) / count
	}
	if len(c.fits) == 0 || c.swept <= len(c.fits)*begin/count {
		return ctx.Err()
	}
	to := c.swept
	c.swept = from
	return c.texts.match(ctx, c.q, c.fits, from, to)
}

// collect looks at the rows [begin, end), newest first; false when they are no longer those that the search began with.
func (h *History) collect(c *collecting, begin, end int) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	x := c.x
	if h.index != x || x.shifts != c.shifts {
		return false
	}
	c.keys.odd, c.rows = x.odd, c.rows[:0]
	tests := c.q.bind(x)
	for i := end - 1; i >= begin; i-- {
		if c.fits != nil && !c.textFits(i) || x.rows[i].flags&trashed != 0 != c.q.trash || !all(tests, i) {
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
	return true
}

// textFits looks the row's text up. It is compared when it was not swept, came after the search began, or has tags or a
// note beside it.
func (c *collecting) textFits(i int) bool {
	prompt := c.x.prompts[i]
	own := int(prompt) < len(c.fits) && !c.x.hasExtra(i)
	if own && (int(prompt) >= c.swept || c.fits[prompt] != unknown) {
		return c.fits[prompt] == fitting
	}
	fits := c.q.fitsText(c.x.texts.at(prompt), []byte(c.x.extras[c.x.keys.at(i)]))
	if own && fits {
		c.fits[prompt] = fitting
	} else if own {
		c.fits[prompt] = unfit
	}
	return fits
}

// hasExtra reports whether a row has tags or a note. Mostly none has, and then no row needs to be looked at.
func (x *index) hasExtra(i int) bool { return len(x.extras) > 0 && x.rows[i].flags&hasExtra != 0 }

type boundTest struct {
	yes func(i int) bool
	not bool
}

func (q Query) bind(x *index) []boundTest {
	tests := make([]boundTest, len(q.tests))
	for i, t := range q.tests {
		tests[i] = boundTest{t.ask(x), t.not}
	}
	return tests
}

func all(tests []boundTest, i int) bool {
	for _, t := range tests {
		if t.yes(i) == t.not {
			return false
		}
	}
	return true
}

// fitsText reports whether the words fit one text, with its tags and note.
func (q Query) fitsText(text, extra []byte) bool {
	for _, t := range q.terms {
		if (q.has(text, t) || q.has(extra, t)) == t.not {
			return false
		}
	}
	return true
}

func (q Query) has(text []byte, t term) bool {
	if bytes.Contains(text, []byte(t.text)) {
		return true
	}
	return q.fuzzy && !t.not && fuzzyContains(text, t.text)
}

// snapshot returns the texts as they are now; later ones are added behind them.
func (t *texts) snapshot() texts { return texts{arena: t.arena, ends: t.ends} }

// sweepBlock is how much of the arena is swept between two looks at whether anybody still waits.
const sweepBlock = 1 << 20

// match marks those of the texts [from, to) that the words of q fit. The first word is looked for in the whole arena at
// once, the others only where it was found.
func (t *texts) match(ctx context.Context, q Query, fits []fit, from, to int) error {
	q.terms = slices.Clone(q.terms)
	slices.SortStableFunc(q.terms, func(a, b term) int {
		if a.not != b.not {
			return compareBool(a.not, b.not)
		}
		return len(b.text) - len(a.text) // the longest first: it is found least often
	})
	sweepFirst := !q.terms[0].not && !q.fuzzy
	rest := q
	if sweepFirst {
		rest.terms = q.terms[1:]
	}
	return t.blocks(ctx, from, to, func(from, to int) {
		if sweepFirst {
			t.sweep(fits, from, to, []byte(q.terms[0].text))
		}
		if sweepFirst && len(rest.terms) == 0 {
			return
		}
		for i := from; i < to; i++ {
			if (fits[i] == fitting || !sweepFirst) && rest.fitsText(t.at(uint32(i)), nil) {
				fits[i] = fitting
			} else {
				fits[i] = unfit
			}
		}
	})
}

func compareBool(a, b bool) int {
	if a == b {
		return 0
	}
	if b {
		return -1
	}
	return 1
}

// sweep marks the texts from from up to to that contain word.
func (t *texts) sweep(fits []fit, from, to int, word []byte) {
	at, end := t.begin(from), int(t.ends[to-1])
	for i := from; i < to; i++ {
		n := bytes.Index(t.arena[at:end], word)
		if n < 0 {
			return
		}
		at += n
		i = t.holding(i, to, at)
		fits[i] = fitting
		at = int(t.ends[i])
	}
}

// holding returns which of the texts from i up to to holds the arena's byte at.
func (t *texts) holding(i, to, at int) int {
	for near := min(i+8, to); i < near; i++ {
		if int(t.ends[i]) > at {
			return i
		}
	}
	return i + sort.Search(to-i, func(n int) bool { return int(t.ends[i+n]) > at })
}

// blocks calls do with parts of [from, to) that lie in about a MiB each, from two goroutines when there are many.
func (t *texts) blocks(ctx context.Context, from, to int, do func(from, to int)) error {
	cuts := []int{from}
	for i, begin := from, t.begin(from); i < to; i++ {
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
	for range scanners {
		w.start(work)
	}
	w.wait()
	return ctx.Err()
}
