package preview

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync/atomic"

	"tintype/ui/format"
	"tintype/ui/picture"
)

// renders is the picture that is being made ready, and what is kept between pictures.
type renders struct {
	key     FrameKey // zero: none
	cancel  context.CancelFunc
	ids     *picture.IDs
	decoded *decodedPicture
	trimmed bool // old thumbnails were deleted, or there were few
	made    map[madeThumbnails]bool
}

func newRenders() renders {
	return renders{ids: picture.NewIDs(), decoded: &decodedPicture{}, made: map[madeThumbnails]bool{}}
}

// madeThumbnails is a prediction whose thumbnails are on the disk, for cells of such a size.
type madeThumbnails struct {
	key  string
	w, h int
}

// Rendered is a picture that is ready for its cells, or why it is not.
type Rendered struct {
	Key   FrameKey
	Frame picture.Frame
	Err   error
}

// RenderOptions say how a picture is made ready.
type RenderOptions struct {
	Layer         ImageLayer // is sent the pixels that the terminal must have before a frame's text names them; may be nil
	Thumbnails    string     // the folder of thumbnails
	FromThumbnail bool       // a thumbnail is good enough
	Light         bool       // the terminal's background is light
	InSight       []Thumb    // the pictures of a screen of several: one of them that is running is finished first
}

// Render begins to make a picture ready and returns the function that does it, which may run in the background; nil if there is nothing
// to begin. What is running for another place is cancelled. What the function returns goes to OnRendered.
func (p *Preview) Render(ctx context.Context, want FrameKey, o RenderOptions) func() Rendered {
	if want == p.renders.key || isIn(o.InSight, p.renders.key) {
		return nil
	}
	if p.renders.cancel != nil {
		p.renders.cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	p.renders.key, p.renders.cancel = want, cancel
	job := renderJob{
		want: want, layer: o.Layer, decoded: p.renders.decoded, options: picture.Options{ID: p.renders.ids.Next(want.Caps), Light: o.Light},
	}
	render := job.fromFile
	if want.Quality == ThumbnailOnly {
		render = job.none // of very large cells, which are drawn from the picture itself
	}
	if thumbnails, ok := picture.NewThumbnails(o.Thumbnails).Sized(want.Box, want.Caps); ok && (want.Quality != Sharp || o.FromThumbnail) {
		job.thumbnails = thumbnails
		render = job.fromThumbnail
	}
	if !want.Part.Empty() {
		render = job.part
	}
	return func() Rendered {
		frame, err := render(ctx)
		return Rendered{want, job.send(frame, err), err}
	}
}

// isIn reports whether a frame is one of those of some thumbs.
func isIn(thumbs []Thumb, key FrameKey) bool {
	return slices.ContainsFunc(thumbs, func(t Thumb) bool {
		return slices.ContainsFunc(t.Tiles, func(t Tile) bool { return t.FrameKey == key })
	})
}

// OnRendered takes what a function of Render has returned.
func (p *Preview) OnRendered(r Rendered) {
	if r.Key == p.renders.key {
		p.renders.key = FrameKey{}
	}
	switch {
	case r.Err == nil:
		p.frames.put(r.Key, r.Frame)
	case !errors.Is(r.Err, context.Canceled): // else another picture is wanted now
		p.errors[r.Key.Path] = format.Clean(r.Err.Error())
	}
}

// renderJob makes one picture ready. Its methods run in the background.
type renderJob struct {
	want       FrameKey
	layer      ImageLayer
	thumbnails picture.Thumbnails
	decoded    *decodedPicture
	options    picture.Options
}

// fromFile renders the picture from its file.
func (j renderJob) fromFile(ctx context.Context) (picture.Frame, error) {
	frame, _, _, err := picture.RenderFile(ctx, j.want.Path, j.want.Box, j.want.Caps, j.options, picture.DefaultLimits)
	return frame, err
}

// none renders nothing.
func (renderJob) none(context.Context) (picture.Frame, error) { return picture.Frame{}, nil }

// fromThumbnail renders the picture from its thumbnail, which it makes if there is none.
func (j renderJob) fromThumbnail(ctx context.Context) (picture.Frame, error) {
	img, _, err := j.thumbnails.Load(ctx, j.want.Path, picture.DefaultLimits)
	if err != nil || j.want.Quality == ThumbnailOnly {
		return picture.Frame{}, err
	}
	size := picture.Fit(img.Bounds().Dx(), img.Bounds().Dy(), j.want.Box, j.want.Caps)
	return picture.Render(ctx, img, size, j.want.Caps, j.options)
}

// part renders a part of the picture.
func (j renderJob) part(ctx context.Context) (picture.Frame, error) {
	img, err := j.decoded.load(ctx, j.want.Path)
	if err != nil {
		return picture.Frame{}, err
	}
	return picture.Render(ctx, crop(img, j.want.Part, j.want.Of), j.want.Box, j.want.Caps, j.options)
}

// send sends the terminal the pixels of a frame that its text names. A frame that goes over the text is placed later.
func (j renderJob) send(frame picture.Frame, err error) picture.Frame {
	if err == nil && j.layer != nil && !frame.Overlay && len(frame.Send) > 0 {
		_ = j.layer.Send(frame.Send) // a terminal that is gone is noticed at its input
	}
	return frame
}

// decodedPicture keeps the picture that is zoomed, so that it is not decoded again for each part.
type decodedPicture struct {
	picture atomic.Pointer[loadedPicture]
}

type loadedPicture struct {
	path  string
	image image.Image
}

// load decodes a picture, or returns the one that is kept.
func (d *decodedPicture) load(ctx context.Context, path string) (image.Image, error) {
	if kept := d.picture.Load(); kept != nil && kept.path == path {
		return kept.image, nil
	}
	img, _, err := picture.Load(ctx, path, picture.DefaultLimits)
	if err == nil && ctx.Err() == nil {
		d.picture.Store(&loadedPicture{path, img})
	}
	return img, err
}

func (d *decodedPicture) drop() { d.picture.Store(nil) }

// crop returns a part of an image, given in pixels of a picture of another size: a file may have been replaced.
func crop(img image.Image, part image.Rectangle, of image.Point) image.Image {
	b := img.Bounds()
	at := func(p image.Point) image.Point { return image.Pt(p.X*b.Dx()/of.X, p.Y*b.Dy()/of.Y).Add(b.Min) }
	part = image.Rectangle{at(part.Min), at(part.Max)}.Intersect(b)
	if cut, ok := img.(interface {
		SubImage(r image.Rectangle) image.Image
	}); ok && !part.Empty() {
		return cut.SubImage(part)
	}
	return img
}
