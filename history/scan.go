package history

import (
	"bytes"
	"hash/maphash"
	"io"
)

// segmentSize is how much of the file is scanned at a time.
const segmentSize = 1 << 20

// A segment is what scanning the lines that begin in [from, to) found: the newest line of each key, oldest key first seen
// last. Segments are used again, so that a big file costs little memory.
type segment struct {
	from, to int64 // from is one byte before the segment, to see whether a line begins with it
	end      int64 // where its last whole line ends; 0 when it has none
	buf      []byte
	starts   []int32
	found    []candidate
	keys     []byte // the candidates' keys, one after the other
	texts    []byte // their folded prompts
	names    [][]byte
	slots    [4096]uint16 // candidates by key: number + 1
	oldest   ulid
}

type candidate struct {
	row                        row
	key, keyEnd                uint32 // in segment.keys
	text, textEnd              uint32 // in segment.texts
	hash                       uint64
	model, provider, fmt, rate uint16 // in segment.names
	extra                      string
}

// scan reads the segment from r, whose file is size bytes long.
func (s *segment) scan(r io.ReaderAt, from, to, size int64) error {
	s.reset(max(from-1, 0), to)
	if err := s.fill(r, size); err != nil {
		return err
	}
	s.split(size)
	for i := len(s.starts) - 2; i >= 0; i-- {
		s.take(s.buf[s.starts[i]:s.starts[i+1]], s.from+int64(s.starts[i]))
	}
	return nil
}

func (s *segment) reset(from, to int64) {
	s.from, s.to, s.end = from, to, 0
	s.buf, s.starts, s.found, s.keys, s.texts, s.names = s.buf[:0], s.starts[:0], s.found[:0], s.keys[:0], s.texts[:0], s.names[:0]
	clear(s.slots[:])
	s.oldest = ulid{}
}

// fill reads [from, to) and on to the end of the line that begins before to; of a line beyond the limit only its beginning.
func (s *segment) fill(r io.ReaderAt, size int64) error {
	want := min(s.to, size)
	for {
		if err := s.readTo(r, want); err != nil {
			return err
		}
		last := max(int(s.to-1-s.from), 0) // the line that holds the last byte before to is ours
		if want >= min(size, s.to+2*LineLimit) || bytes.IndexByte(s.buf[min(last, len(s.buf)):], '\n') >= 0 {
			return nil
		}
		want = min(want+64<<10, size)
	}
}

func (s *segment) readTo(r io.ReaderAt, want int64) error {
	have, need := len(s.buf), int(want-s.from)
	if need <= have {
		return nil
	}
	if cap(s.buf) < need {
		s.buf = append(make([]byte, 0, need+128<<10), s.buf...)
	}
	n, err := r.ReadAt(s.buf[have:need], s.from+int64(have))
	s.buf = s.buf[:have+n]
	if err == io.EOF {
		return nil // the file was cut back meanwhile: what is left counts
	}
	return err
}

// split finds the lines that begin in the segment: starts holds where each begins, and where the last one ends.
func (s *segment) split(size int64) {
	at := 0
	if s.from > 0 { // the bytes up to the first line feed belong to the segment before; one byte more was read for it
		n := bytes.IndexByte(s.buf, '\n')
		if n < 0 {
			return
		}
		at = n + 1
	}
	s.starts = append(s.starts, int32(at))
	for int64(at) < s.to-s.from && at < len(s.buf) {
		n := bytes.IndexByte(s.buf[at:], '\n')
		if n < 0 {
			if s.from+int64(len(s.buf)) >= size { // a last line without a line feed: people's editors leave such
				s.starts = append(s.starts, int32(len(s.buf)))
			}
			break
		}
		at += n + 1
		s.starts = append(s.starts, int32(at))
		s.end = s.from + int64(at)
	}
}

// take looks at one line, coming from the end: only the newest line of a key is read whole.
func (s *segment) take(line []byte, off int64) {
	line = bytes.TrimRight(line, "\r\n")
	if key, rev, ok := head(line); ok {
		if i := s.lookup(key); i >= 0 && s.found[i].row.rev > rev {
			s.sawFirst(key, rev == 1)
			return
		}
	}
	var f facts
	if len(line) > LineLimit || !f.read(line) {
		return // Check counts and shows what cannot be read
	}
	s.sawFirst(f.key, f.flags&first != 0)
	if i := s.lookup(f.key); i >= 0 {
		if old := s.found[i].row; f.rev <= old.rev && (f.rev < old.rev || !stateFinal(f.state) || old.stateName().final()) {
			return
		}
		s.fillIn(&s.found[i], &f, line, off)
		return
	}
	s.found = append(s.found, candidate{key: uint32(len(s.keys)), keyEnd: uint32(len(s.keys) + len(f.key))})
	s.keys = append(s.keys, f.key...)
	s.remember(f.key)
	s.fillIn(&s.found[len(s.found)-1], &f, line, off)
}

func (s *segment) sawFirst(key []byte, first bool) {
	if u, ok := parseKey(key); ok && first {
		s.oldest = u
	}
}

func stateFinal(b []byte) bool { return State(b).final() }

func (s *segment) fillIn(c *candidate, f *facts, line []byte, off int64) {
	c.row = row{
		off: off, size: uint32(len(line)), rev: f.rev, made: uint32(min(max(f.made, 0), 1<<32-1)), seed: f.seed,
		cost: f.cost, took: f.took, flags: f.flags, state: stateNumber(f.state),
	}
	c.model, c.provider = s.name(f.model), s.name(f.provider)
	c.fmt, c.rate = s.name(f.format), s.name(f.ratio)
	c.extra = f.extra
	c.text = uint32(len(s.texts))
	s.texts = fold(s.texts, text(f.prompt))
	c.textEnd = uint32(len(s.texts))
	c.hash = maphash.Bytes(textSeed, s.texts[c.text:])
}

func (s *segment) name(b []byte) uint16 {
	for i := range s.names {
		if bytes.Equal(s.names[i], b) {
			return uint16(i)
		}
	}
	s.names = append(s.names, b)
	return uint16(len(s.names) - 1)
}

// slot is where key stands in slots, or the free place for it. A segment never has as many keys as there are slots,
// since a line has 27 bytes and more; when it is half full, the rest go unremembered and only cost a second look.
func (s *segment) slot(key []byte) int {
	h := maphash.Bytes(textSeed, key)
	for i := int(h % uint64(len(s.slots))); ; i = (i + 1) % len(s.slots) {
		n := s.slots[i]
		if n == 0 || bytes.Equal(s.keyOf(&s.found[n-1]), key) {
			return i
		}
	}
}

func (s *segment) lookup(key []byte) int { return int(s.slots[s.slot(key)]) - 1 }

func (s *segment) remember(key []byte) {
	if len(s.found) <= len(s.slots)/2 {
		s.slots[s.slot(key)] = uint16(len(s.found))
	}
}

func (s *segment) keyOf(c *candidate) []byte { return s.keys[c.key:c.keyEnd] }

// merge puts what the segment found into the index, oldest line first, and returns the keys whose rows it changed. With
// bulk, settle is called before the index is used, and nothing is returned.
func (x *index) merge(s *segment, bulk bool) (changed []string) {
	keys := string(s.keys)
	numbers := make([]uint16, len(s.names))
	for i, name := range s.names {
		numbers[i] = x.names.number(name)
	}
	for i := len(s.found) - 1; i >= 0; i-- {
		c := &s.found[i]
		key := keys[c.key:c.keyEnd]
		r := c.row
		r.model, r.provider, r.format, r.ratio = numbers[c.model], numbers[c.provider], numbers[c.fmt], numbers[c.rate]
		r.text = x.texts.add(s.texts[c.text:c.textEnd], c.hash)
		if c.extra != "" {
			x.extras[key] = c.extra
		}
		if x.take(key, r, bulk) && !bulk {
			changed = append(changed, key)
		}
	}
	if x.oldest == (ulid{}) {
		x.oldest = s.oldest
	}
	x.to = max(x.to, s.end)
	return changed
}
