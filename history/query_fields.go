package history

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A condition is a test of an entry's row.
type condition struct {
	ask     predicate
	rank    rankTest // instead of ask
	negated bool
}

// A predicate returns the test for the rows of an index. It is bound to the index first, since the ids of names differ in each.
type predicate func(x *index) func(i int) bool

// A queryField is a field that queries can use.
type queryField struct {
	value   string // what its value is, for the sentence that asks for it
	ordered bool   // whether it can be compared with < and >
	read    func(op, value string, now time.Time) (predicate, string)
}

// queryFieldNames are the fields for the sentence about an unknown one: those whose values a user can have set.
const queryFieldNames = "model, state, is, ratio, format, seed, provider, key, from, after, before, cost, time and rank"

var queryFields = map[string]queryField{
	"model":    {"a part of a model's name", false, nameField(func(k traits) uint16 { return k.model }, strings.Contains)},
	"provider": {"a provider's name", false, nameField(func(k traits) uint16 { return k.provider }, strings.Contains)},
	"ratio":    {"a shape, like 16:9", false, nameField(func(k traits) uint16 { return k.ratio }, isEqual)},
	"format":   {"webp, jpg or png", false, nameField(func(k traits) uint16 { return k.format }, sameFormat)},
	"state":    {"a state, like failed", false, parseState},
	"is":       {"running, starred or a state", false, parseIs},
	"tag":      {"a tag", false, parseTag},
	"key":      {"the beginning or the end of a key", false, parseKeyPart},
	"from":     {"a key", false, nil}, // see Outside
	"after":    {"a day, like yesterday or 2026-03-01", false, parseAfter},
	"before":   {"a day, like yesterday or 2026-03-01", false, parseBefore},
	"seed":     {"a whole number", true, parseSeed},
	"cost":     {"an amount in USD, like 0.01", true, parseCost},
	"time":     {"a duration, like 10s", true, parseTook},
	"rank":     {"a share of duels, like 0.5", true, nil}, // parseRank reads it
}

func isEqual(have, want string) bool { return have == want }

func sameFormat(have, want string) bool {
	return have == want || (have == "jpg" || have == "jpeg") && (want == "jpg" || want == "jpeg")
}

// nameField tests one of the names. It compares each distinct combination of names once, instead of each entry's.
func nameField(of func(traits) uint16, match func(have, want string) bool) func(op, value string, _ time.Time) (predicate, string) {
	return func(_, value string, _ time.Time) (predicate, string) {
		want := strings.ToLower(value)
		return func(x *index) func(int) bool {
			holds := make([]bool, len(x.traits.list))
			for i, k := range x.traits.list {
				holds[i] = match(strings.ToLower(x.names.list[of(k)]), want)
			}
			return func(i int) bool { return holds[x.rows[i].traits] }
		}, ""
	}
}

func parseState(_, value string, _ time.Time) (predicate, string) {
	var want [256]bool
	found := false
	for i, s := range stateNames {
		if strings.HasPrefix(string(s), strings.ToLower(value)) || s == Stopped && isCancelled(value) || isInProgress(s) && isRunning(value) {
			want[i], found = true, true
		}
	}
	if !found {
		return nil, fmt.Sprintf("There is no state %q; there are %s.", value, joinStates(stateNames))
	}
	return onRow(func(r *row) bool { return want[r.state] }), ""
}

// cancelled is what people call the state Stopped, and running what they call those in which a prediction is in progress.
const (
	cancelled = "cancelled"
	running   = "running"
)

// isInProgress reports whether people call a state running.
func isInProgress(s State) bool { return s == Creating || s == Waiting || s == Saving }

// isRunning reports whether a value is the beginning of running.
func isRunning(value string) bool { return strings.HasPrefix(running, strings.ToLower(value)) }

// isCancelled reports whether a value is the beginning of cancelled, or of its American spelling.
func isCancelled(value string) bool {
	value = strings.ToLower(value)
	return strings.HasPrefix(cancelled, value) || strings.HasPrefix("canceled", value)
}

// joinStates lists states in the words that people see.
func joinStates(states []State) string {
	names := []string{running}
	for _, s := range states {
		switch {
		case isInProgress(s): // these words are in no list that people see
		case s == Stopped:
			names = append(names, cancelled)
		default:
			names = append(names, string(s))
		}
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func parseIs(op, value string, now time.Time) (predicate, string) {
	switch strings.ToLower(value) {
	case "running", "live":
		return onRow(func(r *row) bool { return isInProgress(r.stateOf()) }), ""
	case "starred", "star":
		return onRow(func(r *row) bool { return r.flags&starred != 0 }), ""
	case "trashed":
		return onRow(func(r *row) bool { return r.flags&trashed != 0 }), ""
	case "ended":
		return onRow(func(r *row) bool { return r.stateOf().Ended() }), ""
	}
	a, reason := parseState(op, value, now)
	if reason != "" {
		reason = fmt.Sprintf("Nothing is %q; there are starred, ended, unranked, root, leaf, %s.", value, joinStates(stateNames))
	}
	return a, reason
}

func onRow(holds func(r *row) bool) predicate {
	return func(x *index) func(int) bool {
		return func(i int) bool { return holds(&x.rows[i]) }
	}
}

func parseTag(_, value string, _ time.Time) (predicate, string) {
	want := string(fold(nil, []byte(value)))
	return func(x *index) func(int) bool {
		return func(i int) bool {
			return x.rows[i].flags&hasLabels != 0 && strings.Contains(x.labels[x.keys.at(i)], tagMark+want)
		}
	}, ""
}

func parseKeyPart(_, value string, _ time.Time) (predicate, string) {
	want := strings.ToLower(value)
	return func(x *index) func(int) bool {
		begin, end := x.withPrefix(want)
		isEnd := x.endMatcher(want)
		return func(i int) bool { return begin <= i && i < end || isEnd(x.keys.at(i)) }
	}, ""
}

func parseSeed(op, value string, _ time.Time) (predicate, string) {
	want, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return nil, fmt.Sprintf("A seed is a whole number, not %q.", value)
	}
	return onRow(func(r *row) bool { return r.flags&hasSeed != 0 && compares(op, r.seed, want) }), ""
}

func parseCost(op, value string, _ time.Time) (predicate, string) {
	want, err := strconv.ParseFloat(strings.TrimPrefix(value, "$"), 32)
	if err != nil || math.IsNaN(want) {
		return nil, fmt.Sprintf("A cost is an amount in USD, like 0.01, not %q.", value)
	}
	return onRow(func(r *row) bool { return r.flags&hasCost != 0 && compares(op, r.cost, float32(want)) }), ""
}

func parseTook(op, value string, _ time.Time) (predicate, string) {
	d, err := time.ParseDuration(value)
	if n, numErr := strconv.ParseFloat(value, 32); numErr == nil && !math.IsNaN(n) {
		d, err = time.Duration(n*float64(time.Second)), nil
	}
	if err != nil {
		return nil, fmt.Sprintf("A time is a duration, like 10s or 1.5m, not %q.", value)
	}
	want := float32(d.Seconds())
	return onRow(func(r *row) bool { return r.flags&hasTook != 0 && compares(op, r.took, want) }), ""
}

func compares[T int64 | float32](op string, have, want T) bool {
	switch op {
	case ">":
		return have > want
	case ">=":
		return have >= want
	case "<":
		return have < want
	case "<=":
		return have <= want
	}
	return have == want
}

func parseAfter(_, value string, now time.Time) (predicate, string) {
	at, reason := parseDay(value, now)
	return onCreated(func(created int64) bool { return created >= at.Unix() }), reason
}

func parseBefore(_, value string, now time.Time) (predicate, string) {
	at, reason := parseDay(value, now)
	return onCreated(func(created int64) bool { return created < at.Unix() }), reason
}

func onCreated(holds func(created int64) bool) predicate {
	return func(x *index) func(int) bool {
		return func(i int) bool { return holds(x.createdAt(i)) }
	}
}

// parseDay returns the beginning of a day, or of another time that it understands.
func parseDay(value string, now time.Time) (at time.Time, reason string) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	low := strings.ToLower(value)
	switch low {
	case "now":
		return now, ""
	case "today":
		return today, ""
	case "yesterday":
		return today.AddDate(0, 0, -1), ""
	}
	for back := range 7 {
		day := today.AddDate(0, 0, -back)
		if name := strings.ToLower(day.Weekday().String()); low == name || low == name[:3] {
			return day, ""
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006-1-2", "2006-01", "2006"} {
		if t, err := time.ParseInLocation(layout, strings.ToUpper(value), now.Location()); err == nil {
			return t, ""
		}
	}
	if t, ok := parseAgo(low, now, today); ok {
		return t, ""
	}
	return now, fmt.Sprintf("%q is not a day; write yesterday, monday, 2026-03-01, 2026-03, 7d or 3h.", value)
}

// parseAgo reads 30min, 3h, 7d and 2w. Days and weeks begin at midnight.
func parseAgo(s string, now, today time.Time) (time.Time, bool) {
	unit := strings.TrimLeft(s, "0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(s, unit))
	if err != nil || n > 100000 {
		return time.Time{}, false
	}
	switch unit {
	case "min":
		return now.Add(-time.Duration(n) * time.Minute), true
	case "h":
		return now.Add(-time.Duration(n) * time.Hour), true
	case "d":
		return today.AddDate(0, 0, -n), true
	case "w":
		return today.AddDate(0, 0, -7*n), true
	}
	return time.Time{}, false
}
