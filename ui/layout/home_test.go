package layout

import (
	"fmt"
	"testing"

	"tintype/ui/cell"
	"tintype/ui/picture"
)

// For each size: width of the sidebar, least and most lines of the prompt, rows of settings and list, and the preview.
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
			l := Arrange(LayoutInput{W: c.w, H: c.h})
			long := Arrange(LayoutInput{W: c.w, H: c.h, PromptLines: 1000})
			got := fmt.Sprint(l.Shape, l.Rail.W, l.Prompt.H, long.Prompt.H, l.Settings.H, l.List.H, l.Narrow)
			want := fmt.Sprint(c.shape, c.rail, c.least, c.most, c.settings, c.list, c.narrow == 1)
			if got != want {
				t.Errorf("shape, rail, least, most, settings, list, narrow: got %s, want %s", got, want)
			}
			if got := fmt.Sprintf("%d×%d", l.Stage.W, l.Stage.H); got != c.stage {
				t.Errorf("stage: got %s, want %s", got, c.stage)
			}
			if l.Full != (cell.Rect{X: 0, Y: 0, W: c.w, H: c.h - 1}) {
				t.Errorf("full screen: got %v", l.Full)
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
		l := Arrange(LayoutInput{W: c.w, H: c.h})
		room := l.Stage
		if room.Empty() {
			room = l.Full
		}
		fit := func(w, h int) string {
			size := picture.Fit(w, h, picture.Cells{W: room.W, H: room.H}, picture.Capabilities{})
			return fmt.Sprintf("%d×%d", size.W, size.H)
		}
		if got, want := fmt.Sprint(fit(1, 1), fit(16, 9), fit(9, 16)), fmt.Sprint(c.square, c.wide, c.upright); got != want {
			t.Errorf("%d×%d: got %s, want %s", c.w, c.h, got, want)
		}
	}
}

// Everything is where the sketches of Arrange show it.
func TestArrangeRowsOfTheSketches(t *testing.T) {
	l := Arrange(LayoutInput{W: 120, H: 40})
	sameRects(
		t, "120×40", []cell.Rect{l.PromptLabel, l.Prompt, l.SettingsLabel, l.Settings, l.ListLabel, l.List, l.Rule, l.Caption},
		cell.Rect{X: 1, Y: 1, W: 45, H: 1}, cell.Rect{X: 1, Y: 2, W: 45, H: 3}, cell.Rect{X: 1, Y: 6, W: 45, H: 1}, cell.Rect{X: 1, Y: 7, W: 45, H: 7}, cell.Rect{X: 1, Y: 15, W: 45, H: 1}, cell.Rect{X: 0, Y: 16, W: 46, H: 23},
		cell.Rect{X: 47, Y: 1, W: 1, H: 38}, cell.Rect{X: 49, Y: 37, W: 70, H: 2},
	)
	l = Arrange(LayoutInput{W: 80, H: 24})
	sameRects(
		t, "80×24", []cell.Rect{l.PromptLabel, l.SettingsLabel, l.Settings, l.ListLabel, l.List, l.Caption, l.Bottom},
		cell.Rect{X: 1, Y: 1, W: 31, H: 1}, cell.Rect{X: 1, Y: 5, W: 31, H: 1}, cell.Rect{X: 1, Y: 6, W: 31, H: 2}, cell.Rect{X: 1, Y: 8, W: 31, H: 1}, cell.Rect{X: 0, Y: 9, W: 32, H: 14}, cell.Rect{X: 35, Y: 21, W: 44, H: 2},
		cell.Rect{X: 1, Y: 23, W: 78, H: 1},
	)
	l = Arrange(LayoutInput{W: 40, H: 12, PromptLines: 2})
	sameRects(
		t, "40×12", []cell.Rect{l.Header, l.Prompt, l.Settings, l.ListLabel, l.List, l.Dialog},
		cell.Rect{X: 1, Y: 0, W: 38, H: 1}, cell.Rect{X: 1, Y: 1, W: 38, H: 2}, cell.Rect{X: 1, Y: 3, W: 38, H: 1}, cell.Rect{X: 0, Y: 4, W: 39, H: 1}, cell.Rect{X: 0, Y: 5, W: 39, H: 6}, cell.Rect{X: 0, Y: 0, W: 40, H: 12},
	)
}

func sameRects(t *testing.T, name string, got []cell.Rect, want ...cell.Rect) {
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
		{29, 8, TooSmallScreen},
		{30, 7, TooSmallScreen},
		{29, 50, TooSmallScreen},
		{30, 28, tallScreen},
		{1, 1, TooSmallScreen},
		{0, 0, TooSmallScreen},
		{1000, 8, smallScreen},
	} {
		if got := shapeOf(c.w, c.h); got != c.want {
			t.Errorf("%d×%d: got %v, want %v", c.w, c.h, got, c.want)
		}
	}
}

// everySize calls f with the layout of many sizes, states and cell proportions.
func everySize(f func(in LayoutInput, l Layout)) {
	for w := 30; w <= 210; w += 7 {
		for h := 8; h <= 70; h++ {
			for _, lines := range []int{1, 4, 500} {
				for _, open := range []bool{false, true} {
					in := LayoutInput{W: w, H: h, PromptLines: lines, SettingsOpen: open, Proportion: 1.6 + float64(h%9)/8}
					l := Arrange(in)
					if l.Shape != TooSmallScreen {
						l.GrowBottom(lines)
					}
					f(in, l)
				}
			}
		}
	}
}

// Every part lies on the screen, and none of those that stand side by side or below each other overlap.
func TestArrangeFitsAndParts(t *testing.T) {
	everySize(func(in LayoutInput, l Layout) {
		screen := cell.Rect{X: 0, Y: 0, W: in.W, H: in.H}
		parts := map[string]cell.Rect{
			"header": l.Header, "bottom": l.Bottom, "promptLabel": l.PromptLabel, "prompt": l.Prompt, "rule": l.Rule,
			"settingsLabel": l.SettingsLabel, "stage": l.Stage, "caption": l.Caption,
		}
		if !in.SettingsOpen {
			parts["settings"], parts["listLabel"], parts["list"] = l.Settings, l.ListLabel, l.List
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
		for name, r := range map[string]cell.Rect{"dialog": l.Dialog, "settings": l.Settings, "above": l.Above, "list": l.List} {
			if !within(r, screen) || overlap(r, l.Stage) || overlap(r, l.Caption) || overlap(r, l.Rule) {
				t.Fatalf("%+v: %s %v covers what it must not", in, name, r)
			}
		}
		if l.List.H < leastList {
			t.Fatalf("%+v: the list has %d rows", in, l.List.H)
		}
		if l.Dialog.H < 6 || l.Dialog.W < 30 {
			t.Fatalf("%+v: the dialog is %v", in, l.Dialog)
		}
	})
}

// Rule 1: nothing but the terminal's size decides where the picture stands.
func TestStageFollowsFromTheSizeAlone(t *testing.T) {
	everySize(func(in LayoutInput, l Layout) {
		plain := Arrange(LayoutInput{W: in.W, H: in.H, Proportion: in.Proportion})
		if l.Stage != plain.Stage || l.Caption != plain.Caption || l.Full != plain.Full {
			t.Fatalf("%+v: stage %v and caption %v, else %v and %v", in, l.Stage, l.Caption, plain.Stage, plain.Caption)
		}
	})
}

// A growing prompt takes rows from the list alone.
func TestPromptGrowsOverTheList(t *testing.T) {
	short, long := Arrange(LayoutInput{W: 120, H: 40}), Arrange(LayoutInput{W: 120, H: 40, PromptLines: 9})
	if long.Prompt.H != 9 || short.List.H-long.List.H != long.Prompt.H-short.Prompt.H {
		t.Errorf("prompt %d rows, list %d of %d", long.Prompt.H, long.List.H, short.List.H)
	}
	if short.List.Bottom() != long.List.Bottom() {
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
		closed := Arrange(LayoutInput{W: c.w, H: c.h})
		open := Arrange(LayoutInput{W: c.w, H: c.h, SettingsOpen: true, SettingsWant: c.want})
		if open.Settings.H != c.rows || open.Folded {
			t.Errorf("%d×%d: %d rows, folded %t", c.w, c.h, open.Settings.H, open.Folded)
		}
		if open.List != closed.List {
			t.Errorf("%d×%d: the list has moved", c.w, c.h)
		}
	}
}

func TestProportionOfTheCells(t *testing.T) {
	if got := Arrange(LayoutInput{W: 160, H: 40, Proportion: 2.2}).Rail.W; got != 54 {
		t.Errorf("wide screen: rail %d", got)
	}
	if got := Arrange(LayoutInput{W: 120, H: 40, Proportion: 2.2}).Rail.W; got != 40 { // 119 − 36·2.2
		t.Errorf("narrow cells: rail %d, want 40", got)
	}
	if got := Arrange(LayoutInput{W: 120, H: 40, Proportion: 77}).Rail.W; got != 47 {
		t.Errorf("an absurd answer: rail %d, want 47", got)
	}
}

func TestPlacePicture(t *testing.T) {
	for _, c := range []struct {
		name           string
		stage          cell.Rect
		w, h           int
		picture, facts cell.Rect
	}{
		{"a square fills the stage", cell.Rect{X: 48, Y: 1, W: 72, H: 36}, 72, 36, cell.Rect{X: 48, Y: 1, W: 72, H: 36}, cell.Rect{}},
		{"facts below, as in the sketch", cell.Rect{X: 34, Y: 1, W: 46, H: 20}, 46, 13, cell.Rect{X: 34, Y: 1, W: 46, H: 13}, cell.Rect{X: 35, Y: 15, W: 44, H: 6}},
		{"facts at the right", cell.Rect{X: 55, Y: 1, W: 105, H: 46}, 52, 46, cell.Rect{X: 55, Y: 1, W: 52, H: 46}, cell.Rect{X: 108, Y: 1, W: 51, H: 46}},
		{"neither: in the middle", cell.Rect{X: 55, Y: 1, W: 105, H: 46}, 92, 46, cell.Rect{X: 61, Y: 1, W: 92, H: 46}, cell.Rect{}},
		{"never larger than the stage", cell.Rect{X: 0, Y: 0, W: 10, H: 5}, 99, 99, cell.Rect{X: 0, Y: 0, W: 10, H: 5}, cell.Rect{}},
	} {
		picture, facts := PlacePicture(c.stage, c.w, c.h)
		if picture != c.picture || facts != c.facts {
			t.Errorf("%s: got %v %v, want %v %v", c.name, picture, facts, c.picture, c.facts)
		}
		if !facts.Empty() && (overlap(picture, facts) || !within(facts, c.stage)) {
			t.Errorf("%s: facts %v do not lie beside the picture", c.name, facts)
		}
	}
}

func TestLendThird(t *testing.T) {
	pictures, facts := LendThird(cell.Rect{X: 48, Y: 1, W: 72, H: 36})
	if pictures != (cell.Rect{X: 48, Y: 1, W: 72, H: 24}) || facts != (cell.Rect{X: 49, Y: 26, W: 70, H: 11}) {
		t.Errorf("got %v and %v", pictures, facts)
	}
}

func TestRectHolds(t *testing.T) {
	r := cell.Rect{X: 2, Y: 3, W: 4, H: 5}
	for _, c := range []struct {
		x, y int
		want bool
	}{{2, 3, true}, {5, 7, true}, {6, 7, false}, {5, 8, false}, {1, 3, false}} {
		if r.Holds(c.x, c.y) != c.want {
			t.Errorf("%d,%d: got %t", c.x, c.y, !c.want)
		}
	}
}

func within(r, screen cell.Rect) bool {
	return r.Empty() || r.X >= 0 && r.Y >= 0 && r.Right() <= screen.W+screen.X && r.Bottom() <= screen.H+screen.Y
}

func overlap(a, b cell.Rect) bool {
	return !a.Empty() && !b.Empty() && a.X < b.Right() && b.X < a.Right() && a.Y < b.Bottom() && b.Y < a.Bottom()
}
