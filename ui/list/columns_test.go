package list

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// plainOptions returns options that draw rows of w columns without colours.
func plainOptions(w int, brief bool) DrawOptions {
	return DrawOptions{
		Look:  theme.NewLook("", nil, 0, false),
		Width: w, Brief: brief, Now: time.UnixMilli(250), Motion: true,
	}
}

// sampleRows returns predictions in most states, whose prompts and parameters differ in the ways that a row shows.
func sampleRows() []row {
	sample := func(prompt text.Safe, state history.State, shape string) row {
		return row{
			prompt: prompt, model: "flux-schnell", state: state, progress: -1, age: 80 * time.Second,
			parameters: params.Of(map[string]any{"aspect_ratio": shape, "output_format": "webp"}),
		}
	}
	withSeed := func(r row, seed int64) row { r.seed = &seed; return r }
	rows := []row{
		sample(uitest.Dusk, history.Waiting, "1:1"),
		sample(uitest.Sunrise, history.Waiting, "9:16"),
		sample(uitest.Sunrise, history.Waiting, "1:1"),
		withSeed(sample(uitest.Sunrise, history.Done, "1:1"), 62182),
		withSeed(sample(uitest.Sunrise, history.Done, "1:1"), 51022),
		withSeed(sample(uitest.Sunrise, history.Done, "1:1"), 7),
		sample("A red bicycle leaning on a yellow wall", history.Unconfirmed, "1:1"),
		sample("Fog", history.Failed, "1:1"),
	}
	rows[0].selected = true
	rows[1].model, rows[1].waiting, rows[1].waitLeft = "flux-dev", true, 4500*time.Millisecond
	rows[2].model, rows[2].progress, rows[2].elapsed = "flux-dev", 0.62, 2*time.Second
	rows[3].starred, rows[4].marked = true, true
	return rows
}

func drawRows(rows []row, o DrawOptions) []string {
	drawn := make([]string, len(rows))
	for i := range rows {
		var below *row
		if i+1 < len(rows) {
			below = &rows[i+1]
		}
		drawn[i] = drawRow(&rows[i], below, &o)
	}
	return drawn
}

func TestDrawRow(t *testing.T) {
	for _, c := range []struct {
		name  string
		w     int
		brief bool
		want  []string
	}{
		{"120×40", 46, false, []string{
			"▌ ⠹ … on calm water at dusk.          starting",
			"  ⠒ ″ 9:16                        retry in 5 s",
			"  ⡇ ″ flux-dev                         62% 2 s",
			" ★✓ ″ seed 62182                         1 min",
			" ▪✓ ″ seed 51022                         1 min",
			"  ✓ A paper boat floating on calm wate…  1 min",
			"  ? A red bicycle leaning on a y…  unconfirmed",
			"  ✗ Fog                                 failed",
		}},
		{"40×12", 39, true, []string{
			"▌ ⠹ … on calm water at dusk.     starts",
			"  ⠒ ″ 9:16                          5 s",
			"  ⡇ ″ flux-dev                      62%",
			" ★✓ ″ seed 62182                  1 min",
			" ▪✓ ″ seed 51022                  1 min",
			"  ✓ A paper boat floating on ca…  1 min",
			"  ? A red bicycle leaning on a y…  asks",
			"  ✗ Fog                          failed",
		}},
	} {
		for i, got := range drawRows(sampleRows(), plainOptions(c.w, c.brief)) {
			if got := ansi.Strip(got); got != c.want[i] {
				t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want[i])
			}
		}
	}
}

// TestMarkHidesNoStar: a row with a mark and a star has both, and its prompt one column less.
func TestMarkHidesNoStar(t *testing.T) {
	rows := sampleRows()
	rows[3].marked = true
	o := plainOptions(36, true)
	if got, want := ansi.Strip(drawRow(&rows[3], &rows[4], &o)), " ▪★✓ ″ seed 62182              1 min"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Without Unicode and motion, each state still has its own sign.
func TestDrawRowInASCII(t *testing.T) {
	o := plainOptions(46, false)
	o.Glyphs, o.Motion = theme.NewGlyphs(true), false
	want := []string{
		"> = ... on calm water at dusk.        starting",
		`  = " 9:16                        retry in 5 s`,
		`  6 " flux-dev                         62% 2 s`,
		` *o " seed 62182                         1 min`,
		` +o " seed 51022                         1 min`,
		"  o A paper boat floating on calm wa...  1 min",
		"  ? A red bicycle leaning on a...  unconfirmed",
		"  x Fog                                 failed",
	}
	for i, got := range drawRows(sampleRows(), o) {
		if got := ansi.Strip(got); got != want[i] {
			t.Errorf("\n got %q\nwant %q", got, want[i])
		}
	}
}

// Each state has a sign, a word, and a word for a narrow list.
func TestStates(t *testing.T) {
	for _, c := range []struct {
		name        string
		row         row
		sign        text.Safe
		word, brief text.Safe
	}{
		{"creating", row{state: history.Creating, progress: -1}, "⠹", "sending", "sends"},
		{"waiting", row{state: history.Waiting, progress: -1}, "⠹", "starting", "starts"},
		{"with progress", row{state: history.Waiting, progress: 0.62, elapsed: 2 * time.Second}, "⡇", "62% 2 s", "62%"},
		{"backing off", row{state: history.Creating, progress: -1, waiting: true, waitLeft: 5 * time.Second}, "⠒", "retry in 5 s", "5 s"},
		{"saving", row{state: history.Saving, progress: 1}, "⇣", "saving", "saving"},
		{"done, unseen", row{state: history.Done, unseen: true, age: 3 * time.Minute}, "✓", "new", "new"},
		{"done", row{state: history.Done, age: 3 * time.Minute}, "✓", "3 min", "3 min"},
		{"failed", row{state: history.Failed}, "✗", "failed", "failed"},
		{"unconfirmed", row{state: history.Unconfirmed}, "?", "unconfirmed", "asks"},
		{"cancelled", row{state: history.Stopped}, "−", "cancelled", "cancelled"},
		{"not followed", row{state: history.Stopped, unfollowed: true}, "−", "unfollowed", "left"},
		{"lost", row{state: history.Lost}, "!", "lost", "lost"},
		{"armed", row{state: history.Waiting, progress: 0.5, armed: true}, "⡇", "x again cancels", "x again cancels"},
		{"stopping", row{state: history.Waiting, progress: -1, canceling: true}, "⠹", "cancelling", "cancels"},
		{"newer version", row{state: "dreaming", progress: -1}, "⠹", "starting", "starts"},
	} {
		long, short := plainOptions(40, false), plainOptions(40, true)
		sign, _ := signCell(&c.row, &long)
		word, _ := stateCell(&c.row, &long)
		brief, _ := stateCell(&c.row, &short)
		if sign != c.sign || word != c.word || brief != c.brief {
			t.Errorf("%s: got %s %q %q", c.name, sign, word, brief)
		}
	}
}

// Reverse is only for what needs the user: unconfirmed, lost and armed rows.
func TestReverseMarksWhatNeedsTheUser(t *testing.T) {
	o := plainOptions(40, false)
	o.Styles = theme.NewLook("", nil, 1<<24, false).Styles
	for _, state := range history.States() {
		for _, armed := range []bool{false, true} {
			_, role := stateCell(&row{state: state, progress: -1, armed: armed}, &o)
			want := armed || state == history.Unconfirmed || state == history.Lost
			if role.GetReverse() != want {
				t.Errorf("%s, armed %t: reverse %t", state, armed, role.GetReverse())
			}
		}
	}
}

// A row is exactly as wide as it is asked to be, whatever it shows.
func TestRowsAreExactlyAsWide(t *testing.T) {
	prompts := []text.Safe{
		"", "a", uitest.Dusk, uitest.Sunrise, "日没の静かな水面に浮かぶ紙の舟", "日没の静かな水面に浮かぶ紙の船", "👩‍👩‍👧 at the 🏖️ with a 🐕‍🦺 and friends",
		text.Safe(strings.Repeat("word ", 900)), text.Safe(strings.Repeat("長", 1300)), "x" + text.Safe(strings.Repeat("y", 300)),
	}
	for w := range 90 {
		for i, prompt := range prompts {
			for _, brief := range []bool{false, true} {
				o := plainOptions(w, brief)
				if w%2 == 1 {
					o.hits = hitsOf("at 舟")
				}
				r := row{prompt: prompt, state: history.States()[w%8], progress: -1, armed: w%5 == 0, selected: w%3 == 0}
				below := row{prompt: prompts[(i+1)%len(prompts)]}
				if got := ansi.StringWidth(drawRow(&r, &below, &o)); got != w {
					t.Fatalf("prompt %d: %d columns of %d", i, got, w)
				}
			}
		}
	}
}

func BenchmarkRows(b *testing.B) {
	rows := make([]row, 0, 33)
	for range 5 {
		rows = append(rows, sampleRows()...)
	}
	o := plainOptions(53, false)
	o.Styles = theme.NewLook("", nil, 1<<24, false).Styles
	for b.Loop() {
		drawRows(rows[:33], o)
	}
}

// A caption shows the state, or what is new about a prediction that is done. It has no room for more.
func TestDrawCaption(t *testing.T) {
	rows := sampleRows()
	rows = append(rows, rows[3])
	rows[8].prompt, rows[8].fullPrompt = "A paper boat of gold floating on calm water at dawn.", "other"
	done := rows[3]
	same, unlike := done, row{prompt: "Fog"}
	armed := done
	armed.armed = true
	both := done
	both.marked = true
	for _, c := range []struct {
		name      string
		r, below  *row
		w         int
		wantPlain string
	}{
		{"under way", &rows[0], &rows[1], 20, "      ⠹ starts"},
		{"failed", &rows[7], nil, 20, "      ✗ failed"},
		{"armed", &armed, nil, 20, " ★✓ x again cancels"},
		{"the last one", &done, nil, 24, "★✓ A paper boat floatin…"},
		{"another seed", &done, &rows[4], 20, "   ★✓ seed 62182"},
		{"nothing new", &done, &same, 20, "      ★✓ again"},
		{"other words", &rows[8], &done, 60, "         ★✓ of gold floating on calm water at dawn"},
		{"another prompt", &done, &unlike, 20, "★✓ A paper boat flo…"},
		{"no room", &done, nil, 4, "★✓ …"},
		{"marked, with a star", &both, &rows[4], 20, "   ▪★✓ seed 62182"},
	} {
		o := plainOptions(c.w, true)
		if got := ansi.Strip(drawCaption(c.r, c.below, &o)); got != c.wantPlain {
			t.Errorf("%s: got %q", c.name, got)
		}
	}
}

// TestEmptyColumnTakesNoRoom: a column that a row lacks costs no blank either.
func TestEmptyColumnTakesNoRoom(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]int{0: 0, 1: 1, 12: 2} {
		if got := blankBefore(width); got != want {
			t.Errorf("a column of width %d has %d blanks before it, want %d", width, got, want)
		}
	}
}

// TestNoSeparatorBeforeTheEllipsis: a row that is cut between two facts does not end in a separator, at any width.
func TestNoSeparatorBeforeTheEllipsis(t *testing.T) {
	t.Parallel()
	rows := sampleRows()
	r, below := rows[5], rows[5]
	r.parameters = params.Of(map[string]any{"aspect_ratio": "16:9", "output_format": "jpg", "num_outputs": 4.0, "seed": 12.0})
	for _, ascii := range []bool{false, true} {
		for w := 8; w < 60; w++ {
			o := plainOptions(w, false)
			o.Glyphs = theme.NewGlyphs(ascii)
			for _, got := range []string{drawRow(&r, &below, &o), drawCaption(&r, &below, &o)} {
				before, _, cut := strings.Cut(ansi.Strip(got), string(o.Glyphs.Ellipsis))
				if cut && (strings.HasSuffix(strings.TrimRight(before, " "), "·") || strings.HasSuffix(strings.TrimRight(before, " "), "-")) {
					t.Errorf("%d wide: %q", w, ansi.Strip(got))
				}
			}
		}
	}
}
