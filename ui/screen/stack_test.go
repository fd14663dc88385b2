package screen

import (
	"testing"

	"tintype/ui/cell"
	"tintype/ui/keymap"
)

// named is a screen of a test. It counts how often it came up again.
type named struct {
	Base
	name     string
	resumed  int
	notReady bool
}

func (*named) Place() keymap.Place  { return 0 }
func (*named) Draw(*cell.Canvas)    {}
func (s *named) Resume()            { s.resumed++ }
func (s *named) IsReady() bool      { return !s.notReady }
func (s *named) String() string     { return s.name }
func newNamed(name string) *named   { return &named{name: name} }
func newListed(name string) *listed { return &listed{named{name: name}} }

// listed is a screen that shows the list, in as many rows as its name has letters.
type listed struct{ named }

func (s *listed) ListWindow() (height, across int) { return len(s.name), 2 }

// expectTop fails the test unless a screen is on top.
func expectTop(t *testing.T, s *Stack, want Screen) {
	t.Helper()
	if s.Top() != want {
		t.Errorf("%v is on top, want %v", s.Top(), want)
	}
}

// TestStackPushAndPop: a screen is on top until it is popped, and then Resume of the one below is called. The first screen stays.
func TestStackPushAndPop(t *testing.T) {
	t.Parallel()
	home, full := newNamed("home"), newNamed("full")
	s := NewStack(home)
	if s.Pop(); !s.IsHome() || home.resumed != 0 {
		t.Errorf("a pop at home: home %v, resumed %d times", s.IsHome(), home.resumed)
	}
	s.Push(full)
	expectTop(t, &s, full)
	if s.IsHome() || !s.Holds(home) || !s.Holds(full) || full.resumed != 0 {
		t.Errorf("home %v, holds %v and %v, resumed %d times", s.IsHome(), s.Holds(home), s.Holds(full), full.resumed)
	}
	s.Pop()
	expectTop(t, &s, home)
	if !s.IsHome() || s.Holds(full) || home.resumed != 1 {
		t.Errorf("home %v, holds it %v, resumed %d times", s.IsHome(), s.Holds(full), home.resumed)
	}
}

// TestStackPushAgain: a screen that is pushed again comes up, and those above it are removed.
func TestStackPushAgain(t *testing.T) {
	t.Parallel()
	home, gallery, full := newNamed("home"), newNamed("gallery"), newNamed("full")
	s := NewStack(home)
	s.Push(gallery)
	s.Push(full)
	s.Push(gallery)
	expectTop(t, &s, gallery)
	if s.Holds(full) || gallery.resumed != 1 {
		t.Errorf("holds the one above it %v, resumed %d times", s.Holds(full), gallery.resumed)
	}
	s.Pop()
	expectTop(t, &s, home)
}

// TestStackHome: Home removes all screens but the first.
func TestStackHome(t *testing.T) {
	t.Parallel()
	home := newNamed("home")
	s := NewStack(home)
	s.Home()
	s.Push(newNamed("gallery"))
	s.Push(newNamed("full"))
	s.Home()
	expectTop(t, &s, home)
	if home.resumed != 1 {
		t.Errorf("resumed %d times", home.resumed)
	}
}

// TestStackPushOverList: screens that do not show the list are removed first.
func TestStackPushOverList(t *testing.T) {
	t.Parallel()
	home, gallery, full, compare := newListed("home"), newListed("gallery"), newNamed("full"), newNamed("compare")
	s := NewStack(home)
	s.Push(gallery)
	s.Push(full)
	s.PushOverList(compare)
	expectTop(t, &s, compare)
	if s.Holds(full) {
		t.Error("the one without a list is still there")
	}
	s.Pop()
	expectTop(t, &s, gallery)
}

// TestStackKeepsCopies: a push does not change a copy of the stack that was made before.
func TestStackKeepsCopies(t *testing.T) {
	t.Parallel()
	s := NewStack(newNamed("home"))
	one, other := newNamed("one"), newNamed("other")
	s.Push(newNamed("below"))
	before := s
	s.Push(one)
	before.Push(other)
	expectTop(t, &s, one)
	expectTop(t, &before, other)
}

// TestStackDrawn: the uppermost screen that is ready is drawn; the first one always is.
func TestStackDrawn(t *testing.T) {
	t.Parallel()
	home, gallery, full := newNamed("home"), newNamed("gallery"), newNamed("full")
	home.notReady = true
	s := NewStack(home)
	s.Push(gallery)
	s.Push(full)
	for _, c := range []struct {
		gallery, full bool // not ready
		want          Screen
	}{{false, false, full}, {false, true, gallery}, {true, true, home}, {true, false, full}} {
		gallery.notReady, full.notReady = c.gallery, c.full
		if got := s.Drawn(); got != c.want {
			t.Errorf("%+v: %v is drawn, want %v", c, got, c.want)
		}
	}
}

// TestStackListWindow: the list's window is that of the uppermost screen that shows the list.
func TestStackListWindow(t *testing.T) {
	t.Parallel()
	s := NewStack(newListed("home"))
	s.Push(newNamed("full"))
	if height, across := s.ListWindow(); height != 4 || across != 2 {
		t.Errorf("under the full screen: %d, %d", height, across)
	}
	s.Push(newListed("gallery"))
	if height, _ := s.ListWindow(); height != 7 {
		t.Errorf("in the gallery: %d", height)
	}
	bare := NewStack(newNamed("home"))
	if height, across := bare.ListWindow(); height != 0 || across != 1 {
		t.Errorf("without a list: %d, %d", height, across)
	}
}
