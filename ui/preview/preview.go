package preview

import (
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/picture"
)

// StageStays is how long a picture of the form stays at least before the next one takes its place by itself.
const StageStays = 1500 * time.Millisecond

// SeenAfter is how long a picture must have stood on the stage to count as seen.
const SeenAfter = 500 * time.Millisecond

// SharpensAfter is how long leafing must have paused before a picture in rough cells is drawn as well as the terminal can.
const SharpensAfter = 80 * time.Millisecond

// Tile is one picture's place on the stage.
type Tile struct {
	FrameKey
	At cell.Rect // the room it may fill, in cells of the screen
}

// Scene is what stands on the stage: one prediction's pictures at their places. Two scenes of the same pictures in the
// same places are the same.
type Scene struct {
	Key    string // the prediction
	Output int    // which of its pictures, from 1; 0 all of them
	Tiles  []Tile
	Room   cell.Rect
}

// Same tells whether two scenes need the same drawing.
func (s Scene) Same(o Scene) bool {
	if s.Key != o.Key || s.Output != o.Output || s.Room != o.Room || len(s.Tiles) != len(o.Tiles) {
		return false
	}
	for i := range s.Tiles {
		if s.Tiles[i] != o.Tiles[i] {
			return false
		}
	}
	return true
}

// Preview shows pictures: the scene that is wanted, the one that is drawn until that one is ready, and the frames at hand.
type Preview struct {
	Want    Scene
	Shown   Scene
	Before  Subject   // what was shown last before that, for a flick
	Since   time.Time // when shown came
	Turned  time.Time // when another prediction was wanted
	Pinned  string    // the prediction chosen by pgup and pgdn, or left over from the last sitting
	Sent    string    // the prediction bought last
	Latest  []string  // predictions of this sitting whose pictures are saved, oldest first
	Frames  frames
	Zoom    Zoom
	Errors  map[string]string // absolute path → why it cannot be drawn, a sentence
	Details Details
}

// Details is where the facts of a picture stand.
type Details int

const (
	detailsBeside Details = iota // in what the picture's shape leaves free
	DetailsBelow                 // lent the lower third
	DetailsLog                   // the log, in the lower third
	DetailsOff
)

// New is an empty stage.
func New() Preview {
	return Preview{Frames: newFrames(FramesBudget), Errors: map[string]string{}}
}

// Subject is the prediction that belongs on the stage: in the form this sitting's latest, one after the other, unless
// another one is looked at; in the list the selected one, strictly.
func (s *Preview) Subject(inForm bool, selected string, now time.Time) string {
	if !inForm {
		return selected
	}
	switch {
	case s.Pinned != "":
		return s.Pinned
	case len(s.Latest) == 0 && len(s.Shown.Tiles) == 0:
		return s.Sent // its plate, until there is a picture
	case len(s.Latest) == 0:
		return s.Shown.Key
	}
	last := s.Latest[len(s.Latest)-1]
	if s.Shown.Key != "" && s.Shown.Key != last && now.Sub(s.Since) < StageStays && len(s.Latest) > 1 {
		return s.Shown.Key
	}
	return last
}

// scene lays out the pictures of an entry in a room of cells.
func SceneOf(e history.Entry, output int, room cell.Rect, can picture.Capabilities, path func(string) string) Scene {
	sc := Scene{Key: e.Key, Output: output, Room: room}
	var paths []string
	for i, o := range e.Outputs {
		if o.Path != "" && (output == 0 || output == i+1) {
			paths = append(paths, path(o.Path))
		}
	}
	for i, place := range grid(len(paths), room, e) {
		key := FrameKey{Path: paths[i], Box: picture.Cells{W: place.W, H: place.H}, Cap: can}
		sc.Tiles = append(sc.Tiles, Tile{key, place})
	}
	return sc
}

// grid is the places of n pictures in a room: 2 along its longer side, 3 and 4 as 2×2, more in rows of 3.
func grid(n int, room cell.Rect, e history.Entry) []cell.Rect {
	if n == 0 || room.Empty() {
		return nil
	}
	columns, rows := 1, 1
	switch {
	case n == 2 && sideBySide(room, e):
		columns = 2
	case n == 2:
		rows = 2
	case n == 3 || n == 4:
		columns, rows = 2, 2
	case n > 4:
		columns, rows = 3, (n+2)/3
	}
	places := make([]cell.Rect, n)
	w, h := (room.W-columns+1)/columns, room.H/rows
	for i := range places {
		places[i] = cell.Rect{X: room.X + (i%columns)*(w+1), Y: room.Y + (i/columns)*h, W: w, H: h}
	}
	return places
}

// sideBySide tells whether two pictures are larger beside each other than above each other. A cell is about twice as
// high as wide.
func sideBySide(room cell.Rect, e history.Entry) bool {
	w, h := PictureSize(e)
	if w == 0 || h == 0 {
		w, h = 1, 1
	}
	beside := min(float64(room.W)/2/float64(w), 2*float64(room.H)/float64(h))
	above := min(float64(room.W)/float64(w), float64(room.H)/float64(h))
	return beside >= above
}

// PictureSize is the size in pixels of an entry's first saved picture; 0, 0 when it has none.
func PictureSize(e history.Entry) (w, h int) {
	for _, o := range e.Outputs {
		if o.Width > 0 && o.Height > 0 {
			return o.Width, o.Height
		}
	}
	return 0, 0
}

// ready tells whether every tile of the wanted scene can be drawn, or is known to be undrawable.
func (s *Preview) ready() bool {
	for _, t := range s.Want.Tiles {
		if _, ok := s.Frames.Best(t.FrameKey); !ok && s.Errors[t.Path] == "" {
			return false
		}
	}
	return true
}

// SetWant takes the scene that should stand on the stage.
func (s *Preview) SetWant(sc Scene, now time.Time) {
	if sc.Key != s.Want.Key || sc.Output != s.Want.Output {
		s.Turned = now
	}
	s.Want = sc
}

// Settle shows the wanted scene once it is ready. The one before stays in its cells until then.
func (s *Preview) Settle(now time.Time) {
	if s.Want.Same(s.Shown) || !s.ready() {
		return
	}
	if s.Want.Key != s.Shown.Key {
		s.Since = now
	}
	s.RememberShown(Subject{s.Want.Key, s.Want.Output})
	s.Shown = s.Want
}

// NextMissing is what the wanted scene needs next: rough cells for each tile that has nothing, and then, once leafing has paused,
// the best that the terminal shows.
func (s *Preview) NextMissing(now time.Time) (FrameKey, bool) {
	for _, t := range s.Want.Tiles {
		if _, ok := s.Frames.Best(t.FrameKey); !ok && s.Errors[t.Path] == "" {
			return t.first(), true
		}
	}
	if s.SharpenIn(now) > 0 {
		return FrameKey{}, false
	}
	return s.FirstMissing(s.Want.Tiles)
}

// SharpenIn is how long the best of the wanted scene still waits; 0 when it waits no more, or has come.
func (s *Preview) SharpenIn(now time.Time) time.Duration {
	if _, lacks := s.FirstMissing(s.Want.Tiles); !lacks {
		return 0
	}
	return max(0, SharpensAfter-now.Sub(s.Turned))
}

// FirstMissing is the first of some tiles that has no frame yet.
func (s *Preview) FirstMissing(tiles []Tile) (FrameKey, bool) {
	for _, t := range tiles {
		if _, ok := s.Frames.Get(t.FrameKey); !ok && s.Errors[t.Path] == "" {
			return t.FrameKey, true
		}
	}
	return FrameKey{}, false
}

// AddLatest remembers a prediction of this sitting whose pictures are on disk: it goes on the stage of the form.
func (s *Preview) AddLatest(key string) { s.Latest = append(s.Latest, key) }
