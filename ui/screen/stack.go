package screen

import (
	"slices"

	"tintype/ui/keymap"
)

// Stack is the open screens. The first one is home, which is never closed.
type Stack struct{ screens []Screen }

// NewStack returns a stack with home alone.
func NewStack(home Screen) Stack { return Stack{[]Screen{home}} }

// Top returns the screen on top, which has the keys.
func (s *Stack) Top() Screen { return s.screens[len(s.screens)-1] }

// Places returns the places of the open screens, the one on top first.
func (s *Stack) Places() []keymap.Place {
	places := make([]keymap.Place, 0, len(s.screens))
	for _, open := range slices.Backward(s.screens) {
		places = append(places, open.Place())
	}
	return places
}

// Drawn returns the screen to draw: the uppermost one that is ready.
func (s *Stack) Drawn() Screen {
	for i := len(s.screens) - 1; i > 0; i-- {
		if s.screens[i].IsReady() {
			return s.screens[i]
		}
	}
	return s.screens[0]
}

// IsHome reports whether home is on top.
func (s *Stack) IsHome() bool { return len(s.screens) == 1 }

// Home closes every screen but home.
func (s *Stack) Home() {
	if !s.IsHome() {
		s.screens = s.screens[:1]
		s.Top().Resume()
	}
}

// Push puts a screen on top. If it is on the stack already, the screens over it are closed instead.
func (s *Stack) Push(top Screen) {
	for i, below := range s.screens {
		if below == top {
			s.screens = s.screens[:i+1]
			s.Top().Resume()
			return
		}
	}
	s.screens = append(s.screens[:len(s.screens):len(s.screens)], top)
}

// PushOverList closes the screens over the uppermost one that shows the list, and puts a screen on top of it.
func (s *Stack) PushOverList(top Screen) {
	for len(s.screens) > 1 {
		if _, ok := s.Top().(listHolder); ok {
			break
		}
		s.screens = s.screens[:len(s.screens)-1]
	}
	s.Push(top)
}

// Pop closes the screen on top, unless it is home.
func (s *Stack) Pop() {
	if !s.IsHome() {
		s.Uncover()
		s.Top().Resume()
	}
}

// Uncover closes the screen on top, which must not be home. The one below was only covered, and is not resumed.
func (s *Stack) Uncover() { s.screens = s.screens[:len(s.screens)-1] }

// Holds reports whether a screen is on the stack.
func (s *Stack) Holds(one Screen) bool {
	for _, other := range s.screens {
		if other == one {
			return true
		}
	}
	return false
}

// ListWindow returns the list's window in the uppermost screen that shows it.
func (s *Stack) ListWindow() (height, across int) {
	for i := len(s.screens) - 1; i >= 0; i-- {
		if holder, ok := s.screens[i].(listHolder); ok {
			return holder.ListWindow()
		}
	}
	return 0, 1
}

// ShowsList reports whether the screen on top shows the list.
func (s *Stack) ShowsList() bool {
	_, ok := s.Top().(listHolder)
	return ok
}
