package picture

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"
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
//     written over a picture, or made room for one, and so has a frame that clears the screen: all pictures are drawn again,
//     unless it only made room for new ones.
//   - It takes a view right behind the Update that led to it, and writes it later, from a goroutine of its own. So Place and
//     Remove belong into that Update: then no frame that has made room for other pictures gets the old ones drawn over it.
//   - It knows where the cursor is and what the colours are, so both are saved and restored around a picture.
//
// Pictures belong to Frames whose Overlay is set; the others need none of this. All methods may be called from any goroutine.
type Overlay struct {
	File
	writeMu       sync.Mutex // held by who writes, before mu
	mu            sync.Mutex // holds for what is below, and never while something is written: an Update must not wait for that
	placed        []placedFrame
	pendingHide   []byte          // takes pictures off the screen that are there no more
	transmitted   map[uint32]bool // the numbers of the pictures whose data a kitty terminal has
	onShellScreen bool            // the shell's screen is shown: while suspended, and at the end

	frames atomic.Int64
}

// placedFrame is a picture on the screen, or due to be.
type placedFrame struct {
	slot    int
	frame   Frame
	x, y    int // of its first cell, from 0
	drawn   bool
	pending bool
}

// NewOverlay draws on f.
func NewOverlay(f File) *Overlay { return &Overlay{File: f, transmitted: map[uint32]bool{}} }

// Write writes a frame, and then the pictures that it has made due.
func (o *Overlay) Write(frame []byte) (int, error) {
	o.writeMu.Lock()
	defer o.writeMu.Unlock()
	o.frames.Add(1)
	pictures := o.picturesFor(frame)
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

// picturesFor is what has to be drawn over a frame.
func (o *Overlay) picturesFor(frame []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if other, away := switchesScreen(frame); other {
		o.onShellScreen = away
		clear(o.transmitted)
		o.redrawAll()
	} else if len(o.placed) > 0 && o.overwritesPictures(frame) {
		o.redrawAll()
	}
	if o.onShellScreen {
		return nil
	}
	return o.drawPending()
}

var endUpdate = []byte("\x1b[?2026l")

// overwritesPictures says whether a frame wrote over the cells of a picture that lies there. The guard characters of those that are to be
// drawn for the first time have to be written: as many as their cells are no sign of it, so that in a gallery that fills not
// each picture has all before it drawn again.
func (o *Overlay) overwritesPictures(frame []byte) bool {
	if containsAny(frame, "\x1b[2J", "\x1b[J") || repeatedFiller.Match(frame) {
		return true
	}
	room := 0
	for _, p := range o.placed {
		if !p.drawn {
			room += p.frame.cellCount()
		}
	}
	return bytes.Count(frame, []byte("\u00a0"))+bytes.Count(frame, []byte("\u2002")) > room
}

// repeatedFiller is a guard character that is written more often than it stands in the frame (REP).
var repeatedFiller = regexp.MustCompile("[\u00a0\u2002]\x1b\\[[0-9]+b")

// cellCount is how many cells a frame fills: guard characters are one column wide.
func (f Frame) cellCount() (n int) {
	for _, line := range f.Lines {
		n += utf8.RuneCountInString(line)
	}
	return n
}

// switchesScreen says whether a frame changes to another screen, or resets the terminal: kitty's pictures belong to a screen; and
// whether it goes away to the shell's, where none of ours has a place.
func switchesScreen(frame []byte) (other, away bool) {
	there, back := bytes.LastIndex(frame, []byte("\x1b[?1049h")), bytes.LastIndex(frame, []byte("\x1b[?1049l"))
	return there >= 0 || back >= 0 || containsAny(frame, "\x1bc"), back > there
}

func containsAny(frame []byte, signs ...string) bool {
	for _, sign := range signs {
		if bytes.Contains(frame, []byte(sign)) {
			return true
		}
	}
	return false
}

// Place puts the picture of slot (a number of the caller's) at the cell x, y from 0, in place of the slot's earlier one. It is
// drawn with the next frame, which makes room for it, or by Flush.
func (o *Overlay) Place(slot int, f Frame, x, y int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	next := placedFrame{slot: slot, frame: f, x: x, y: y, pending: true}
	i := o.index(slot)
	if i < 0 {
		o.placed = append(o.placed, next)
		return
	}
	o.hide(o.placed[i])
	o.placed[i] = next
}

// Remove forgets the picture of slot; its cells are the renderer's again.
func (o *Overlay) Remove(slot int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if i := o.index(slot); i >= 0 {
		o.hide(o.placed[i])
		o.placed = slices.Delete(o.placed, i, i+1)
	}
}

// hide has a picture taken off the screen that text does not wipe.
func (o *Overlay) hide(p placedFrame) {
	if p.drawn {
		o.pendingHide = append(o.pendingHide, p.frame.hide...)
	}
}

// Send writes at once, between two frames, what a terminal must have before a frame names it: the Send of a kitty picture. kitty
// draws placeholders once, when their line changes, and leaves them blank if the picture comes after them; tea.Raw returned
// together with the change that shows them may come after.
func (o *Overlay) Send(b []byte) error {
	o.writeMu.Lock()
	defer o.writeMu.Unlock()
	return o.send(b)
}

// Frames is how many frames were written.
func (o *Overlay) Frames() int64 { return o.frames.Load() }

// Redraw draws every picture again at once: after the terminal was resumed, or cleared by someone else.
func (o *Overlay) Redraw() error {
	o.mu.Lock()
	o.redrawAll()
	o.mu.Unlock()
	return o.Flush()
}

// Flush draws what is due at once, for when no frame is to follow.
func (o *Overlay) Flush() error {
	o.writeMu.Lock()
	defer o.writeMu.Unlock()
	return o.send(o.picturesFor(nil))
}

func (o *Overlay) index(slot int) int {
	return slices.IndexFunc(o.placed, func(p placedFrame) bool { return p.slot == slot })
}

func (o *Overlay) redrawAll() {
	for i := range o.placed {
		o.placed[i].pending = true
	}
}

// drawPending is what takes away the pictures that are there no more, and draws those that are due; it counts as done.
func (o *Overlay) drawPending() []byte {
	out := o.pendingHide
	o.pendingHide = nil
	for i := range o.placed {
		p := &o.placed[i]
		if !p.pending {
			continue
		}
		out = appendAt(out, p.x, p.y, o.drawBytes(p.frame))
		for _, piece := range p.frame.pieces {
			out = appendAt(out, p.x+piece.x, p.y+piece.y, piece.send)
		}
		p.pending, p.drawn = false, true
	}
	return out
}

// appendAt draws at a cell, from 0, with the cursor and its colours saved.
func appendAt(out []byte, x, y int, send []byte) []byte {
	out = append(out, "\x1b7\x1b["...)
	out = strconv.AppendInt(out, int64(y+1), 10)
	out = append(out, ';')
	out = strconv.AppendInt(out, int64(x+1), 10)
	out = append(out, 'H')
	out = append(out, send...)
	return append(out, "\x1b8"...)
}

// drawBytes draw a frame: those of a picture that the terminal has the data of are few.
func (o *Overlay) drawBytes(f Frame) []byte {
	if f.id == 0 || !o.transmitted[f.id] {
		o.transmitted[f.id] = true
		return f.Send
	}
	return f.redraw
}

func (o *Overlay) send(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	_, err := o.File.Write(b)
	return err
}
