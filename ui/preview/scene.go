package preview

import (
	"slices"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/picture"
)

// Tile is the place of one picture.
type Tile struct {
	FrameKey
	At cell.Rect // the room that it may fill, in cells of the screen
}

// DraftTile is the place of a picture that is drawn as a draft and no better.
func DraftTile(path string, at cell.Rect, caps picture.Capabilities) Tile {
	caps.Protocol = picture.Blocks
	return Tile{FrameKey{Path: path, Box: picture.Cells{W: at.W, H: at.H}, Caps: caps, Quality: Draft}, at}
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
type Subject struct {
	Key    string // of a prediction
	Output int    // which of its pictures, from 1; 0: all of them
}

// Thumb is the place of a prediction on a screen of several.
type Thumb struct {
	Key   string
	Cell  cell.Rect
	Tiles []Tile // its pictures, in a grid if there are several; none while its entry is being read
}

// Thumb places the pictures of a prediction in a cell.
func (p *Preview) Thumb(key string, room cell.Rect) Thumb {
	e, ok := p.list.Entry(key)
	if !ok {
		return Thumb{Key: key, Cell: room}
	}
	return Thumb{key, room, p.scene(e, 0, room).Tiles}
}

// scene places the pictures of an entry in a room; output selects one of them, 0 all.
func (p *Preview) scene(e history.Entry, output int, room cell.Rect) Scene {
	sc := Scene{Key: e.Key, Output: output, Room: room}
	var paths []string
	for i, o := range e.Outputs {
		if o.Path == "" || output != 0 && output != i+1 {
			continue
		}
		if path := p.source.Path(o.Path); path != "" {
			paths = append(paths, path)
		}
	}
	for i, at := range grid(len(paths), room, e) {
		key := FrameKey{Path: paths[i], Box: picture.Cells{W: at.W, H: at.H}, Caps: p.place.Caps}
		sc.Tiles = append(sc.Tiles, Tile{key, at})
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
	case n == 2 && fitsSideBySide(room, e):
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

// fitsSideBySide reports whether two pictures are larger beside each other than above each other. A cell is about twice as high as
// wide.
func fitsSideBySide(room cell.Rect, e history.Entry) bool {
	w, h := pictureSize(e)
	if w == 0 || h == 0 {
		w, h = 1, 1
	}
	beside := min(float64(room.W)/2/float64(w), 2*float64(room.H)/float64(h))
	above := min(float64(room.W)/float64(w), float64(room.H)/float64(h))
	return beside >= above
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
