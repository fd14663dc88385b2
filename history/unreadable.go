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
}

// isUnreadable reports whether so much cannot be read that it is not known what was bought: at least half of the lines, or any line in
// UTF-16. Fewer foreign lines are skipped; Check reports them.
func (c lineCount) isUnreadable() bool {
	all, foreign := c.all, c.foreign
	if c.open {
		all, foreign = all+1, foreign+1
	}
	return c.hasUTF16 || foreign > 0 && 2*foreign >= all
}

// updateUnreadable updates h.unreadable from the indexed part of the journal. The caller holds mu.
func (h *History) updateUnreadable() {
	if h.index == nil || !h.index.lines.isUnreadable() {
		h.unreadable.Store(nil)
		return
	}
	if h.unreadable.Load() != nil {
		return
	}
	head := make([]byte, 4)
	n, _ := h.file.ReadAt(head, 0)
	h.unreadable.Store(unreadableError(encodingOf(head[:n]), h.index.lines.hasUTF16, h.journalPath()))
}

// unreadableError says that a journal cannot be read, and what to do.
func unreadableError(in encoding, hasUTF16 bool, path string) *WriteError {
	what := "cannot be read: much of it is not a history"
	switch {
	case in != utf8Text:
		what = "cannot be read: an editor or another program saved it in " + in.String() + ", and not in UTF-8"
	case hasUTF16:
		what = "has lines that cannot be read: another program, perhaps a shell, wrote them in UTF-16, and not in UTF-8"
	}
	return &WriteError{Code: disk.Unreadable, Sentence: fmt.Sprintf(
		"The history %s %s. Until it is mended, nothing is bought. Nothing is lost: tintype doctor --mend makes it readable, and keeps the old file under another name.",
		path, what)}
}

// Unreadable returns an error that says that much of the journal cannot be read, and what to do; nil if it can. It reads the end of the
// file if that was not read yet. From then on WriteError returns the same error.
func (h *History) Unreadable() error {
	_ = h.ensureTail() // callers that depend on the disk report its errors
	if e := h.unreadable.Load(); e != nil {
		return e
	}
	return nil
}

// isEncoded reports whether the journal is in another encoding: a line in UTF-8 must not be appended to it.
func (h *History) isEncoded() bool {
	if h.unreadable.Load() == nil {
		return false
	}
	head := make([]byte, 4)
	n, _ := h.file.ReadAt(head, 0)
	return encodingOf(head[:n]) != utf8Text
}

// describeBadLine returns the finding for a line that is not an entry.
func describeBadLine(number int, b []byte) Finding {
	trimmed, _ := trimLine(b)
	f := Finding{Line: number, Fix: "The line is kept and ignored. Nothing needs to be done."}
	switch {
	case len(b) > LineLimit:
		f.Kind, f.Sentence, f.Fix = TooLong, fmt.Sprintf("Line %d is longer than a line may be.", number), mayBePaid
	case len(bytes.Trim(b, "\x00\r")) == 0:
		f.Kind, f.Sentence = ZeroBytes, fmt.Sprintf("Line %d is empty bytes, as a power loss leaves them.", number)
	case bytes.HasPrefix(trimmed, []byte(`{"v":`)) && isTruncated(trimmed):
		f.Kind, f.Sentence = Truncated, fmt.Sprintf("Line %d was not written to its end, as a crash leaves it.", number)
	default:
		f.Kind, f.Sentence, f.Fix = Foreign, fmt.Sprintf("Line %d is not an entry of a history.", number), mayBePaid
	}
	return f
}

// mayBePaid says what to do about a line that may have been a prediction before another program changed it.
const mayBePaid = "The line is kept and ignored. If it was a prediction, restore it from a backup; tintype doctor --mend moves it to a separate file."
