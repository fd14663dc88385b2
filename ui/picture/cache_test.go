package picture

import "testing"

func TestCache(t *testing.T) {
	c := NewCache(250)
	key := func(path string) Key { return Key{Path: path} }
	frame := func(id uint32) Frame { return Frame{id: id, Send: make([]byte, 100)} }
	if evicted := append(c.Put(key("a"), frame(1)), c.Put(key("b"), frame(2))...); len(evicted) != 0 {
		t.Fatalf("evicted %d within the budget", len(evicted))
	}
	if f, ok := c.Get(key("a")); !ok || f.id != 1 {
		t.Fatal("a is not cached")
	}
	if evicted := c.Put(key("c"), frame(3)); len(evicted) != 1 || evicted[0].id != 2 {
		t.Fatalf("evicted %v, want b, the least recently used", evicted)
	}
	if evicted := c.Put(key("c"), frame(4)); len(evicted) != 1 || evicted[0].id != 3 {
		t.Fatalf("evicted %v, want the earlier c", evicted)
	}
	if evicted := c.Put(key("d"), Frame{id: 5, Send: make([]byte, 1000)}); len(evicted) != 2 {
		t.Fatalf("evicted %d for a large one, want all others", len(evicted))
	}
	if _, ok := c.Get(key("d")); !ok {
		t.Error("a frame larger than the budget is not cached")
	}
	if evicted := c.Clear(); len(evicted) != 1 || c.used != 0 {
		t.Errorf("cleared %d, %d bytes remain", len(evicted), c.used)
	}
}
