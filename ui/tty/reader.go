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

// minPasteRead is the size in bytes from which one read of the terminal must be a paste.
const minPasteRead = 256

// Reader is the terminal's input, with two changes. An enter that is followed by text in the same read is from a paste
// without brackets, or typed ahead over a slow line: it becomes a line break (ctrl+j), so that it never buys. And the end of
// the input, which Bubble Tea ignores, calls a function, once.
type Reader struct {
	*os.File
	onHangUp func()
	once     sync.Once
}

// NewReader returns a reader of the terminal. onHangUp is called when the terminal is gone.
func NewReader(in *os.File, onHangUp func()) *Reader { return &Reader{File: in, onHangUp: onHangUp} }

// Read reads from the terminal.
func (in *Reader) Read(p []byte) (int, error) {
	n, err := in.File.Read(p)
	if n > 0 {
		DisarmEnters(p[:n])
	}
	if err != nil && (errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO)) {
		in.once.Do(in.onHangUp)
	}
	return n, err
}

// DisarmEnters turns each carriage return that is followed by text in the same read into a line feed.
func DisarmEnters(b []byte) {
	for i := 0; i < len(b); {
		at := bytes.IndexByte(b[i:], '\r')
		if at < 0 {
			return
		}
		i += at + 1
		if textFollows(b[i:]) || (i == len(b) && len(b) >= minPasteRead) {
			b[i-1] = '\n'
		}
	}
}

// textFollows reports whether the bytes after an enter are text; further enters and keys like arrows are not.
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
