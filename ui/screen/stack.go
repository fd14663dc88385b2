package screen

// Stack is the screens that lie over each other. The first one lies below all others and stays.
type Stack struct{ screens []Screen }

// NewStack returns a stack of the screen that lies below all others.
func NewStack(home Screen) Stack { return Stack{[]Screen{home}} }

// Top is the screen that has the keys.
func (s *Stack) Top() Screen { return s.screens[len(s.screens)-1] }

// Drawn is the screen to draw: the uppermost one that is ready.
func (s *Stack) Drawn() Screen {
	for i := len(s.screens) - 1; i > 0; i-- {
		if s.screens[i].IsReady() {
			return s.screens[i]
		}
	}
	return s.screens[0]
}

// IsHome reports whether nothing lies over the first screen.
func (s *Stack) IsHome() bool { return len(s.screens) == 1 }

// Home takes away what lies over the first screen.
func (s *Stack) Home() {
	if !s.IsHome() {
		s.screens = s.screens[:1]
		s.Top().Resume()
	}
}

// Push puts a screen on top. One that lies in the stack already comes up instead.
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

// PushOverList puts a screen on top of the uppermost one that shows the list; what lies over that is taken away.
func (s *Stack) PushOverList(top Screen) {
	for len(s.screens) > 1 {
		if _, ok := s.Top().(listHolder); ok {
			break
		}
		s.screens = s.screens[:len(s.screens)-1]
	}
	s.Push(top)
}

// Pop takes the top screen away; the first one stays.
func (s *Stack) Pop() {
	if s.IsHome() {
		return
	}
	s.screens = s.screens[:len(s.screens)-1]
	s.Top().Resume()
}

// Holds reports whether a screen is on the stack.
func (s *Stack) Holds(one Screen) bool {
	for _, other := range s.screens {
		if other == one {
			return true
		}
	}
	return false
}

// ListWindow is the window of the list: that of the uppermost screen that shows it.
func (s *Stack) ListWindow() (height, across int) {
	for i := len(s.screens) - 1; i >= 0; i-- {
		if holder, ok := s.screens[i].(listHolder); ok {
			return holder.ListWindow()
		}
	}
	return 0, 1
}
