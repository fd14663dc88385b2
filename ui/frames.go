package ui

import (
	"image"
	"strings"

	"tintype/ui/picture"
)

// framesBudget bounds the bytes of pictures kept ready for their cells.
const framesBudget = 64 << 20

// frameKey names a picture at a size: what is asked of a command, and what its answer is kept under.
type frameKey struct {
	path string // absolute
	box  picture.Cells
	cap  picture.Capabilities
	made making
	part image.Rectangle // the pixels that fill the box exactly, where the picture is not as large as fits; zero: all of it
	of   image.Point     // the size that part is taken from
}

// making is how a frame is made, and how good it is.
type making int

const (
	whole making = iota // from the picture itself
	rough               // in cells, from its thumbnail, which is made where there is none
	filed               // not at all: only the thumbnail is made, for later, and the frame is empty
)

// frames keeps rendered pictures within a budget of bytes, and remembers what the terminal is to forget.
type frames struct {
	cache *picture.Cache
	gone  []byte // what makes the terminal forget the frames that were let go
}

func newFrames(budget int) frames { return frames{cache: picture.NewCache(budget)} }

// name is a frame's name in the cache. Files are written once, so that their state need not be part of it.
func (k frameKey) name() picture.Key {
	path := k.path
	switch k.made {
	case rough:
		path += "\x00rough"
	case filed:
		path += "\x00filed"
	}
	if !k.part.Empty() {
		path += "\x00" + k.part.String()
	}
	return picture.Key{Path: path, Size: k.box, Protocol: k.cap.Protocol}
}

// cells is the key of the same picture as it is drawn at first: in cells, from its thumbnail; a part of it from the picture,
// which is held meanwhile.
func (k frameKey) cells() frameKey {
	k.cap.Protocol = picture.Blocks
	if k.part.Empty() {
		k.made = rough
	}
	return k
}

// first is what to make of a picture first: rough cells, which are there at once, or the file itself where the terminal takes it
// whole, which is faster still.
func (k frameKey) first() frameKey {
	kitty := k.cap.Protocol == picture.Kitty || k.cap.Protocol == picture.KittyDirect
	if kitty && !k.cap.Remote && k.part.Empty() && strings.HasSuffix(k.path, ".png") {
		return k
	}
	return k.cells()
}

// best is the frame of key, else the same picture in rough cells.
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
		f.gone = append(f.gone, frame.Delete...)
	}
}

// forgotten hands over what tells the terminal to forget frames, once.
func (f *frames) forgotten() []byte {
	gone := f.gone
	f.gone = nil
	return gone
}

// sizes is how many bytes the frames of some tiles take, of those at hand.
func (f *frames) sizes(tiles []tile) int {
	used := 0
	for _, t := range tiles {
		if frame, ok := f.get(t.frameKey); ok {
			used += frame.SendSize()
			for _, line := range frame.Lines {
				used += len(line)
			}
		}
	}
	return used
}
