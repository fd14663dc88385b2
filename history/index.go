package history

import (
	"slices"
	"time"
)

// A row is what the index keeps of one entry: where its newest line stands, and what queries ask about. It holds no
// pointers, so that a million of them cost the garbage collector nothing.
type row struct {
	line   lineRef // of its newest line
	seed   int64
	rev    uint32
	cost   float32
	took   float32 // seconds
	traits uint16  // its number in index.kinds
	flags  flags
	state  uint8
}

// A lineRef is where a line begins in the file, up to 8 TiB, and how long it is without its line feed, up to 2 MiB.
type lineRef uint64

func newLineRef(off int64, line []byte) lineRef { return lineRef(off<<21) | lineRef(len(line)) }

func (p lineRef) off() int64 { return int64(p >> 21) }

func (p lineRef) size() int { return int(p & (1<<21 - 1)) }

// An index knows the newest line of every key that has a line in the part [from, to) of the file. It is always rebuilt
// from the file, never written to disk.
type index struct {
	from, to   int64
	rows       []row    // by rising key
	keys       keyList  // the rows' keys
	odd        []string // what those of them stand for that are no ULIDs
	prompts    []uint32 // which of the texts each row's prompt is; not in the rows, since search looks at it for every one
	outOfOrder []arrival
	texts      textSet
	names      interned[string] // of models, providers, formats and ratios
	traits     interned[traits]
	labels     map[ulid]string // folded tags and notes
	created    map[ulid]int64  // when the jobs were made whose keys are no ULIDs, in Unix seconds
	firstNew   ulid            // the first key in the part that stood on a first line; zero when there is none
	trashed    int
	inserts    int      // how often a row was put between others, which moves those behind it
	visible    *keyList // those that are not trashed, where one is; nil when it must be made again
}

// An arrival is what a line says, on its way into the index.
type arrival struct {
	key     ulid
	row     row
	prompt  uint32
	created int64
	labels  string
}

func newIndex(from int64) *index {
	return &index{
		from: from, to: from, names: newInterned[string](), traits: newInterned[traits](),
		labels: map[ulid]string{}, created: map[ulid]int64{},
	}
}

// reserve makes room for the rows and texts of a file that is size bytes long, of which the index holds a part.
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

// grow returns s with room for so many more. Unlike slices.Grow it does not clear that room, so none of it takes memory
// before it is used.
func grow[T any](s []T, more int) []T {
	if more <= cap(s)-len(s) {
		return s
	}
	return append(make([]T, 0, len(s)+more), s...)
}

// allKeys returns the keys of all rows. It is valid until the index changes.
func (x *index) allKeys() Keys { return Keys{x.keys.memory[x.keys.from:], x.odd} }

// key returns the key of row i.
func (x *index) key(i int) string { return x.allKeys().text(x.keys.at(i)) }

// find returns where key stands among the rows, or where it would.
func (x *index) find(key string) (int, bool) { return x.fromNewest(x.allKeys().Find(key)) }

// withPrefix returns which rows' keys begin with prefix: those from begin up to end.
func (x *index) withPrefix(prefix string) (begin, end int) {
	begin, _ = x.find(prefix)
	end, _ = x.find(prefix + "\xff")
	return begin, end
}

func (x *index) fromNewest(i int, found bool) (int, bool) {
	if found {
		i++
	}
	return x.keys.len() - i, found
}

// createdAt returns when the job of row i was made, in Unix seconds.
func (x *index) createdAt(i int) int64 {
	key := x.keys.at(i)
	if key.hi == 0 {
		return x.created[key]
	}
	return key.milli() / 1000
}

// insert puts what a line says in its place, and reports whether that changed anything. The text of its key only counts where
// that is no ULID; bulk says that settle is called before the index is used.
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

// replace puts what a newer line says in the place of row i. The snapshot of the keys stays unless one is shown or hidden by
// that.
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

// setRow fills row i, which was nobody's. Its key stands already, or is to be set: the list of keys may be somebody's who reads it.
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
	x.rows[i], x.prompts[i] = a.row, a.prompt
}

// insertOutOfOrder puts the rows that came far out of order in their places, the newest first, so that none is moved twice.
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

// sortOutOfOrder returns what came far out of order, the oldest key first, and each once.
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

// replaces reports whether r, the later line, replaces old: the greater revision wins, and of equal ones the later line,
// but for one that would take back an end.
func (r row) replaces(old row) bool {
	if r.rev != old.rev {
		return r.rev > old.rev
	}
	return r.stateOf().final() || !old.stateOf().final()
}

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

// addVisible puts a key before those that are shown.
func (x *index) addVisible(key ulid) {
	if x.visible != nil {
		x.visible.insert(x.visible.len(), key)
	}
}

// isNew reports whether a key that the part does not hold must be new, since all keys before the part are older. The
// clocks of two programs may differ, and a key may wait a while until it is written: hence the margin.
func (x *index) isNew(key string) bool {
	const margin = 10 * time.Minute
	u, ok := parseKey(key)
	return x.from == 0 || ok && x.firstNew != (ulid{}) && u.milli() > x.firstNew.milli()+margin.Milliseconds()
}

// A kind is what many entries have in common: the numbers of four names.
type traits struct{ model, provider, format, ratio uint16 }

// interned are the few different values that many entries have, by number. The zero value has number 0.
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
		return 0 // nobody has that many models; the entry itself is whole
	}
	id := uint16(len(n.list))
	n.list = append(n.list, value)
	n.ids[value] = id
	return id
}
