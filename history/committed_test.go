package history

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"tintype/history/filelock"
)

// TestBudgetHoldsOverPrograms: three programs buy in random order, are killed, get no answer, and see other prices and clocks. What the
// provider charges never exceeds the day's limit, or twice that where one clock is wrong.
func TestBudgetHoldsOverPrograms(t *testing.T) {
	t.Parallel()
	schedules := 300
	if os.Getenv("TINTYPE_LONG") == "1" {
		schedules = 10_000
	}
	for seed := range schedules {
		checkBudgetSchedule(t, uint64(seed), 0)
		checkBudgetSchedule(t, uint64(seed), time.Duration(seed%5-2)*24*time.Hour)
		if t.Failed() {
			t.Fatalf("schedule %d", seed)
		}
	}
}

const dayLimit = 1.00

func checkBudgetSchedule(t *testing.T, seed uint64, wrong time.Duration) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	d := &memDisk{files: map[string]*memFile{}}
	now := noon
	clock := func(program int) func() time.Time {
		return func() time.Time {
			if program == 2 {
				return now.Add(wrong)
			}
			return now
		}
	}
	open := func(program int) *History {
		h := newHistory(Options{Dir: "/h", App: "test", Now: clock(program)}, d, filelock.Options{})
		h.lock = func() (filelock.Lock, error) { return filelock.Lock{}, nil }
		if err := h.open(); err != nil {
			t.Fatal(err)
		}
		return h
	}
	programs := []*History{open(0), open(1), open(2)}
	price, charged := 0.05, 0.0
	var open1 []string // sent, without an answer on disk
	for range 60 {
		now = now.Add(time.Duration(rng.IntN(60)) * time.Second)
		p := rng.IntN(3)
		switch rng.IntN(8) {
		case 0: // killed, and started again
			programs[p] = open(p)
		case 1:
			price = float64(1+rng.IntN(20)) / 100
		case 2: // an answer of an earlier one
			if len(open1) > 0 {
				key := open1[rng.IntN(len(open1))]
				mustAppend(t, programs[p], key, func(e Entry) Entry {
					cost := e.Attempts[len(e.Attempts)-1].Price
					e.State, e.Cost = Done, &cost
					return e
				})
			}
		default:
			key := NewKey(clock(p)())
			if len(open1) > 0 && rng.IntN(4) == 0 {
				key = open1[rng.IntN(len(open1))] // sent again: both may be billed
			}
			if buyWithin(t, programs[p], key, price, clock(p)()) {
				charged += price // the provider takes it, whether or not its answer comes
				open1 = append(open1, key)
			}
		}
	}
	limit := dayLimit
	if wrong != 0 {
		limit = 2 * dayLimit
	}
	if charged > limit+1e-9 {
		t.Errorf("$%.2f of $%.2f was charged", charged, limit)
	}
}

// buyWithin writes an intent if it fits the limit, and reports whether it did.
func buyWithin(t *testing.T, h *History, key string, price float64, now time.Time) (sent bool) {
	t.Helper()
	y, m, day := now.Date()
	mustAppend(t, h, key, func(e Entry) Entry {
		spent, err := h.CommittedSince(time.Date(y, m, day, 0, 0, 0, 0, now.Location()))
		if e.State.Ended() || err != nil || math.Round((spent.USD+price)*1e9) > math.Round(dayLimit*1e9) {
			if e.State == "" {
				e.State = Failed
			}
			return e
		}
		sent = true
		e.State = Unconfirmed
		e.Attempts = append(e.Attempts, Attempt{Time: now, Sent: "maybe", Price: price})
		return e
	})
	return sent
}

func TestCommittedCountsWhatMayBeBilled(t *testing.T) {
	h := openHistory(t, t.TempDir())
	half := 0.5
	for name, row := range map[string]struct {
		change func(e *Entry)
		want   float64
	}{
		"running":     {func(e *Entry) { e.State = Waiting }, 0.2},
		"not sent":    {func(e *Entry) { e.State, e.Attempts[0].Sent = Failed, "no" }, 0},
		"refused":     {func(e *Entry) { e.State, e.Attempts[0].Sent, e.Attempts[0].Error = Failed, "yes", "rate" }, 0},
		"free":        {func(e *Entry) { e.State, e.Cost = Done, new(float64) }, 0},
		"done":        {func(e *Entry) { e.State, e.Cost = Done, &half }, 0.5},
		"stopped":     {func(e *Entry) { e.State = Stopped }, 0.2},
		"sent twice":  {func(e *Entry) { e.State, e.Attempts = Waiting, append(e.Attempts, e.Attempts[0]) }, 0.4},
		"last month":  {func(e *Entry) { e.State, e.Attempts[0].Time = Waiting, noon.AddDate(0, -1, 0) }, 0},
		"next year":   {func(e *Entry) { e.State, e.Attempts[0].Time = Waiting, noon.AddDate(1, 0, 0) }, 0.2},
		"no attempts": {func(e *Entry) { e.State, e.Attempts = Creating, nil }, 0},
	} {
		before, _ := h.CommittedSince(noon.Add(-time.Hour))
		mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
			e.Batch, e.Attempts = "b", []Attempt{{Time: noon, Sent: "maybe", Price: 0.2}}
			row.change(&e)
			return e
		})
		after, err := h.CommittedSince(noon.Add(-time.Hour))
		if got := after.USD - before.USD; err != nil || math.Abs(got-row.want) > 1e-9 {
			t.Errorf("%s: %.2f is committed, want %.2f (%v)", name, got, row.want, err)
		}
	}
	other := openHistory(t, h.dir)
	for _, h := range []*History{h, other} { // the batch's own sum has last month's, too
		if batch, err := h.CommittedBy("b"); err != nil || math.Abs(batch.USD-1.7) > 1e-9 {
			t.Errorf("the batch has %.2f committed: %v", batch.USD, err)
		}
	}
	// An old prediction that is sent again today counts today, also where it is read from the disk.
	mustAppend(t, h, NewKey(noon.AddDate(0, -3, 0)), func(e Entry) Entry {
		e.State, e.Attempts = Waiting, []Attempt{{Time: noon, Sent: "maybe", Price: 3}}
		return e
	})
	third := openHistory(t, h.dir)
	if got, err := third.CommittedSince(noon.Add(-time.Hour)); err != nil || math.Abs(got.USD-4.5) > 1e-9 {
		t.Errorf("%.2f is committed, want 4.50: %v", got.USD, err)
	}
}
