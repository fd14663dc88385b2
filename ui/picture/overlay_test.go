package picture

import (
	"errors"
	"strings"
	"testing"
)

// screenFile keeps what was written, a string a write.
type screenFile struct {
	writes []string
	fails  bool
}

func (s *screenFile) Write(p []byte) (int, error) {
	if s.fails {
		return 3, errors.New("hung up")
	}
	s.writes = append(s.writes, string(p))
	return len(p), nil
}
func (s *screenFile) Read([]byte) (int, error) { return 0, nil }
func (s *screenFile) Close() error             { return nil }
func (s *screenFile) Fd() uintptr              { return 0 }

// since is what was written after the first n writes.
func (s *screenFile) since(n int) string { return strings.Join(s.writes[n:], "|") }

const guardText = "\u00a0\u2002"

func overlayFrame(send string) Frame {
	return Frame{Lines: []string{guardText}, Overlay: true, Send: []byte(send), redraw: []byte(send)}
}

func at(picture, place string) string { return "\x1b7\x1b[" + place + "H" + picture + "\x1b8" }

func TestOverlayWaitsForRoom(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("BOAT"), 4, 2)
	if len(f.writes) != 0 {
		t.Fatalf("drawn before a frame: %q", f.writes)
	}
	n, err := o.Write([]byte("\x1b[?2026hlist" + guardText + "\x1b[?2026l"))
	if want := "\x1b[?2026hlist" + guardText + at("BOAT", "3;5") + "\x1b[?2026l"; f.since(0) != want || err != nil {
		t.Errorf("wrote %q, %v, want %q", f.since(0), err, want)
	}
	if n != len("\x1b[?2026hlist"+guardText+"\x1b[?2026l") {
		t.Errorf("said that it wrote %d bytes of the frame", n)
	}
}

func TestOverlayInPieces(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	boat := overlayFrame("BOAT")
	boat.pieces = []piece{{0, 40, []byte("KEEL")}, {80, 0, []byte("SAIL")}}
	o.Place(1, boat, 4, 2)
	mustFlush(t, o)
	if want := at("BOAT", "3;5") + at("KEEL", "43;5") + at("SAIL", "3;85"); f.since(0) != want {
		t.Errorf("wrote %q, want %q", f.since(0), want)
	}
}

func TestOverlayDrawsAgain(t *testing.T) {
	for _, tt := range []struct {
		name, frame string
		again       bool
	}{
		{"another row", "a row\x1b[K", false},
		{"over its cells", "x" + guardText, true},
		{"a clear", "\x1b[2Jx", true},
		{"the other screen", "\x1b[?1049hx", true},
	} {
		f := &screenFile{}
		o := NewOverlay(f)
		o.Place(1, overlayFrame("BOAT"), 0, 0)
		mustWrite(t, o, guardText)
		mustWrite(t, o, tt.frame)
		want := tt.frame
		if tt.again {
			want += at("BOAT", "1;1")
		}
		if f.since(1) != want {
			t.Errorf("%s: wrote %q, want %q", tt.name, f.since(1), want)
		}
	}
}

func TestOverlayFlicks(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	mustWrite(t, o, guardText)
	o.Place(1, overlayFrame("TWO"), 0, 0)
	mustFlush(t, o)
	if f.since(1) != at("TWO", "1;1") {
		t.Errorf("where no frame comes it wrote %q", f.since(1))
	}
	o.Place(1, overlayFrame("TWO"), 5, 5)
	mustWrite(t, o, guardText)
	mustFlush(t, o)
	if f.since(2) != guardText+at("TWO", "6;6") {
		t.Errorf("wrote %q", f.since(2))
	}
}

// TestOverlayMakesRoom: a frame that has made room for other pictures never gets the old ones drawn over it.
func TestOverlayMakesRoom(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	o.Place(2, overlayFrame("TWO"), 9, 0)
	mustWrite(t, o, guardText)
	o.Place(1, overlayFrame("THREE"), 4, 4)
	o.Remove(2)
	mustWrite(t, o, "new"+guardText)
	if f.since(1) != "new"+guardText+at("THREE", "5;5") {
		t.Errorf("wrote %q", f.since(1))
	}
}

// TestOverlayAddsOne: a picture that comes beside others is drawn alone.
func TestOverlayAddsOne(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("ONE"), 0, 0)
	mustWrite(t, o, guardText)
	o.Place(2, overlayFrame("TWO"), 9, 0)
	mustWrite(t, o, "new"+guardText)
	o.Place(3, overlayFrame("THREE"), 9, 9)
	mustWrite(t, o, guardText+"over the first\u00a0")
	o.Place(4, overlayFrame("FOUR"), 9, 20)
	mustWrite(t, o, "\u00a0\x1b[9b")
	all := at("ONE", "1;1") + at("TWO", "1;10") + at("THREE", "10;10")
	want := []string{"new" + guardText + at("TWO", "1;10"), guardText + "over the first\u00a0" + all, "\u00a0\x1b[9b" + all + at("FOUR", "21;10")}
	if got := f.since(1); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlayOfKitty(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	frame := Frame{Lines: []string{guardText}, Overlay: true, id: 7, Send: []byte("SEND"), redraw: []byte("PUT"), hide: []byte("HIDE")}
	o.Place(1, frame, 0, 0)
	mustWrite(t, o, guardText)
	o.Remove(1)
	mustWrite(t, o, "dialog"+guardText)
	o.Place(2, frame, 4, 0)
	mustWrite(t, o, guardText)
	o.Place(2, frame, 5, 0)
	o.Place(2, frame, 6, 0)
	mustFlush(t, o)
	want := []string{guardText + at("SEND", "1;1"), "dialog" + guardText + "HIDE", guardText + at("PUT", "1;5"), "HIDE" + at("PUT", "1;7")}
	if got := f.since(0); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// TestOverlayOfTheOtherScreen: kitty has no data of another screen's pictures, and the shell's screen gets none of ours.
func TestOverlayOfTheOtherScreen(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, Frame{Lines: []string{guardText}, Overlay: true, id: 7, Send: []byte("SEND"), redraw: []byte("PUT")}, 0, 0)
	mustWrite(t, o, "early")
	mustWrite(t, o, "\x1b[?1049h")
	mustWrite(t, o, guardText)
	mustWrite(t, o, "\x1b[2J\x1b[?1049l")
	mustWrite(t, o, "a shell"+guardText)
	mustWrite(t, o, "\x1b[?1049h")
	want := []string{
		"early" + at("SEND", "1;1"), "\x1b[?1049h" + at("SEND", "1;1"), guardText + at("PUT", "1;1"),
		"\x1b[2J\x1b[?1049l", "a shell" + guardText, "\x1b[?1049h" + at("SEND", "1;1"),
	}
	if got := f.since(0); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlayRedraws(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("A"), 0, 0)
	o.Place(2, overlayFrame("B"), 9, 0)
	mustWrite(t, o, guardText)
	if err := o.Redraw(); err != nil || f.since(1) != at("A", "1;1")+at("B", "1;10") {
		t.Errorf("wrote %q, %v", f.since(1), err)
	}
}

func TestOverlaySendsBetweenFrames(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	o.Place(1, overlayFrame("A"), 0, 0)
	if err := o.Send([]byte("PIXELS")); err != nil || f.since(0) != "PIXELS" {
		t.Errorf("wrote %q, %v: what is due waits for its frame", f.since(0), err)
	}
	if err := o.Send(nil); err != nil || len(f.writes) != 1 {
		t.Errorf("nothing was written as %q, %v", f.since(1), err)
	}
}

func TestOverlayTellsOfTrouble(t *testing.T) {
	o := NewOverlay(&screenFile{fails: true})
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
