package history

import (
	"slices"
	"time"
)

// A row is what the index has of one entry: where its newest line is, and what queries ask about. Without pointers, a million of
// them cost the garbage collector nothing.
type row struct {
	line   lineRef // the newest line
	seed   int64
	rev    uint32
	cost   float32 // USD
	took   float32 // seconds
	traits uint16  // id in index.traits
	flags  flags
	state  uint8 // index in stateNames, 0xff for none
}

// A lineRef is the offset of a line in the file, up to 8 TiB, and its length without the line feed, up to 2 MiB.
type lineRef uint64

func newLineRef(off int64, line []byte) lineRef { return lineRef(off<<21) | lineRef(len(line)) }

func (p lineRef) off() int64 { return int64(p >> 21) }

func (p lineRef) size() int { return int(p & (1<<21 - 1)) }

// An index knows the newest line of every key that has a line in the part [from, to) of the file. It is always built from the
// file, and never written to disk.
type index struct {
	from, to   int64
	rows       []row    // by ascending key
	keys       keyList  // the rows' keys
	odd        []string // the text of keys that are not ULIDs
	prompts    []uint32 // each row's prompt in texts; apart from the rows, because search reads it for all of them
	outOfOrder []arrival
	texts      textSet
	names      interned[string] // of models, providers, formats and ratios
	traits     interned[traits]
	labels     map[ulid]string // folded tags and notes
	created    map[ulid]int64  // when predictions were made whose keys are not ULIDs, in Unix seconds
	bought     map[ulid]int64  // when predictions were bought last whose keys are older by more than an hour, or no ULIDs, in Unix seconds
	firstNew   ulid            // the first key of the part that has its first line there; zero when there is none
	trashed    int             // how many rows are trashed
	inserts    int             // how often a row was inserted between others, so that those after it moved
	lines      lineCount       // of the part
	visible    *keyList        // the keys that are not trashed, if any is; nil when it must be made again
}

// An arrival is the content of a line that is about to be inserted.
type arrival struct {
	key     ulid
	row     row
	prompt  uint32
	created int64
	labels  string
	bought  int64 // see index.bought; 0 if the key says it
}

func newIndex(from int64) *index {
	return &index{
		from: from, to: from, names: newInterned[string](), traits: newInterned[traits](),
		labels: map[ulid]string{}, created: map[ulid]int64{}, bought: map[ulid]int64{},
	}
}

// reserve makes room for the rows and texts of a file of size bytes, estimated from the part that is indexed.
func (x *index) reserve(size int64) {
	if x.to <= x.from || size <= x.to {
		return
	}
	parts := float64(size-x.from) / float64(x.to-x.from)
	x.texts.reserve(parts)
	more := int(float64(len(x.rows)) * (parts - 1) * 1.04)
	x.rows, x.prompts = grow(x.rows, more), grow(x.prompts, more)
	if more > x.keys.from {
		x.keys.reserve(more)
	}
}

// grow returns s with room for more elements. Unlike slices.Grow it does not clear that room, which therefore takes no memory
// before it is used.
func grow[T any](s []T, more int) []T {
	if more <= cap(s)-len(s) {
		return s
	}
	return append(make([]T, 0, len(s)+more), s...)
}

// allKeys returns the keys of all rows. The result is valid until the index changes.
func (x *index) allKeys() Keys { return Keys{x.keys.memory[x.keys.from:], x.odd} }

// key returns the key of row i.
func (x *index) key(i int) string { return x.allKeys().text(x.keys.at(i)) }

// find returns the row of key, or the one where it would be inserted.
func (x *index) find(key string) (int, bool) { return x.fromNewest(x.allKeys().Find(key)) }

// withPrefix returns the rows [begin, end), whose keys begin with prefix.
func (x *index) withPrefix(prefix string) (begin, end int) {
	begin, _ = x.find(prefix)
	end, _ = x.find(prefix + "\xff")
	return begin, end
}

// fromNewest converts a place in the keys, which are newest first, to a row.
func (x *index) fromNewest(i int, found bool) (int, bool) {
	if found {
		i++
	}
	return x.keys.len() - i, found
}

// createdAt returns when the prediction of row i was made, in Unix seconds.
func (x *index) createdAt(i int) int64 {
	key := x.keys.at(i)
	if key.hi == 0 {
		return x.created[key]
	}
	return key.milli() / 1000
}

// insert adds the content of a line, or replaces an older one, and reports whether that changed anything. text is the key,
// which is only needed when it is not a ULID. With bulk, insertOutOfOrder must be called before the index is used.
func (x *index) insert(a arrival, text string, bulk bool) bool {
	i, found := x.fromNewest(x.allKeys().find(a.key, text))
	if found {
		a.key = x.keys.at(i)
		if a.row == x.rows[i] && a.prompt == x.prompts[i] || !a.row.replaces(x.rows[i]) {
			return false
		}
		x.replace(i, a)
		return true
	}
	if a.key.hi == 0 {
		a.key.lo = uint64(len(x.odd))
		x.odd = append(x.odd, text)
	}
	if bulk && len(x.rows)-i > 64 {
		x.outOfOrder = append(x.outOfOrder, a)
		return true
	}
	if i < len(x.rows) {
		x.inserts++
	}
	x.rows = slices.Insert(x.rows, i, row{})
	x.prompts = slices.Insert(x.prompts, i, 0)
	x.keys.insert(i, a.key)
	x.setRow(i, a)
	if i == len(x.rows)-1 && a.row.flags&trashed == 0 {
		x.addVisible(a.key)
	} else {
		x.visible = nil
	}
	return true
}

// replace puts the content of a newer line into row i. The list of visible keys stays valid unless the row is hidden or shown
// by that.
func (x *index) replace(i int, a arrival) {
	old := x.rows[i].flags & trashed
	if old != a.row.flags&trashed {
		x.visible = nil
	}
	if old != 0 {
		x.trashed--
	}
	x.setRow(i, a)
}

// setRow fills row i, but not its key: the list of keys may be in use by readers.
func (x *index) setRow(i int, a arrival) {
	if a.row.flags&trashed != 0 {
		x.trashed++
	}
	if a.labels != "" {
		x.labels[a.key] = a.labels
	}
	if a.key.hi == 0 {
		x.created[a.key] = a.created
	}
	if a.bought != 0 {
		x.bought[a.key] = a.bought
	}
	x.rows[i], x.prompts[i] = a.row, a.prompt
}

// insertOutOfOrder inserts the rows that arrived far out of order, the newest first, so that no row is moved twice.
func (x *index) insertOutOfOrder() {
	late := x.sortOutOfOrder()
	if len(late) == 0 {
		return
	}
	from := len(x.rows)
	x.rows = grow(x.rows, len(late))[:from+len(late)]
	x.prompts = grow(x.prompts, len(late))[:from+len(late)]
	x.keys.extend(len(late), true)
	x.visible = nil
	known := x.allKeys()
	for to := len(x.rows) - 1; len(late) > 0; to-- {
		last := late[len(late)-1]
		if from > 0 && known.compare(x.keys.at(from-1), last.key) > 0 {
			from--
			x.rows[to], x.prompts[to] = x.rows[from], x.prompts[from]
			x.keys.set(to, x.keys.at(from))
			continue
		}
		x.setRow(to, last)
		x.keys.set(to, last.key)
		late = late[:len(late)-1]
	}
}

// sortOutOfOrder returns the rows that arrived far out of order, oldest key first, and each key once.
func (x *index) sortOutOfOrder() []arrival {
	known, sorted := x.allKeys(), x.outOfOrder
	x.outOfOrder = nil
	slices.SortStableFunc(sorted, func(a, b arrival) int { return known.compare(a.key, b.key) })
	late := sorted[:0]
	for _, a := range sorted {
		n := len(late)
		switch {
		case n == 0 || known.compare(a.key, late[n-1].key) != 0:
			late = append(late, a)
		case a.row.replaces(late[n-1].row):
			late[n-1] = a
		}
	}
	return late
}

// replaces reports whether r, the later line, replaces old.
func (r row) replaces(old row) bool { return !outranks(old.rev, old.stateOf(), r.rev, r.stateOf()) }

func (r row) stateOf() State {
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

// newestFirst returns the keys of all rows that are not trashed.
func (x *index) newestFirst() Keys {
	if x.trashed == 0 {
		x.visible = nil
		return Keys{x.keys.newestFirst(), x.odd}
	}
	if x.visible == nil {
		x.visible = &keyList{}
		x.visible.reserve(len(x.rows) - x.trashed + 64)
		for i := range x.rows {
			if x.rows[i].flags&trashed == 0 {
				x.visible.insert(x.visible.len(), x.keys.at(i))
			}
		}
	}
	return Keys{x.visible.newestFirst(), x.odd}
}

// addVisible adds the newest key to those that are visible.
func (x *index) addVisible(key ulid) {
	if x.visible != nil {
		x.visible.insert(x.visible.len(), key)
	}
}

// isNew reports whether a key without a row must be new, because all keys before the indexed part are older. The margin allows
// for clocks that differ between programs, and for a key that is written some time after it was made.
func (x *index) isNew(key string) bool {
	const margin = 10 * time.Minute
	u, ok := parseKey(key)
	return x.from == 0 || ok && x.firstNew != (ulid{}) && u.milli() > x.firstNew.milli()+margin.Milliseconds()
}

// traits are what many entries have in common, as ids of names.
type traits struct{ model, provider, format, ratio uint16 }

// interned numbers the few distinct values that many entries have. The zero value has the id 0.
type interned[T comparable] struct {
	list []T
	ids  map[T]uint16
}

func newInterned[T comparable]() interned[T] {
	var zero T
	return interned[T]{list: []T{zero}, ids: map[T]uint16{zero: 0}}
}

func (n *interned[T]) idOf(value T) uint16 {
	if id, ok := n.ids[value]; ok {
		return id
	}
	if len(n.list) > 60000 {
		return 0 // no id is left; queries do not find the entry by this value
	}
	id := uint16(len(n.list))
	n.list = append(n.list, value)
	n.ids[value] = id
	return id
}
