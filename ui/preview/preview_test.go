package preview

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/list"
	"tintype/ui/picture"
	"tintype/ui/runner"
)

// fakeSource says nothing about predictions.
type fakeSource struct{}

func (fakeSource) Path(rel string) string                            { return "/" + rel }
func (fakeSource) Status(runner.Row) string                          { return "" }
func (fakeSource) StatusWithin(runner.Row, func(string) bool) string { return "" }
func (fakeSource) Cost(history.Entry) string                         { return "" }
func (fakeSource) Ended(history.Entry) string                        { return "done" }
func (fakeSource) Empty() (Placeholder, bool)                        { return Placeholder{}, true }

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

// TestGrid: two pictures lie along the longer side of their room, three and four as 2×2, more in rows of three.
func TestGrid(t *testing.T) {
	t.Parallel()
	square := history.Entry{Outputs: []history.Output{{Width: 1024, Height: 1024}}}
	for _, c := range []struct {
		n    int
		room cell.Rect
		want string
	}{
		{0, cell.Rect{W: 40, H: 20}, "[]"},
		{1, cell.Rect{X: 3, Y: 1, W: 40, H: 20}, "[{3 1 40 20}]"},
		{2, cell.Rect{W: 81, H: 20}, "[{0 0 40 20} {41 0 40 20}]"},
		{2, cell.Rect{W: 20, H: 40}, "[{0 0 20 20} {0 20 20 20}]"},
		{3, cell.Rect{W: 81, H: 40}, "[{0 0 40 20} {41 0 40 20} {0 20 40 20}]"},
		{5, cell.Rect{W: 62, H: 20}, "[{0 0 20 10} {21 0 20 10} {42 0 20 10} {0 10 20 10} {21 10 20 10}]"},
	} {
		if got := fmt.Sprint(grid(c.n, c.room, square)); got != c.want {
			t.Errorf("%d pictures in %v stand at %s, want %s", c.n, c.room, got, c.want)
		}
	}
}
