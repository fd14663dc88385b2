package cli

import (
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/text"
)

func TestListOnATerminal(t *testing.T) {
	t.Parallel()
	const key = "01m8j2dt0xps9xnceeh4tqxgp8"
	short := shortKeysOf(t, key)
	e := history.Entry{
		Key: key, State: history.Done, Model: "black-forest-labs/flux-schnell",
		Input: map[string]any{"prompt": "A paper boat floating on calm water at sunrise, seen from above."},
	}
	for _, c := range []struct {
		width int
		want  []string // in this order
	}{
		{200, []string{"A paper boat", "seen from above.", "  xgp8  ", "done", "flux-schnell"}},
		{120, []string{"A paper boat floating on", "…", "  xgp8  ", "done", "flux-schnell"}},
		{100, []string{"A paper boat floating on", "…", "  xgp8  ", "done"}},
		{80, []string{"A paper boat floating on calm water", "…", "  xgp8  ", "done"}},
		{60, []string{"A paper boat floating on calm", "…", "  xgp8  done"}},
		{50, []string{"A paper boat floating on", "…", "  xgp8"}},
		{30, []string{"A paper boat floating o…  xgp8"}},
		{15, []string{"A paper boat f…"}},
	} {
		line := text.Safe(joinSpans(listLine{width: c.width, short: short}.spans(e), c.width))
		rest := string(line)
		if text.Width(line) > c.width {
			t.Errorf("in %d columns: %q has %d", c.width, line, text.Width(line))
		}
		for _, word := range c.want {
			_, after, found := strings.Cut(rest, word)
			if !found {
				t.Errorf("in %d columns: no %q in %q", c.width, word, line)
			}
			rest = after
		}
	}
	if line := joinSpans(listLine{short: short}.spans(e), 0); !strings.HasPrefix(line, "xgp8  done") || !strings.HasSuffix(line, "seen from above.") {
		t.Errorf("into a pipe: %q", line)
	}
}

// shortKeysOf returns what shortens the key of a history that has only that.
func shortKeysOf(t *testing.T, key string) history.ShortKeys {
	t.Helper()
	h, err := history.Open(history.Options{Dir: t.TempDir(), App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.Append(key, func(e history.Entry) history.Entry { e.State = history.Done; return e }); err != nil {
		t.Fatal(err)
	}
	short, err := h.ShortKeys()
	if err != nil {
		t.Fatal(err)
	}
	return short
}
