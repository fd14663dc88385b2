package picture

import (
	"strings"
	"testing"
)

// TestOverlayKeepsPictures: a frame that writes fillers between two changes of a row moves the cursor over the picture instead, and no
// picture is drawn again. Where fillers may be needed, they are written.
func TestOverlayKeepsPictures(t *testing.T) {
	t.Parallel()
	const wide = filler + filler + fillerBit + filler + filler + filler + filler + filler
	between := "\x1b[3;2H\x1b[33mbar\x1b[m" + wide + "\x1b[33mbar\x1b[m"
	for _, tt := range []struct {
		name, frame, want string
		x                 int
	}{
		{"between two bars", between, strings.Replace(between, wide, "\x1b[8C", 1), 5},
		{"in an update", between + string(endUpdate), strings.Replace(between, wide, "\x1b[8C", 1) + string(endUpdate), 5},
		{"no fillers", "\x1b[3;2Hbar", "\x1b[3;2Hbar", 5},
		{"a few blanks of a text", "a" + filler + "b", "a" + filler + "b" + drawnAt("BOAT", "3;6"), 5},
		{"at the end of what is written", "\x1b[3;2Hbar" + wide, "\x1b[3;2Hbar" + wide + drawnAt("BOAT", "3;6"), 5},
		{"then another row", "\x1b[3;2Hbar" + wide + "\r\nbar", "\x1b[3;2Hbar" + wide + "\r\nbar" + drawnAt("BOAT", "3;6"), 5},
		{"an erased row", "\x1b[K" + between, "\x1b[K" + between + drawnAt("BOAT", "3;6"), 5},
		{"a picture at the edge", between, between + drawnAt("BOAT", "3;1"), 0},
	} {
		f := &recordingFile{}
		o := NewOverlay(f)
		o.Place(1, Frame{Lines: []string{wide}, Overlay: true, Send: []byte("BOAT"), redraw: []byte("BOAT")}, tt.x, 2)
		mustWrite(t, o, wide)
		mustWrite(t, o, "settled")
		n, err := o.Write([]byte(tt.frame))
		if f.after(2) != tt.want || n != len(tt.frame) || err != nil {
			t.Errorf("%s: wrote %q, want %q; it is %d, %v", tt.name, f.after(2), tt.want, n, err)
		}
	}
}

// TestOverlayKeepsNothingUnsettled: the frame of an earlier view may come after Place, and the one that makes room after that.
func TestOverlayKeepsNothingUnsettled(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat(filler, 8)
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, Frame{Lines: []string{wide}, Overlay: true, Send: []byte("BOAT"), redraw: []byte("BOAT")}, 5, 2)
	for range 2 {
		mustWrite(t, o, "bar"+wide+"bar")
	}
	mustWrite(t, o, "bar"+wide+"bar")
	if got, want := f.after(2), "bar\x1b[8Cbar"; got != want || !strings.Contains(f.writes[1], wide) {
		t.Errorf("wrote %q, want %q; before %q", got, want, f.writes)
	}
}
