package preview

import "math"

// Zoom is how large a picture stands on the whole screen, and where one looks at one that is larger. It stays while one leafs and
// flicks, so that the same part of the next picture comes into the same cells.
type Zoom struct {
	Percent int     // screen pixels to a hundred of the picture's; 0: as large as fits
	X, Y    float64 // the middle of what is seen, from 0 to 1 of the picture
}

// Along is one direction: where the part that is seen begins and how many of all pixels it has, and how many cells of so many
// pixels it fills, room at most.
func (z Zoom) Along(middle float64, all, room, cell int) (from, part, cells int) {
	cells = max(1, min(int(math.Round(float64(all*z.Percent)/100/float64(cell))), room))
	part = all
	if cells == room {
		part = max(1, min(room*cell*100/z.Percent, all))
	}
	return max(0, min(int(math.Round(middle*float64(all)))-part/2, all-part)), part, cells
}

// Subject is what a stage shows: a prediction, and which of its pictures, from 1; 0 all of them.
type Subject struct {
	Key    string
	Output int
}

// RememberShown remembers what is shown for a flick, if what comes next is something else to look at.
func (s *Preview) RememberShown(next Subject) {
	now := Subject{s.Shown.Key, s.Shown.Output}
	entered := now.Key == next.Key && (now.Output == 0 || next.Output == 0 || now.Output == next.Output)
	if len(s.Shown.Tiles) > 0 && !entered {
		s.Before = now
	}
}

// FirstDraft is the first picture of a scene to come that could not be drawn at all.
func (s *Preview) FirstDraft(sc Scene) (FrameKey, bool) {
	for _, t := range sc.Tiles {
		if _, ok := s.Frames.Best(t.FrameKey); !ok && s.Errors[t.Path] == "" {
			return t.cells(), true
		}
	}
	return FrameKey{}, false
}
