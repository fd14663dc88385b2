package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"unicode/utf8"
)

// errNoState is a mistake of the program, not of a person.
var errNoState = errors.New("An entry needs a state.")

// Append changes the entry of a key: change gets its latest state, as all programs left it (a zero Entry for a new key), and
// returns the next. The line is durable when the error is nil; the entry is then as it was written. A change that changes
// nothing writes nothing. What is done or failed stays so, whatever change says.
func (h *History) Append(key string, change func(latest Entry) Entry) (Entry, error) {
	if key == "" || len(key) > 64 || !utf8.ValidString(key) {
		return Entry{}, errors.New("An entry needs a key of at most 64 letters.")
	}
	h.write.Lock()
	defer h.write.Unlock()
	lock, err := h.lock()
	if err != nil {
		return Entry{}, h.failLock(err)
	}
	defer lock.Release()
	size, err := h.catchUp()
	if err != nil {
		return Entry{}, h.fail(err)
	}
	latest, err := h.latest(key)
	if err != nil {
		return Entry{}, h.fail(err)
	}
	next := h.nextEntry(key, latest, change)
	if next.State == "" && (latest.Rev == 0 || latest.State != "") { // a newer version may have lines without
		return latest, errNoState
	}
	if latest.Rev > 0 && sameState(latest, next) {
		return latest, nil
	}
	if lock.Lost() {
		return Entry{}, h.setWriteError(errLostLock())
	}
	return h.writeEntry(next, size)
}

// nextEntry applies a change and fills in what is the journal's own.
func (h *History) nextEntry(key string, latest Entry, change func(Entry) Entry) Entry {
	next := change(latest.clone())
	if latest.State.final() && next.State != latest.State {
		next.State, next.Status, next.Error = latest.State, latest.Status, latest.Error
		next.Outputs, next.Seed, next.CompletedAt = latest.Outputs, latest.Seed, latest.CompletedAt
	}
	next.Key, next.Rev, next.V = key, latest.Rev+1, max(Version, latest.V)
	next.Time, next.App, next.Folded = h.now().UTC().Round(0), h.app, false
	next.raw = latest.raw
	next.Logs = lastBytes(next.Logs, LogLimit)
	return next
}

// sameState reports whether two states of an entry differ in nothing but when and by whom they were written.
func sameState(a, b Entry) bool {
	a.Rev, a.Time, a.App, a.Folded, a.V, a.raw = b.Rev, b.Time, b.App, b.Folded, b.V, nil
	b.raw = nil
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, errX := marshal(a) // numbers and times may be the same and look different in memory
	y, errY := marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// lastBytes returns the last limit bytes of s, from a whole character and, if there is one soon, a whole line.
func lastBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[len(s)-limit:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	for i := range min(len(s), 256) {
		if s[i] == '\n' {
			return s[i+1:]
		}
	}
	return s
}

// writeEntry writes the entry's line behind the file's size bytes, and takes it up.
func (h *History) writeEntry(e Entry, size int64) (Entry, error) {
	line, err := e.MarshalLine()
	if err != nil {
		return Entry{}, fmt.Errorf("The entry cannot be written as JSON: %w.", err)
	}
	if len(line) > LineLimit {
		return Entry{}, fmt.Errorf("The entry is too long for the history (%d of at most %d bytes). Shorten the prompt, or give images as files.", len(line), LineLimit)
	}
	if err := h.writeLine(line, size); err != nil {
		return Entry{}, h.fail(err)
	}
	h.writeError.Store(nil)
	h.readOwnLine(e.Key)
	return decode(line)
}

// readOwnLine reads the line that we wrote. It is safe on the disk: if it cannot be read now, everything is read again later.
func (h *History) readOwnLine(key string) {
	h.mu.RLock()
	fromOthers := h.changed[key]
	h.mu.RUnlock()
	_, err := h.readAppended()
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil {
		h.resetIndex()
	}
	if !fromOthers {
		delete(h.changed, key)
	}
}

// writeLine makes a line durable, or leaves the file as it was. After a failed fsync the system may believe that the data
// is on the disk when it is not (ATC '20, Rebello), so the line is written again through a file opened anew; and behind a line
// feed of its own, because after a power loss there may be zero bytes where the first one was.
func (h *History) writeLine(line []byte, size int64) error {
	healed, err := h.needsLineFeed(size)
	if err != nil {
		return err
	}
	err = h.writeOnce(line, size, healed)
	var unsure *syncError
	if !errors.As(err, &unsure) {
		return err
	}
	if err := h.reopen(); err != nil {
		return errors.Join(unsure, err, h.truncate(size))
	}
	info, err := h.file.Stat()
	if err != nil {
		return errors.Join(unsure, err, h.truncate(size))
	}
	if err := h.writeOnce(line, info.Size(), true); err != nil {
		return errors.Join(unsure, err, h.truncate(size))
	}
	s := fmt.Sprintf("At %s the disk did not confirm a line of the history; it took it the second time. Check the disk.", h.now().Format("15:04:05"))
	h.recovered.Store(&s)
	return nil
}

// A syncError says that a line was written, and that the disk did not confirm it.
type syncError struct{ error }

func (s *syncError) Unwrap() error { return s.error }

// writeOnce writes the line behind size bytes: behind a line feed too, if those do not end with one for certain.
func (h *History) writeOnce(line []byte, size int64, lineFeed bool) error {
	if lineFeed {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := h.file.Write(line); err != nil {
		return errors.Join(err, h.truncate(size))
	}
	if err := h.file.Sync(); err != nil {
		return &syncError{err}
	}
	return nil
}

// needsLineFeed reports whether the file ends within a line, so that a line feed must come first.
func (h *History) needsLineFeed(size int64) (bool, error) {
	if size == 0 {
		return false, nil
	}
	var last [1]byte
	if _, err := h.file.ReadAt(last[:], size-1); err != nil && err != io.EOF {
		return false, err
	}
	return last[0] != '\n', nil
}

// truncate takes away what a failed write left behind the first size bytes. Where it fails, a torn line stays, which the
// next line heals.
func (h *History) truncate(size int64) error { return h.disk.Truncate(h.journalPath(), size) }

// catchUp makes the journal that stands under its name ours, reads what others added, and returns its size. The caller
// holds the lock, so that the size stays true.
func (h *History) catchUp() (int64, error) {
	if err := h.reopenIfReplaced(); err != nil {
		return 0, err
	}
	if err := h.syncName(); err != nil {
		return 0, err
	}
	return h.readAppended()
}

// reopenIfReplaced opens the journal anew when another file stands under its name, or ours cannot be written.
func (h *History) reopenIfReplaced() error {
	info, err := h.journalInfo()
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	h.mu.RLock()
	ours := err == nil && h.info != nil && h.disk.Same(info, h.info) && h.writeError.Load() == nil
	h.mu.RUnlock()
	if ours {
		return nil
	}
	return h.reopen()
}

// latest returns the newest entry of a key, zero when there is none.
func (h *History) latest(key string) (Entry, error) {
	e, found, err := h.lookup(key)
	if err == nil && !found {
		return Entry{}, nil
	}
	return e, err
}
