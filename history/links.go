package history

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A Link is what an entry says of where its pictures came from, and what may come from them.
type Link struct {
	Key     string
	Made    time.Time // when it was submitted, to the second
	Parent  string    // key of the entry that it was used from; "" if there is none
	Images  []string  // sha256 of its local input images
	Outputs []string  // sha256 of its pictures, by output; "" for one that is not on disk
	Trashed bool
}

// Links returns the links of all entries, oldest key first, trashed ones too. The first call reads the entire file, in the order in which it is;
// later ones read only the lines that are new. The caller must not change the links.
func (h *History) Links(ctx context.Context) ([]Link, error) {
	if err := h.BuildIndex(ctx); err != nil {
		return nil, err
	}
	c := &h.linked
	c.mu.Lock()
	defer c.mu.Unlock()
	next, file, changed := h.newestLines(c)
	if !changed {
		return c.links, nil
	}
	read := next.reuse(c)
	slices.SortFunc(read, func(a, b int) int { return cmp.Compare(next.lines[a].off(), next.lines[b].off()) })
	if err := h.readLinks(ctx, &next, read, file); err != nil {
		return nil, err
	}
	c.linkSet = next
	return c.links, nil
}

// readLinks reads the lines of some links, each goroutine a part of the file.
func (h *History) readLinks(ctx context.Context, next *linkSet, read []int, file disk.File) error {
	errs := make([]error, goroutines)
	var w workers
	part := (len(read) + goroutines - 1) / goroutines
	for n := range goroutines {
		mine := read[min(n*part, len(read)):min((n+1)*part, len(read))]
		w.start(func() {
			r := lineReader{file: file}
			for k, i := range mine {
				if k%1000 == 0 && ctx.Err() != nil {
					errs[n] = ctx.Err()
					return
				}
				if errs[n] = h.readLink(&next.links[i], &r, next.lines[i]); errs[n] != nil {
					return
				}
			}
		})
	}
	w.wait()
	return errors.Join(errs...)
}

// linkCache is the links that were read last.
type linkCache struct {
	mu sync.Mutex
	linkSet
}

// linkSet is the links of a file, and the line that each of them is from.
type linkSet struct {
	generation int   // of the file
	to         int64 // up to where the file was indexed
	links      []Link
	lines      []lineRef
}

// newestLines returns a link for each entry, without what its line says, and the place of the line; changed is false if the file is as it was
// when the cache was filled.
func (h *History) newestLines(c *linkCache) (next linkSet, file disk.File, changed bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	next.generation = h.generation
	if h.index == nil {
		return next, h.file, true
	}
	if next.to = h.index.to; c.links != nil && c.generation == next.generation && c.to == next.to {
		return next, h.file, false
	}
	next.links, next.lines = make([]Link, len(h.index.rows)), make([]lineRef, len(h.index.rows))
	for i, r := range h.index.rows {
		next.links[i] = Link{Key: h.index.key(i), Made: time.Unix(h.index.createdAt(i), 0), Trashed: r.flags&trashed != 0}
		next.lines[i] = r.line
	}
	return next, h.file, true
}

// reuse copies from the cache what lines say that have not changed, and returns the indices of those that are to be read.
func (s *linkSet) reuse(c *linkCache) (read []int) {
	if c.generation != s.generation {
		c.linkSet = linkSet{}
	}
	had := 0
	for i := range s.links {
		l := &s.links[i]
		for had < len(c.links) && c.links[had].Key < l.Key {
			had++
		}
		if had < len(c.links) && c.links[had].Key == l.Key && c.lines[had] == s.lines[i] {
			known := &c.links[had]
			l.Parent, l.Images, l.Outputs = known.Parent, known.Images, known.Outputs
			continue
		}
		read = append(read, i)
	}
	return read
}

// readLink reads what the newest line of an entry says.
func (h *History) readLink(l *Link, r *lineReader, at lineRef) error {
	line, err := r.read(at)
	if err != nil || l.readLine(line) {
		return err
	}
	e, found, err := h.Entry(l.Key) // a line that is not in UTF-8, or in a file that was replaced meanwhile
	if err == nil && found {
		l.readEntry(e)
	}
	return err
}

// lineReader reads lines of a file that are mostly in order, in pieces.
type lineReader struct {
	file disk.File
	from int64 // offset of buf
	buf  []byte
}

// pieceSize is how many bytes are read at a time.
const pieceSize = 1 << 20

// read returns a line, until the next one is read.
func (r *lineReader) read(line lineRef) ([]byte, error) {
	from, to := line.off(), line.off()+int64(line.size())
	if from < r.from || to > r.from+int64(len(r.buf)) {
		size := max(pieceSize, line.size())
		if cap(r.buf) < size {
			r.buf = make([]byte, size)
		}
		n, err := r.file.ReadAt(r.buf[:size], from)
		if err != nil && err != io.EOF {
			return nil, err
		}
		r.from, r.buf = from, r.buf[:n]
	}
	at := int(from - r.from)
	return r.buf[at:min(at+line.size(), len(r.buf))], nil
}

// readLine reads what a line says. It returns false if the line is not one of the entry.
func (l *Link) readLine(line []byte) bool {
	mine := false
	complete := jsonscan.Fields(line, func(name, value []byte) {
		switch string(name) {
		case "key":
			mine = string(unquote(value)) == l.Key
		case "parent":
			l.Parent = string(unquote(value))
		case "images":
			l.Images = nil
			jsonscan.Fields(value, func(_, sum []byte) { l.Images = append(l.Images, string(unquote(sum))) })
		case "outputs":
			l.Outputs = checksumsOf(value)
		}
	})
	return complete && mine
}

// checksumsOf returns the sha256 of each output of a line. It decodes the JSON only where the line was not written by this program, or an output
// has none.
func checksumsOf(outputs []byte) []string {
	const name, length = `"sha256":"`, 64
	var sums []string
	for rest := outputs; ; {
		at := bytes.Index(rest, []byte(name))
		if at < 0 || len(rest) < at+len(name)+length {
			break
		}
		rest = rest[at+len(name):]
		sums, rest = append(sums, string(rest[:length])), rest[length:]
	}
	if len(sums) == bytes.Count(outputs, []byte("{")) {
		return sums
	}
	var list []Output
	_ = json.Unmarshal(outputs, &list) // a field of another type leaves the others
	sums = make([]string, len(list))
	for i, o := range list {
		sums[i] = o.SHA256
	}
	return sums
}

// readEntry reads what an entry says.
func (l *Link) readEntry(e Entry) {
	l.Parent, l.Images, l.Outputs = e.Parent, nil, nil
	for _, sum := range e.Images {
		l.Images = append(l.Images, sum)
	}
	for _, o := range e.Outputs {
		l.Outputs = append(l.Outputs, o.SHA256)
	}
}
