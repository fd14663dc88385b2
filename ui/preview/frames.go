package preview

import (
	"image"
	"strings"

	"tintype/ui/picture"
)

// FramesBudget bounds the bytes of pictures kept ready for their cells.
const FramesBudget = 64 << 20

// FrameKey names a picture at a size: what is asked of a command, and what its answer is kept under.
type FrameKey struct {
	Path string // absolute
	Box  picture.Cells
	Cap  picture.Capabilities
	Made making
	Part image.Rectangle // the pixels that fill the box exactly, where the picture is not as large as fits; zero: all of it
	Of   image.Point     // the size that part is taken from
}

// making is how a frame is made, and how good it is.
type making int

const (
	whole making = iota // from the picture itself
	Rough               // in cells, from its thumbnail, which is made where there is none
	Filed               // not at all: only the thumbnail is made, for later, and the frame is empty
)

// frames keeps rendered pictures within a budget of bytes, and remembers what the terminal is to forget.
type frames struct {
	cache *picture.Cache
	gone  []byte // what makes the terminal forget the frames that were let go
}

func newFrames(budget int) frames { return frames{cache: picture.NewCache(budget)} }

// name is a frame's name in the cache. Files are written once, so that their state need not be part of it.
func (k FrameKey) name() picture.Key {
	path := k.Path
	switch k.Made {
	case Rough:
		path += "\x00rough"
	case Filed:
		path += "\x00filed"
	}
	if !k.Part.Empty() {
		path += "\x00" + k.Part.String()
	}
	return picture.Key{Path: path, Size: k.Box, Protocol: k.Cap.Protocol}
}

// cells is the key of the same picture as it is drawn at first: in cells, from its thumbnail; a part of it from the picture,
// which is held meanwhile.
func (k FrameKey) cells() FrameKey {
	k.Cap.Protocol = picture.Blocks
	if k.Part.Empty() {
		k.Made = Rough
	}
	return k
}

// first is what to make of a picture first: rough cells, which are there at once, or the file itself where the terminal takes it
// whole, which is faster still.
func (k FrameKey) first() FrameKey {
	kitty := k.Cap.Protocol == picture.Kitty || k.Cap.Protocol == picture.KittyDirect
	if kitty && !k.Cap.Remote && k.Part.Empty() && strings.HasSuffix(k.Path, ".png") {
		return k
	}
	return k.cells()
}

// Best is the frame of key, else the same picture in rough cells.
func (f *frames) Best(key FrameKey) (picture.Frame, bool) {
	if frame, ok := f.Get(key); ok {
		return frame, true
	}
	return f.Get(key.cells())
}

// Get is the frame of key, and counts as a use.
func (f *frames) Get(key FrameKey) (picture.Frame, bool) { return f.cache.Get(key.name()) }

// Put keeps a frame; old ones beyond the budget are let go.
func (f *frames) Put(key FrameKey, frame picture.Frame) { f.forget(f.cache.Put(key.name(), frame)) }

// Clear lets every frame go: the cells have another size, or the terminal is to be drawn anew.
func (f *frames) Clear() { f.forget(f.cache.Clear()) }

func (f *frames) forget(gone []picture.Frame) {
	for _, frame := range gone {
		f.gone = append(f.gone, frame.Delete...)
	}
}

// Forgotten hands over what tells the terminal to forget frames, once.
func (f *frames) Forgotten() []byte {
	gone := f.gone
	f.gone = nil
	return gone
}

// Sizes is how many bytes the frames of some tiles take, of those at hand.
func (f *frames) Sizes(tiles []Tile) int {
	used := 0
	for _, t := range tiles {
		if frame, ok := f.Get(t.FrameKey); ok {
			used += frame.SendSize()
			for _, line := range frame.Lines {
				used += len(line)
			}
		}
	}
	return used
}
