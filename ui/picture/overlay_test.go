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
	return Frame{Lines: []string{guardText}, Overlay: true, Send: []byte(send), Again: []byte(send)}
}

func at(picture, place string) string { return "\x1b7\x1b[" + place + "H" + picture + "\x1b8" }

func TestOverlayWaitsForRoom(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	if err := o.Place(1, overlayFrame("BOAT"), 4, 2); err != nil || len(f.writes) != 0 {
		t.Fatalf("drawn before a frame: %q, %v", f.writes, err)
	}
	n, err := o.Write([]byte("\x1b[?2026hlist" + guardText + "\x1b[?2026l"))
	if want := "\x1b[?2026hlist" + guardText + at("BOAT", "3;5") + "\x1b[?2026l"; f.since(0) != want || err != nil {
		t.Errorf("wrote %q, %v, want %q", f.since(0), err, want)
	}
	if n != len("\x1b[?2026hlist"+guardText+"\x1b[?2026l") {
		t.Errorf("said that it wrote %d bytes of the frame", n)
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
		mustPlace(t, o, 1, overlayFrame("BOAT"), 0, 0)
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
	mustPlace(t, o, 1, overlayFrame("ONE"), 0, 0)
	mustWrite(t, o, guardText)
	mustPlace(t, o, 1, overlayFrame("TWO"), 0, 0)
	if f.since(1) != at("TWO", "1;1") {
		t.Errorf("in the same cells it waits for a frame that does not come: %q", f.since(1))
	}
	mustPlace(t, o, 1, overlayFrame("TWO"), 5, 5)
	if len(f.writes) != 2 {
		t.Errorf("in other cells it does not wait for the frame: %q", f.since(2))
	}
	mustWrite(t, o, guardText)
	if f.since(2) != guardText+at("TWO", "6;6") {
		t.Errorf("wrote %q", f.since(2))
	}
}

func TestOverlayOfKitty(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	frame := Frame{Lines: []string{guardText}, Overlay: true, ID: 7, Send: []byte("SEND"), Again: []byte("PUT"), Hide: []byte("HIDE")}
	mustPlace(t, o, 1, frame, 0, 0)
	mustWrite(t, o, guardText)
	if err := o.Hide(1); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, o, "dialog"+guardText)
	mustPlace(t, o, 1, frame, 0, 0)
	if err := o.Remove(1); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, o, guardText)
	want := []string{"HIDE", "dialog" + guardText, at("PUT", "1;1"), "HIDE", guardText}
	if got := f.since(1); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlaySendsAgainToTheOtherScreen(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	mustPlace(t, o, 1, Frame{Lines: []string{guardText}, Overlay: true, ID: 7, Send: []byte("SEND"), Again: []byte("PUT")}, 0, 0)
	mustWrite(t, o, "early")
	mustWrite(t, o, "\x1b[?1049h")
	mustWrite(t, o, guardText)
	want := []string{"early" + at("SEND", "1;1"), "\x1b[?1049h" + at("SEND", "1;1"), guardText + at("PUT", "1;1")}
	if got := f.since(0); got != strings.Join(want, "|") {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

func TestOverlayRedraws(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	mustPlace(t, o, 1, overlayFrame("A"), 0, 0)
	mustPlace(t, o, 2, overlayFrame("B"), 9, 0)
	mustWrite(t, o, guardText)
	if err := o.Redraw(); err != nil || f.since(1) != at("A", "1;1")+at("B", "1;10") {
		t.Errorf("wrote %q, %v", f.since(1), err)
	}
}

func TestOverlaySendsBetweenFrames(t *testing.T) {
	f := &screenFile{}
	o := NewOverlay(f)
	mustPlace(t, o, 1, overlayFrame("A"), 0, 0)
	if err := o.Send([]byte("PIXELS")); err != nil || f.since(0) != "PIXELS" {
		t.Errorf("wrote %q, %v: what is due waits for its frame", f.since(0), err)
	}
	if err := o.Send(nil); err != nil || len(f.writes) != 1 {
		t.Errorf("nothing was written as %q, %v", f.since(1), err)
	}
}

func TestOverlayTellsOfTrouble(t *testing.T) {
	o := NewOverlay(&screenFile{fails: true})
	mustPlace(t, o, 1, overlayFrame("A"), 0, 0)
	if n, err := o.Write([]byte("long frame")); err == nil || n != 3 {
		t.Errorf("%d, %v", n, err)
	}
}

func mustPlace(t *testing.T, o *Overlay, slot int, f Frame, x, y int) {
	t.Helper()
	if err := o.Place(slot, f, x, y); err != nil {
		t.Fatal(err)
	}
}

func mustWrite(t *testing.T, o *Overlay, frame string) {
	t.Helper()
	if _, err := o.Write([]byte(frame)); err != nil {
		t.Fatal(err)
	}
}
