package runner

import "testing"

// TestCanonicalJSON: an input equals the same input as the provider returns it.
func TestCanonicalJSON(t *testing.T) {
	t.Parallel()
	ours := canonicalJSON(map[string]any{"prompt": "x", "seed": int64(7), "go_fast": true, "n": 1})
	theirs := canonicalJSON(map[string]any{"n": float64(1), "go_fast": true, "seed": float64(7), "prompt": "x"})
	if ours != theirs {
		t.Errorf("%s differs from %s", ours, theirs)
	}
	if ours == canonicalJSON(map[string]any{"prompt": "x", "seed": 8, "go_fast": true, "n": 1}) {
		t.Error("an input with another seed is equal")
	}
}

func TestLastBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"short", 10, "short"}, {"one\ntwo\nthree", 9, "three"}, {"ééé", 3, "é"}, {"", 3, ""}} {
		if got := lastBytes(c.text, c.n); got != c.want {
			t.Errorf("the last %d bytes of %q: %q, want %q", c.n, c.text, got, c.want)
		}
	}
}
