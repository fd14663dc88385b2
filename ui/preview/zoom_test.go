package preview

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/list"
	"tintype/ui/picture"
)

// realPaths is a source whose paths are absolute already.
type realPaths struct{ fakeSource }

func (realPaths) Path(rel string) string { return rel }

// onFullScreen is a preview of a picture of 800×800 pixels on an entire screen of 20×10 cells.
func onFullScreen(t *testing.T) (p *Preview, place Place) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "picture.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 800, 800))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	l := list.New()
	l.Add(history.Entry{Key: "a", State: history.Done, Outputs: []history.Output{{Path: path, Width: 800, Height: 800}}})
	p = New(&l, realPaths{})
	room := cell.Rect{W: 20, H: 10}
	place = Place{
		Room: room, Screen: room, IsFull: true, KeepZoom: true,
		Caps: picture.Capabilities{Protocol: picture.Blocks, Colours: 1 << 24},
	}
	p.SetPlace(place)
	return p, place
}

// show makes ready what is wanted.
func show(t *testing.T, p *Preview) {
	t.Helper()
	now := time.Now()
	for p.Follow(now); ; p.Follow(now) {
		want, missing := p.nextWanted(now.Add(SharpenDelay))
		if !missing {
			return
		}
		r := p.Render(t.Context(), want, RenderOptions{Thumbnails: t.TempDir()})()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		p.OnRendered(r)
	}
}

// TestZoomKeepsDecodedPicture: while a picture is zoomed it is decoded once; it is dropped when all of it fits again, and when the
// preview leaves the entire screen.
func TestZoomKeepsDecodedPicture(t *testing.T) {
	t.Parallel()
	p, place := onFullScreen(t)
	isKept := func() bool { return p.renders.decoded.picture.Load() != nil }
	show(t, p)
	if isKept() {
		t.Error("a picture that fits is kept decoded")
	}
	zoomIn := func() {
		t.Helper()
		p.ClearFrames()
		if why := p.ZoomBy(+1, time.Now()); why != "" {
			t.Fatal(why)
		}
		show(t, p)
		if p.partInSight().Empty() || !isKept() {
			t.Fatalf("the part in sight is %v, decoded: %v", p.partInSight(), isKept())
		}
	}
	zoomIn()
	p.ZoomBy(-1, time.Now())
	if show(t, p); !p.partInSight().Empty() || isKept() {
		t.Error("a picture that fits again is kept decoded")
	}
	zoomIn()
	place.IsFull, place.KeepZoom = false, false
	if p.SetPlace(place); p.zoom != (zoom{}) || isKept() {
		t.Error("the zoom outlives the whole screen")
	}
}

// TestZoomSteps: from what fits, + goes to the sizes above it one by one, and - back; 100 % is there too where a small picture is
// enlarged to fit.
func TestZoomSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fit  float64
		want []int
	}{
		{12, []int{0, 25, 50, 100, 200, 400}},
		{38, []int{0, 50, 100, 200, 400}},
		{76, []int{0, 100, 200, 400}},
		{98, []int{0, 200, 400}},
		{104, []int{0, 200, 400}},
		{150, []int{100, 0, 200, 400}},
		{600, []int{100, 0}},
	} {
		if got := stepsFor(c.fit); !slices.Equal(got, c.want) {
			t.Errorf("a picture that fits at %v %% has the steps %v, want %v", c.fit, got, c.want)
		}
	}
	if up, down, other := stepFrom(200, +1, 76), stepFrom(100, -1, 76), stepFrom(50, +1, 76); up != 400 || down != 0 || other != 100 {
		t.Errorf("steps are %d, %d, %d", up, down, other)
	}
}
