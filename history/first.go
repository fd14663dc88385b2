package history

import "context"

// nearRows is how many of the newest entries SearchFirst looks at one by one before it sweeps everything.
const nearRows = 1 << 17

// SearchFirst returns the newest limit keys that a query finds, and whether there may be more. It does not count them, so it
// is done at once where hits are near, however long the history is; Search counts all.
func (h *History) SearchFirst(ctx context.Context, q Query, limit int) (keys []string, more bool, err error) {
	l := &looking{q: q, limit: limit}
	for next := -1; next != 0 && l.looked < nearRows && len(l.keys) < limit; {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		if next = h.look(l, next); next < 0 {
			break // the index moved
		}
		if next == 0 {
			return l.keys, false, nil
		}
	}
	if limit > 0 && len(l.keys) == limit {
		return l.keys, true, nil
	}
	keys, total, err := h.Search(ctx, q, limit)
	return keys, total > len(keys), err
}

// looking is a search that looks at the rows one by one, newest first.
type looking struct {
	x      *index
	shifts int
	q      Query
	limit  int
	looked int
	known  []int8 // by text: 0 not looked at, 1 fits, -1 does not
	keys   []string
}

// look goes on below row end (-1: from the newest), and returns where to go on; 0 at the oldest, -1 when the index moved.
func (h *History) look(l *looking, end int) (next int) {
	const step = 1 << 13
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index == nil {
		return 0
	}
	if end < 0 {
		l.x, l.shifts, end = h.index, h.index.shifts, len(h.index.rows)
		l.known = make([]int8, len(h.index.texts.ends))
	}
	if h.index != l.x || l.x.shifts != l.shifts {
		return -1
	}
	begin := max(end-step, 0)
	tests := l.q.bind(l.x)
	for i := end - 1; i >= begin; i-- {
		l.looked++
		r := &l.x.rows[i]
		if r.flags&trashed != 0 != l.q.trash || !all(tests, i) || !l.fits(r, i) {
			continue
		}
		if l.keys = append(l.keys, l.x.keys[i]); len(l.keys) == l.limit {
			return begin
		}
	}
	return begin
}

func (l *looking) fits(r *row, i int) bool {
	if len(l.q.terms) == 0 {
		return true
	}
	own := int(r.text) < len(l.known) && r.flags&hasExtra == 0
	if own && l.known[r.text] != 0 {
		return l.known[r.text] > 0
	}
	fits := l.q.fitsText(l.x.texts.at(r.text), []byte(l.x.extras[l.x.keys[i]]))
	if own {
		l.known[r.text] = -1
		if fits {
			l.known[r.text] = 1
		}
	}
	return fits
}
