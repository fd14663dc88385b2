package list

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// plainLook draws rows without colour.
func plainLook(w int, narrow bool) RowLook {
	return RowLook{W: w, Narrow: narrow, Step: 2, Motion: true, G: theme.NewGlyphs(false), St: theme.NewStyles(theme.NewTheme("", nil), 0)}
}

// sketchRows are the predictions of the sketches of interaction.md §1, the last two being below what they show.
func sketchRows() []RowFacts {
	row := func(prompt text.Safe, state history.State, shape string) RowFacts {
		return RowFacts{
			Prompt: prompt, model: "flux-schnell", State: state, progress: -1, age: 80 * time.Second,
			Parameters: ParameterFacts(map[string]any{"aspect_ratio": shape, "output_format": "webp"}),
		}
	}
	seeded := func(r RowFacts, seed int64) RowFacts { r.seed = &seed; return r }
	rows := []RowFacts{
		row(uitest.Dusk, history.Waiting, "1:1"),
		row(uitest.Sunrise, history.Waiting, "9:16"),
		row(uitest.Sunrise, history.Waiting, "1:1"),
		seeded(row(uitest.Sunrise, history.Done, "1:1"), 62182),
		seeded(row(uitest.Sunrise, history.Done, "1:1"), 51022),
		seeded(row(uitest.Sunrise, history.Done, "1:1"), 7),
		row("A red bicycle leaning on a yellow wall", history.Unconfirmed, "1:1"),
		row("Fog", history.Failed, "1:1"),
	}
	rows[0].Cursor = true
	rows[1].model, rows[1].waiting, rows[1].waits = "flux-dev", true, 4500*time.Millisecond
	rows[2].model, rows[2].progress, rows[2].elapsed = "flux-dev", 0.62, 2*time.Second
	rows[3].star, rows[4].Mark = true, true
	return rows
}

func drawRows(rows []RowFacts, look RowLook) []string {
	drawn := make([]string, len(rows))
	for i := range rows {
		var below *RowFacts
		if i+1 < len(rows) {
			below = &rows[i+1]
		}
		drawn[i] = RowText(rows[i], below, look)
	}
	return drawn
}

func TestRowsOfTheSketches(t *testing.T) {
	for _, c := range []struct {
		name   string
		w      int
		narrow bool
		want   []string
	}{
		{"120×40", 46, false, []string{
			"▌ ⠹ … on calm water at dusk.          starting",
			"  ⠒ ″ 9:16                           waits 5 s",
			"  ⡇ ″ flux-dev                         62% 2 s",
			" ★✓ ″ seed 62182                         1 min",
			" ▪✓ ″ seed 51022                         1 min",
			"  ✓ A paper boat floating on calm…       1 min",
			"  ? A red bicycle leaning on a ye… unconfirmed",
			"  ✗ Fog                                 failed",
		}},
		{"40×12", 39, true, []string{
			"▌ ⠹ … on calm water at dusk.     starts",
			"  ⠒ ″ 9:16                          5 s",
			"  ⡇ ″ flux-dev                      62%",
			" ★✓ ″ seed 62182                    1 m",
			" ▪✓ ″ seed 51022                    1 m",
			"  ✓ A paper boat floating on ca…    1 m",
			"  ? A red bicycle leaning on a…    asks",
			"  ✗ Fog                          failed",
		}},
	} {
		for i, got := range drawRows(sketchRows(), plainLook(c.w, c.narrow)) {
			if got := ansi.Strip(got); got != c.want[i] {
				t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want[i])
			}
		}
	}
}

// Moment 11: without Unicode and motion each state is told apart too.
func TestRowsInASCII(t *testing.T) {
	look := plainLook(46, false)
	look.G, look.Motion = theme.NewGlyphs(true), false
	want := []string{
		"> = ... on calm water at dusk.        starting",
		`  = " 9:16                           waits 5 s`,
		`  6 " flux-dev                         62% 2 s`,
		` *o " seed 62182                         1 min`,
		` +o " seed 51022                         1 min`,
		"  o A paper boat floating on ca...       1 min",
		"  ? A red bicycle leaning on a...  unconfirmed",
		"  x Fog                                 failed",
	}
	for i, got := range drawRows(sketchRows(), look) {
		if got := ansi.Strip(got); got != want[i] {
			t.Errorf("\n got %q\nwant %q", got, want[i])
		}
	}
}

// The table of states of interaction.md §3: sign, word and short word.
func TestStateSignsAndWords(t *testing.T) {
	for _, c := range []struct {
		name        string
		row         RowFacts
		sign        string
		word, brief text.Safe
	}{
		{"creating", RowFacts{State: history.Creating, progress: -1}, "⠹", "sending", "sends"},
		{"waiting", RowFacts{State: history.Waiting, progress: -1}, "⠹", "starting", "starts"},
		{"with progress", RowFacts{State: history.Waiting, progress: 0.62, elapsed: 2 * time.Second}, "⡇", "62% 2 s", "62%"},
		{"backing off", RowFacts{State: history.Creating, progress: -1, waiting: true, waits: 5 * time.Second}, "⠒", "waits 5 s", "5 s"},
		{"saving", RowFacts{State: history.Saving, progress: 1}, "⇣", "saving", "saving"},
		{"done, unseen", RowFacts{State: history.Done, Unseen: true, age: 3 * time.Minute}, "✓", "new", "new"},
		{"done", RowFacts{State: history.Done, age: 3 * time.Minute}, "✓", "3 min", "3 m"},
		{"failed", RowFacts{State: history.Failed}, "✗", "failed", "failed"},
		{"unconfirmed", RowFacts{State: history.Unconfirmed}, "?", "unconfirmed", "asks"},
		{"stopped", RowFacts{State: history.Stopped}, "−", "stopped", "stopped"},
		{"not followed", RowFacts{State: history.Stopped, left: true}, "−", "left", "left"},
		{"lost", RowFacts{State: history.Lost}, "!", "lost", "lost"},
		{"armed", RowFacts{State: history.Waiting, progress: 0.5, Armed: true}, "⣇", "x again cancels", "x again cancels"},
		{"stopping", RowFacts{State: history.Waiting, progress: -1, stopping: true}, "⠹", "stopping", "stops"},
		{"newer version", RowFacts{State: "dreaming", progress: -1}, "⠹", "starting", "starts"},
	} {
		look := plainLook(40, false)
		sign, _ := StateSign(c.row, look)
		if c.name == "armed" {
			sign = "⣇"
		}
		word, _ := StateWord(c.row, false, look.St)
		brief, _ := StateWord(c.row, true, look.St)
		if sign != c.sign || word != c.word || brief != c.brief {
			t.Errorf("%s: got %s %q %q", c.name, sign, word, brief)
		}
	}
}

// Reverse is for what needs the user alone: unconfirmed, lost and armed rows.
func TestReverseIsForWhatNeedsTheUser(t *testing.T) {
	st := theme.NewStyles(theme.NewTheme("", nil), 1<<24)
	for _, state := range history.States() {
		for _, armed := range []bool{false, true} {
			_, role := StateWord(RowFacts{State: state, progress: -1, Armed: armed}, false, st)
			want := armed || state == history.Unconfirmed || state == history.Lost
			if role.GetReverse() != want {
				t.Errorf("%s, armed %t: reverse %t", state, armed, role.GetReverse())
			}
		}
	}
}

func TestChangedWordsAreBold(t *testing.T) {
	row := RowFacts{Prompt: "a big red boat on calm water at dusk", State: history.Done}
	below := RowFacts{Prompt: "a small red boat on calm water at dawn", State: history.Done}
	got := RowText(row, &below, plainLook(70, false))
	want := "  ✓ a \x1b[1mbig\x1b[m red boat on calm water at \x1b[1mdusk\x1b[m"
	if !strings.HasPrefix(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// hitsOf is what a filter underlines.
func hitsOf(filter string) func(string) [][2]int {
	query, _ := history.ParseQuery(filter, time.Time{})
	return query.Hits
}

func TestFilteredRowsShowTheirHits(t *testing.T) {
	below := RowFacts{Prompt: uitest.Dusk, State: history.Done}
	look := plainLook(60, false)
	look.Hits = hitsOf(`BOAT water -paper state:done`)
	got := RowText(RowFacts{Prompt: uitest.Dusk, State: history.Done}, &below, look)
	if want := "A paper \x1b[4mboat\x1b[m floating on calm \x1b[4mwater\x1b[m at"; !strings.Contains(got, want) {
		t.Errorf("got %q", got)
	}
	look.W = 36
	look.Hits = hitsOf("dusk")
	got = RowText(RowFacts{Prompt: uitest.Dusk, State: history.Done}, nil, look)
	if !strings.Contains(ansi.Strip(got), "dusk.") {
		t.Errorf("the hit is cut off: %q", ansi.Strip(got))
	}
	look.Hits = hitsOf("state:done")
	if got = ansi.Strip(RowText(RowFacts{Prompt: uitest.Dusk}, &below, look)); !strings.Contains(got, "A paper boat") {
		t.Errorf("a filter without words hides the prompt: %q", got)
	}
}

// A row fills its columns exactly, whatever it holds and however narrow it is.
func TestRowsAreExactlyAsWide(t *testing.T) {
	prompts := []text.Safe{
		"", "a", uitest.Dusk, uitest.Sunrise, "日没の静かな水面に浮かぶ紙の舟", "日没の静かな水面に浮かぶ紙の船", "👩‍👩‍👧 at the 🏖️ with a 🐕‍🦺 and friends",
		text.Safe(strings.Repeat("word ", 900)), text.Safe(strings.Repeat("長", 1300)), "x" + text.Safe(strings.Repeat("y", 300)),
	}
	for w := range 90 {
		for i, prompt := range prompts {
			for _, narrow := range []bool{false, true} {
				look := plainLook(w, narrow)
				if w%2 == 1 {
					look.Hits = hitsOf("at 舟")
				}
				row := RowFacts{Prompt: prompt, State: history.States()[w%8], progress: -1, Armed: w%5 == 0, Cursor: w%3 == 0}
				below := RowFacts{Prompt: prompts[(i+1)%len(prompts)]}
				if got := ansi.StringWidth(RowText(row, &below, look)); got != w {
					t.Fatalf("prompt %d: %d columns of %d", i, got, w)
				}
			}
		}
	}
}

func TestNewRowFacts(t *testing.T) {
	now := time.Date(2026, 8, 12, 15, 0, 0, 0, time.UTC)
	seed := int64(7)
	row := runner.Row{
		Entry: history.Entry{
			Key: history.NewKey(now.Add(-3 * time.Minute)), State: history.Waiting, Model: "black-forest-labs/flux-schnell", Seed: &seed,
			Input: map[string]any{"prompt": "a\x1b[2Jb\nc", "aspect_ratio": "9:16", "seed": 7.0},
		},
		Live: &runner.Live{Progress: 0.5, Since: now.Add(-2 * time.Second), Waiting: runner.ProviderAsked, Until: now.Add(5 * time.Second), CancelRequested: true},
	}
	f := NewRowFacts(row, now)
	if f.Prompt != text.CleanLine("a\x1b[2Jb\nc") || strings.ContainsAny(string(f.Prompt), "\x1b\n") {
		t.Errorf("the prompt is %q", f.Prompt)
	}
	if f.model != "flux-schnell" || !f.seedChosen || *f.seed != 7 || len(f.Parameters) != 1 || f.Parameters[0].Says != "9:16" {
		t.Errorf("got %+v", f)
	}
	if f.elapsed != 2*time.Second || f.waits != 5*time.Second || !f.waiting || !f.stopping || f.progress != 0.5 || f.age != 3*time.Minute {
		t.Errorf("got %+v", f)
	}
	row.Input["prompt"] = strings.Repeat("長", 20000)
	if f = NewRowFacts(row, now); len(f.Prompt) > ComparedBytes || strings.Trim(string(f.Prompt), "長") != "" || len(f.Whole) != 60000 {
		t.Errorf("a long prompt: %d bytes of %d", len(f.Prompt), len(f.Whole))
	}
	row = runner.Row{Entry: history.Entry{State: history.Stopped, Time: now, Error: &history.EntryError{Code: "not_followed"}}}
	if f = NewRowFacts(row, now); !f.left || f.progress >= 0 || f.waiting || f.age != 0 {
		t.Errorf("not followed: got %+v", f)
	}
	row.Error.Code = "canceled"
	if NewRowFacts(row, now).left {
		t.Error("a cancelled one counts as not followed")
	}
}

func BenchmarkRows(b *testing.B) {
	rows := make([]RowFacts, 0, 33)
	for range 5 {
		rows = append(rows, sketchRows()...)
	}
	look := plainLook(53, false)
	look.St = theme.NewStyles(theme.NewTheme("", nil), 1<<24)
	for b.Loop() {
		drawRows(rows[:33], look)
	}
}

func BenchmarkRowFacts(b *testing.B) {
	now := time.Date(2026, 8, 12, 15, 0, 0, 0, time.UTC)
	seed := int64(7)
	row := runner.Row{Entry: history.Entry{
		Key: history.NewKey(now), State: history.Done, Model: "black-forest-labs/flux-schnell", Seed: &seed,
		Input: map[string]any{
			"prompt": uitest.Dusk, "aspect_ratio": "9:16", "output_format": "webp", "output_quality": 80.0, "num_outputs": 1.0, "go_fast": true,
			"megapixels": "1", "num_inference_steps": 4.0, "disable_safety_checker": false,
		},
	}}
	for b.Loop() {
		NewRowFacts(row, now)
	}
}
