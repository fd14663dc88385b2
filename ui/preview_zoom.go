package ui

import "math"

// zoom is how large a picture stands on the whole screen, and where one looks at one that is larger. It stays while one leafs and
// flicks, so that the same part of the next picture comes into the same cells.
type zoom struct {
	percent int     // screen pixels to a hundred of the picture's; 0: as large as fits
	x, y    float64 // the middle of what is seen, from 0 to 1 of the picture
}

// along is one direction: where the part that is seen begins and how many of all pixels it has, and how many cells of so many
// pixels it fills, room at most.
func (z zoom) along(middle float64, all, room, cell int) (from, part, cells int) {
	cells = max(1, min(int(math.Round(float64(all*z.percent)/100/float64(cell))), room))
	part = all
	if cells == room {
		part = max(1, min(room*cell*100/z.percent, all))
	}
	return max(0, min(int(math.Round(middle*float64(all)))-part/2, all-part)), part, cells
}

// subject is what a stage shows: a prediction, and which of its pictures, from 1; 0 all of them.
type subject struct {
	key    string
	output int
}

// leave remembers what is shown for a flick, if what comes next is something else to look at.
func (s *stage) leave(next subject) {
	now := subject{s.shown.key, s.shown.output}
	entered := now.key == next.key && (now.output == 0 || next.output == 0 || now.output == next.output)
	if len(s.shown.tiles) > 0 && !entered {
		s.before = now
	}
}

// roughly is the first picture of a scene to come that could not be drawn at all.
func (s *stage) roughly(sc scene) (frameKey, bool) {
	for _, t := range sc.tiles {
		if _, ok := s.frames.best(t.frameKey); !ok && s.troubles[t.path] == "" {
			return t.cells(), true
		}
	}
	return frameKey{}, false
}
