package history

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"unicode/utf8"

	"tintype/history/disk"
)

// errNoState is a bug of the caller.
var errNoState = errors.New("An entry needs a state.")

// Append changes the entry of a key. change gets its latest state, with the changes of all programs (a zero Entry for a new key), and
// returns the next; it may call no methods of h but Get, Active, DriverAlive,
// MatchPrompts, WithPrompts and Committed, which take no lock that Append holds. When the error is
// nil, the line is durable and the entry is returned as it was written. If nothing changed, nothing is written. A state that is done or
// failed is kept, whatever change returns. On a full disk, a line about a purchase that may be paid for uses the room that Reserve keeps.
// Errors of the disk are a *WriteError, and WriteError returns them until they have passed.
func (h *History) Append(key string, change func(latest Entry) Entry) (Entry, error) {
	if key == "" || len(key) > 64 || !utf8.ValidString(key) {
		return Entry{}, errors.New("An entry needs a key of at most 64 letters.")
	}
	h.write.Lock()
	defer h.write.Unlock()
	lock, err := h.lock()
	for err != nil && disk.IsFull(err) && h.shrinkReserve(pageSize) { // on shared storage a lock is a file
		lock, err = h.lock()
	}
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
	if next.State == "" && (latest.Rev == 0 || latest.State != "") { // a newer version may write lines without a state
		return latest, errNoState
	}
	if latest.Rev > 0 && sameState(latest, next) {
		return latest, nil
	}
	paid := isPaidFor(latest, next)
	switch {
	case lock.Lost():
		return Entry{}, h.setWriteError(disk.ErrLostLock())
	case !paid && h.isEncoded():
		return Entry{}, h.Unreadable()
	}
	return h.writeEntry(next, size, paid)
}

// isPaidFor reports whether a line follows a purchase that was sent, or may have been: it has the id, or is no intent, which adds an
// attempt. Lines about a prediction that has ended can wait.
func isPaidFor(latest, next Entry) bool {
	isIntent := len(next.Attempts) > len(latest.Attempts)
	return !latest.State.Ended() && (next.ID != "" || len(next.Attempts) > 0 && !isIntent)
}

// nextEntry applies a change and sets the fields that belong to the journal.
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

// sameState reports whether two entries differ only in when and by whom they were written.
func sameState(a, b Entry) bool {
	a.Rev, a.Time, a.App, a.Folded, a.V, a.raw = b.Rev, b.Time, b.App, b.Folded, b.V, nil
	b.raw = nil
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, errX := marshal(a) // equal numbers and times may differ in memory
	y, errY := marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// lastBytes returns the last limit bytes of s, from the start of a line if one starts within 256 bytes, else from the start of
// a character.
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

// writeEntry appends the entry's line to a file of size bytes, and reads it back. If the purchase is paid for, the line may use the
// reserve.
func (h *History) writeEntry(e Entry, size int64, paid bool) (Entry, error) {
	line, err := e.MarshalLine()
	if err != nil {
		return Entry{}, fmt.Errorf("The entry cannot be written as JSON: %w.", err)
	}
	if len(line) > LineLimit {
		return Entry{}, fmt.Errorf("The entry is too long for the history (%d of at most %d bytes). Shorten the prompt, or give images as files.", len(line), LineLimit)
	}
	err = h.writeLine(line, size)
	for err != nil && paid && disk.IsFull(err) && h.shrinkReserve(int64(len(line))) {
		err = h.writeLine(line, size)
	}
	if err != nil {
		return Entry{}, h.fail(err)
	}
	h.writeError.Store(nil)
	h.readOwnLine(e.Key)
	return decode(line)
}

// readOwnLine indexes the line that we have written. It is safe on disk: if it cannot be read now, everything is read again
// later.
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

// writeLine appends a line durably, or leaves the file as it was. After a failed fsync the system may count pages as clean that
// are not on the disk (Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020). The line is then written
// again through a newly opened file, after a line feed of its own, because the first copy may be zero bytes after a power loss.
func (h *History) writeLine(line []byte, size int64) error {
	err := disk.AppendLine(h.disk, h.journalPath(), h.file, size, line, false)
	var unconfirmed *disk.SyncError
	if !errors.As(err, &unconfirmed) {
		return err
	}
	if err := h.reopen(); err != nil {
		return errors.Join(unconfirmed, err, h.truncate(size))
	}
	info, err := h.file.Stat()
	if err != nil {
		return errors.Join(unconfirmed, err, h.truncate(size))
	}
	if err := disk.AppendLine(h.disk, h.journalPath(), h.file, info.Size(), line, true); err != nil {
		return errors.Join(unconfirmed, err, h.truncate(size))
	}
	s := fmt.Sprintf("At %s the disk did not confirm a line of the history; it took it the second time. Check the disk.", h.now().Format("15:04:05"))
	h.recovered.Store(&s)
	return nil
}

// truncate removes what a failed write left after the first size bytes. If that fails, an incomplete line remains, which the
// next line ends with a line feed.
func (h *History) truncate(size int64) error { return h.disk.Truncate(h.journalPath(), size) }

// catchUp opens the journal if it was replaced, reads what others appended, and returns its size. The caller holds the lock, so
// that the size stays valid.
func (h *History) catchUp() (int64, error) {
	if err := h.reopenIfReplaced(); err != nil {
		if unreadable := h.unreadable.Load(); unreadable != nil {
			return 0, unreadable
		}
		return 0, err
	}
	if err := h.syncName(); err != nil {
		return 0, err
	}
	return h.readAppended()
}

// reopenIfReplaced opens the journal again if another file has its name, or ours could not be written.
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

// latest returns the newest entry of a key; the zero Entry when there is none.
func (h *History) latest(key string) (Entry, error) {
	e, found, err := h.Entry(key)
	if err == nil && !found {
		return Entry{}, nil
	}
	return e, err
}
