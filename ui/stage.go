package ui

import (
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/picture"
)

// stageStays is how long a picture of the form stays at least before the next one takes its place by itself.
const stageStays = 1500 * time.Millisecond

// seenAfter is how long a picture must have stood on the stage to count as seen.
const seenAfter = 500 * time.Millisecond

// sharpensAfter is how long leafing must have paused before a picture in cells is drawn in pixels.
const sharpensAfter = 80 * time.Millisecond

// framesBudget bounds the bytes of pictures kept ready for their cells.
const framesBudget = 64 << 20

// frameKey names a picture at a size: what is asked of render, and what its answer is kept under.
type frameKey struct {
	path string // absolute
	box  picture.Cells
	cap  picture.Capabilities
}

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
		key := frameKey{paths[i], picture.Cells{W: place.w, H: place.h}, can}
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

// missing is what the wanted scene needs next: cells for each tile that has nothing, and then, once leafing has paused, pixels
// where the terminal shows them.
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

// sharpens is how long the pixels of the wanted scene still wait; 0 when they wait no more, or have come.
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

// frames keeps rendered pictures within a budget of bytes, and remembers what the terminal is to forget.
type frames struct {
	cache *picture.Cache
	gone  []byte // what makes the terminal forget the frames that were let go
}

func newFrames(budget int) frames { return frames{cache: picture.NewCache(budget)} }

// name is a frame's name in the cache. Files are written once, so that their state need not be part of it.
func (k frameKey) name() picture.Key {
	return picture.Key{Path: k.path, Size: k.box, Protocol: k.cap.Protocol}
}

// cells is the key of the same picture in cells.
func (k frameKey) cells() frameKey {
	k.cap.Protocol = picture.Blocks
	return k
}

// first is what to make of a picture first: cells, which are there at once, or the file itself where the terminal takes it whole,
// which is faster still.
func (k frameKey) first() frameKey {
	kitty := k.cap.Protocol == picture.Kitty || k.cap.Protocol == picture.KittyDirect
	if kitty && !k.cap.Remote && strings.HasSuffix(k.path, ".png") {
		return k
	}
	return k.cells()
}

// best is the frame of key, else the same picture in cells.
func (f *frames) best(key frameKey) (picture.Frame, bool) {
	if frame, ok := f.get(key); ok {
		return frame, true
	}
	return f.get(key.cells())
}

// get is the frame of key, and counts as a use.
func (f *frames) get(key frameKey) (picture.Frame, bool) { return f.cache.Get(key.name()) }

// put keeps a frame; old ones beyond the budget are let go.
func (f *frames) put(key frameKey, frame picture.Frame) { f.forget(f.cache.Put(key.name(), frame)) }

// clear lets every frame go: the cells have another size, or the terminal is to be drawn anew.
func (f *frames) clear() { f.forget(f.cache.Clear()) }

func (f *frames) forget(gone []picture.Frame) {
	for _, frame := range gone {
		f.gone = append(f.gone, frame.Forget...)
	}
}

// forgotten hands over what tells the terminal to forget frames, once.
func (f *frames) forgotten() []byte {
	gone := f.gone
	f.gone = nil
	return gone
}
