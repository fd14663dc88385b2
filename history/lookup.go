package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"tintype/history/jsonscan"
)

// The kinds of a NameError, for errors.Is.
var (
	ErrNotFound  = errors.New("No prediction has that name.")
	ErrAmbiguous = errors.New("Several predictions match that.")
)

// A NameError says why a name does not identify one prediction. Name is as it was given: clean it before it is displayed.
type NameError struct {
	Name string
	Keys []string // some of the keys that it may mean, newest first
	kind error
}

func (e *NameError) Error() string {
	switch {
	case e.kind == ErrAmbiguous:
		return fmt.Sprintf("Several predictions match %q; type more of the key.", e.Name)
	case len(e.Name) < partLength:
		return fmt.Sprintf("No prediction matches %q; a key needs at least %d letters.", e.Name, partLength)
	}
	return fmt.Sprintf("No prediction matches %q. tintype list shows the keys.", e.Name)
}

func (e *NameError) Unwrap() error { return e.kind }

// partLength is how many letters of a key, at its beginning or its end, identify a prediction at least.
const partLength = 4

// mostCandidates is how many keys a NameError has at most.
const mostCandidates = 6

// Get returns the entry that a name identifies: a key, the provider's id, or the beginning or the end of a single key, at least
// partLength letters long. The error is a *NameError, either ErrNotFound or ErrAmbiguous, unless the file cannot be read.
func (h *History) Get(name string) (Entry, error) {
	if name == "" {
		return Entry{}, &NameError{Name: name, kind: ErrNotFound}
	}
	if lower := strings.ToLower(name); len(lower) == keyLength {
		if e, found, err := h.Entry(lower); err != nil || found {
			return e, err
		}
	}
	e, found, err := h.byID(name)
	if err != nil || found {
		return e, err
	}
	if len(name) < partLength {
		return Entry{}, &NameError{Name: name, kind: ErrNotFound}
	}
	return h.byPart(name)
}

func (h *History) byPart(name string) (Entry, error) {
	if err := h.BuildIndex(background); err != nil {
		return Entry{}, err
	}
	var keys []string
	for _, part := range []string{strings.ToLower(name), name} {
		if keys = h.keysWithPart(part); len(keys) > 0 {
			break
		}
	}
	switch len(keys) {
	case 0:
		return Entry{}, &NameError{Name: name, kind: ErrNotFound}
	case 1:
		e, _, err := h.Entry(keys[0])
		return e, err
	}
	return Entry{}, &NameError{Name: name, Keys: keys, kind: ErrAmbiguous}
}

// keysWithPart returns the newest keys that begin or end with a text; only the key itself where there is one.
func (h *History) keysWithPart(part string) []string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index != nil {
		if i, found := h.index.find(part); found {
			return []string{h.index.key(i)}
		}
	}
	return h.index.keysWithPart(part, mostCandidates)
}

// byID finds the entry with a provider's id. Ids are not indexed: the file is searched from its end, which is instant for
// recent predictions and takes one read of the file for all others.
func (h *History) byID(id string) (Entry, bool, error) {
	f, size, _, err := h.currentFile()
	if err != nil || f == nil {
		return Entry{}, false, err
	}
	want := mustMarshal(id)
	key := ""
	err = eachLineContaining(f, size, want, func(line []byte) bool {
		var facts lineFacts
		mine := false
		line, _ = jsonscan.TrimLine(line)
		complete := jsonscan.Fields(line, func(name, value []byte) {
			mine = mine || string(name) == "id" && bytes.Equal(value, want)
		})
		if complete && mine && facts.read(line) {
			key = string(facts.key)
		}
		return key != ""
	})
	if err != nil || key == "" {
		return Entry{}, false, err
	}
	return h.Entry(key)
}

// eachLineContaining calls found with the lines that contain want, the last line first, until it returns true.
func eachLineContaining(f io.ReaderAt, size int64, want []byte, found func(line []byte) bool) error {
	const block = 1 << 20
	buf := make([]byte, min(block+2*LineLimit, size))
	for end := size; end > 0; end -= block {
		begin := max(end-block, 0)
		from := max(begin-LineLimit, 0)
		n, err := f.ReadAt(buf[:min(end+LineLimit, size)-from], from)
		if err != nil && err != io.EOF {
			return err
		}
		b, until := buf[:n], int(min(end-from+int64(len(want)), int64(n)))
		for until > 0 {
			at := bytes.LastIndex(b[:until], want)
			if at < 0 || from+int64(at) < begin-int64(len(want)) {
				break
			}
			start := bytes.LastIndexByte(b[:at], '\n') + 1
			stop := len(b)
			if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
				stop = at + i
			}
			if found(b[start:stop]) {
				return nil
			}
			until = start
		}
	}
	return nil
}
