package history

import (
	"bytes"
	"fmt"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// A lineCount says how much of a journal can be read.
type lineCount struct {
	all      int  // lines that are not empty, without a last one that has no line feed, since that one is read again each time
	foreign  int  // those of them that are neither entries nor the beginning of one, as a crash leaves it
	open     bool // the last line, without a line feed, is foreign too
	hasUTF16 bool // some are in UTF-16: they hide predictions
	hasLong  bool // some are longer than LineLimit; all does not count these
	hasZeros bool // zero bytes are in the place of lines; all does not count them
}

// addUnreadable counts a line that is not an entry. The beginning of one is not foreign: a crash leaves it.
func (c *lineCount) addUnreadable(line []byte, complete bool) {
	c.hasUTF16 = c.hasUTF16 || looksLikeUTF16(line)
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
	if trimmed, _ := jsonscan.TrimLine(line); len(trimmed) == 0 {
		c.hasZeros = true
		return
	}
	c.hasLong = true
	c.hasUTF16 = c.hasUTF16 || looksLikeUTF16(line)
}

// isTruncated reports whether a line is the beginning of one that this program writes. A line with something after its object is not: a
// program that uses other line ends has joined two.
func isTruncated(line []byte) bool {
	const start = `{"v":`
	if !bytes.HasPrefix(line, []byte(start[:min(len(line), len(start))])) {
		return false
	}
	end := jsonscan.SkipValue(line, 0)
	return end < 0 || jsonscan.SkipSpace(line, end) == len(line)
}

// looksLikeUTF16 reports whether a line looks like UTF-16, where about half of the bytes are zero.
func looksLikeUTF16(line []byte) bool {
	return len(line) > 8 && 4*bytes.Count(line, []byte{0}) > len(line)
}

func (c *lineCount) add(more lineCount) {
	c.all += more.all
	c.foreign += more.foreign
	c.open = more.open
	c.hasUTF16 = c.hasUTF16 || more.hasUTF16
	c.hasLong = c.hasLong || more.hasLong
	c.hasZeros = c.hasZeros || more.hasZeros
}

// unread is how many lines cannot be read and may have been predictions. Of those that all does not count it has one of each kind.
func (c lineCount) unread() int {
	return c.foreign + count(c.open) + count(c.hasLong)
}

func count(one bool) int {
	if one {
		return 1
	}
	return 0
}

// isErased reports whether there are zero bytes in the place of all lines.
func (c lineCount) isErased() bool { return c.hasZeros && c.all+c.unread() == 0 }

// isUnreadable reports whether so much cannot be read that it is not known what was bought: at least half of the lines, or any line in
// UTF-16. Fewer foreign lines are skipped; Check reports them.
func (c lineCount) isUnreadable() bool {
	foreign := c.unread()
	return c.hasUTF16 || foreign > 0 && 2*foreign >= c.all+count(c.open)+count(c.hasLong)
}

// updateUnreadable updates h.unreadable from the indexed part of the journal. The caller holds mu.
func (h *History) updateUnreadable() {
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
	h.unreadable.Store(unreadableError(encodingOf(head[:n]), h.index.lines.hasUTF16, h.journalPath()))
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
		"The history %s has nothing but zero bytes, as a power loss leaves them. Nothing is bought until it is fixed. Restore it from a backup; or tintype doctor --mend begins a new one, and keeps this one under another name.",
		path)}
}

// unreadableError says that a journal cannot be read, and what to do.
func unreadableError(in encoding, hasUTF16 bool, path string) *WriteError {
	what, cure := "cannot be read: much of it is not a history", "Restore it from a backup; or tintype doctor --mend keeps the lines that can be read, and moves the others to a file of their own."
	if in != utf8Text || hasUTF16 {
		cure = "Nothing is lost: tintype doctor --mend makes it readable, and keeps the old file under another name."
	}
	switch {
	case in != utf8Text:
		what = "cannot be read: an editor or another program saved it in " + in.String() + ", and not in UTF-8"
	case hasUTF16:
		what = "has lines that cannot be read: another program, perhaps a shell, wrote them in UTF-16, and not in UTF-8"
	}
	return &WriteError{Code: disk.Unreadable, Sentence: fmt.Sprintf(
		"The history %s %s. Nothing is bought until it is fixed. %s", path, what, cure)}
}

// Unreadable returns, as a sentence, that the journal or a large part of it cannot be read, and what to do; nil if it can. It reads the
// end of the file if that was not read yet. WriteError returns the same from then on.
func (h *History) Unreadable() error {
	_ = h.ensureTail() // callers that depend on the disk report its errors
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

// isEncoded reports whether the journal is in another encoding: a line in UTF-8 must not be appended to it.
func (h *History) isEncoded() bool {
	if h.unreadable.Load() == nil || h.file == nil {
		return false
	}
	head := make([]byte, 4)
	n, _ := h.file.ReadAt(head, 0)
	return encodingOf(head[:n]) != utf8Text
}
