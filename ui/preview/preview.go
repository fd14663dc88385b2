package preview

import (
	"slices"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/picture"
	"tintype/ui/runner"
)

const (
	// MinDisplay is the least time that the form shows a new picture before the next new one replaces it.
	MinDisplay = 1500 * time.Millisecond
	// SharpenDelay is how long the user must have paused before a draft is replaced by the best picture that the terminal can show.
	SharpenDelay = 80 * time.Millisecond
	// seenDelay is how long a picture must have been shown to count as seen.
	seenDelay = 500 * time.Millisecond
)

// Source is what the preview needs to know besides the list of predictions.
type Source interface {
	Path(rel string) string // the absolute path of a picture; "" if it is not to be drawn
	// StatusWithin says what a job is doing or how it ended: a sentence, or facts; "" if there is nothing to say. What a provider said in it
	// is shortened until it fits. What happened and what to do are never cut.
	StatusWithin(row runner.Row, fits func(string) bool) string
	Cost(e history.Entry) string      // "" if it is unknown
	Ended(e history.Entry) string     // how and when a prediction ended, in few words
	Made(e history.Entry) string      // how long ago and when a prediction was made
	Provider(e history.Entry) string  // the name of its provider
	Progress(row runner.Row) Progress // how far a running job is
	Empty() (Placeholder, bool)       // what is drawn while there is no prediction to show; false: nothing
}

// Progress is how far a running job is, for its plate.
type Progress struct {
	Fraction float64 // 0 to 1; < 0 unknown
	Text     string  // in few words: how long it will take, or what it waits for; may be ""
	Bar      bool    // it has a bar; one without a known fraction has a sign of life, which moves with Step
	Step     int
}

// Placeholder is the empty shape of a picture that is not there.
type Placeholder struct {
	W, H int    // the picture's size in pixels; 0: unknown
	Text string // a sentence in its middle
}

// Place is where the preview is and what it follows.
type Place struct {
	Room     cell.Rect // where it has room now: beside the form, or on the entire screen; empty: nowhere
	Screen   cell.Rect // the room of a picture on the entire screen
	IsFull   bool      // it has the entire screen
	KeepZoom bool      // it has the entire screen, or will have it again when the help closes
	InForm   bool      // the form has the keys: an earlier picture stays until a purchase has its own
	Caps     picture.Capabilities
}

// Preview shows pictures: the scene that is wanted, the one that is drawn until that one is ready, and the frames that are ready.
type Preview struct {
	list     *list.List // whose selection it follows
	source   Source
	place    Place
	want     Scene
	shown    Scene
	previous Subject   // what was shown before that
	shownAt  time.Time // when shown came
	turnedAt time.Time // when another picture, or another part of it, was last wanted
	visit    visit
	awaited  string   // the purchase whose picture the form waits for, while it shows an earlier one; "" for none
	saved    []string // the last two predictions of this session whose pictures were saved, oldest first
	details  Details
	openLog  string // the prediction whose log was opened on the entire screen; "" for none
	log      logCache
	zoom     zoom
	errors   map[string]string // absolute path → why it cannot be drawn, a sentence
	frames   frameCache
	renders  renders
	layer    []placement // the pictures that are over the text, by slot
}

// New returns an empty preview of a list's predictions.
func New(l *list.List, source Source) *Preview {
	return &Preview{list: l, source: source, frames: newFrameCache(frameBudget), errors: map[string]string{}, renders: newRenders()}
}

// Reset forgets what was shown, for another session. What the terminal has to delete is kept.
func (p *Preview) Reset() {
	p.frames.clear()
	*p = Preview{
		list: p.list, source: p.source, place: p.place, frames: p.frames, errors: map[string]string{}, renders: p.renders, layer: p.layer,
	}
}

// SetPlace says where the preview is now. The zoom and an opened log end when the preview leaves the entire screen.
func (p *Preview) SetPlace(place Place) {
	p.place = place
	if !place.KeepZoom {
		p.openLog = ""
	}
	if !place.KeepZoom && p.zoom.percent != 0 {
		p.unzoom()
	}
}

// Follow decides which scene is wanted, and shows it if it is ready. The scene before it stays in its cells until then.
func (p *Preview) Follow(now time.Time) {
	p.setWant(now)
	p.settle(now)
}

// subject is the prediction that the preview is about: the one that is visited, or the selected one. A purchase is awaited in the form:
// until it has a picture, earlier pictures are shown, each new one for at least MinDisplay.
func (p *Preview) subject(now time.Time) string {
	if p.visit.key != "" {
		return p.visit.key
	}
	key := p.list.Cursor()
	if !p.awaits(key) {
		p.awaited = ""
		return key
	}
	isNew := slices.Contains(p.saved, p.shown.Key)
	if isNew && now.Sub(p.shownAt) < MinDisplay && len(p.saved) > 1 {
		return p.shown.Key
	}
	if e, _ := p.list.Entry(key); HasPicture(e) {
		return key
	}
	if n := len(p.saved); n > 0 {
		return p.saved[n-1]
	}
	return p.shown.Key
}

// awaits reports whether the form still shows a picture from before the selected purchase. That ends when the purchase is shown, ends
// without a picture, or is no longer what the user looks at in the form.
func (p *Preview) awaits(key string) bool {
	if !p.place.InForm || key == "" || key != p.awaited || key == p.shown.Key || len(p.shown.Tiles) == 0 {
		return false
	}
	row, ok := p.list.Row(key)
	return ok && (!isOver(row) || HasPicture(row.Entry))
}

// setWant decides what the preview should show.
func (p *Preview) setWant(now time.Time) {
	room, key := p.room(), p.subject(now)
	e, ok := p.list.Entry(key)
	if room.Empty() || (key != "" && !ok) {
		return // the entry is being read: what is shown stays
	}
	sc := Scene{Room: room}
	if key != "" {
		output := 0
		if key == p.list.Cursor() {
			output = p.list.Output()
		}
		sc = p.magnify(p.scene(e, output, room))
	}
	if sc.Key != p.want.Key || sc.Output != p.want.Output {
		p.turnedAt = now
	}
	p.want = sc
}

// settle shows the wanted scene once it is ready.
func (p *Preview) settle(now time.Time) {
	if p.want.Equal(p.shown) || !p.isReady() {
		return
	}
	if p.want.Key != p.shown.Key || len(p.shown.Tiles) == 0 && len(p.want.Tiles) > 0 {
		p.shownAt = now
	}
	p.remember(Subject{Key: p.want.Key, Output: p.want.Output})
	p.shown = p.want
}

// isReady reports whether every tile of the wanted scene can be drawn, or is known not to be drawable.
func (p *Preview) isReady() bool {
	for _, t := range p.want.Tiles {
		if p.lacksAll(t) {
			return false
		}
	}
	return true
}

// Shown returns the scene that is drawn.
func (p *Preview) Shown() Scene { return p.shown }

// Reopen shows nothing until the picture that was opened elsewhere is ready, and remembers what was shown until now.
func (p *Preview) Reopen(next Subject) {
	p.remember(next)
	p.shown = Scene{}
}

// remember keeps what is shown as the previous subject, if what comes next is another one. Entering or leaving one of several pictures
// does not count as another one.
func (p *Preview) remember(next Subject) {
	now := Subject{Key: p.shown.Key, Output: p.shown.Output}
	entered := now.Key == next.Key && (now.Output == 0 || next.Output == 0 || now.Output == next.Output)
	if len(p.shown.Tiles) > 0 && !entered {
		p.previous = now
	}
}

// Previous returns what the user looked at before the present subject. In a gallery the selection moves on while the preview is hidden,
// so what the preview shows may be the previous subject.
func (p *Preview) Previous(inGallery bool) (Subject, bool) {
	if inGallery && p.shown.Key != "" && len(p.shown.Tiles) > 0 && p.shown.Key != p.list.Cursor() {
		return Subject{Key: p.shown.Key, Output: p.shown.Output}, true
	}
	return p.previous, p.previous.Key != ""
}

// OnSubmitted makes the form wait for the picture of a new purchase, which is selected.
func (p *Preview) OnSubmitted(key string) {
	p.awaited = key
	if !slices.Contains(p.saved, p.shown.Key) {
		p.saved = nil // what the user looks at stays
	}
}

// OnSaved makes a prediction of this session, whose pictures are on disk, the latest.
func (p *Preview) OnSaved(key string) { p.saved = append(p.saved[max(len(p.saved)-1, 0):], key) }

// Seen returns the prediction that has been shown long enough to count as seen.
func (p *Preview) Seen(now time.Time) (key string, ok bool) {
	return p.shown.Key, p.shown.Key != "" && now.Sub(p.shownAt) >= seenDelay
}

// NextChange returns how long the preview stays as it is without a message; ok is false if it stays forever.
func (p *Preview) NextChange(now time.Time) (due time.Duration, ok bool) {
	sooner := func(d time.Duration) {
		if !ok || d < due {
			due, ok = d, true
		}
	}
	if left := p.sharpenIn(now); left > 0 {
		sooner(left)
	}
	if key := p.shown.Key; key != "" && p.list.IsUnseen(key) {
		sooner(seenDelay - now.Sub(p.shownAt))
	}
	if n := len(p.saved); n > 0 && p.shown.Key != p.saved[n-1] {
		if left := MinDisplay - now.Sub(p.shownAt); left > 0 {
			sooner(left)
		}
	}
	return due, ok
}

// ClearFrames forgets every rendered picture: the terminal draws pictures in another way now.
func (p *Preview) ClearFrames() { p.frames.clear() }

// Reload draws every picture again, and reads again what could not be read.
func (p *Preview) Reload() {
	p.frames.clear()
	clear(p.errors)
}

// TakeDeletes returns what makes the terminal delete the pictures that have left the cache since the last call.
func (p *Preview) TakeDeletes() []byte { return p.frames.takeDeletes() }

// Frame returns the frame of a tile, if it is ready.
func (p *Preview) Frame(t Tile) (picture.Frame, bool) { return p.frames.get(t.FrameKey) }

// FrameOrDraft returns the frame of a tile, or else its draft.
func (p *Preview) FrameOrDraft(t Tile) (picture.Frame, bool) { return p.frames.best(t.FrameKey) }

// centre is the place of a frame in the middle of its room.
func centre(room cell.Rect, frame picture.Frame) cell.Rect {
	w, h := 0, len(frame.Lines)
	if h > 0 {
		w = cell.Width(frame.Lines[0])
	}
	return cell.Rect{X: room.X + (room.W-w)/2, Y: room.Y + (room.H-h)/2, W: w, H: h}
}

// tilePlace is the place of a frame in a tile of the scene that is shown: a single one leaves room for details, one of several is in the
// middle.
func (p *Preview) tilePlace(t Tile, frame picture.Frame) cell.Rect {
	at := centre(t.At, frame)
	if len(p.shown.Tiles) == 1 && p.shown.Room != p.place.Screen && !p.detailsNow().Borrow() {
		at, _ = layout.PlacePicture(t.At, at.W, at.H)
	}
	return at
}
