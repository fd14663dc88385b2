package history

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Search returns the keys of the entries that a query finds, newest first, at most limit of them (0: all), and how many there
// are in all. It sees what is indexed so far: call Build first for the whole history. A cancelled ctx ends it early, with
// its error.
func (h *History) Search(ctx context.Context, q Query, limit int) (keys []string, total int, err error) {
	for {
		keys, total, err := h.searchOnce(ctx, q, limit)
		if !errors.Is(err, errMoved) {
			return keys, total, err
		}
	}
}

// errMoved says that the index changed under a search in a way that it must begin anew.
var errMoved = errors.New("the index moved")

func (h *History) searchOnce(ctx context.Context, q Query, limit int) (keys []string, total int, err error) {
	h.mu.RLock()
	x := h.index
	if x == nil {
		h.mu.RUnlock()
		return nil, 0, ctx.Err()
	}
	texts, count, shifts, plain := x.texts.snapshot(), len(x.rows), x.shifts, len(x.extras) == 0
	h.mu.RUnlock()
	fits, err := texts.matching(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	if fits != nil && plain && !slices.Contains(fits, true) {
		return nil, 0, nil // no text fits, and nothing stands beside the texts: no need to look at the rows
	}
	c := &collecting{x: x, q: q, fits: fits, limit: limit}
	for end := count; end > 0; end -= collectStep {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		if !h.collect(c, max(end-collectStep, 0), end, shifts) {
			return nil, 0, errMoved
		}
	}
	return c.keys, c.total, nil
}

// collectStep is how many rows are looked at while the index is held, so that a UI never waits long for Keys.
const collectStep = 1 << 15

type collecting struct {
	x     *index
	q     Query
	fits  []bool // by text; nil: all fit
	limit int
	keys  []string
	total int
}

// collect looks at the rows [begin, end), newest first; false when they are no longer those that the search began with.
func (h *History) collect(c *collecting, begin, end, shifts int) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	x := c.x
	if h.index != x || x.shifts != shifts {
		return false
	}
	tests := c.q.bind(x)
	for i := end - 1; i >= begin; i-- {
		r := &x.rows[i]
		if !c.textFits(r, i) || r.flags&trashed != 0 != c.q.trash || !all(tests, i) {
			continue
		}
		c.total++
		if c.limit == 0 || len(c.keys) < c.limit {
			c.keys = append(c.keys, x.keys[i])
		}
	}
	return true
}

// textFits looks the row's text up, or compares it when it came after the texts were swept or has tags or a note beside it.
func (c *collecting) textFits(r *row, i int) bool {
	if c.fits == nil {
		return true
	}
	if int(r.text) < len(c.fits) && r.flags&hasExtra == 0 {
		return c.fits[r.text]
	}
	return c.q.fitsText(c.x.texts.at(r.text), []byte(c.x.extras[c.x.keys[i]]))
}

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

// matching reports for each text whether the words of q fit it; nil when there are no words. The first word is looked for
// in the whole arena at once, the others only where it was found.
func (t *texts) matching(ctx context.Context, q Query) ([]bool, error) {
	if len(q.terms) == 0 {
		return nil, nil
	}
	q.terms = slices.Clone(q.terms)
	slices.SortStableFunc(q.terms, func(a, b term) int {
		if a.not != b.not {
			return compareBool(a.not, b.not)
		}
		return len(b.text) - len(a.text) // the longest first: it is found least often
	})
	fits := make([]bool, len(t.ends))
	sweepFirst := !q.terms[0].not && !q.fuzzy
	rest := q
	if sweepFirst {
		rest.terms = q.terms[1:]
	}
	return fits, t.blocks(ctx, func(from, to int) {
		if sweepFirst {
			t.sweep(fits, from, to, []byte(q.terms[0].text))
		}
		if sweepFirst && len(rest.terms) == 0 {
			return
		}
		for i := from; i < to; i++ {
			fits[i] = (fits[i] || !sweepFirst) && rest.fitsText(t.at(uint32(i)), nil)
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
func (t *texts) sweep(fits []bool, from, to int, word []byte) {
	at, end := 0, int(t.ends[to-1])
	if from > 0 {
		at = int(t.ends[from-1])
	}
	for i := from; i < to; i++ {
		n := bytes.Index(t.arena[at:end], word)
		if n < 0 {
			return
		}
		at += n
		i = t.holding(i, to, at)
		fits[i] = true
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

// blocks calls do with ranges of texts that lie in about a MiB each, from two goroutines when there are many.
func (t *texts) blocks(ctx context.Context, do func(from, to int)) error {
	var cuts []int
	for i, begin := 0, 0; i < len(t.ends); i++ {
		if int(t.ends[i])-begin >= sweepBlock || i == len(t.ends)-1 {
			cuts, begin = append(cuts, i+1), int(t.ends[i])
		}
	}
	var next atomic.Int64
	work := func() {
		for ctx.Err() == nil {
			n := int(next.Add(1)) - 1
			if n >= len(cuts) {
				return
			}
			from := 0
			if n > 0 {
				from = cuts[n-1]
			}
			do(from, cuts[n])
		}
	}
	if len(cuts) < 3 {
		work()
		return ctx.Err()
	}
	var wg sync.WaitGroup
	for range scanners {
		wg.Go(work)
	}
	wg.Wait()
	return ctx.Err()
}

// Hits returns the byte ranges of text that the query's words and phrases hit, in order and apart, for underlining.
func (q Query) Hits(text string) [][2]int {
	words := q.Words()
	if len(words) == 0 {
		return nil
	}
	folded, from := foldWithOrigin(text)
	var hits [][2]int
	for _, w := range words {
		for at := 0; ; {
			n := strings.Index(folded[at:], w)
			if n < 0 {
				break
			}
			hits = append(hits, [2]int{from[at+n], from[at+n+len(w)]})
			at += n + len(w)
		}
	}
	return joinedRanges(hits)
}

// foldWithOrigin folds text and says for each byte of the result, and its end, from where in text it came.
func foldWithOrigin(text string) (folded string, from []int) {
	var b []byte
	for i, r := range text {
		if r < ' ' {
			r = ' '
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
		for len(from) < len(b) {
			from = append(from, i)
		}
	}
	return string(b), append(from, len(text))
}

func joinedRanges(ranges [][2]int) [][2]int {
	slices.SortFunc(ranges, func(a, b [2]int) int { return a[0] - b[0] })
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && r[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}
