package history

import (
	"bytes"
	"time"
)

// The methods in this file answer what History asks. They accept a nil index, which is that of a file of which nothing was read.

// isComplete reports whether the part begins with the file.
func (x *index) isComplete() bool { return x != nil && x.from == 0 }

// durations returns how long the newest n successful predictions of a model took, newest first.
func (x *index) durations(model string, n int) (took []time.Duration) {
	if x == nil {
		return nil
	}
	id, known := x.names.ids[model]
	for i := len(x.rows) - 1; known && i >= 0 && len(took) < n; i-- {
		r := &x.rows[i]
		if x.traits.list[r.traits].model == id && r.flags&hasTook != 0 && r.stateOf() == Done {
			took = append(took, time.Duration(float64(r.took)*float64(time.Second)))
		}
	}
	return took
}

// newestKey returns the newest key, "" when there is none.
func (x *index) newestKey() string {
	if n := x.keys.len(); n > 0 {
		return x.key(n - 1)
	}
	return ""
}

// newestKeys returns the newest n keys that are not trashed, and whether the part is certain to contain them: keys from its first
// new one on are newer than all keys before the part.
func (x *index) newestKeys(n int) (keys []string, enough bool) {
	if x == nil {
		return nil, true
	}
	for i := len(x.rows) - 1; i >= 0 && len(keys) < n; i-- {
		if x.from > 0 && (x.firstNew == ulid{} || x.allKeys().compare(x.keys.at(i), x.firstNew) < 0) {
			return nil, false
		}
		if x.rows[i].flags&trashed == 0 {
			keys = append(keys, x.key(i))
		}
	}
	return keys, len(keys) == n || x.from == 0
}

// locate returns where the newest line of a key is. sure is false when it may be before the part.
func (x *index) locate(key string) (line lineRef, found, sure bool) {
	if x == nil {
		return 0, false, true
	}
	i, found := x.find(key)
	if !found {
		return 0, false, x.isNew(key)
	}
	return x.rows[i].line, true, true
}

// activeKeys returns the keys of predictions that have not ended, or are lost for a reason that may pass, oldest first.
func (x *index) activeKeys() (keys []string) {
	if x == nil {
		return nil
	}
	for i := range x.rows {
		r := &x.rows[i]
		state := r.stateOf()
		if state != "" && !state.Ended() || state == Lost && r.flags&recoverable != 0 {
			keys = append(keys, x.key(i))
		}
	}
	return keys
}

// keysChangedSince returns the keys whose newest line is another than in old.
func (x *index) keysChangedSince(old *index) (keys []string) {
	for i := range x.rows {
		key := x.key(i)
		if at, found := old.find(key); !found || old.rows[at].rev != x.rows[i].rev {
			keys = append(keys, key)
		}
	}
	return keys
}

// correct replaces the row of a key, whose line cannot be decoded, by the lines that were found instead. Without one the row is
// hidden.
func (x *index) correct(key string, found *segment) {
	i, ok := x.find(key)
	if !ok {
		return
	}
	empty := arrival{x.keys.at(i), x.rows[i], x.prompts[i], x.createdAt(i), "", 0}
	empty.row.flags |= trashed
	empty.row.rev, empty.row.state = 0, 0xff
	x.replace(i, empty)
	x.merge(found, false)
}

// promptsWith returns the prompts that contain a folded text, without their own text, and for each the key of its newest entry.
func (x *index) promptsWith(folded []byte, limit int) (prompts []Prompt, keys []string) {
	if x == nil {
		return nil, nil
	}
	place := make([]int32, len(x.texts.ends)) // a text's index in prompts + 1; -1 when it does not match or is beyond the limit
	for i := len(x.rows) - 1; i >= 0; i-- {
		r := &x.rows[i]
		if r.flags&trashed != 0 {
			continue
		}
		prompt := x.prompts[i]
		at := place[prompt]
		if at == 0 {
			full := limit > 0 && len(prompts) == limit
			text := x.texts.at(prompt)
			if full || len(text) == 0 || !bytes.Contains(text, folded) {
				place[prompt] = -1
				continue
			}
			key := x.key(i)
			prompts, keys = append(prompts, Prompt{Picture: key, Last: time.Unix(x.createdAt(i), 0)}), append(keys, key)
			at = int32(len(prompts))
			place[prompt] = at
		}
		if at > 0 {
			prompts[at-1].count(func() string { return x.key(i) }, r.stateOf())
		}
	}
	return prompts, keys
}

// keysBoughtSince returns the keys of the predictions that may have been bought since a moment.
func (x *index) keysBoughtSince(since time.Time) (keys []string) {
	if x == nil {
		return nil
	}
	first := since.Add(-boughtMargin).UnixMilli()
	for i := len(x.rows) - 1; i >= 0; i-- {
		key := x.keys.at(i)
		if key.hi != 0 && key.milli() < first {
			break
		}
		keys = append(keys, x.key(i))
	}
	for key, at := range x.bought {
		if at >= since.Unix() && (key.hi == 0 || key.milli() < first) {
			keys = append(keys, x.allKeys().text(key))
		}
	}
	return keys
}

// boughtMargin is how long after its key was made a prediction may be bought without a mark in the index.
const boughtMargin = time.Hour
