package history

import (
	"bytes"
	"hash/maphash"
	"io"

	"tintype/history/jsonscan"
)

// segmentSize is how much of the file is scanned at a time, in bytes: what fits into a core's own cache.
const segmentSize = 1 << 18

// A window is the piece of the file that one goroutine scans. It is reused, so that it stays in the cache.
type window struct {
	begin, to int64 // the segment
	from      int64 // offset of buf: the page of the byte before the segment, which shows whether a line begins with the segment
	buf       []byte
	starts    []int32
	tooLong   bool // the last line is longer than LineLimit, and only its beginning is in buf
}

// pageSize aligns reads: copying from the start of a page was twice as fast (measured on Linux).
const pageSize = 4096

// A segment has what scanning the lines that begin in a piece of the file found: the newest line of each key, the last key
// first. Segments are reused, so that a large file takes little memory.
type segment struct {
	end      int64 // of its last complete line; 0 when it has none
	lines    lineCount
	found    []candidate
	keys     []byte // the candidates' keys, concatenated
	texts    []byte // their folded prompts
	names    []string
	slots    [4096]uint16 // hash table of candidates by key, as index + 1
	firstNew ulid

	prompt        []byte // of the candidate that was filled last, a part of the window
	text, textEnd uint32
	hash          uint64
}

// A scratchSpace is the memory for scanning a small piece.
type scratchSpace struct {
	window  window
	segment segment
}

type candidate struct {
	row           row
	id            ulid
	created       int64
	key, keyEnd   uint32 // in segment.keys
	text, textEnd uint32 // in segment.texts
	hash          uint64
	traits        traits // of indexes in segment.names
	labels        string
	bought        int64
}

// scan fills s with what the lines that begin in [from, to) contain. The file r is size bytes long.
func (w *window) scan(s *segment, r io.ReaderAt, from, to, size int64) error {
	w.begin, w.to, w.buf, w.starts = from, to, w.buf[:0], w.starts[:0]
	w.from = max(from-1, 0) &^ (pageSize - 1)
	if err := w.load(r, size); err != nil {
		return err
	}
	s.reset()
	s.end = w.split(size)
	last := len(w.starts) - 2
	if w.tooLong {
		s.lines.addTooLong(w.buf[w.starts[last]:])
		last--
	}
	for i := last; i >= 0; i-- {
		s.addLine(w.buf[w.starts[i]:w.starts[i+1]], w.from+int64(w.starts[i]))
	}
	return nil
}

func (s *segment) reset() {
	s.found, s.keys, s.texts, s.names = s.found[:0], s.keys[:0], s.texts[:0], s.names[:0]
	clear(s.slots[:])
	s.firstNew, s.prompt, s.lines = ulid{}, nil, lineCount{}
}

// load reads [from, to), and then to the end of the line that contains the byte before to. It reads only the beginning of a
// line beyond the limit.
func (w *window) load(r io.ReaderAt, size int64) error {
	want := min(w.to+4<<10, size) // usually the end of the last line is in it
	for {
		if err := w.readTo(r, want); err != nil {
			return err
		}
		last := max(int(w.to-1-w.from), 0) // the line with the last byte before to is ours
		if want >= min(size, w.to+2*LineLimit) || bytes.IndexByte(w.buf[min(last, len(w.buf)):], '\n') >= 0 {
			return nil
		}
		want = min(want+32<<10, size)
	}
}

func (w *window) readTo(r io.ReaderAt, want int64) error {
	have, need := len(w.buf), int(want-w.from)
	if need <= have {
		return nil
	}
	if cap(w.buf) < need {
		w.buf = append(make([]byte, 0, need+need/4), w.buf...)
	}
	n, err := r.ReadAt(w.buf[have:need], w.from+int64(have))
	w.buf = w.buf[:have+n]
	if err == io.EOF {
		return nil // the file was truncated meanwhile: what is left counts
	}
	return err
}

// split finds the lines that begin in the segment: starts has the start of each, and the end of the last one. It returns the
// offset at which the last complete line ends, 0 when there is none.
func (w *window) split(size int64) (completeEnd int64) {
	at := 0
	w.tooLong = false
	if w.begin > 0 { // the bytes up to the first line feed belong to the segment before
		before := min(int(w.begin-1-w.from), len(w.buf))
		n := bytes.IndexByte(w.buf[before:], '\n')
		if n < 0 {
			return 0
		}
		at = before + n + 1
	}
	w.starts = append(w.starts, int32(at))
	for int64(at) < w.to-w.from && at < len(w.buf) {
		n := bytes.IndexByte(w.buf[at:], '\n')
		if n < 0 {
			w.tooLong = len(w.buf)-at > LineLimit
			if w.tooLong || w.from+int64(len(w.buf)) >= size { // a last line without a line feed, as some editors leave it
				w.starts = append(w.starts, int32(len(w.buf)))
			}
			break
		}
		at += n + 1
		w.starts = append(w.starts, int32(at))
		completeEnd = w.from + int64(at)
	}
	return completeEnd
}

// addLine adds one line. Lines are added from the end, so that only the newest line of a key is parsed.
func (s *segment) addLine(line []byte, off int64) {
	complete := len(line) > 0 && line[len(line)-1] == '\n'
	if complete {
		line = line[:len(line)-1] // which leaves trimLine nothing to do for nearly all lines
	}
	all := line
	line, skipped := jsonscan.TrimLine(all)
	if len(line) == 0 {
		s.lines.hasZeros = s.lines.hasZeros || bytes.IndexByte(all, 0) >= 0
		return
	}
	off += int64(skipped)
	if complete {
		s.lines.all++
	}
	if key, rev, ok := readHead(line); ok {
		if i := s.lookup(key); i >= 0 && s.found[i].row.rev > rev {
			if rev == 1 {
				id, _ := parseKey(key)
				s.noteFirstLine(id)
			}
			return
		}
	}
	var f lineFacts
	if len(line) > LineLimit || !f.read(line) {
		s.lines.addUnreadable(line, complete) // Check reports it
		return
	}
	if f.flags&firstLine != 0 {
		s.noteFirstLine(f.id)
	}
	if i := s.lookup(f.key); i >= 0 {
		if later := s.found[i].row; !outranks(f.rev, State(f.state), later.rev, later.stateOf()) {
			return
		}
		s.fill(&s.found[i], &f, line, off)
		return
	}
	s.found = append(s.found, candidate{key: uint32(len(s.keys)), keyEnd: uint32(len(s.keys) + len(f.key))})
	s.keys = append(s.keys, f.key...)
	s.remember(f.key)
	s.fill(&s.found[len(s.found)-1], &f, line, off)
}

func (s *segment) noteFirstLine(id ulid) {
	if id.hi != 0 {
		s.firstNew = id
	}
}

func (s *segment) fill(c *candidate, f *lineFacts, line []byte, off int64) {
	c.row = row{
		line: newLineRef(off, line), seed: f.seed, rev: f.rev, cost: f.cost, took: f.took, flags: f.flags,
		state: stateNumber(f.state),
	}
	c.id, c.created = f.id, f.created
	c.traits = traits{s.nameID(f.model), s.nameID(f.provider), s.nameID(f.format), s.nameID(f.ratio)}
	c.labels, c.bought = f.labels, f.bought
	if s.prompt == nil || !bytes.Equal(s.prompt, f.prompt) { // the same prompt is often used many times in a row
		s.prompt = f.prompt
		s.text = uint32(len(s.texts))
		s.texts = fold(s.texts, bytes.TrimSpace(unquote(f.prompt)))
		s.hash = maphash.Bytes(hashSeed, s.texts[s.text:])
		s.textEnd = uint32(len(s.texts))
	}
	c.text, c.textEnd, c.hash = s.text, s.textEnd, s.hash
}

func (s *segment) nameID(b []byte) uint16 {
	for i := range s.names {
		if s.names[i] == string(b) {
			return uint16(i)
		}
	}
	s.names = append(s.names, string(b))
	return uint16(len(s.names) - 1)
}

// slot returns the index in slots of a key, or of the free place for it. A segment always has fewer keys than there are slots,
// since a line has at least 27 bytes. Beyond half of the slots keys are not added, which only costs parsing their earlier
// lines.
func (s *segment) slot(key []byte) int {
	h := maphash.Bytes(hashSeed, key)
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

// merge adds what the segment found to the index, oldest line first, and returns the keys whose rows changed. With bulk,
// insertOutOfOrder must be called before the index is used, and nothing is returned.
func (x *index) merge(s *segment, bulk bool) (changed []string) {
	numbers := make([]uint16, len(s.names))
	for i, name := range s.names {
		numbers[i] = x.names.idOf(name)
	}
	for i := len(s.found) - 1; i >= 0; i-- {
		c := &s.found[i]
		a := arrival{c.id, c.row, x.texts.intern(s.texts[c.text:c.textEnd], c.hash), c.created, c.labels, c.bought}
		a.row.traits = x.traits.idOf(traits{
			numbers[c.traits.model], numbers[c.traits.provider], numbers[c.traits.format], numbers[c.traits.ratio],
		})
		text := ""
		if c.id.hi == 0 {
			text = string(s.keyOf(c))
		}
		if x.insert(a, text, bulk) && !bulk {
			changed = append(changed, string(s.keyOf(c)))
		}
	}
	if x.firstNew == (ulid{}) {
		x.firstNew = s.firstNew
	}
	x.to = max(x.to, s.end)
	x.lines.add(s.lines)
	return changed
}
