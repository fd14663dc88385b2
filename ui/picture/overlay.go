package picture

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"sync"
)

// File is a terminal as Bubble Tea wants it for an output: an *os.File is one.
type File interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// Overlay is the output of a Bubble Tea program that lays pictures over its frames. It is the one place that knows the
// renderer's habits:
//
//   - It writes a frame in one Write, which ends the synchronised update (ESC [ ? 2026 l) if it began one. Pictures go before
//     that, so that text and picture change at once.
//   - What tea.Raw writes comes before the frame, which would wipe a picture: so pictures are not sent that way.
//   - It writes only cells that changed. A picture's cells hold guard characters; a frame that has any of them in it has
//     written over a picture, or made room for one, and so has a frame that clears the screen: all pictures are drawn again.
//   - It knows where the cursor is and what the colours are, so both are saved and restored around a picture.
//
// Pictures belong to Frames whose Overlay is set; the others need none of this. All methods may be called from any goroutine.
type Overlay struct {
	File
	mu     sync.Mutex
	placed []placed
}

// placed is a picture on the screen, or due to be.
type placed struct {
	slot   int
	frame  Frame
	x, y   int // of its first cell, from 0
	sent   bool
	due    bool
	hidden bool
}

// NewOverlay draws on f.
func NewOverlay(f File) *Overlay { return &Overlay{File: f} }

// Write writes a frame, and then the pictures that it has made due.
func (o *Overlay) Write(frame []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if fresh := otherScreen(frame); fresh || touches(frame) {
		for i := range o.placed {
			o.placed[i].due = true
			o.placed[i].sent = o.placed[i].sent && !fresh
		}
	}
	pictures := o.due(nil)
	if len(pictures) == 0 {
		return o.File.Write(frame)
	}
	body, ended := bytes.CutSuffix(frame, endUpdate)
	whole := slices.Concat(body, pictures)
	if ended {
		whole = append(whole, endUpdate...)
	}
	n, err := o.File.Write(whole)
	return min(n, len(frame)), err
}

var endUpdate = []byte("\x1b[?2026l")

// touches says whether a frame wrote over the cells of a picture.
func touches(frame []byte) bool {
	return holdsAny(frame, "\u00a0", "\u2002", "\x1b[2J", "\x1b[J")
}

// otherScreen says whether a frame changes to another screen, or resets the terminal: kitty's pictures belong to a screen.
func otherScreen(frame []byte) bool { return holdsAny(frame, "\x1b[?1049h", "\x1b[?1049l", "\x1bc") }

func holdsAny(frame []byte, signs ...string) bool {
	for _, sign := range signs {
		if bytes.Contains(frame, []byte(sign)) {
			return true
		}
	}
	return false
}

// Place puts the picture of slot (a number of the caller's) at the cell x, y from 0, in place of the slot's earlier one. Over an
// earlier one of the same cells it is drawn at once, since no frame may follow; else after the next frame, which makes room.
func (o *Overlay) Place(slot int, f Frame, x, y int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	next := placed{slot: slot, frame: f, x: x, y: y, due: true}
	i := o.index(slot)
	if i < 0 {
		o.placed = append(o.placed, next)
		return nil
	}
	old := o.placed[i]
	same := old.x == x && old.y == y && slices.Equal(old.frame.Lines, f.Lines)
	next.sent = old.sent && old.frame.ID != 0 && old.frame.ID == f.ID && same
	o.placed[i] = next
	var gone []byte
	if old.frame.ID != f.ID || !same {
		gone = old.frame.Hide
	}
	if !same || !old.sent {
		return o.send(gone)
	}
	return o.send(o.due(gone)) // the new one first would do as well: both are one write
}

// Hide takes the picture of slot off the screen, as far as the terminal can, and keeps it off while something else stands
// there; Place shows it again.
func (o *Overlay) Hide(slot int) error { return o.take(slot, true) }

// Remove forgets the picture of slot; its cells are the renderer's again.
func (o *Overlay) Remove(slot int) error { return o.take(slot, false) }

func (o *Overlay) take(slot int, keep bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.index(slot)
	if i < 0 {
		return nil
	}
	gone := o.placed[i].frame.Hide
	if keep {
		o.placed[i].hidden = true
	} else {
		o.placed = slices.Delete(o.placed, i, i+1)
	}
	return o.send(gone)
}

// Send writes at once, between two frames, what a terminal must have before a frame names it: the Send of a kitty picture. kitty
// draws placeholders once, when their line changes, and leaves them blank if the picture comes after them; tea.Raw returned
// together with the change that shows them may come after.
func (o *Overlay) Send(b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.send(b)
}

// Redraw draws every picture again at once: after the terminal was resumed, or cleared by someone else.
func (o *Overlay) Redraw() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.placed {
		o.placed[i].due = true
	}
	return o.send(o.due(nil))
}

// Flush draws what is due at once, for when no frame is to follow.
func (o *Overlay) Flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.send(o.due(nil))
}

func (o *Overlay) index(slot int) int {
	return slices.IndexFunc(o.placed, func(p placed) bool { return p.slot == slot })
}

// due appends what draws the pictures that are due, and takes them as drawn.
func (o *Overlay) due(out []byte) []byte {
	for i := range o.placed {
		p := &o.placed[i]
		if !p.due || p.hidden {
			continue
		}
		what := p.frame.Send
		if p.sent && p.frame.Again != nil {
			what = p.frame.Again
		}
		out = append(out, "\x1b7\x1b["...) // save the cursor and its colours
		out = strconv.AppendInt(out, int64(p.y+1), 10)
		out = append(out, ';')
		out = strconv.AppendInt(out, int64(p.x+1), 10)
		out = append(out, 'H')
		out = append(out, what...)
		out = append(out, "\x1b8"...)
		p.due, p.sent = false, true
	}
	return out
}

func (o *Overlay) send(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := o.File.Write(b)
	return err
}
