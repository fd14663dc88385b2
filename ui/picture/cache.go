package picture

import "container/list"

// Key identifies a frame: a file, and how it is drawn.
type Key struct {
	Path     string
	Size     Cells
	Protocol Protocol
}

// Cache keeps frames within a budget of bytes and evicts the least recently used one. It is not safe for concurrent use.
type Cache struct {
	budget, used int
	entries      map[Key]*list.Element
	order        *list.List // of cacheEntry, the most recently used first
}

type cacheEntry struct {
	key   Key
	frame Frame
}

// NewCache keeps at most budget bytes.
func NewCache(budget int) *Cache {
	return &Cache{budget: budget, entries: map[Key]*list.Element{}, order: list.New()}
}

// Get returns the frame for key, if it is cached.
func (c *Cache) Get(key Key) (Frame, bool) {
	e, ok := c.entries[key]
	if !ok {
		return Frame{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(cacheEntry).frame, true
}

// Put adds a frame and returns those that it evicts: their Delete is for the terminal. A frame that is larger than the budget is
// kept alone, because it is on the screen.
func (c *Cache) Put(key Key, f Frame) (evicted []Frame) {
	if e, ok := c.entries[key]; ok {
		if old := c.remove(e); old.id != f.id {
			evicted = append(evicted, old)
		}
	}
	c.entries[key] = c.order.PushFront(cacheEntry{key, f})
	c.used += f.memorySize()
	for c.used > c.budget && c.order.Len() > 1 {
		evicted = append(evicted, c.remove(c.order.Back()))
	}
	return evicted
}

// Clear evicts everything: at the end of the program, or when the terminal is a different one.
func (c *Cache) Clear() (evicted []Frame) {
	for c.order.Len() > 0 {
		evicted = append(evicted, c.remove(c.order.Back()))
	}
	return evicted
}

func (c *Cache) remove(e *list.Element) Frame {
	entry := c.order.Remove(e).(cacheEntry)
	delete(c.entries, entry.key)
	c.used -= entry.frame.memorySize()
	return entry.frame
}

// SendSize returns how many bytes draw the frame, not counting its lines.
func (f Frame) SendSize() int {
	n := len(f.Send)
	for _, piece := range f.pieces {
		n += len(piece.send)
	}
	return n
}

// memorySize returns roughly how much memory a frame takes. redraw is not counted: it is short, or the same bytes as Send.
func (f Frame) memorySize() int {
	n := f.SendSize() + len(f.Delete) + len(f.hide)
	for _, line := range f.Lines {
		n += len(line) + 16
	}
	return n
}
