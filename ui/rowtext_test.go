package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// plainLook draws rows without colour.
func plainLook(w int, narrow bool) rowLook {
	return rowLook{w: w, narrow: narrow, step: 2, motion: true, g: newGlyphs(false), st: newStyles(newTheme("", nil), 0)}
}

// sketchRows are the predictions of the sketches of interaction.md §1, the last two being below what they show.
func sketchRows() []rowFacts {
	row := func(prompt text.Safe, state history.State, shape string) rowFacts {
		return rowFacts{
			prompt: prompt, model: "flux-schnell", state: state, progress: -1, age: 80 * time.Second,
			parameters: parameterFacts(map[string]any{"aspect_ratio": shape, "output_format": "webp"}),
		}
	}
	seeded := func(r rowFacts, seed int64) rowFacts { r.seed = &seed; return r }
	rows := []rowFacts{
		row(dusk, history.Waiting, "1:1"),
		row(sunrise, history.Waiting, "9:16"),
		row(sunrise, history.Waiting, "1:1"),
		seeded(row(sunrise, history.Done, "1:1"), 62182),
		seeded(row(sunrise, history.Done, "1:1"), 51022),
		seeded(row(sunrise, history.Done, "1:1"), 7),
		row("A red bicycle leaning on a yellow wall", history.Unconfirmed, "1:1"),
		row("Fog", history.Failed, "1:1"),
	}
	rows[0].cursor = true
	rows[1].model, rows[1].waiting, rows[1].waits = "flux-dev", true, 4500*time.Millisecond
	rows[2].model, rows[2].progress, rows[2].elapsed = "flux-dev", 0.62, 2*time.Second
	rows[3].star, rows[4].mark = true, true
	return rows
}

func drawRows(rows []rowFacts, look rowLook) []string {
	drawn := make([]string, len(rows))
	for i := range rows {
		var below *rowFacts
		if i+1 < len(rows) {
			below = &rows[i+1]
		}
		drawn[i] = rowText(rows[i], below, look)
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
	look.g, look.motion = newGlyphs(true), false
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
		row         rowFacts
		sign        string
		word, brief text.Safe
	}{
		{"creating", rowFacts{state: history.Creating, progress: -1}, "⠹", "sending", "sends"},
		{"waiting", rowFacts{state: history.Waiting, progress: -1}, "⠹", "starting", "starts"},
		{"with progress", rowFacts{state: history.Waiting, progress: 0.62, elapsed: 2 * time.Second}, "⡇", "62% 2 s", "62%"},
		{"backing off", rowFacts{state: history.Creating, progress: -1, waiting: true, waits: 5 * time.Second}, "⠒", "waits 5 s", "5 s"},
		{"saving", rowFacts{state: history.Saving, progress: 1}, "⇣", "saving", "saving"},
		{"done, unseen", rowFacts{state: history.Done, unseen: true, age: 3 * time.Minute}, "✓", "new", "new"},
		{"done", rowFacts{state: history.Done, age: 3 * time.Minute}, "✓", "3 min", "3 m"},
		{"failed", rowFacts{state: history.Failed}, "✗", "failed", "failed"},
		{"unconfirmed", rowFacts{state: history.Unconfirmed}, "?", "unconfirmed", "asks"},
		{"stopped", rowFacts{state: history.Stopped}, "−", "stopped", "stopped"},
		{"not followed", rowFacts{state: history.Stopped, left: true}, "−", "left", "left"},
		{"lost", rowFacts{state: history.Lost}, "!", "lost", "lost"},
		{"armed", rowFacts{state: history.Waiting, progress: 0.5, armed: true}, "⣇", "x again cancels", "x again cancels"},
		{"stopping", rowFacts{state: history.Waiting, progress: -1, stopping: true}, "⠹", "stopping", "stops"},
		{"newer version", rowFacts{state: "dreaming", progress: -1}, "⠹", "starting", "starts"},
	} {
		look := plainLook(40, false)
		sign, _ := stateSign(c.row, look)
		if c.name == "armed" {
			sign = "⣇"
		}
		word, _ := stateWord(c.row, false, look.st)
		brief, _ := stateWord(c.row, true, look.st)
		if sign != c.sign || word != c.word || brief != c.brief {
			t.Errorf("%s: got %s %q %q", c.name, sign, word, brief)
		}
	}
}

// Reverse is for what needs the user alone: unconfirmed, lost and armed rows.
func TestReverseIsForWhatNeedsTheUser(t *testing.T) {
	st := newStyles(newTheme("", nil), 1<<24)
	for _, state := range history.States() {
		for _, armed := range []bool{false, true} {
			_, role := stateWord(rowFacts{state: state, progress: -1, armed: armed}, false, st)
			want := armed || state == history.Unconfirmed || state == history.Lost
			if role.GetReverse() != want {
				t.Errorf("%s, armed %t: reverse %t", state, armed, role.GetReverse())
			}
		}
	}
}

func TestChangedWordsAreBold(t *testing.T) {
	row := rowFacts{prompt: "a big red boat on calm water at dusk", state: history.Done}
	below := rowFacts{prompt: "a small red boat on calm water at dawn", state: history.Done}
	got := rowText(row, &below, plainLook(70, false))
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
	below := rowFacts{prompt: dusk, state: history.Done}
	look := plainLook(60, false)
	look.hits = hitsOf(`BOAT water -paper state:done`)
	got := rowText(rowFacts{prompt: dusk, state: history.Done}, &below, look)
	if want := "A paper \x1b[4mboat\x1b[m floating on calm \x1b[4mwater\x1b[m at"; !strings.Contains(got, want) {
		t.Errorf("got %q", got)
	}
	look.w = 36
	look.hits = hitsOf("dusk")
	got = rowText(rowFacts{prompt: dusk, state: history.Done}, nil, look)
	if !strings.Contains(ansi.Strip(got), "dusk.") {
		t.Errorf("the hit is cut off: %q", ansi.Strip(got))
	}
	look.hits = hitsOf("state:done")
	if got = ansi.Strip(rowText(rowFacts{prompt: dusk}, &below, look)); !strings.Contains(got, "A paper boat") {
		t.Errorf("a filter without words hides the prompt: %q", got)
	}
}

// A row fills its columns exactly, whatever it holds and however narrow it is.
func TestRowsAreExactlyAsWide(t *testing.T) {
	prompts := []text.Safe{
		"", "a", dusk, sunrise, "日没の静かな水面に浮かぶ紙の舟", "日没の静かな水面に浮かぶ紙の船", "👩‍👩‍👧 at the 🏖️ with a 🐕‍🦺 and friends",
		text.Safe(strings.Repeat("word ", 900)), text.Safe(strings.Repeat("長", 1300)), "x" + text.Safe(strings.Repeat("y", 300)),
	}
	for w := range 90 {
		for i, prompt := range prompts {
			for _, narrow := range []bool{false, true} {
				look := plainLook(w, narrow)
				if w%2 == 1 {
					look.hits = hitsOf("at 舟")
				}
				row := rowFacts{prompt: prompt, state: history.States()[w%8], progress: -1, armed: w%5 == 0, cursor: w%3 == 0}
				below := rowFacts{prompt: prompts[(i+1)%len(prompts)]}
				if got := ansi.StringWidth(rowText(row, &below, look)); got != w {
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
	f := newRowFacts(row, now)
	if f.prompt != text.CleanLine("a\x1b[2Jb\nc") || strings.ContainsAny(string(f.prompt), "\x1b\n") {
		t.Errorf("the prompt is %q", f.prompt)
	}
	if f.model != "flux-schnell" || !f.seedChosen || *f.seed != 7 || len(f.parameters) != 1 || f.parameters[0].says != "9:16" {
		t.Errorf("got %+v", f)
	}
	if f.elapsed != 2*time.Second || f.waits != 5*time.Second || !f.waiting || !f.stopping || f.progress != 0.5 || f.age != 3*time.Minute {
		t.Errorf("got %+v", f)
	}
	row.Input["prompt"] = strings.Repeat("長", 20000)
	if f = newRowFacts(row, now); len(f.prompt) > comparedBytes || strings.Trim(string(f.prompt), "長") != "" || len(f.whole) != 60000 {
		t.Errorf("a long prompt: %d bytes of %d", len(f.prompt), len(f.whole))
	}
	row = runner.Row{Entry: history.Entry{State: history.Stopped, Time: now, Error: &history.EntryError{Code: "not_followed"}}}
	if f = newRowFacts(row, now); !f.left || f.progress >= 0 || f.waiting || f.age != 0 {
		t.Errorf("not followed: got %+v", f)
	}
	row.Error.Code = "canceled"
	if newRowFacts(row, now).left {
		t.Error("a cancelled one counts as not followed")
	}
}

func BenchmarkRows(b *testing.B) {
	rows := make([]rowFacts, 0, 33)
	for range 5 {
		rows = append(rows, sketchRows()...)
	}
	look := plainLook(53, false)
	look.st = newStyles(newTheme("", nil), 1<<24)
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
			"prompt": dusk, "aspect_ratio": "9:16", "output_format": "webp", "output_quality": 80.0, "num_outputs": 1.0, "go_fast": true,
			"megapixels": "1", "num_inference_steps": 4.0, "disable_safety_checker": false,
		},
	}}
	for b.Loop() {
		newRowFacts(row, now)
	}
}
