package history

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"tintype/history/duels"
)

// Ranks makes of duels how often each prediction's best picture wins against the average one, as a share from 0 to 1, by the prediction's key.
type Ranks func([]duels.Duel) map[string]float64

// A rankTest tests the share that a prediction has. ranked is false if no duel had one of its pictures.
type rankTest func(share float64, ranked bool) bool

// parseRank reads rank>0.5 and rank>50%.
func parseRank(op, value string) (rankTest, string) {
	number, percent := strings.CutSuffix(value, "%")
	want, err := strconv.ParseFloat(number, 64)
	if percent {
		want /= 100
	}
	if err != nil || !(want >= 0 && want <= 1) {
		return nil, fmt.Sprintf("A rank is the share of duels that are won against the average picture, from 0 to 1, like 0.5, not %q.", value)
	}
	return func(share float64, ranked bool) bool { return ranked && compares(op, float32(share), float32(want)) }, ""
}

// isUnranked tests whether no duel had a picture of a prediction.
func isUnranked(_ float64, ranked bool) bool { return !ranked }

// wantsRanks reports whether a query asks for ranks.
func (q Query) wantsRanks() bool {
	for _, c := range q.conditions {
		if c.rank != nil {
			return true
		}
	}
	return false
}

// bindRank returns the test of a rank for the rows of an index. Only predictions with a picture have none.
func (q Query) bindRank(x *index, test rankTest) func(int) bool {
	shares := make(map[int]float64, len(q.ranks))
	for key, share := range q.ranks {
		if i, found := x.find(key); found {
			shares[i] = share
		}
	}
	return func(i int) bool {
		share, ranked := shares[i]
		return (ranked || x.rows[i].stateOf() == Done) && test(share, ranked)
	}
}

// rankCache is what the duels were ranked to, and the file that they were in.
type rankCache struct {
	mu     sync.Mutex
	info   os.FileInfo
	shares map[string]float64
}

// rankDuels ranks the duels; those of a file that did not change only once.
func (h *History) rankDuels() (map[string]float64, error) {
	if h.ranks == nil {
		return nil, nil
	}
	h.ranked.mu.Lock()
	defer h.ranked.mu.Unlock()
	info, err := h.disk.Stat(h.duels.Path())
	last := h.ranked.info
	if err == nil && last != nil && h.disk.Same(info, last) && info.Size() == last.Size() && info.ModTime().Equal(last.ModTime()) {
		return h.ranked.shares, nil
	}
	report, readErr := h.duels.Read()
	if readErr != nil {
		return nil, readErr
	}
	h.ranked.info, h.ranked.shares = nil, h.ranks(report.Duels)
	if err == nil {
		h.ranked.info = info
	}
	return h.ranked.shares, nil
}
