package history

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"tintype/history/jsonscan"
)

// mayBePaid says what to do about a line that may have been a prediction before another program changed it.
const mayBePaid = "The line is kept and ignored. If it was a prediction, restore it from a backup; tintype doctor --mend moves it to a separate file."

// A truncatedLine is a line that ends too early. A crash leaves such lines, and so does a program that wraps long ones.
type truncatedLine struct {
	finding Finding
	key     string // "" if it is not known
	rev     uint32
	hasID   bool // it was written after a purchase
	wrapped bool // its rest may be on the next line
}

// addBadLine reports a line that is not an entry. One that was not written to its end is reported by addTruncated.
func (c *checker) addBadLine(number int, b []byte) {
	f := describeBadLine(number, b)
	if n := len(c.truncated); n > 0 && f.Kind == Foreign && c.truncated[n-1].finding.Line == number-1 {
		c.truncated[n-1].wrapped = true
	}
	if f.Kind != Truncated || len(c.truncated) >= MaxFindings {
		c.add(f)
		return
	}
	line, _ := jsonscan.TrimLine(b)
	key, rev, _ := readHead(line)
	c.truncated = append(c.truncated, truncatedLine{f, string(key), rev, bytes.Contains(line, []byte(`"id":`)), false})
}

// addTruncated reports the lines that were not written to their end. They cost nothing if the purchase was not sent yet, or the journal
// has the prediction in that state or a later one.
func (c *checker) addTruncated() {
	for _, t := range c.truncated {
		have, known := c.latest[t.key]
		if t.wrapped || t.hasID && (!known || have.rev < int(t.rev)) {
			t.finding.Fix = mayBePaid
		}
		c.add(t.finding)
	}
}

// describeBadLine returns the finding for a line that is not an entry.
func describeBadLine(number int, b []byte) Finding {
	trimmed, _ := jsonscan.TrimLine(b)
	f := Finding{Line: number, Fix: "The line is kept and ignored. Nothing needs to be done."}
	switch {
	case len(b) > LineLimit:
		f.Kind, f.Sentence, f.Fix = TooLong, fmt.Sprintf("Line %d is longer than a line may be.", number), mayBePaid
	case len(bytes.Trim(b, "\x00\r")) == 0:
		f.Kind, f.Sentence = ZeroBytes, fmt.Sprintf("Line %d is empty bytes, as a power loss leaves them.", number)
		if len(b) >= erasedSize {
			f.Fix = "If predictions are missing, restore them from a backup."
		}
	case bytes.HasPrefix(trimmed, []byte(`{"v":`)) && isTruncated(trimmed):
		f.Kind, f.Sentence = Truncated, fmt.Sprintf("Line %d was not written to its end, as a crash leaves it.", number)
	default:
		f.Kind, f.Sentence, f.Fix = Foreign, fmt.Sprintf("Line %d is not an entry of a history.", number), mayBePaid
	}
	return f
}

// setAsideSuffix ends the names of the files that Mend moves unreadable lines to.
const setAsideSuffix = ".unreadable"

// checkSetAside reports the files with lines that Mend could not read: they may name pictures, and have predictions that a backup has too.
func (c *checker) checkSetAside() {
	files, _ := os.ReadDir(c.h.dir)
	for _, file := range files {
		name := file.Name()
		if !strings.HasPrefix(name, "history-") || !strings.HasSuffix(name, setAsideSuffix) {
			continue
		}
		c.setAside = true
		c.add(Finding{
			Kind: SetAside, Path: name,
			Sentence: fmt.Sprintf("The file %s has lines of the history that cannot be read. They may be predictions.", name),
			Fix:      "Restore the history from a backup, if there is one. Delete the file when you are sure that nothing is missing.",
		})
	}
}
