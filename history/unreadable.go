package history

import (
	"bytes"
	"fmt"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A lineCount says how much of a journal can be read.
type lineCount struct {
	all     int  // lines that are not empty, except one at the end of the file that has no line feed: it is read again each time
	foreign int  // of those, the ones that are neither entries nor what a crash leaves of one
	open    bool // the line without a line feed is such a one
	wide    bool // some are in UTF-16: they hide predictions
	long    bool // there are longer ones than LineLimit, which all does not count
	zero    bool // there are zero bytes in the place of lines, which all does not count
}

// addUnreadable counts a line that is no entry. What a crash leaves is the beginning of one.
func (c *lineCount) addUnreadable(line []byte, complete bool) {
	c.wide = c.wide || isWide(line)
	switch {
	case isTruncated(line):
	case complete:
		c.foreign++
	default:
		c.open = true
	}
}

// addTooLong counts a line that is longer than LineLimit, from its beginning.
func (c *lineCount) addTooLong(line []byte) {
	if trimmed, _ := trimLine(line); len(trimmed) == 0 {
		c.zero = true
		return
	}
	c.long = true
	c.wide = c.wide || isWide(line)
}

// isTruncated reports whether a line is the beginning of one that this program writes. A line with something after its object is not:
// lines were joined, by a program that knows other line ends.
func isTruncated(line []byte) bool {
	const start = `{"v":`
	if !bytes.HasPrefix(line, []byte(start[:min(len(line), len(start))])) {
		return false
	}
	end := jsonscan.SkipValue(line, 0)
	return end < 0 || jsonscan.SkipSpace(line, end) == len(line)
}

// isWide reports whether a line looks like one in UTF-16, of which about half of the bytes are zeros.
func isWide(line []byte) bool { return len(line) > 8 && 4*bytes.Count(line, []byte{0}) > len(line) }

func (c *lineCount) add(more lineCount) {
	c.all += more.all
	c.foreign += more.foreign
	c.open = more.open
	c.wide = c.wide || more.wide
	c.long = c.long || more.long
	c.zero = c.zero || more.zero
}

// unread is how many lines cannot be read and may have been predictions. Of those that all does not count it has one of each kind.
func (c lineCount) unread() int {
	return c.foreign + count(c.open) + count(c.long)
}

func count(one bool) int {
	if one {
		return 1
	}
	return 0
}

// isErased reports whether there are zero bytes in the place of all lines.
func (c lineCount) isErased() bool { return c.zero && c.all+c.unread() == 0 }

// isUnreadable reports whether so much cannot be read that it is not known what was bought: half of it and more, or lines in UTF-16. A few such lines are
// passed over; Check reports them.
func (c lineCount) isUnreadable() bool {
	foreign := c.unread()
	return c.wide || foreign > 0 && 2*foreign >= c.all+count(c.open)+count(c.long)
}

// judge sets whether the journal is readable, by what is indexed of it. The caller holds mu.
func (h *History) judge() {
	erased := h.index.isComplete() && h.index.lines.isErased() && h.isLong()
	if h.index == nil || !h.index.lines.isUnreadable() && !erased {
		h.unreadable.Store(nil)
		return
	}
	if h.unreadable.Load() != nil {
		return
	}
	if erased {
		h.unreadable.Store(erasedError(h.journalPath()))
		return
	}
	head := make([]byte, 4)
	n, _ := h.file.ReadAt(head, 0)
	h.unreadable.Store(unreadableError(encodingOf(head[:n]), h.index.lines.wide, h.journalPath()))
}

// erasedSize is the least length of a journal of zero bytes that may have had a purchase in it. A power loss before the first purchase
// leaves a shorter line.
const erasedSize = 1 << 10

func (h *History) isLong() bool {
	info, err := h.file.Stat()
	return err == nil && info.Size() >= erasedSize
}

// erasedError says that a journal has nothing but zero bytes.
func erasedError(path string) *WriteError {
	return &WriteError{Code: disk.Unreadable, Sentence: fmt.Sprintf(
		"The history %s has nothing but zero bytes, as a power loss leaves them. Until it is mended nothing is bought. Restore it from a backup; or tintype doctor --mend begins a new one, and keeps this one under another name.",
		path)}
}

// unreadableError says that a journal cannot be read, and what to do.
func unreadableError(in encoding, wide bool, path string) *WriteError {
	what := "cannot be read: much of it is no history"
	switch {
	case in != utf8Text:
		what = "cannot be read: an editor or another program saved it in " + in.String() + ", and not in UTF-8"
	case wide:
		what = "has lines that cannot be read: another program, perhaps a shell, wrote them in UTF-16, and not in UTF-8"
	}
	return &WriteError{Code: disk.Unreadable, Sentence: fmt.Sprintf(
		"The history %s %s. Until it is mended nothing is bought. Nothing is lost: tintype doctor --mend makes it readable, and keeps it as it was under another name.",
		path, what)}
}

// Unreadable returns, as a sentence, that the journal or a large part of it cannot be read, and what to do; nil if it can. It reads the
// end of the file if that was not read yet. WriteError returns the same from then on.
func (h *History) Unreadable() error {
	_ = h.ensureTail() // an error of the disk is reported where something depends on it
	h.mu.RLock()
	unknown := h.index != nil && !h.index.isComplete() && h.index.lines.all+h.index.lines.unread() == 0
	h.mu.RUnlock()
	if unknown { // there is no line at its end
		_ = h.BuildIndex(background)
	}
	if e := h.unreadable.Load(); e != nil {
		return e
	}
	return nil
}

// UnreadableLines returns how many lines of what was read so far are no entries, and may have been some. What a crash leaves of a line is
// not counted.
func (h *History) UnreadableLines() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.index == nil {
		return 0
	}
	return h.index.lines.unread()
}

// isEncoded reports whether the journal is in another encoding: a line in UTF-8 does not belong into it.
func (h *History) isEncoded() bool {
	if h.unreadable.Load() == nil || h.file == nil {
		return false
	}
	head := make([]byte, 4)
	n, _ := h.file.ReadAt(head, 0)
	return encodingOf(head[:n]) != utf8Text
}
