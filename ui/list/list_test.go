package list

import (
	"testing"

	"tintype/history"
)

// The next new prediction is the one below the cursor, then the first from the top, the cursor's own last; what the list does not
// show is left out.
func TestNextUnseen(t *testing.T) {
	for _, c := range []struct {
		cursor string
		unseen []string
		want   string
	}{
		{"k5", []string{"k9", "k3", "k1"}, "k3"},
		{"k5", []string{"k9", "k7"}, "k9"},
		{"k5", []string{"k7", "k5"}, "k7"},
		{"k5", []string{"k5"}, "k5"},
		{"k1", []string{"k9", "k3"}, "k9"},
		{"k9", []string{"k9", "k1"}, "k1"},
		{"k5", []string{"k4"}, ""},
		{"k5", nil, ""},
	} {
		l := New()
		l.SetKeys(history.Keys{}.With("k9", "k7", "k5", "k3", "k1"))
		l.Choose(c.cursor)
		for _, key := range c.unseen {
			l.SetUnseen(key)
		}
		if got, ok := l.NextUnseen(); got != c.want || ok != (c.want != "") {
			t.Errorf("from %s with %v new: %q", c.cursor, c.unseen, got)
		}
	}
}
