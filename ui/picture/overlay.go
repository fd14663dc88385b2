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

// File is a terminal as Bubble Tea needs it for an output. *os.File implements it.
type File interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// Overlay is the output of a Bubble Tea program that draws pictures over its frames. It is the only place that knows the
// renderer's habits:
//
//   - The renderer writes a frame in one Write, which ends the synchronised update (ESC [ ? 2026 l) if it began one. Pictures go
//     before that end, so that text and picture change at once.
//   - What tea.Raw sends is written before the frame, and the frame would erase a picture. So pictures are not sent that way.
//   - The renderer writes only cells that changed. The cells of a picture hold filler characters. A frame that contains any of
//     these has overwritten a picture or made room for one, and so has a frame that clears the screen: then all pictures are
//     drawn again, unless the frame only made room for new ones.
//   - The renderer also writes cells that did not change, between two in a row that did. Where that are a picture's, the cursor is
//     moved over them instead (keepPictures).
//   - The renderer takes a view right after the Update that led to it, but writes it later, from a goroutine of its own. So Place and
//     Remove belong into that Update: then no frame that made room for other pictures gets the old ones drawn over it.
//   - The renderer remembers the cursor's position and colours, so that both are saved and restored around a picture.
//
// Pictures here are Frames with Overlay set; others do not need this type. All methods may be called from any goroutine.
type Overlay struct {
	File
	writeMu       sync.Mutex // held while writing; locked before mu
	mu            sync.Mutex // guards the fields below; never held while writing, because an Update must not wait for that
	placed        []placedFrame
	pendingHide   []byte          // takes pictures off the screen that were removed
	transmitted   map[uint32]bool // the numbers of the pictures whose data a kitty terminal has
	onShellScreen bool            // the shell's screen is shown: while suspended, and at the end
	unsettled     int             // how many frames may still make room for pictures that were placed

	frames atomic.Int64
}

// placedFrame is a picture on the screen, or one that is to be drawn there.
type placedFrame struct {
	slot    int
	frame   Frame
	x, y    int // its first cell, from 0
	drawn   bool
	pending bool
}

// NewOverlay draws on f.
func NewOverlay(f File) *Overlay { return &Overlay{File: f, transmitted: map[uint32]bool{}} }

// Write writes a frame, and then the pictures that are to be drawn after it.
func (o *Overlay) Write(frame []byte) (int, error) {
	o.writeMu.Lock()
	defer o.writeMu.Unlock()
	o.frames.Add(1)
	kept := o.keepPictures(frame)
	pictures := o.picturesFor(kept)
	if len(pictures) == 0 {
		n, err := o.File.Write(kept)
		return written(n, kept, frame), err
	}
	body, ended := bytes.CutSuffix(kept, endUpdate)
	out := slices.Concat(body, pictures)
	if ended {
		out = append(out, endUpdate...)
	}
	n, err := o.File.Write(out)
	return written(n, out, frame), err
}

// written returns how much of a frame counts as written after n bytes of what was sent for it.
func written(n int, sent, frame []byte) int {
	if n == len(sent) {
		return len(frame)
	}
	return min(n, len(frame))
}

// picturesFor returns what has to be drawn over a frame.
func (o *Overlay) picturesFor(frame []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if switched, toShell := switchesScreen(frame); switched {
		o.onShellScreen = toShell
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

// overwritesPictures reports whether a frame wrote over the cells of a picture that is on the screen. Pictures that are to be drawn
// for the first time need their fillers written: no more fillers than these have do not count, so that in a gallery that fills up
// each picture does not have all the others drawn again.
func (o *Overlay) overwritesPictures(frame []byte) bool {
	if containsAny(frame, "\x1b[2J", "\x1b[J") || repeatedFiller.Match(frame) {
		return true
	}
	expected := 0
	for _, p := range o.placed {
		if !p.drawn {
			expected += p.frame.cellCount()
		}
	}
	return bytes.Count(frame, []byte(filler))+bytes.Count(frame, []byte(fillerBit)) > expected
}

// repeatedFiller matches a filler that the terminal is told to repeat (REP).
var repeatedFiller = regexp.MustCompile("[" + filler + fillerBit + "]\x1b\\[[0-9]+b")

// cellCount returns how many cells an overlay fills; fillers are one column wide.
func (f Frame) cellCount() (n int) {
	for _, line := range f.Lines {
		n += utf8.RuneCountInString(line)
	}
	return n
}

// switchesScreen reports whether a frame switches between the terminal's two screens, which have separate kitty pictures, or resets
// the terminal; and whether it ends on the shell's screen, where our pictures have no place.
func switchesScreen(frame []byte) (switched, toShell bool) {
	enter, leave := bytes.LastIndex(frame, []byte("\x1b[?1049h")), bytes.LastIndex(frame, []byte("\x1b[?1049l"))
	return enter >= 0 || leave >= 0 || containsAny(frame, "\x1bc"), leave > enter
}

func containsAny(frame []byte, codes ...string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return bytes.Contains(frame, []byte(code)) })
}

// Place puts the picture of slot (a number of the caller's) at the cell x, y, counted from 0, in place of the slot's earlier one. It
// is drawn with the next frame, which makes room for it, or by Flush.
func (o *Overlay) Place(slot int, f Frame, x, y int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	next := placedFrame{slot: slot, frame: f, x: x, y: y, pending: true}
	o.unsettled = 2 // the frame of an earlier view may come first
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

// hide makes the next write take a picture off the screen that text does not erase.
func (o *Overlay) hide(p placedFrame) {
	if p.drawn {
		o.pendingHide = append(o.pendingHide, p.frame.hide...)
	}
}

// Send writes at once, between two frames, what the terminal must have before a frame refers to it: the Send of a Kitty picture.
// kitty draws placeholders only when their line changes, and leaves them blank if the picture comes after them. What tea.Raw
// sends may come after the frame that shows them.
func (o *Overlay) Send(b []byte) error {
	o.writeMu.Lock()
	defer o.writeMu.Unlock()
	return o.send(b)
}

// Frames returns how many frames were written.
func (o *Overlay) Frames() int64 { return o.frames.Load() }

// Flush draws pending pictures at once. It is for when no frame will follow.
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

// drawPending returns what takes removed pictures off the screen and draws the pending ones, and marks them as drawn.
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

// appendAt appends the codes that draw at a cell, counted from 0, and save and restore the cursor and its colours.
func appendAt(out []byte, x, y int, send []byte) []byte {
	out = append(out, "\x1b7\x1b["...)
	out = strconv.AppendInt(out, int64(y+1), 10)
	out = append(out, ';')
	out = strconv.AppendInt(out, int64(x+1), 10)
	out = append(out, 'H')
	out = append(out, send...)
	return append(out, "\x1b8"...)
}

// drawBytes returns what draws a frame: only its redraw where the terminal already has the picture's data.
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
