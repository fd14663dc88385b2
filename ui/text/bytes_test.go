package text

import "testing"

func TestCutBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s        string
		n        int
		want     string
		complete bool
	}{
		{"", 0, "", true},
		{"boat", 4, "boat", true},
		{"boat", 3, "boa", false},
		{"日本", 6, "日本", true},
		{"日本", 5, "日", false},
		{"日本", 2, "", false},
		{"日本", -1, "", false},
	} {
		if got, complete := CutBytes(c.s, c.n); got != c.want || complete != c.complete {
			t.Errorf("%q cut to %d bytes is %q (complete: %t), want %q (%t)", c.s, c.n, got, complete, c.want, c.complete)
		}
	}
}
