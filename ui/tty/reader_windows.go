package tty

import (
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// Reader is the console, which Bubble Tea reads itself: Windows hands it keys and not bytes.
type Reader struct {
	*os.File
	burst burst
}

// NewReader returns a reader of the console.
func NewReader(in *os.File, _ io.Writer, _ func(tea.Msg), _ func()) *Reader { return &Reader{File: in} }

// Filter turns an enter within a burst that no hand types into a line break, so that it never buys.
func (r *Reader) Filter(msg tea.Msg) tea.Msg {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return msg
	case key.Text != "":
		r.burst.add(1, time.Now())
	}
	return tea.KeyPressMsg(r.burst.disarm(uv.KeyPressEvent(key), time.Now()))
}

// Release and Leave do nothing: a console answers before the next key.
func (r *Reader) Release() {}
func (r *Reader) Leave()   {}
