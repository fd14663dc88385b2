package history

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestShortKeys: thirty predictions of one minute have short keys that differ, and each of them names its prediction.
func TestShortKeys(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	var keys []string
	for i := range 30 {
		keys = append(keys, NewKey(noon.Add(time.Duration(i)*time.Second)))
		mustAppend(t, h, keys[i], withPrompt("one of thirty"))
	}
	short := mustShorten(t, h)
	for _, key := range keys {
		name := short.Of(key)
		if len(name) < partLength || len(name) > 7 {
			t.Errorf("%s is shortened to %s", key, name)
		}
		for _, spelled := range []string{name, strings.ToUpper(name)} {
			if e, err := h.Get(spelled); err != nil || e.Key != key {
				t.Errorf("%s names %q, %v, want %s", spelled, e.Key, err, key)
			}
		}
	}
}

// TestShortKeysStayTrue: a short key never names another prediction once more were made: it is ambiguous, and all that it may mean are
// candidates.
func TestShortKeysStayTrue(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	const first, same = "01kb000000000000000000abcd", "01kb111111111111111111abcd"
	mustAppend(t, h, first, withPrompt("first"))
	name := mustShorten(t, h).Of(first)
	if name != "abcd" {
		t.Fatalf("the short key is %s", name)
	}
	mustAppend(t, h, same, withPrompt("same end"))
	h = reopened(t, h)
	var ambiguous *NameError
	if _, err := h.Get(name); !errors.As(err, &ambiguous) || !slices.Equal(ambiguous.Keys, []string{same, first}) {
		t.Errorf("%s: %v of %v", name, err, ambiguous)
	}
	if short := mustShorten(t, h); short.Of(first) == short.Of(same) {
		t.Errorf("both are called %s", short.Of(first))
	}
}

// TestShortKeysAgainstBeginnings: a short key is longer where its letters are also the beginning of another key.
func TestShortKeysAgainstBeginnings(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	const begins, ends, odd = "01kb000000000000000000wxyz", "01ka00000000000000000001kb", "by-hand-3wxyz"
	for _, key := range []string{begins, ends, odd} {
		mustAppend(t, h, key, withPrompt("a boat"))
	}
	h = reopened(t, h)
	short := mustShorten(t, h)
	for _, key := range []string{begins, ends, odd} {
		if e, err := h.Get(short.Of(key)); err != nil || e.Key != key {
			t.Errorf("%s of %s: %q, %v", short.Of(key), key, e.Key, err)
		}
	}
	if _, err := h.Get("01kb"); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("what begins one key and ends another: %v", err)
	}
}

// TestEnds: an end of every length names its key.
func TestEnds(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	key := NewKey(noon)
	mustAppend(t, h, key, withPrompt("a boat"))
	for from := range keyLength - partLength + 1 {
		if e, err := h.Get(key[from:]); err != nil || e.Key != key {
			t.Errorf("%s: %q, %v", key[from:], e.Key, err)
		}
	}
	for _, name := range []string{key[keyLength-3:], "x" + key, "ilou", "zzzz" + key[:4]} {
		if _, err := h.Get(name); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if short := mustShorten(t, openHistory(t, t.TempDir())); short.Of(key) != key[keyLength-partLength:] {
		t.Errorf("in an empty history: %s", short.Of(key))
	}
}

// mustShorten returns what shortens the keys of a history.
func mustShorten(t *testing.T, h *History) ShortKeys {
	t.Helper()
	short, err := h.ShortKeys()
	if err != nil {
		t.Fatal(err)
	}
	return short
}

// reopened returns the history of the same folder, as another program sees it.
func reopened(t *testing.T, h *History) *History {
	t.Helper()
	return openHistory(t, h.dir)
}
