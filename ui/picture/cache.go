package picture

import (
	"container/list"
	"time"
)

// Key names a frame: a state of a file, and how it is drawn.
type Key struct {
	Path     string
	Modified time.Time
	Bytes    int64 // of the file
	Size     Cells
	Protocol Protocol
}

// Cache keeps frames within a budget of bytes, and lets the one go that was asked for longest ago. It is not safe for use
// from several goroutines: it belongs to whoever draws.
type Cache struct {
	budget, used int
	entries      map[Key]*list.Element
	order        *list.List // of kept, the latest in front
}

type cacheEntry struct {
	key   Key
	frame Frame
}

// NewCache keeps at most budget bytes.
func NewCache(budget int) *Cache {
	return &Cache{budget: budget, entries: map[Key]*list.Element{}, order: list.New()}
}

// Get gives the frame of key, if it is kept.
func (c *Cache) Get(key Key) (Frame, bool) {
	e, ok := c.entries[key]
	if !ok {
		return Frame{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(cacheEntry).frame, true
}

// Put keeps a frame, and gives back those that it has to let go: their Forget is for the terminal. A frame larger than
// the whole budget is kept alone, since it is on the screen.
func (c *Cache) Put(key Key, f Frame) (gone []Frame) {
	if e, ok := c.entries[key]; ok {
		if old := c.remove(e); old.id != f.id {
			gone = append(gone, old)
		}
	}
	c.entries[key] = c.order.PushFront(cacheEntry{key, f})
	c.used += f.memorySize()
	for c.used > c.budget && c.order.Len() > 1 {
		gone = append(gone, c.remove(c.order.Back()))
	}
	return gone
}

// Clear lets everything go: at the end, or when the terminal is another one.
func (c *Cache) Clear() (gone []Frame) {
	for c.order.Len() > 0 {
		gone = append(gone, c.remove(c.order.Back()))
	}
	return gone
}

func (c *Cache) remove(e *list.Element) Frame {
	k := c.order.Remove(e).(cacheEntry)
	delete(c.entries, k.key)
	c.used -= k.frame.memorySize()
	return k.frame
}

// SendSize is how many bytes draw the frame, beside its lines.
func (f Frame) SendSize() int {
	n := len(f.Send)
	for _, piece := range f.pieces {
		n += len(piece.send)
	}
	return n
}

// memorySize is what a frame takes in memory, nearly. Again may be the same bytes as Send, and is not counted.
func (f Frame) memorySize() int {
	n := f.SendSize() + len(f.Delete) + len(f.hide)
	for _, line := range f.Lines {
		n += len(line) + 16
	}
	return n
}
