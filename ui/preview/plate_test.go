package preview

import (
	"slices"
	"testing"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/list"
	"tintype/ui/picture"
	"tintype/ui/runner"
)

// TestPlatesOfPicturesToCome: while two of four pictures are saved, the other two have plates, where nothing else is.
func TestPlatesOfPicturesToCome(t *testing.T) {
	t.Parallel()
	e := fourPictures()
	e.State = history.Saving
	e.Outputs[1].Path, e.Outputs[2].Path = "", ""
	l := list.New()
	l.Resize(5, 1)
	l.Add(e)
	p := New(&l, saying{})
	room := cell.Rect{X: 40, Y: 1, W: 72, H: 36}
	p.SetPlace(Place{Room: room, Caps: picture.Capabilities{Protocol: picture.Blocks}})
	tiles := p.scene(e, 0, room).Tiles
	free := slices.DeleteFunc(p.plates(runner.Row{Entry: e}), func(at cell.Rect) bool {
		return !at.Within(room) || slices.ContainsFunc(tiles, func(t Tile) bool { return t.At.Overlaps(at) })
	})
	if len(tiles) != 2 || len(free) != 2 {
		t.Errorf("pictures in %v, plates in %v", tiles, free)
	}
}
