package preview

import (
	"slices"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/picture"
)

// Tile is the place of one picture.
type Tile struct {
	FrameKey
	At     cell.Rect // the room that it may fill, in cells of the screen
	Output int       // which output of its prediction it is, from 1; 0 for another picture
	Label  cell.Rect // the row below, for the output's number; empty: none
}

// DraftTile is the place of a picture that is drawn as a draft and no better.
func DraftTile(path string, at cell.Rect, caps picture.Capabilities) Tile {
	caps.Protocol = picture.Blocks
	return Tile{FrameKey: FrameKey{Path: path, Box: picture.Cells{W: at.W, H: at.H}, Caps: caps, Quality: Draft}, At: at}
}

// Scene is one content of the preview: the pictures of a prediction in their places.
type Scene struct {
	Key    string // of the prediction
	Output int    // which of its pictures, from 1; 0: all of them
	Tiles  []Tile
	Room   cell.Rect
}

// Equal reports whether two scenes are drawn alike: the same pictures in the same places.
func (s Scene) Equal(o Scene) bool {
	return s.Key == o.Key && s.Output == o.Output && s.Room == o.Room && slices.Equal(s.Tiles, o.Tiles)
}

// Subject is what a preview is about.
type Subject = list.Subject

// Thumb is the place of a prediction, or of one of its outputs, on a screen of several.
type Thumb struct {
	Subject
	Cell  cell.Rect
	Tiles []Tile // its pictures, in a grid if there are several; none while its entry is being read
}

// Thumb places the pictures of a prediction in a cell.
func (p *Preview) Thumb(key string, room cell.Rect) Thumb { return p.ThumbOf(Subject{Key: key}, room) }

// ThumbOf places the pictures of a prediction, or one of them, in a cell.
func (p *Preview) ThumbOf(s Subject, room cell.Rect) Thumb {
	t := Thumb{Subject: s, Cell: room}
	if e, ok := p.list.Entry(s.Key); ok {
		t.Tiles = p.tiles(e, s.Output, room, 0)
	}
	return t
}

// Shape returns the proportions of the pictures of a prediction, or of one of them; the zero Shape if they are not known.
func (p *Preview) Shape(s Subject) layout.Shape {
	e, ok := p.list.Entry(s.Key)
	if !ok {
		return layout.Shape{}
	}
	return shapeOf(e, s.Output)
}

// CellAspect is the height of a cell for each unit of its width.
func (p *Preview) CellAspect() float64 {
	w, h := p.cellSize()
	return float64(h) / float64(w)
}

// minLabelledRows is the fewest rows of a picture that has its number below.
const minLabelledRows = 5

// scene places the pictures of an entry in a room; output selects one of them, 0 all. Several have their numbers below if there is room.
func (p *Preview) scene(e history.Entry, output int, room cell.Rect) Scene {
	sc := Scene{Key: e.Key, Output: output, Room: room}
	if sc.Tiles = p.tiles(e, output, room, 1); len(sc.Tiles) > 0 && sc.Tiles[0].At.H < minLabelledRows {
		sc.Tiles = p.tiles(e, output, room, 0)
	}
	return sc
}

// tiles places the pictures of an entry in a room, with so many rows below each if there are several. While they are being saved each
// that is to come has its place already.
func (p *Preview) tiles(e history.Entry, output int, room cell.Rect, under int) (tiles []Tile) {
	var shapes []layout.Shape
	for i, o := range e.Outputs {
		path := ""
		if o.Path != "" {
			path = p.source.Path(o.Path)
		}
		if (output == 0 || output == i+1) && (path != "" || !e.State.Ended()) {
			tiles = append(tiles, Tile{FrameKey: FrameKey{Path: path, Caps: p.place.Caps}, Output: i + 1})
			shapes = append(shapes, shapeOf(e, i+1))
		}
	}
	if len(tiles) == 1 {
		tiles[0].At = room // the picture leaves the rest to its facts
	} else {
		grid := layout.ArrangePictures(room, shapes, p.CellAspect(), under)
		for i := range tiles {
			tiles[i].At, tiles[i].Label = grid.Cell(i), grid.Under(i)
		}
	}
	for i := range tiles {
		tiles[i].Box = picture.Cells{W: tiles[i].At.W, H: tiles[i].At.H}
	}
	return slices.DeleteFunc(tiles, func(t Tile) bool { return t.Path == "" || t.At.Empty() })
}

// shapeOf is the proportions of an output of an entry, from 1, or of its first picture for 0. Those of a picture that has not come are
// as ordered, so that nothing moves when it does.
func shapeOf(e history.Entry, output int) layout.Shape {
	if output > 0 && output <= len(e.Outputs) {
		if o := e.Outputs[output-1]; o.Width > 0 && o.Height > 0 {
			return layout.Shape{W: o.Width, H: o.Height}
		}
	}
	w, h := pictureSize(e)
	if w == 0 {
		w, h, _ = model.Find(e.Model).Size(e.Input)
	}
	return layout.Shape{W: w, H: h}
}

// pictureSize is the size in pixels of an entry's first saved picture; 0, 0 if it has none.
func pictureSize(e history.Entry) (w, h int) {
	for _, o := range e.Outputs {
		if o.Width > 0 && o.Height > 0 {
			return o.Width, o.Height
		}
	}
	return 0, 0
}

// CountPictures returns how many pictures of an entry are on disk.
func CountPictures(e history.Entry) (n int) {
	for _, o := range e.Outputs {
		if o.Path != "" {
			n++
		}
	}
	return n
}

// HasPicture reports whether an entry has a picture on disk.
func HasPicture(e history.Entry) bool {
	return slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.Path != "" })
}
