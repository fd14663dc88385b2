package preview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/picture"
	"tintype/ui/runner"
)

// fakeSource says nothing about predictions.
type fakeSource struct{}

func (fakeSource) Path(rel string) string                            { return "/" + rel }
func (fakeSource) StatusWithin(runner.Row, func(string) bool) string { return "" }
func (fakeSource) Cost(history.Entry) string                         { return "" }
func (fakeSource) Ended(history.Entry) string                        { return "done" }
func (fakeSource) Empty() (Placeholder, bool)                        { return Placeholder{}, true }
func (fakeSource) Made(history.Entry) string                         { return "just now" }
func (fakeSource) Provider(history.Entry) string                     { return "Replicate" }
func (fakeSource) Progress(runner.Row) Progress                      { return Progress{Fraction: -1} }

// withPictures is a preview of 40×20 cells beside a list of n predictions with a picture each, in a terminal of a protocol.
func withPictures(protocol picture.Protocol, n int) (*Preview, *list.List) {
	l := list.New()
	l.Resize(n, 1)
	for i := range n {
		l.Add(history.Entry{
			Key: fmt.Sprint("key", i), State: history.Done, Outputs: []history.Output{{Path: fmt.Sprint(i, ".png"), Width: 800, Height: 800}},
		})
	}
	p := New(&l, fakeSource{})
	p.SetPlace(Place{
		Room: cell.Rect{W: 40, H: 20}, Screen: cell.Rect{W: 80, H: 24},
		Caps: picture.Capabilities{Protocol: protocol, Colours: 1 << 24, Remote: true},
	})
	return p, &l
}

// blank is a frame of w×h cells.
func blank(w, h int) picture.Frame {
	line := string(slices.Repeat([]byte{' '}, w))
	return picture.Frame{Lines: slices.Repeat([]string{line}, h)}
}

// renderNext makes the next picture ready. It reports false if there is none.
func renderNext(p *Preview, now time.Time) (FrameKey, bool) {
	want, missing := p.Next(now)
	if missing {
		frame := blank(want.Box.W, want.Box.H)
		frame.Overlay = want.Caps.Protocol == picture.Sixel
		p.OnRendered(Rendered{Key: want, Frame: frame})
	}
	return want, missing
}

// TestShownUntilReady: the picture that was shown stays until the next one can be drawn, which its draft is enough for.
func TestShownUntilReady(t *testing.T) {
	t.Parallel()
	p, l := withPictures(picture.Sixel, 2)
	now := time.Now()
	p.Follow(now)
	if key := p.Shown().Key; key != "" {
		t.Fatalf("%s is shown before it is ready", key)
	}
	if first, _ := renderNext(p, now); first.Quality != Draft {
		t.Errorf("the first frame is %+v, want a draft", first)
	}
	p.Follow(now)
	if key := p.Shown().Key; key != "key1" {
		t.Fatalf("%q is shown, want key1", key)
	}
	l.Move(1)
	p.Follow(now)
	if key := p.Shown().Key; key != "key1" {
		t.Errorf("%q is shown before it is ready", key)
	}
	renderNext(p, now)
	p.Follow(now)
	if key := p.Shown().Key; key != "key0" {
		t.Errorf("%q is shown, want key0", key)
	}
	if before, ok := p.Previous(false); !ok || before.Key != "key1" {
		t.Errorf("the previous one is %v", before)
	}
}

// TestSharpAfterPause: the draft is followed by drafts of the neighbours, and after a pause by the sharp picture.
func TestSharpAfterPause(t *testing.T) {
	t.Parallel()
	p, _ := withPictures(picture.Sixel, 3)
	now := time.Now()
	p.Follow(now)
	var paths []string
	for {
		p.Follow(now)
		want, missing := renderNext(p, now)
		if !missing {
			break
		}
		if want.Quality != Draft {
			t.Fatalf("%+v is wanted before a pause", want)
		}
		paths = append(paths, want.Path)
	}
	if want := []string{"/2.png", "/1.png", "/0.png"}; !slices.Equal(paths, want) {
		t.Errorf("drafts of %v, want %v", paths, want)
	}
	due, ok := p.NextChange(now)
	if !ok || due != SharpenDelay {
		t.Errorf("the next change is due in %v, %v", due, ok)
	}
	if want, _ := renderNext(p, now.Add(due)); want.Path != "/2.png" || want.Quality != Sharp || want.Caps.Protocol != picture.Sixel {
		t.Errorf("after a pause %+v is wanted", want)
	}
}

// TestUndrawable: a picture that cannot be drawn is not tried again, until everything is reloaded.
func TestUndrawable(t *testing.T) {
	t.Parallel()
	p, _ := withPictures(picture.Blocks, 1)
	now := time.Now()
	p.Follow(now)
	want, _ := p.Next(now)
	p.OnRendered(Rendered{Key: want, Err: fmt.Errorf("it is damaged")})
	p.Follow(now)
	if again, missing := p.Next(now.Add(time.Second)); missing {
		t.Errorf("%+v is tried again", again)
	}
	if key := p.Shown().Key; key != "key0" {
		t.Errorf("%q is shown, want the picture that cannot be drawn", key)
	}
	p.Reload()
	if _, missing := p.Next(now); !missing {
		t.Error("it is not tried again after a reload")
	}
}

// TestLayerSlots: each tile has a slot of its own, so that a picture that comes later moves none of the others; what is covered is
// removed.
func TestLayerSlots(t *testing.T) {
	t.Parallel()
	p, _ := withPictures(picture.Sixel, 2)
	cover := Cover{Screen: cell.Rect{W: 80, H: 24}}
	thumbs := []Thumb{p.Thumb("key0", cell.Rect{W: 10, H: 5}), p.Thumb("key1", cell.Rect{X: 20, W: 10, H: 5})}
	render := func(t Thumb) {
		frame := blank(10, 5)
		frame.Overlay = true
		p.OnRendered(Rendered{Key: t.Tiles[0].FrameKey, Frame: frame})
	}
	changes := func(want ...string) {
		t.Helper()
		var got []string
		for _, c := range p.LayerChanges(thumbs, cover) {
			if c.Remove {
				got = append(got, fmt.Sprint("remove ", c.Slot))
				continue
			}
			got = append(got, fmt.Sprint("place ", c.Slot, " at ", c.X, ",", c.Y))
		}
		if !slices.Equal(got, want) {
			t.Errorf("changes are %v, want %v", got, want)
		}
	}
	changes()
	render(thumbs[1])
	changes("place 1 at 20,0")
	render(thumbs[0])
	changes("place 0 at 0,0")
	changes()
	cover.Over = []cell.Rect{{X: 25, Y: 4, W: 1, H: 1}}
	changes("remove 1")
	cover.Over = nil
	changes("place 1 at 20,0")
	cover.All = true
	changes("remove 0", "remove 1")
}

// TestSheet: several pictures get the places with the most area, each with the row for its number below. One that has not come has its
// place already while the others are being saved, and none afterwards. One alone has the entire room.
func TestSheet(t *testing.T) {
	t.Parallel()
	l := list.New()
	p := New(&l, fakeSource{})
	for _, c := range []struct {
		name  string
		entry history.Entry
		room  cell.Rect
		want  string
	}{
		{"four squares", sheetOf(history.Done, 1, 1, "a", "b", "c", "d"), cell.Rect{W: 62, H: 31}, "1 {2 0 28 14}, 2 {32 0 28 14}, 3 {2 16 28 14}, 4 {32 16 28 14}"},
		{"three portraits", sheetOf(history.Done, 4, 5, "a", "b", "c"), cell.Rect{W: 100, H: 20}, "1 {3 0 30 19}, 2 {35 0 30 19}, 3 {67 0 30 19}"},
		{"the second is lost", sheetOf(history.Lost, 1, 1, "a", "", "c"), cell.Rect{W: 42, H: 11}, "1 {0 0 20 10}, 3 {22 0 20 10}"},
		{"the second has not come", sheetOf(history.Saving, 1, 1, "a", "", "c"), cell.Rect{W: 64, H: 11}, "1 {0 0 20 10}, 3 {44 0 20 10}"},
		{"one", sheetOf(history.Done, 1, 1, "a"), cell.Rect{X: 3, Y: 1, W: 40, H: 20}, "1 {3 1 40 20}"},
		{"none", sheetOf(history.Done, 1, 1), cell.Rect{W: 40, H: 20}, ""},
	} {
		var got []string
		for _, tile := range p.scene(c.entry, 0, c.room).Tiles {
			got = append(got, fmt.Sprint(tile.Output, " ", tile.At))
			if want := len(c.entry.Outputs) > 1; tile.Label.Empty() == want || want && tile.Label.Y != tile.At.Bottom() {
				t.Errorf("%s: the number of %d is at %v", c.name, tile.Output, tile.Label)
			}
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if tiles := p.scene(sheetOf(history.Done, 1, 1, "a", "b"), 0, cell.Rect{W: 40, H: 5}).Tiles; !tiles[0].Label.Empty() {
		t.Errorf("in a low room the pictures have numbers at %v", tiles[0].Label)
	}
}

// sheetOf returns an entry with outputs of the shape of w×h, by their paths.
func sheetOf(state history.State, w, h int, paths ...string) history.Entry {
	e := history.Entry{State: state}
	for _, path := range paths {
		e.Outputs = append(e.Outputs, history.Output{Path: path, Width: w, Height: h})
	}
	return e
}

// TestShape: the proportions of a picture that has not come are those that were ordered.
func TestShape(t *testing.T) {
	t.Parallel()
	ordered := history.Entry{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"aspect_ratio": "16:9"}, Outputs: make([]history.Output, 2)}
	if got := shapeOf(ordered, 2); got.W*9 < got.H*15 || got.W*9 > got.H*17 {
		t.Errorf("a picture to come has %v", got)
	}
	ordered.Outputs[0].Width, ordered.Outputs[0].Height = 30, 20
	if first, second := shapeOf(ordered, 1), shapeOf(ordered, 2); first != (layout.Shape{W: 30, H: 20}) || second != first {
		t.Errorf("the first has %v, the second %v", first, second)
	}
}
