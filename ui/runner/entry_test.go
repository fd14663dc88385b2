package runner

import (
	"testing"

	"tintype/api"
	"tintype/history"
)

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

// TestVersionIsTheOneAskedFor: a provider names a version of its own, which nobody asked for. The journal does not have it: the picture
// would not be found again.
func TestVersionIsTheOneAskedFor(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{"", "1234"} {
		e := withPrediction(history.Entry{Model: "black-forest-labs/flux-dev", Version: asked}, api.Prediction{ID: "x", Version: "dp-4d0bcc01"})
		if e.Version != asked || e.ID != "x" {
			t.Errorf("asked for %q, the journal has %q", asked, e.Version)
		}
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
