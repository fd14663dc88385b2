package history

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"time"
)

// A row is what the index keeps of one entry: where its newest line stands, and what queries ask about. It holds no
// pointers, so that a million of them cost the garbage collector nothing.
type row struct {
	off  int64 // of its newest line in the file
	seed int64
	size uint32 // of that line, without its line feed
	rev  uint32
	made uint32 // Unix seconds
	cost float32
	took float32 // seconds
	// numbers of names in index.names
	model, provider, format, ratio uint16
	flags                          flags
	state                          uint8
}

// An index knows the newest line of every key that has a line in the part [from, to) of the file. It is always rebuilt
// from the file, never written to disk.
type index struct {
	from, to int64
	rows     []row    // by rising key
	keys     keyList  // the rows' keys
	prompts  []uint32 // which of the texts each row's prompt is; not in the rows, since search looks at it for every one
	late     []lateRow
	texts    texts
	names    names
	extras   map[string]string // folded tags and notes, by key
	oldest   ulid              // the first key in the part that stood on a first line; zero when there is none
	trashed  int
	shifts   int      // how often a row was put between others, which moves those behind it
	shown    *keyList // those that are not trashed, where one is; nil when it must be made again
}

type lateRow struct {
	key    string
	row    row
	prompt uint32
}

func newIndex(from int64) *index {
	return &index{from: from, to: from, names: newNames(), extras: map[string]string{}}
}

// reserve makes room for the rows and texts of a file that is size bytes long, of which the index holds a part.
func (x *index) reserve(size int64) {
	if x.to <= x.from || size <= x.to {
		return
	}
	parts := float64(size-x.from) / float64(x.to-x.from)
	x.texts.reserve(parts)
	more := int(float64(len(x.rows)) * (parts - 1) * 1.04)
	x.rows, x.prompts = slices.Grow(x.rows, more), slices.Grow(x.prompts, more)
	x.keys.reserve(more)
}

// find returns where key stands among the rows, or where it would.
func (x *index) find(key string) (int, bool) {
	n := x.keys.len()
	if n == 0 || key > x.keys.at(n-1) {
		return n, false
	}
	return sort.Find(n, func(i int) int { return strings.Compare(key, x.keys.at(i)) })
}

// take puts a line's row in its place, and reports whether that changed anything; bulk says that settle is called before
// the index is used.
func (x *index) take(key string, r row, prompt uint32, bulk bool) bool {
	i, found := x.find(key)
	switch {
	case found:
		if r == x.rows[i] && prompt == x.prompts[i] || !r.beats(x.rows[i]) {
			return false
		}
		x.replace(i, r)
		x.prompts[i] = prompt
		return true
	case bulk && len(x.rows)-i > 64:
		x.late = append(x.late, lateRow{key, r, prompt})
	default:
		if i < len(x.rows) {
			x.shifts++
		}
		x.count(r, +1)
		x.rows = slices.Insert(x.rows, i, r)
		x.keys.insert(i, key)
		x.prompts = slices.Insert(x.prompts, i, prompt)
		if i == len(x.rows)-1 && r.flags&trashed == 0 {
			x.showNewest(key)
			return true
		}
	}
	x.shown = nil
	return true
}

// replace puts r in the place of row i. The snapshot of the keys stays unless one is shown or hidden by that.
func (x *index) replace(i int, r row) {
	if (x.rows[i].flags^r.flags)&trashed != 0 {
		x.shown = nil
	}
	x.count(x.rows[i], -1)
	x.count(r, +1)
	x.rows[i] = r
}

func (x *index) count(r row, by int) {
	if r.flags&trashed != 0 {
		x.trashed += by
	}
}

// settle puts the rows that came far out of order in their places.
func (x *index) settle() {
	if len(x.late) == 0 {
		return
	}
	late := x.late
	x.late = nil
	slices.SortStableFunc(late, func(a, b lateRow) int { return bytes.Compare([]byte(a.key), []byte(b.key)) })
	keys, rows, prompts := x.keys, x.rows, x.prompts
	n := len(rows) + len(late)
	x.keys, x.rows, x.prompts, x.trashed = keyList{}, make([]row, 0, n), make([]uint32, 0, n), 0
	x.keys.reserve(n)
	for i := 0; i < len(rows) || len(late) > 0; {
		if len(late) == 0 || i < len(rows) && keys.at(i) <= late[0].key {
			x.take(keys.at(i), rows[i], prompts[i], false)
			i++
			continue
		}
		x.take(late[0].key, late[0].row, late[0].prompt, false)
		late = late[1:]
	}
}

// beats reports whether r, the later line, replaces old: the greater revision wins, and of equal ones the later line,
// but for one that would take back an end.
func (r row) beats(old row) bool {
	if r.rev != old.rev {
		return r.rev > old.rev
	}
	return r.stateName().final() || !old.stateName().final()
}

func (r row) stateName() State {
	if int(r.state) < len(stateNames) {
		return stateNames[r.state]
	}
	return ""
}

var stateNames = States()

func stateNumber(b []byte) uint8 {
	for i, s := range stateNames {
		if string(b) == string(s) {
			return uint8(i)
		}
	}
	return 0xff
}

func (r row) madeAt() time.Time { return time.Unix(int64(r.made), 0) }

// newestFirst returns the keys of all rows that are not trashed.
func (x *index) newestFirst() []string {
	if x.trashed == 0 {
		x.shown = nil
		return x.keys.newestFirst()
	}
	if x.shown == nil {
		x.shown = &keyList{}
		x.shown.reserve(len(x.rows) - x.trashed + 64)
		for i := range x.rows {
			if x.rows[i].flags&trashed == 0 {
				x.shown.insert(x.shown.len(), x.keys.at(i))
			}
		}
	}
	return x.shown.newestFirst()
}

// showNewest puts a key before those that are shown.
func (x *index) showNewest(key string) {
	if x.shown != nil {
		x.shown.insert(x.shown.len(), key)
	}
}

// beyond reports whether a key that the part does not hold must be new, since all keys before the part are older. The
// clocks of two programs may differ, and a key may wait a while until it is written: hence the margin.
func (x *index) beyond(key string) bool {
	const margin = 10 * time.Minute
	u, ok := parseKey(key)
	return x.from == 0 || ok && x.oldest != (ulid{}) && u.milli() > x.oldest.milli()+margin.Milliseconds()
}

// names numbers the few names that models, providers, formats and ratios have. Number 0 is the empty name.
type names struct {
	list []string
	ids  map[string]uint16
}

func newNames() names { return names{list: []string{""}, ids: map[string]uint16{"": 0}} }

func (n *names) number(name string) uint16 {
	if id, ok := n.ids[name]; ok {
		return id
	}
	if len(n.list) > 60000 {
		return 0 // nobody has that many models; the entry itself is whole
	}
	id := uint16(len(n.list))
	n.list = append(n.list, name)
	n.ids[name] = id
	return id
}
