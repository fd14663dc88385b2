package cli

import (
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/text"
)

func TestListOnATerminal(t *testing.T) {
	t.Parallel()
	const key = "01m8j2dt0xps9xnceeh4tq4xgp"
	e := history.Entry{
		Key: key, State: history.Done, Model: "black-forest-labs/flux-schnell",
		Input: map[string]any{"prompt": "A paper boat floating on calm water at sunrise, seen from above."},
	}
	for _, c := range []struct {
		width int
		want  []string // in this order
	}{
		{200, []string{"A paper boat", "seen from above.", key, "done", "flux-schnell"}},
		{120, []string{"A paper boat floating on", "…", key, "done", "flux-schnell"}},
		{100, []string{"A paper boat floating on", "…", key, "done"}},
		{80, []string{"A paper boat floating on calm water", "…", key, "done"}},
		{60, []string{"A paper boat floating on calm", "…", "  " + key}},
		{50, []string{"A paper boat floating on", "…", "  " + key[:10]}},
		{20, []string{"A paper boat floati…"}},
	} {
		line := entryLine(e, c.width)
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
	if line := string(entryLine(e, 0)); !strings.HasPrefix(line, key) || !strings.HasSuffix(line, "seen from above.") {
		t.Errorf("into a pipe: %q", line)
	}
}
