package cell

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tintype/ui/text"
)

// A placeholder is one cell for the renderer: a question mark of one or two columns, and the bytes of the text that is to be
// drawn there, each as two variation selectors (U+E0100 to U+E010F), which have no width. No text.Safe has such selectors.
const (
	narrowBase   = "?"
	wideBase     = "？"
	firstNibble  = 0xe0100
	nibblePrefix = "\xf3\xa0\x84" // of each of the sixteen selectors in UTF-8
)

var placeholder = regexp.MustCompile(`(?:\?|？)(?:[` + "\U000e0100-\U000e010f" + `]{2})+`)

func writePlaceholder(b *strings.Builder, p piece) {
	base := narrowBase
	if p.w > 1 {
		base = wideBase
	}
	b.WriteString(base)
	for i := range len(p.text) {
		b.WriteRune(firstNibble + rune(p.text[i]>>4))
		b.WriteRune(firstNibble + rune(p.text[i]&0xf))
	}
}

// readPlaceholder returns the text of a placeholder and its columns. ok is false if it is not text.
func readPlaceholder(b []byte) (said []byte, w int, ok bool) {
	w = 1
	if !bytes.HasPrefix(b, []byte(narrowBase)) {
		w = 2
	}
	var nibbles []byte
	for _, r := range string(b[bytes.IndexByte(b, nibblePrefix[0]):]) {
		nibbles = append(nibbles, byte(r-firstNibble))
	}
	for i := 0; i+1 < len(nibbles); i += 2 {
		said = append(said, nibbles[i]<<4|nibbles[i+1])
	}
	return said, w, utf8.Valid(said) && !bytes.ContainsFunc(said, unicode.IsControl)
}

// Output is a terminal that draws the placeholders of a Canvas: text whose width terminals count differently. It saves the cursor before
// each, restores it after, and moves to the next cell itself, so that the terminal's own count does not shift what follows.
type Output struct {
	io.ReadWriteCloser
	Descriptor func() uintptr // of the terminal
}

// Fd returns the terminal's file descriptor.
func (o Output) Fd() uintptr { return o.Descriptor() }

// Write writes a frame, with text in the place of its placeholders.
func (o Output) Write(frame []byte) (int, error) {
	if !bytes.Contains(frame, []byte(nibblePrefix)) {
		return o.ReadWriteCloser.Write(frame)
	}
	if n, err := o.ReadWriteCloser.Write(Draw(frame)); err != nil {
		return min(n, len(frame)), err
	}
	return len(frame), nil // a text is shorter than its placeholder, and the renderer writes again what seems to be missing
}

// Place returns a line for a terminal of the given columns. It places text whose width terminals count differently as a Canvas and Output
// do.
func Place(line text.Safe, columns int) string {
	return string(Draw([]byte(agreeLine(string(line), columns, true))))
}

// Draw returns a frame with text in the place of its placeholders.
func Draw(frame []byte) []byte { return placeholder.ReplaceAllFunc(frame, drawPlaceholder) }

// drawPlaceholder saves the cursor (DECSC), switches off line breaks at the edge (DECAWM), blanks the cells (ECH), and after
// the text goes back (DECRC) and then right (CUF).
func drawPlaceholder(b []byte) []byte {
	said, w, ok := readPlaceholder(b)
	if !ok {
		return []byte(strings.Repeat(narrowBase, w))
	}
	columns := strconv.Itoa(w)
	out := append([]byte("\x1b7\x1b[?7l\x1b["+columns+"X"), said...)
	return append(out, "\x1b8\x1b[?7h\x1b["+columns+"C"...)
}
