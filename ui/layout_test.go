package ui

import (
	"fmt"
	"testing"

	"tintype/ui/picture"
)

// The table of interaction.md §1: size, rail, least and most lines of the prompt, rows of settings and list, stage.
func TestArrangeAsDesigned(t *testing.T) {
	for _, c := range []struct {
		w, h                   int
		shape                  screenShape
		rail, least, most      int
		settings, list, narrow int
		stage                  string
	}{
		{160, 50, wideScreen, 54, 3, 19, 7, 33, 0, "105×46"},
		{120, 40, wideScreen, 47, 3, 15, 7, 23, 0, "72×36"},
		{80, 24, wideScreen, 33, 3, 8, 2, 14, 1, "46×20"},
		{40, 12, smallScreen, 40, 2, 4, 1, 6, 1, "0×0"},
	} {
		t.Run(fmt.Sprintf("%d×%d", c.w, c.h), func(t *testing.T) {
			l := arrange(layoutInput{w: c.w, h: c.h})
			long := arrange(layoutInput{w: c.w, h: c.h, promptLines: 1000})
			got := fmt.Sprint(l.shape, l.rail.w, l.prompt.h, long.prompt.h, l.settings.h, l.list.h, l.narrow)
			want := fmt.Sprint(c.shape, c.rail, c.least, c.most, c.settings, c.list, c.narrow == 1)
			if got != want {
				t.Errorf("shape, rail, least, most, settings, list, narrow: got %s, want %s", got, want)
			}
			if got := fmt.Sprintf("%d×%d", l.stage.w, l.stage.h); got != c.stage {
				t.Errorf("stage: got %s, want %s", got, c.stage)
			}
			if l.full != (rect{0, 0, c.w, c.h - 1}) {
				t.Errorf("full screen: got %v", l.full)
			}
		})
	}
}

// The same table's pictures: on the stage, or on the whole screen where there is none.
func TestPicturesAsDesigned(t *testing.T) {
	for _, c := range []struct {
		w, h                  int
		square, wide, upright string
	}{
		{160, 50, "92×46", "105×30", "52×46"},
		{120, 40, "72×36", "72×20", "40×36"},
		{80, 24, "40×20", "46×13", "22×20"},
		{40, 12, "22×11", "39×11", "12×11"},
	} {
		l := arrange(layoutInput{w: c.w, h: c.h})
		room := l.stage
		if room.empty() {
			room = l.full
		}
		fit := func(w, h int) string {
			size := picture.Fit(w, h, picture.Cells{W: room.w, H: room.h}, picture.Capabilities{})
			return fmt.Sprintf("%d×%d", size.W, size.H)
		}
		if got, want := fmt.Sprint(fit(1, 1), fit(16, 9), fit(9, 16)), fmt.Sprint(c.square, c.wide, c.upright); got != want {
			t.Errorf("%d×%d: got %s, want %s", c.w, c.h, got, want)
		}
	}
}

// The rows of the sketches of interaction.md §1.
func TestArrangeRowsOfTheSketches(t *testing.T) {
	l := arrange(layoutInput{w: 120, h: 40})
	sameRects(
		t, "120×40", []rect{l.promptLabel, l.prompt, l.settingsLabel, l.settings, l.listLabel, l.list, l.rule, l.caption},
		rect{1, 1, 45, 1}, rect{1, 2, 45, 3}, rect{1, 6, 45, 1}, rect{1, 7, 45, 7}, rect{1, 15, 45, 1}, rect{0, 16, 46, 23},
		rect{47, 1, 1, 38}, rect{49, 37, 70, 2},
	)
	l = arrange(layoutInput{w: 80, h: 24})
	sameRects(
		t, "80×24", []rect{l.promptLabel, l.settingsLabel, l.settings, l.listLabel, l.list, l.caption, l.bottom},
		rect{1, 1, 31, 1}, rect{1, 5, 31, 1}, rect{1, 6, 31, 2}, rect{1, 8, 31, 1}, rect{0, 9, 32, 14}, rect{35, 21, 44, 2},
		rect{1, 23, 78, 1},
	)
	l = arrange(layoutInput{w: 40, h: 12, promptLines: 2})
	sameRects(
		t, "40×12", []rect{l.header, l.prompt, l.settings, l.listLabel, l.list, l.dialog},
		rect{1, 0, 38, 1}, rect{1, 1, 38, 2}, rect{1, 3, 38, 1}, rect{0, 4, 39, 1}, rect{0, 5, 39, 6}, rect{0, 0, 40, 12},
	)
}

func sameRects(t *testing.T, name string, got []rect, want ...rect) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s:\n got %v\nwant %v", name, got, want)
	}
}

func TestShapeAtItsBorders(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want screenShape
	}{
		{72, 14, wideScreen},
		{71, 27, smallScreen},
		{71, 28, tallScreen},
		{72, 13, smallScreen},
		{72, 28, wideScreen},
		{30, 8, smallScreen},
		{29, 8, tooSmallScreen},
		{30, 7, tooSmallScreen},
		{29, 50, tooSmallScreen},
		{30, 28, tallScreen},
		{1, 1, tooSmallScreen},
		{0, 0, tooSmallScreen},
		{1000, 8, smallScreen},
	} {
		if got := shapeOf(c.w, c.h); got != c.want {
			t.Errorf("%d×%d: got %v, want %v", c.w, c.h, got, c.want)
		}
	}
}

// everySize calls f with the layout of many sizes, states and cell proportions.
func everySize(f func(in layoutInput, l layout)) {
	for w := 30; w <= 210; w += 7 {
		for h := 8; h <= 70; h++ {
			for _, lines := range []int{1, 4, 500} {
				for _, open := range []bool{false, true} {
					in := layoutInput{w: w, h: h, promptLines: lines, settingsOpen: open, bottomLines: lines, proportion: 1.6 + float64(h%9)/8}
					f(in, arrange(in))
				}
			}
		}
	}
}

// Every part lies on the screen, and none of those that stand side by side or below each other overlap.
func TestArrangeFitsAndParts(t *testing.T) {
	everySize(func(in layoutInput, l layout) {
		screen := rect{0, 0, in.w, in.h}
		parts := map[string]rect{
			"header": l.header, "bottom": l.bottom, "promptLabel": l.promptLabel, "prompt": l.prompt, "rule": l.rule,
			"settingsLabel": l.settingsLabel, "stage": l.stage, "caption": l.caption,
		}
		if !in.settingsOpen {
			parts["settings"], parts["listLabel"], parts["list"] = l.settings, l.listLabel, l.list
		}
		for name, r := range parts {
			if !within(r, screen) {
				t.Fatalf("%+v: %s %v is not on the screen", in, name, r)
			}
			for other, o := range parts {
				if name < other && overlap(r, o) {
					t.Fatalf("%+v: %s %v and %s %v overlap", in, name, r, other, o)
				}
			}
		}
		for name, r := range map[string]rect{"dialog": l.dialog, "settings": l.settings, "above": l.above, "list": l.list} {
			if !within(r, screen) || overlap(r, l.stage) || overlap(r, l.caption) || overlap(r, l.rule) {
				t.Fatalf("%+v: %s %v covers what it must not", in, name, r)
			}
		}
		if l.list.h < leastList {
			t.Fatalf("%+v: the list has %d rows", in, l.list.h)
		}
		if l.dialog.h < 6 || l.dialog.w < 30 {
			t.Fatalf("%+v: the dialog is %v", in, l.dialog)
		}
	})
}

// Rule 1: nothing but the terminal's size decides where the picture stands.
func TestStageFollowsFromTheSizeAlone(t *testing.T) {
	everySize(func(in layoutInput, l layout) {
		plain := arrange(layoutInput{w: in.w, h: in.h, proportion: in.proportion})
		if l.stage != plain.stage || l.caption != plain.caption || l.full != plain.full {
			t.Fatalf("%+v: stage %v and caption %v, else %v and %v", in, l.stage, l.caption, plain.stage, plain.caption)
		}
	})
}

// A growing prompt takes rows from the list alone.
func TestPromptGrowsOverTheList(t *testing.T) {
	short, long := arrange(layoutInput{w: 120, h: 40}), arrange(layoutInput{w: 120, h: 40, promptLines: 9})
	if long.prompt.h != 9 || short.list.h-long.list.h != long.prompt.h-short.prompt.h {
		t.Errorf("prompt %d rows, list %d of %d", long.prompt.h, long.list.h, short.list.h)
	}
	if short.list.bottom() != long.list.bottom() {
		t.Error("the list's end has moved")
	}
}

func TestFoldedSettingsOpenOverTheList(t *testing.T) {
	for _, c := range []struct {
		w, h, want, rows int
		folded           bool
	}{
		{80, 24, 0, 7, false},
		{80, 24, 12, 12, false},
		{120, 40, 0, 7, false},
		{120, 40, 20, 20, false},
		{80, 14, 0, 7, false},
		{40, 12, 0, 7, false},
		{60, 40, 0, 7, false},
	} {
		closed := arrange(layoutInput{w: c.w, h: c.h})
		open := arrange(layoutInput{w: c.w, h: c.h, settingsOpen: true, settingsWant: c.want})
		if open.settings.h != c.rows || open.folded {
			t.Errorf("%d×%d: %d rows, folded %t", c.w, c.h, open.settings.h, open.folded)
		}
		if open.list != closed.list {
			t.Errorf("%d×%d: the list has moved", c.w, c.h)
		}
	}
}

func TestProportionOfTheCells(t *testing.T) {
	if got := arrange(layoutInput{w: 160, h: 40, proportion: 2.2}).rail.w; got != 54 {
		t.Errorf("wide screen: rail %d", got)
	}
	if got := arrange(layoutInput{w: 120, h: 40, proportion: 2.2}).rail.w; got != 40 { // 119 − 36·2.2
		t.Errorf("narrow cells: rail %d, want 40", got)
	}
	if got := arrange(layoutInput{w: 120, h: 40, proportion: 77}).rail.w; got != 47 {
		t.Errorf("an absurd answer: rail %d, want 47", got)
	}
}

func TestPlacePicture(t *testing.T) {
	for _, c := range []struct {
		name           string
		stage          rect
		w, h           int
		picture, facts rect
	}{
		{"a square fills the stage", rect{48, 1, 72, 36}, 72, 36, rect{48, 1, 72, 36}, rect{}},
		{"facts below, as in the sketch", rect{34, 1, 46, 20}, 46, 13, rect{34, 1, 46, 13}, rect{35, 15, 44, 6}},
		{"facts at the right", rect{55, 1, 105, 46}, 52, 46, rect{55, 1, 52, 46}, rect{108, 1, 51, 46}},
		{"neither: in the middle", rect{55, 1, 105, 46}, 92, 46, rect{61, 1, 92, 46}, rect{}},
		{"never larger than the stage", rect{0, 0, 10, 5}, 99, 99, rect{0, 0, 10, 5}, rect{}},
	} {
		picture, facts := placePicture(c.stage, c.w, c.h)
		if picture != c.picture || facts != c.facts {
			t.Errorf("%s: got %v %v, want %v %v", c.name, picture, facts, c.picture, c.facts)
		}
		if !facts.empty() && (overlap(picture, facts) || !within(facts, c.stage)) {
			t.Errorf("%s: facts %v do not lie beside the picture", c.name, facts)
		}
	}
}

func TestLendThird(t *testing.T) {
	pictures, facts := lendThird(rect{48, 1, 72, 36})
	if pictures != (rect{48, 1, 72, 24}) || facts != (rect{49, 26, 70, 11}) {
		t.Errorf("got %v and %v", pictures, facts)
	}
}

func TestRectHolds(t *testing.T) {
	r := rect{2, 3, 4, 5}
	for _, c := range []struct {
		x, y int
		want bool
	}{{2, 3, true}, {5, 7, true}, {6, 7, false}, {5, 8, false}, {1, 3, false}} {
		if r.holds(c.x, c.y) != c.want {
			t.Errorf("%d,%d: got %t", c.x, c.y, !c.want)
		}
	}
}

func within(r, screen rect) bool {
	return r.empty() || r.x >= 0 && r.y >= 0 && r.right() <= screen.w+screen.x && r.bottom() <= screen.h+screen.y
}

func overlap(a, b rect) bool {
	return !a.empty() && !b.empty() && a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}
