package ui

import (
	"time"

	"tintype/history"
	"tintype/ui/picture"
)

// stageStays is how long a picture of the form stays at least before the next one takes its place by itself.
const stageStays = 1500 * time.Millisecond

// seenAfter is how long a picture must have stood on the stage to count as seen.
const seenAfter = 500 * time.Millisecond

// sharpensAfter is how long leafing must have paused before a picture in rough cells is drawn as well as the terminal can.
const sharpensAfter = 80 * time.Millisecond

// tile is one picture's place on the stage.
type tile struct {
	frameKey
	at rect // the room it may fill, in cells of the screen
}

// scene is what stands on the stage: one prediction's pictures at their places. Two scenes of the same pictures in the
// same places are the same.
type scene struct {
	key    string // the prediction
	output int    // which of its pictures, from 1; 0 all of them
	tiles  []tile
	room   rect
}

// same tells whether two scenes need the same drawing.
func (s scene) same(o scene) bool {
	if s.key != o.key || s.output != o.output || s.room != o.room || len(s.tiles) != len(o.tiles) {
		return false
	}
	for i := range s.tiles {
		if s.tiles[i] != o.tiles[i] {
			return false
		}
	}
	return true
}

// stage shows pictures: the scene that is wanted, the one that is drawn until that one is ready, and the frames at hand.
type stage struct {
	want     scene
	shown    scene
	before   subject   // what was shown last before that, for a flick
	since    time.Time // when shown came
	turned   time.Time // when another prediction was wanted
	looked   string    // the prediction chosen by pgup and pgdn, or left over from the last sitting
	sent     string    // the prediction bought last
	latest   []string  // predictions of this sitting whose pictures are saved, oldest first
	frames   frames
	zoom     zoom
	troubles map[string]string // absolute path → why it cannot be drawn, a sentence
	facts    factsShown
}

// factsShown is where the facts of a picture stand.
type factsShown int

const (
	factsFree  factsShown = iota // in what the picture's shape leaves free
	factsBelow                   // lent the lower third
	factsLog                     // the log, in the lower third
	factsOff
)

// newStage is an empty stage.
func newStage() stage {
	return stage{frames: newFrames(framesBudget), troubles: map[string]string{}}
}

// subject is the prediction that belongs on the stage: in the form this sitting's latest, one after the other, unless
// another one is looked at; in the list the selected one, strictly.
func (s *stage) subject(inForm bool, selected string, now time.Time) string {
	if !inForm {
		return selected
	}
	switch {
	case s.looked != "":
		return s.looked
	case len(s.latest) == 0 && len(s.shown.tiles) == 0:
		return s.sent // its plate, until there is a picture
	case len(s.latest) == 0:
		return s.shown.key
	}
	last := s.latest[len(s.latest)-1]
	if s.shown.key != "" && s.shown.key != last && now.Sub(s.since) < stageStays && len(s.latest) > 1 {
		return s.shown.key
	}
	return last
}

// scene lays out the pictures of an entry in a room of cells.
func sceneOf(e history.Entry, output int, room rect, can picture.Capabilities, path func(string) string) scene {
	sc := scene{key: e.Key, output: output, room: room}
	var paths []string
	for i, o := range e.Outputs {
		if o.Path != "" && (output == 0 || output == i+1) {
			paths = append(paths, path(o.Path))
		}
	}
	for i, place := range grid(len(paths), room, e) {
		key := frameKey{path: paths[i], box: picture.Cells{W: place.w, H: place.h}, cap: can}
		sc.tiles = append(sc.tiles, tile{key, place})
	}
	return sc
}

// grid is the places of n pictures in a room: 2 along its longer side, 3 and 4 as 2×2, more in rows of 3.
func grid(n int, room rect, e history.Entry) []rect {
	if n == 0 || room.empty() {
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
	places := make([]rect, n)
	w, h := (room.w-columns+1)/columns, room.h/rows
	for i := range places {
		places[i] = rect{room.x + (i%columns)*(w+1), room.y + (i/columns)*h, w, h}
	}
	return places
}

// sideBySide tells whether two pictures are larger beside each other than above each other. A cell is about twice as
// high as wide.
func sideBySide(room rect, e history.Entry) bool {
	w, h := pictureSize(e)
	if w == 0 || h == 0 {
		w, h = 1, 1
	}
	beside := min(float64(room.w)/2/float64(w), 2*float64(room.h)/float64(h))
	above := min(float64(room.w)/float64(w), float64(room.h)/float64(h))
	return beside >= above
}

// pictureSize is the size in pixels of an entry's first saved picture; 0, 0 when it has none.
func pictureSize(e history.Entry) (w, h int) {
	for _, o := range e.Outputs {
		if o.Width > 0 && o.Height > 0 {
			return o.Width, o.Height
		}
	}
	return 0, 0
}

// ready tells whether every tile of the wanted scene can be drawn, or is known to be undrawable.
func (s *stage) ready() bool {
	for _, t := range s.want.tiles {
		if _, ok := s.frames.best(t.frameKey); !ok && s.troubles[t.path] == "" {
			return false
		}
	}
	return true
}

// wants takes the scene that should stand on the stage.
func (s *stage) wants(sc scene, now time.Time) {
	if sc.key != s.want.key || sc.output != s.want.output {
		s.turned = now
	}
	s.want = sc
}

// settle shows the wanted scene once it is ready. The one before stays in its cells until then.
func (s *stage) settle(now time.Time) {
	if s.want.same(s.shown) || !s.ready() {
		return
	}
	if s.want.key != s.shown.key {
		s.since = now
	}
	s.leave(subject{s.want.key, s.want.output})
	s.shown = s.want
}

// missing is what the wanted scene needs next: rough cells for each tile that has nothing, and then, once leafing has paused,
// the best that the terminal shows.
func (s *stage) missing(now time.Time) (frameKey, bool) {
	for _, t := range s.want.tiles {
		if _, ok := s.frames.best(t.frameKey); !ok && s.troubles[t.path] == "" {
			return t.first(), true
		}
	}
	if s.sharpens(now) > 0 {
		return frameKey{}, false
	}
	return s.lacks(s.want.tiles)
}

// sharpens is how long the best of the wanted scene still waits; 0 when it waits no more, or has come.
func (s *stage) sharpens(now time.Time) time.Duration {
	if _, lacks := s.lacks(s.want.tiles); !lacks {
		return 0
	}
	return max(0, sharpensAfter-now.Sub(s.turned))
}

// lacks is the first of some tiles that has no frame yet.
func (s *stage) lacks(tiles []tile) (frameKey, bool) {
	for _, t := range tiles {
		if _, ok := s.frames.get(t.frameKey); !ok && s.troubles[t.path] == "" {
			return t.frameKey, true
		}
	}
	return frameKey{}, false
}

// saved remembers a prediction of this sitting whose pictures are on disk: it goes on the stage of the form.
func (s *stage) saved(key string) { s.latest = append(s.latest, key) }
