package picture

import (
	"errors"
	"strings"
	"testing"
)

// recordingFile records each write as a string.
type recordingFile struct {
	writes []string
	fails  bool
}

func (r *recordingFile) Write(p []byte) (int, error) {
	if r.fails {
		return 3, errors.New("hung up")
	}
	r.writes = append(r.writes, string(p))
	return len(p), nil
}
func (r *recordingFile) Read([]byte) (int, error) { return 0, nil }
func (r *recordingFile) Close() error             { return nil }
func (r *recordingFile) Fd() uintptr              { return 0 }

// after returns what was written after the first n writes.
func (r *recordingFile) after(n int) string { return strings.Join(r.writes[n:], "|") }

const fillers = filler + fillerBit

func overlayFrame(send string) Frame {
	return Frame{Lines: []string{fillers}, Overlay: true, Send: []byte(send), redraw: []byte(send)}
}

// drawnAt is what draws a picture at "row;column".
func drawnAt(picture, position string) string {
	return "\x1b7\x1b[" + position + "H" + picture + "\x1b8"
}

func TestOverlayWaitsForFrame(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("BOAT"), 4, 2)
	if len(f.writes) != 0 {
		t.Fatalf("drawn before a frame: %q", f.writes)
	}
	n, err := o.Write([]byte("\x1b[?2026hlist" + fillers + "\x1b[?2026l"))
	if want := "\x1b[?2026hlist" + fillers + drawnAt("BOAT", "3;5") + "\x1b[?2026l"; f.after(0) != want || err != nil {
		t.Errorf("wrote %q, %v, want %q", f.after(0), err, want)
	}
	if n != len("\x1b[?2026hlist"+fillers+"\x1b[?2026l") {
		t.Errorf("reports %d bytes of the frame", n)
	}
}

func TestOverlayInPieces(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	boat := overlayFrame("BOAT")
	boat.pieces = []piece{{0, 40, []byte("KEEL")}, {80, 0, []byte("SAIL")}}
	o.Place(1, boat, 4, 2)
	mustFlush(t, o)
	if want := drawnAt("BOAT", "3;5") + drawnAt("KEEL", "43;5") + drawnAt("SAIL", "3;85"); f.after(0) != want {
		t.Errorf("wrote %q, want %q", f.after(0), want)
	}
}

func TestOverlayRedrawsWhenOverwritten(t *testing.T) {
	for _, tt := range []struct {
		name, frame string
		redrawn     bool
	}{
		{"another row", "a row\x1b[K", false},
		{"over its cells", "x" + fillers, true},
		{"a clear", "\x1b[2Jx", true},
		{"the other screen", "\x1b[?1049hx", true},
	} {
		f := &recordingFile{}
		o := NewOverlay(f)
		o.Place(1, overlayFrame("BOAT"), 0, 0)
		mustWrite(t, o, fillers)
		mustWrite(t, o, tt.frame)
		want := tt.frame
		if tt.redrawn {
			want += drawnAt("BOAT", "1;1")
		}
		if f.after(1) != want {
			t.Errorf("%s: wrote %q, want %q", tt.name, f.after(1), want)
		}
	}
}

func TestOverlayReplacesInPlace(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	mustWrite(t, o, fillers)
	o.Place(1, overlayFrame("TWO"), 0, 0)
	mustFlush(t, o)
	if f.after(1) != drawnAt("TWO", "1;1") {
		t.Errorf("without a frame it wrote %q", f.after(1))
	}
	o.Place(1, overlayFrame("TWO"), 5, 5)
	mustWrite(t, o, fillers)
	mustFlush(t, o)
	if f.after(2) != fillers+drawnAt("TWO", "6;6") {
		t.Errorf("wrote %q", f.after(2))
	}
}

// TestOverlayNeverDrawsOldPictures: a frame that made room for other pictures never gets the old ones drawn over it.
func TestOverlayNeverDrawsOldPictures(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	o.Place(2, overlayFrame("TWO"), 9, 0)
	mustWrite(t, o, fillers)
	o.Place(1, overlayFrame("THREE"), 4, 4)
	o.Remove(2)
	mustWrite(t, o, "new"+fillers)
	if f.after(1) != "new"+fillers+drawnAt("THREE", "5;5") {
		t.Errorf("wrote %q", f.after(1))
	}
}

// TestOverlayDrawsOnlyNewPicture: a picture that is added beside others does not have these drawn again.
func TestOverlayDrawsOnlyNewPicture(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	mustWrite(t, o, fillers)
	o.Place(2, overlayFrame("TWO"), 9, 0)
	mustWrite(t, o, "new"+fillers)
	o.Place(3, overlayFrame("THREE"), 9, 9)
	mustWrite(t, o, fillers+"over the first\u00a0")
	o.Place(4, overlayFrame("FOUR"), 9, 20)
	mustWrite(t, o, "\u00a0\x1b[9b")
	all := drawnAt("ONE", "1;1") + drawnAt("TWO", "1;10") + drawnAt("THREE", "10;10")
	want := []string{"new" + fillers + drawnAt("TWO", "1;10"), fillers + "over the first\u00a0" + all, "\u00a0\x1b[9b" + all + drawnAt("FOUR", "21;10")}
	if got := f.after(1); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlayReusesKittyData(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	frame := Frame{Lines: []string{fillers}, Overlay: true, id: 7, Send: []byte("SEND"), redraw: []byte("PUT"), hide: []byte("HIDE")}
	o.Place(1, frame, 0, 0)
	mustWrite(t, o, fillers)
	o.Remove(1)
	mustWrite(t, o, "dialog"+fillers)
	o.Place(2, frame, 4, 0)
	mustWrite(t, o, fillers)
	o.Place(2, frame, 5, 0)
	o.Place(2, frame, 6, 0)
	mustFlush(t, o)
	want := []string{fillers + drawnAt("SEND", "1;1"), "dialog" + fillers + "HIDE", fillers + drawnAt("PUT", "1;5"), "HIDE" + drawnAt("PUT", "1;7")}
	if got := f.after(0); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// TestOverlaySwitchesScreens: kitty has no data of the other screen's pictures, and nothing is drawn on the shell's screen.
func TestOverlaySwitchesScreens(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, Frame{Lines: []string{fillers}, Overlay: true, id: 7, Send: []byte("SEND"), redraw: []byte("PUT")}, 0, 0)
	mustWrite(t, o, "early")
	mustWrite(t, o, "\x1b[?1049h")
	mustWrite(t, o, fillers)
	mustWrite(t, o, "\x1b[2J\x1b[?1049l")
	mustWrite(t, o, "a shell"+fillers)
	mustWrite(t, o, "\x1b[?1049h")
	want := []string{
		"early" + drawnAt("SEND", "1;1"), "\x1b[?1049h" + drawnAt("SEND", "1;1"), fillers + drawnAt("PUT", "1;1"),
		"\x1b[2J\x1b[?1049l", "a shell" + fillers, "\x1b[?1049h" + drawnAt("SEND", "1;1"),
	}
	if got := f.after(0); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlayRedraws(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("A"), 0, 0)
	o.Place(2, overlayFrame("B"), 9, 0)
	mustWrite(t, o, fillers)
	mustWrite(t, o, "\x1b[2J")
	if f.after(1) != "\x1b[2J"+drawnAt("A", "1;1")+drawnAt("B", "1;10") {
		t.Errorf("wrote %q", f.after(1))
	}
}

func TestOverlaySendsBetweenFrames(t *testing.T) {
	f := &recordingFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("A"), 0, 0)
	if err := o.Send([]byte("PIXELS")); err != nil || f.after(0) != "PIXELS" {
		t.Errorf("wrote %q, %v; want only the bytes, without pending pictures", f.after(0), err)
	}
	if err := o.Send(nil); err != nil || len(f.writes) != 1 {
		t.Errorf("sending nothing wrote %q, %v", f.after(1), err)
	}
}

func TestOverlayReportsWriteErrors(t *testing.T) {
	o := NewOverlay(&recordingFile{fails: true})
	o.Place(1, overlayFrame("A"), 0, 0)
	if n, err := o.Write([]byte("long frame")); err == nil || n != 3 {
		t.Errorf("%d, %v", n, err)
	}
}

func mustFlush(t *testing.T, o *Overlay) {
	t.Helper()
	if err := o.Flush(); err != nil {
		t.Fatal(err)
	}
}

func mustWrite(t *testing.T, o *Overlay, frame string) {
	t.Helper()
	if _, err := o.Write([]byte(frame)); err != nil {
		t.Fatal(err)
	}
}
