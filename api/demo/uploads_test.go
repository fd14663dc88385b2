package demo

import (
	"testing"
	"time"
)

// TestUploadsAreBounded: the oldest files make room, and one that is too large for itself is not kept.
func TestUploadsAreBounded(t *testing.T) {
	t.Parallel()
	u := uploads{limit: 10}
	now := time.Now()
	for _, c := range []struct {
		id   string
		size int
		want string
	}{
		{"a", 4, "a"}, {"b", 4, "ba"}, {"c", 2, "cba"}, {"d", 1, "dcb"}, {"e", 10, "e"}, {"f", 11, ""}, {"g", 1, "g"},
	} {
		u.add(upload{id: c.id, content: make([]byte, c.size), created: now})
		got := ""
		for _, f := range u.newest(now) {
			got += f.id
		}
		if got != c.want {
			t.Errorf("after %s: %q, want %q", c.id, got, c.want)
		}
	}
}
