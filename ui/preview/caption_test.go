package preview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// saying is a source that says one status about each prediction, and knows what all cost.
type saying struct {
	fakeSource
	status map[string]string
}

func (s saying) StatusWithin(row runner.Row, _ func(string) bool) string { return s.status[row.Key] }
func (saying) Cost(history.Entry) string                                 { return "~$0.012" }
func (saying) Ended(e history.Entry) string                              { return string(e.State) + " 3 min ago" }

// seed is a pointer to a seed.
func seed(n int64) *int64 { return &n }

// fourPictures is an entry with four pictures of a long prompt.
func fourPictures() history.Entry {
	e := history.Entry{
		Key: "four", State: history.Done, Model: "black-forest-labs/flux-schnell", Seed: seed(62182), Metrics: map[string]float64{"predict_time": 2.4},
		Input: map[string]any{"prompt": "A paper boat floating on calm water at sunrise, watercolour, soft light", "num_outputs": 4.0},
	}
	for i := range 4 {
		e.Outputs = append(e.Outputs, history.Output{Path: fmt.Sprint("pictures/", i, ".png"), Width: 1024, Height: 1024})
	}
	return e
}

// captions are previews with captions of each kind.
func captions() map[string]*Preview {
	with := func(status string, e history.Entry) *Preview {
		l := list.New()
		l.Resize(5, 1)
		l.Add(e)
		p := New(&l, saying{status: map[string]string{e.Key: status}})
		p.shown = Scene{Key: e.Key, Tiles: make([]Tile, len(e.Outputs))}
		return p
	}
	four, failed, running := fourPictures(), fourPictures(), fourPictures()
	failed.State, failed.Outputs = history.Failed, nil
	running.State, running.Outputs = history.Waiting, nil
	awaiting := with("", four)
	sent := running
	sent.Key = "sent"
	awaiting.list.Add(sent)
	awaiting.source = saying{status: map[string]string{"sent": "⡇ developing 62% · 3 s, about 2 s left"}}
	awaiting.place.InForm, awaiting.awaited = true, "sent"
	return map[string]*Preview{
		"four":     with("", four),
		"partial":  with("3 of 4 pictures came: one was refused.", four),
		"failed":   with("Failed at the provider: out of memory. r loads it again.", failed),
		"running":  with("⡇ developing 62% · 3 s, about 2 s left", running),
		"waiting":  with("Replicate asks to wait: sent in 6 s. Nothing is billed yet; x x cancels.", running),
		"awaiting": awaiting,
	}
}

// TestCaptionsEndWell: at no width does a line of a caption end in a separator or exceed the width, and in two rows the prompt or what to
// do is there.
func TestCaptionsEndWell(t *testing.T) {
	t.Parallel()
	for _, ascii := range []bool{false, true} {
		look := theme.NewLook("dark", nil, 0, ascii)
		for name, p := range captions() {
			for w := 30; w <= 200; w++ {
				for h := 1; h <= 2; h++ {
					expectCaption(t, fmt.Sprintf("%s, %d×%d", name, w, h), p.caption(w, h, look), w, h)
				}
			}
		}
	}
}

func expectCaption(t *testing.T, name string, lines []string, w, h int) {
	t.Helper()
	all := ansi.Strip(strings.Join(lines, "\n"))
	for line := range strings.SplitSeq(all, "\n") {
		if trimmed := strings.TrimRight(line, " "); strings.HasSuffix(trimmed, "·") || strings.HasSuffix(trimmed, " -") || text.Width(text.Safe(line)) > w {
			t.Errorf("%s: %q", name, all)
		}
	}
	if len(lines) != h && !strings.HasPrefix(name, "partial") {
		t.Errorf("%s has %d lines: %q", name, len(lines), all)
	}
	for kind, has := range map[string]string{"four": "A paper boat", "running": "developing 62%", "awaiting": "previous picture"} {
		if strings.HasPrefix(name, kind) && w >= 35 && !strings.Contains(all, has) {
			t.Errorf("%s: no %q in %q", name, has, all)
		}
	}
	if h == 2 && strings.HasPrefix(name, "four") && !strings.Contains(all, "4 pictures") {
		t.Errorf("%s: %q", name, all)
	}
}

// TestFactsAreLeftOutByRank: with less room the time goes first, then the size is shortened, and so on; which of several pictures it is
// stays until the end.
func TestFactsAreLeftOutByRank(t *testing.T) {
	t.Parallel()
	p, look := captions()["four"], theme.NewLook("dark", nil, 0, false)
	for _, c := range []struct {
		w    int
		want string
	}{
		{100, "1024×1024 png · seed 62182 · 2.4 s · ~$0.012 · 4 pictures"},
		{56, "1024×1024 png · seed 62182 · ~$0.012 · 4 pictures"},
		{46, "1024² · seed 62182 · ~$0.012 · 4 pictures"},
		{40, "seed 62182 · ~$0.012 · 4 pictures"},
		{32, "seed 62182 · 4 pictures"},
		{20, "4 pictures"},
		{6, "4 pic…"},
	} {
		if got := string(fitFacts(p.pictureFacts(fourPictures()), c.w, look)); got != c.want {
			t.Errorf("in %d columns: %q, want %q", c.w, got, c.want)
		}
	}
}
