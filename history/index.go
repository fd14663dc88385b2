package history

import (
	"slices"
	"time"
)

// A row is what the index keeps of one entry: where its newest line stands, and what queries ask about. It holds no
// pointers, so that a million of them cost the garbage collector nothing.
type row struct {
	place linePlace // of its newest line
	seed  int64
	rev   uint32
	cost  float32
	took  float32 // seconds
	kind  uint16  // its number in index.kinds
	flags flags
	state uint8
}

// A linePlace is where a line begins in the file, up to 8 TiB, and how long it is without its line feed, up to 2 MiB.
type linePlace uint64

func placeOf(off int64, line []byte) linePlace { return linePlace(off<<21) | linePlace(len(line)) }

func (p linePlace) off() int64 { return int64(p >> 21) }

func (p linePlace) size() int { return int(p & (1<<21 - 1)) }

// An index knows the newest line of every key that has a line in the part [from, to) of the file. It is always rebuilt
// from the file, never written to disk.
type index struct {
	from, to int64
	rows     []row    // by rising key
	keys     keyList  // the rows' keys
	odd      []string // what those of them stand for that are no ULIDs
	prompts  []uint32 // which of the texts each row's prompt is; not in the rows, since search looks at it for every one
	late     []arrival
	texts    texts
	names    numbered[string] // of models, providers, formats and ratios
	kinds    numbered[kind]
	extras   map[ulid]string // folded tags and notes
	made     map[ulid]int64  // when the jobs were made whose keys are no ULIDs, in Unix seconds
	oldest   ulid            // the first key in the part that stood on a first line; zero when there is none
	trashed  int
	shifts   int      // how often a row was put between others, which moves those behind it
	shown    *keyList // those that are not trashed, where one is; nil when it must be made again
}

// An arrival is what a line says, on its way into the index.
type arrival struct {
	key    ulid
	row    row
	prompt uint32
	made   int64
	extra  string
}

func newIndex(from int64) *index {
	return &index{
		from: from, to: from, names: newNumbered[string](), kinds: newNumbered[kind](),
		extras: map[ulid]string{}, made: map[ulid]int64{},
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
	x.rows, x.prompts = withRoom(x.rows, more), withRoom(x.prompts, more)
	if more > x.keys.from {
		x.keys.reserve(more)
	}
}

// withRoom returns s with room for so many more. Unlike slices.Grow it does not clear that room, so none of it takes memory
// before it is used.
func withRoom[T any](s []T, more int) []T {
	if more <= cap(s)-len(s) {
		return s
	}
	return append(make([]T, 0, len(s)+more), s...)
}

// known returns the keys of all rows. It is valid until the index changes.
func (x *index) known() Keys { return Keys{x.keys.memory[x.keys.from:], x.odd} }

// key returns the key of row i.
func (x *index) key(i int) string { return x.known().text(x.keys.at(i)) }

// find returns where key stands among the rows, or where it would.
func (x *index) find(key string) (int, bool) { return x.oldestFirst(x.known().Find(key)) }

// withPrefix returns which rows' keys begin with prefix: those from begin up to end.
func (x *index) withPrefix(prefix string) (begin, end int) {
	begin, _ = x.find(prefix)
	end, _ = x.find(prefix + "\xff")
	return begin, end
}

func (x *index) oldestFirst(i int, found bool) (int, bool) {
	if found {
		i++
	}
	return x.keys.len() - i, found
}

// madeAt returns when the job of row i was made, in Unix seconds.
func (x *index) madeAt(i int) int64 {
	key := x.keys.at(i)
	if key.hi == 0 {
		return x.made[key]
	}
	return key.milli() / 1000
}

// take puts what a line says in its place, and reports whether that changed anything. The text of its key only counts where
// that is no ULID; bulk says that settle is called before the index is used.
func (x *index) take(a arrival, text string, bulk bool) bool {
	i, found := x.oldestFirst(x.known().find(a.key, text))
	if found {
		a.key = x.keys.at(i)
		if a.row == x.rows[i] && a.prompt == x.prompts[i] || !a.row.beats(x.rows[i]) {
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
		x.late = append(x.late, a)
		return true
	}
	if i < len(x.rows) {
		x.shifts++
	}
	x.rows = slices.Insert(x.rows, i, row{})
	x.prompts = slices.Insert(x.prompts, i, 0)
	x.keys.insert(i, a.key)
	x.put(i, a)
	if i == len(x.rows)-1 && a.row.flags&trashed == 0 {
		x.showNewest(a.key)
	} else {
		x.shown = nil
	}
	return true
}

// replace puts what a newer line says in the place of row i. The snapshot of the keys stays unless one is shown or hidden by
// that.
func (x *index) replace(i int, a arrival) {
	old := x.rows[i].flags & trashed
	if old != a.row.flags&trashed {
		x.shown = nil
	}
	if old != 0 {
		x.trashed--
	}
	x.put(i, a)
}

// put fills row i, which was nobody's. Its key stands already, or is to be set: the list of keys may be somebody's who reads it.
func (x *index) put(i int, a arrival) {
	if a.row.flags&trashed != 0 {
		x.trashed++
	}
	if a.extra != "" {
		x.extras[a.key] = a.extra
	}
	if a.key.hi == 0 {
		x.made[a.key] = a.made
	}
	x.rows[i], x.prompts[i] = a.row, a.prompt
}

// settle puts the rows that came far out of order in their places, the newest first, so that none is moved twice.
func (x *index) settle() {
	late := x.sortedLate()
	if len(late) == 0 {
		return
	}
	from := len(x.rows)
	x.rows = withRoom(x.rows, len(late))[:from+len(late)]
	x.prompts = withRoom(x.prompts, len(late))[:from+len(late)]
	x.keys.extend(len(late), true)
	x.shown = nil
	known := x.known()
	for to := len(x.rows) - 1; len(late) > 0; to-- {
		last := late[len(late)-1]
		if from > 0 && known.compare(x.keys.at(from-1), last.key) > 0 {
			from--
			x.rows[to], x.prompts[to] = x.rows[from], x.prompts[from]
			x.keys.set(to, x.keys.at(from))
			continue
		}
		x.put(to, last)
		x.keys.set(to, last.key)
		late = late[:len(late)-1]
	}
}

// sortedLate returns what came far out of order, the oldest key first, and each once.
func (x *index) sortedLate() []arrival {
	known, sorted := x.known(), x.late
	x.late = nil
	slices.SortStableFunc(sorted, func(a, b arrival) int { return known.compare(a.key, b.key) })
	late := sorted[:0]
	for _, a := range sorted {
		n := len(late)
		switch {
		case n == 0 || known.compare(a.key, late[n-1].key) != 0:
			late = append(late, a)
		case a.row.beats(late[n-1].row):
			late[n-1] = a
		}
	}
	return late
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

// newestFirst returns the keys of all rows that are not trashed.
func (x *index) newestFirst() Keys {
	if x.trashed == 0 {
		x.shown = nil
		return Keys{x.keys.newestFirst(), x.odd}
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
	return Keys{x.shown.newestFirst(), x.odd}
}

// showNewest puts a key before those that are shown.
func (x *index) showNewest(key ulid) {
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

// A kind is what many entries have in common: the numbers of four names.
type kind struct{ model, provider, format, ratio uint16 }

// numbered are the few different values that many entries have, by number. The zero value has number 0.
type numbered[T comparable] struct {
	list []T
	ids  map[T]uint16
}

func newNumbered[T comparable]() numbered[T] {
	var zero T
	return numbered[T]{list: []T{zero}, ids: map[T]uint16{zero: 0}}
}

func (n *numbered[T]) number(value T) uint16 {
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
