package preview

import (
	"image"
	"strings"

	"tintype/ui/picture"
)

// frameBudget bounds the bytes of the pictures that are kept ready for their cells.
const frameBudget = 64 << 20

// FrameKey identifies a picture at a size. Render takes it and Rendered brings it back.
type FrameKey struct {
	Path    string // absolute
	Box     picture.Cells
	Caps    picture.Capabilities
	Quality Quality
	Part    image.Rectangle // the pixels that fill the box exactly, when the picture is zoomed; zero: all of it, as large as fits
	Of      image.Point     // the size of the picture that Part is taken from
}

// Quality is how well a picture is drawn.
type Quality int

const (
	Sharp         Quality = iota // as well as the terminal can
	Draft                        // in cells from its thumbnail, which is made if there is none
	ThumbnailOnly                // not at all: its thumbnail is made for later, and the frame is empty
)

// frameCache keeps rendered pictures within a budget of bytes, and remembers what the terminal has to delete.
type frameCache struct {
	cache   *picture.Cache
	deletes []byte // makes the terminal delete the frames that were evicted
}

func newFrameCache(budget int) frameCache { return frameCache{cache: picture.NewCache(budget)} }

// name is the key of a frame in the cache. Files are written once, so their state need not be part of it.
func (k FrameKey) name() picture.Key {
	path := k.Path
	switch k.Quality {
	case Draft:
		path += "\x00draft"
	case ThumbnailOnly:
		path += "\x00thumbnail"
	}
	if !k.Part.Empty() {
		path += "\x00" + k.Part.String()
	}
	return picture.Key{Path: path, Size: k.Box, Protocol: k.Caps.Protocol}
}

// draft is the key of the same picture in cells, from its thumbnail. A part of a picture is taken from the picture, which is kept in
// memory meanwhile.
func (k FrameKey) draft() FrameKey {
	k.Caps.Protocol = picture.Blocks
	if k.Part.Empty() {
		k.Quality = Draft
	}
	return k
}

// first is the key of what is rendered first for a picture: its draft, or the file itself where the terminal takes files undecoded,
// which is faster.
func (k FrameKey) first() FrameKey {
	kitty := k.Caps.Protocol == picture.Kitty || k.Caps.Protocol == picture.KittyDirect
	if kitty && !k.Caps.Remote && k.Part.Empty() && strings.HasSuffix(k.Path, ".png") {
		return k
	}
	return k.draft()
}

// best returns the frame of key, or else its draft.
func (f *frameCache) best(key FrameKey) (picture.Frame, bool) {
	if frame, ok := f.get(key); ok {
		return frame, true
	}
	return f.get(key.draft())
}

// get returns the frame of key, and counts that as a use of it.
func (f *frameCache) get(key FrameKey) (picture.Frame, bool) { return f.cache.Get(key.name()) }

// put keeps a frame, and evicts old ones beyond the budget.
func (f *frameCache) put(key FrameKey, frame picture.Frame) { f.evict(f.cache.Put(key.name(), frame)) }

// clear evicts every frame.
func (f *frameCache) clear() { f.evict(f.cache.Clear()) }

func (f *frameCache) evict(frames []picture.Frame) {
	for _, frame := range frames {
		f.deletes = append(f.deletes, frame.Delete...)
	}
}

// takeDeletes returns what makes the terminal delete the frames evicted since the last call.
func (f *frameCache) takeDeletes() []byte {
	deletes := f.deletes
	f.deletes = nil
	return deletes
}

// size is how many bytes the frames of some tiles take, as far as they are ready.
func (f *frameCache) size(tiles []Tile) int {
	size := 0
	for _, t := range tiles {
		if frame, ok := f.get(t.FrameKey); ok {
			size += frame.SendSize()
			for _, line := range frame.Lines {
				size += len(line)
			}
		}
	}
	return size
}
