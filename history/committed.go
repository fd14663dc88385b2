package history

import (
	"math"
	"time"

	"tintype/history/jsonscan"
)

// Committed is what was spent, or may have been: all that is not known to be free.
type Committed struct {
	USD     float64 // exact to a billionth
	Unknown int     // how many purchases of these have no known price; they count nothing in USD
}

// CommittedSince returns what is committed from a moment on, in all predictions of all programs, with those that are running or
// unconfirmed. What is dated later than now counts as well, so that a clock that is set back frees nothing. It reads the entries of that
// time once, and later only those that have changed. It may be called in the change of an Append.
func (h *History) CommittedSince(since time.Time) (Committed, error) {
	return h.committed(since, "")
}

// CommittedBy returns what is committed by the predictions of a batch, whenever they were bought. It may be called in the change of
// an Append.
func (h *History) CommittedBy(batch string) (Committed, error) {
	return h.committed(time.Time{}, batch)
}

// A ledger has the purchases of the entries that were asked about, so that only changed entries are read again.
type ledger struct {
	generation int // of the journal that it was read from
	from       time.Time
	purchases  map[string][]purchase // by key of the entry
	batches    map[string]*account   // sums of the batches that were asked about
	days       map[int64]*account    // sums by the quarter of an hour: time zones differ by such
}

// A purchase is one try that may have been billed.
type purchase struct {
	quarter int64 // of an hour, since 1970
	batch   string
	nanos   int64 // billionths of a dollar
	unknown bool
}

// An account is a sum of purchases.
type account struct {
	nanos   int64
	unknown int
}

func (a *account) add(p purchase, sign int) {
	a.nanos += int64(sign) * p.nanos
	if p.unknown {
		a.unknown += sign
	}
}

const quarter = 15 * 60

func (h *History) committed(since time.Time, batch string) (Committed, error) {
	h.ledgerMu.Lock()
	defer h.ledgerMu.Unlock()
	if err := h.updateLedger(since, batch); err != nil {
		return Committed{}, err
	}
	var sum account
	if batch != "" {
		sum = *h.ledger.batches[batch]
	} else {
		first := since.Unix() / quarter
		for at, a := range h.ledger.days {
			if at >= first {
				sum.nanos += a.nanos
				sum.unknown += a.unknown
			}
		}
	}
	return Committed{float64(sum.nanos) / 1e9, sum.unknown}, nil
}

// updateLedger reads what has changed, or everything that it needs if the journal is another one or the ledger lacks it.
func (h *History) updateLedger(since time.Time, batch string) error {
	if err := h.BuildIndex(background); err != nil {
		return err
	}
	l := &h.ledger
	_, knownBatch := l.batches[batch]
	h.mu.Lock()
	fresh := h.unbooked == nil || l.generation != h.generation || batch == "" && since.Before(l.from)
	var keys []string
	switch {
	case fresh:
		*l = ledger{generation: h.generation, from: since, purchases: map[string][]purchase{}, batches: map[string]*account{}, days: map[int64]*account{}}
		if batch != "" {
			l.from = h.now()
		}
		keys = h.index.keysBoughtSince(l.from)
	default:
		for key := range h.unbooked {
			keys = append(keys, key)
		}
	}
	h.unbooked = map[string]bool{}
	h.mu.Unlock()
	err := h.book(keys)
	if err == nil && batch != "" && (fresh || !knownBatch) {
		err = h.bookBatch(batch)
	}
	if err != nil { // read everything again the next time
		h.mu.Lock()
		h.unbooked = nil
		h.mu.Unlock()
	}
	return err
}

// book reads entries into the ledger.
func (h *History) book(keys []string) error {
	entries, err := h.Entries(keys)
	if err != nil {
		return err
	}
	for _, e := range entries {
		h.ledger.set(e.Key, purchases(e))
	}
	return nil
}

// bookBatch reads the entries of a batch, however old, and adds up those that are known.
func (h *History) bookBatch(batch string) error {
	f, size, _, err := h.currentFile()
	if err != nil || f == nil {
		h.ledger.batches[batch] = &account{}
		return err
	}
	var keys []string
	seen := map[string]bool{}
	err = eachLineContaining(f, size, mustMarshal(batch), func(line []byte) bool {
		var facts lineFacts
		line, _ = jsonscan.TrimLine(line)
		if facts.read(line) && !seen[string(facts.key)] {
			seen[string(facts.key)] = true
			keys = append(keys, string(facts.key))
		}
		return false
	})
	if err != nil {
		return err
	}
	if err := h.book(keys); err != nil {
		return err
	}
	sum := &account{}
	for _, list := range h.ledger.purchases {
		for _, p := range list {
			if p.batch == batch {
				sum.add(p, 1)
			}
		}
	}
	h.ledger.batches[batch] = sum
	return nil
}

// set replaces the purchases of an entry.
func (l *ledger) set(key string, list []purchase) {
	l.count(l.purchases[key], -1)
	l.count(list, 1)
	if len(list) == 0 {
		delete(l.purchases, key)
		return
	}
	l.purchases[key] = list
}

func (l *ledger) count(list []purchase, sign int) {
	for _, p := range list {
		day := l.days[p.quarter]
		if day == nil {
			day = &account{}
			l.days[p.quarter] = day
		}
		day.add(p, sign)
		if batch := l.batches[p.batch]; batch != nil {
			batch.add(p, sign)
		}
	}
}

// purchases returns the tries of an entry that are not known to be free. What the last of them cost, the entry says if it is known.
func purchases(e Entry) (list []purchase) {
	if len(e.Attempts) == 0 && e.State != Creating && (e.Cost == nil || *e.Cost > 0) {
		return []purchase{newPurchase(e, Attempt{Time: e.CreatedTime()}, true)} // a line that no tintype wrote, or a very old one
	}
	for i, a := range e.Attempts {
		last := i == len(e.Attempts)-1
		refused := a.Sent == "yes" && a.Error != ""
		if a.Sent == "no" || refused || last && e.Cost != nil && *e.Cost <= 0 {
			continue
		}
		list = append(list, newPurchase(e, a, last))
	}
	return list
}

func newPurchase(e Entry, a Attempt, last bool) purchase {
	if a.Time.IsZero() {
		a.Time = e.CreatedTime()
	}
	p := purchase{quarter: a.Time.Unix() / quarter, batch: e.Batch}
	usd := a.Price
	switch {
	case last && e.Cost != nil:
		usd = *e.Cost
	case usd == 0 && e.Price != nil:
		usd = e.Price.Amount
	case usd == 0:
		p.unknown = true
	}
	p.nanos = int64(math.Round(max(usd, 0) * 1e9))
	return p
}
