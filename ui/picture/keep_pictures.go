package picture

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// keptFillers matches fillers that are followed by more text of their row, after changes of colour at most. Fewer may be blanks in
// somebody's text.
var keptFillers = regexp.MustCompile("[" + filler + fillerBit + "]{6,}((?:\x1b\\[[0-9;:]*m)*[^\x00-\x1f" + filler + fillerBit + "])")

// keepPictures returns a frame in which the cursor is moved over the cells of pictures that did not change, instead of writing fillers
// into them, which would erase the pictures until they are drawn again. That is so for pictures whose room was made, and for those that
// are partly covered by a dialog and removed: the terminal has the rest of them still. A frame that erases, inserts or moves cells
// is left as it is, and so are fillers at the end of what is written of a row: there the renderer writes only what changed.
func (o *Overlay) keepPictures(frame []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.unsettled > 0 {
		o.unsettled--
		return frame
	}
	hasFillers := bytes.Contains(frame, []byte(filler)) || bytes.Contains(frame, []byte(fillerBit))
	touchesEdge := slices.ContainsFunc(o.placed, func(p placedFrame) bool { return p.pending || p.x == 0 })
	if !hasFillers || len(o.placed) == 0 || touchesEdge || o.onShellScreen || movesCells.Match(frame) || repeatedFiller.Match(frame) {
		return frame
	}
	return keptFillers.ReplaceAllFunc(frame, func(run []byte) []byte {
		text := bytes.TrimLeft(run, filler+fillerBit)
		cells := utf8.RuneCount(run[:len(run)-len(text)])
		return slices.Concat([]byte("\x1b["), strconv.AppendInt(nil, int64(cells), 10), []byte("C"), text)
	})
}

// movesCells matches what erases, inserts, deletes or scrolls cells (ED, EL, ICH, DCH, IL, DL, SU, SD), resets the terminal, or switches
// its screens.
var movesCells = regexp.MustCompile("\x1b\\[[0-9;]*[JK@PLMST]|\x1bc|\x1b\\[\\?1049")
