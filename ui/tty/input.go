package tty

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// pasteRead is the size from which one read of the terminal can only be a paste: nobody types that much at once.
const pasteRead = 256

// Reader is the terminal's input with two habits of its own. An enter with text behind it in the same read is a paste
// without brackets, or typing ahead over a slow line: it becomes a line break (ctrl+j), so that it never buys. And the
// end of input, which Bubble Tea swallows, is told to HungUp, once.
type Reader struct {
	*os.File
	HungUp func()
	once   sync.Once
}

// Read reads from the terminal.
func (in *Reader) Read(p []byte) (int, error) {
	n, err := in.File.Read(p)
	if n > 0 {
		DisarmEnters(p[:n])
	}
	if err != nil && (errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO)) {
		in.once.Do(in.HungUp)
	}
	return n, err
}

// DisarmEnters turns each carriage return that text follows in the same read into a line feed.
func DisarmEnters(b []byte) {
	for i := 0; i < len(b); {
		at := bytes.IndexByte(b[i:], '\r')
		if at < 0 {
			return
		}
		i += at + 1
		if textFollows(b[i:]) || (i == len(b) && len(b) >= pasteRead) {
			b[i-1] = '\n'
		}
	}
}

// textFollows tells whether what was read behind an enter is text: a held enter and keys like arrows are not.
func textFollows(b []byte) bool {
	for len(b) > 0 {
		switch {
		case b[0] == '\r':
			b = b[1:]
		case b[0] == '\n' || b[0] == '\t':
			return true
		default:
			r, _ := utf8.DecodeRune(b)
			return unicode.IsPrint(r) || r == utf8.RuneError
		}
	}
	return false
}
