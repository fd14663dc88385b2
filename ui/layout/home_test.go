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
		shape                  shape
		sidebar, least, most   int
		settings, list, narrow int
		preview                string
	}{
		{240, 50, wide, 80, 3, 19, 7, 33, 0, "159×46"},
		{200, 55, wide, 61, 3, 21, 7, 38, 0, "138×51"},
		{160, 50, wide, 54, 3, 19, 7, 33, 0, "105×46"},
		{120, 40, wide, 47, 3, 15, 7, 23, 0, "72×36"},
		{80, 24, wide, 33, 3, 8, 2, 14, 1, "46×20"},
		{40, 12, small, 40, 2, 4, 1, 6, 1, "0×0"},
	} {
		t.Run(fmt.Sprintf("%d×%d", c.w, c.h), func(t *testing.T) {
			l := ArrangeHome(HomeInput{W: c.w, H: c.h})
			long := ArrangeHome(HomeInput{W: c.w, H: c.h, PromptLines: 1000})
			got := fmt.Sprint(l.shape, l.Sidebar.W, l.Prompt.H, long.Prompt.H, l.Settings.H, l.List.H, l.Narrow)
			want := fmt.Sprint(c.shape, c.sidebar, c.least, c.most, c.settings, c.list, c.narrow == 1)
			if got != want {
				t.Errorf("shape, sidebar, least, most, settings, list, narrow: got %s, want %s", got, want)
			}
			if got := fmt.Sprintf("%d×%d", l.Preview.W, l.Preview.H); got != c.preview {
				t.Errorf("preview: got %s, want %s", got, c.preview)
			}
			if l.Full != (cell.Rect{X: 0, Y: 0, W: c.w, H: c.h - 1}) {
				t.Errorf("full screen: got %v", l.Full)
			}
		})
	}
}

// TestPicturesAsDesigned checks that the sizes of pictures are as designed: in the preview, or on the full screen if there
// is none.
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
		l := ArrangeHome(HomeInput{W: c.w, H: c.h})
		room := l.Preview
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

// TestFactsKeepTheirRoom: a sidebar that is wider than usual leaves room for the facts beside a square.
func TestFactsKeepTheirRoom(t *testing.T) {
	for w := 72; w <= 300; w++ {
		for h := 14; h <= 90; h++ {
			l := ArrangeHome(HomeInput{W: w, H: h})
			if square := 2 * l.Preview.H; l.Sidebar.W > 54 && l.Preview.W-square < minFactsWidth {
				t.Fatalf("%d×%d: beside the sidebar of %d columns, %d are left for the facts", w, h, l.Sidebar.W, l.Preview.W-square)
			}
		}
	}
}

// Everything is where the sketches of ArrangeHome show it.
func TestArrangeRowsOfTheSketches(t *testing.T) {
	l := ArrangeHome(HomeInput{W: 120, H: 40})
	sameRects(
		t, "120×40", []cell.Rect{l.PromptLabel, l.Prompt, l.SettingsLabel, l.Settings, l.ListLabel, l.List, l.Rule, l.Caption},
		cell.Rect{X: 1, Y: 1, W: 45, H: 1}, cell.Rect{X: 1, Y: 2, W: 45, H: 3}, cell.Rect{X: 1, Y: 6, W: 45, H: 1}, cell.Rect{X: 1, Y: 7, W: 45, H: 7}, cell.Rect{X: 1, Y: 15, W: 45, H: 1}, cell.Rect{X: 0, Y: 16, W: 46, H: 23},
		cell.Rect{X: 47, Y: 1, W: 1, H: 38}, cell.Rect{X: 49, Y: 37, W: 70, H: 2},
	)
	l = ArrangeHome(HomeInput{W: 80, H: 24})
	sameRects(
		t, "80×24", []cell.Rect{l.PromptLabel, l.SettingsLabel, l.Settings, l.ListLabel, l.List, l.Caption, l.Status},
		cell.Rect{X: 1, Y: 1, W: 31, H: 1}, cell.Rect{X: 1, Y: 5, W: 31, H: 1}, cell.Rect{X: 1, Y: 6, W: 31, H: 2}, cell.Rect{X: 1, Y: 8, W: 31, H: 1}, cell.Rect{X: 0, Y: 9, W: 32, H: 14}, cell.Rect{X: 35, Y: 21, W: 44, H: 2},
		cell.Rect{X: 1, Y: 23, W: 78, H: 1},
	)
	l = ArrangeHome(HomeInput{W: 40, H: 12, PromptLines: 2})
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
	t.Parallel()
	for _, c := range []struct {
		w, h int
		want shape
	}{
		{72, 14, wide},
		{71, 27, small},
		{71, 28, tall},
		{72, 13, small},
		{72, 28, wide},
		{30, 8, small},
		{29, 8, tooSmall},
		{30, 7, tooSmall},
		{29, 50, tooSmall},
		{30, 28, tall},
		{1, 1, tooSmall},
		{0, 0, tooSmall},
		{1000, 8, small},
	} {
		if got := shapeOf(c.w, c.h); got != c.want {
			t.Errorf("%d×%d: got %v, want %v", c.w, c.h, got, c.want)
		}
	}
}

// everySize calls f with the layouts of many sizes, states and cell proportions.
func everySize(f func(in HomeInput, l Home)) {
	for w := 30; w <= 210; w += 7 {
		for h := 8; h <= 70; h++ {
			for _, lines := range []int{1, 4, 500} {
				for _, open := range []bool{false, true} {
					in := HomeInput{W: w, H: h, PromptLines: lines, SettingsOpen: open, Proportion: 1.6 + float64(h%9)/8}
					l := ArrangeHome(in)
					if l.shape != tooSmall {
						l.GrowStatus(lines)
					}
					f(in, l)
				}
			}
		}
	}
}

// TestPartsDoNotOverlap: every part is on the screen, and none of those beside or below each other overlap.
func TestPartsDoNotOverlap(t *testing.T) {
	t.Parallel()
	everySize(func(in HomeInput, l Home) {
		screen := cell.Rect{X: 0, Y: 0, W: in.W, H: in.H}
		parts := map[string]cell.Rect{
			"header": l.Header, "status": l.Status, "promptLabel": l.PromptLabel, "prompt": l.Prompt, "rule": l.Rule,
			"settingsLabel": l.SettingsLabel, "preview": l.Preview, "caption": l.Caption,
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
		for name, r := range map[string]cell.Rect{"dialog": l.Dialog, "settings": l.Settings, "statusAbove": l.StatusAbove, "list": l.List} {
			if !within(r, screen) || overlap(r, l.Preview) || overlap(r, l.Caption) || overlap(r, l.Rule) {
				t.Fatalf("%+v: %s %v covers what it must not", in, name, r)
			}
		}
		if l.List.H < minListRows {
			t.Fatalf("%+v: the list has %d rows", in, l.List.H)
		}
		if l.Dialog.H < 6 || l.Dialog.W < 30 {
			t.Fatalf("%+v: the dialog is %v", in, l.Dialog)
		}
	})
}

// TestPreviewDependsOnlyOnTheSize: nothing but the terminal's size decides where the picture is.
func TestPreviewDependsOnlyOnTheSize(t *testing.T) {
	t.Parallel()
	everySize(func(in HomeInput, l Home) {
		plain := ArrangeHome(HomeInput{W: in.W, H: in.H, Proportion: in.Proportion})
		if l.Preview != plain.Preview || l.Caption != plain.Caption || l.Full != plain.Full {
			t.Fatalf("%+v: preview %v and caption %v, else %v and %v", in, l.Preview, l.Caption, plain.Preview, plain.Caption)
		}
	})
}

// TestPromptGrowsOverTheList: a growing prompt takes rows only from the list.
func TestPromptGrowsOverTheList(t *testing.T) {
	t.Parallel()
	short, long := ArrangeHome(HomeInput{W: 120, H: 40}), ArrangeHome(HomeInput{W: 120, H: 40, PromptLines: 9})
	if long.Prompt.H != 9 || short.List.H-long.List.H != long.Prompt.H-short.Prompt.H {
		t.Errorf("prompt %d rows, list %d of %d", long.Prompt.H, long.List.H, short.List.H)
	}
	if short.List.Bottom() != long.List.Bottom() {
		t.Error("the list's end has moved")
	}
}

func TestCompactSettingsOpenOverTheList(t *testing.T) {
	t.Parallel()
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
		closed := ArrangeHome(HomeInput{W: c.w, H: c.h})
		open := ArrangeHome(HomeInput{W: c.w, H: c.h, SettingsOpen: true, SettingsRows: c.want})
		if open.Settings.H != c.rows || open.Compact {
			t.Errorf("%d×%d: %d rows, compact %t", c.w, c.h, open.Settings.H, open.Compact)
		}
		if open.List != closed.List {
			t.Errorf("%d×%d: the list has moved", c.w, c.h)
		}
	}
}

func TestProportionOfTheCells(t *testing.T) {
	t.Parallel()
	if got := ArrangeHome(HomeInput{W: 160, H: 40, Proportion: 2.2}).Sidebar.W; got != 54 {
		t.Errorf("wide screen: sidebar %d", got)
	}
	if got := ArrangeHome(HomeInput{W: 120, H: 40, Proportion: 2.2}).Sidebar.W; got != 40 { // 119 − 36·2.2
		t.Errorf("narrow cells: sidebar %d, want 40", got)
	}
	if got := ArrangeHome(HomeInput{W: 120, H: 40, Proportion: 77}).Sidebar.W; got != 47 {
		t.Errorf("an absurd answer: sidebar %d, want 47", got)
	}
}

func TestPlacePicture(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		room           cell.Rect
		w, h           int
		picture, facts cell.Rect
	}{
		{"a square fills the preview", cell.Rect{X: 48, Y: 1, W: 72, H: 36}, 72, 36, cell.Rect{X: 48, Y: 1, W: 72, H: 36}, cell.Rect{}},
		{"facts below, as in the sketch", cell.Rect{X: 34, Y: 1, W: 46, H: 20}, 46, 13, cell.Rect{X: 34, Y: 1, W: 46, H: 13}, cell.Rect{X: 35, Y: 15, W: 44, H: 6}},
		{"facts at the right", cell.Rect{X: 55, Y: 1, W: 105, H: 46}, 52, 46, cell.Rect{X: 55, Y: 1, W: 52, H: 46}, cell.Rect{X: 108, Y: 1, W: 51, H: 46}},
		{"neither: in the middle", cell.Rect{X: 55, Y: 1, W: 105, H: 46}, 92, 46, cell.Rect{X: 61, Y: 1, W: 92, H: 46}, cell.Rect{}},
		{"never larger than the preview", cell.Rect{X: 0, Y: 0, W: 10, H: 5}, 99, 99, cell.Rect{X: 0, Y: 0, W: 10, H: 5}, cell.Rect{}},
	} {
		picture, facts := PlacePicture(c.room, c.w, c.h)
		if picture != c.picture || facts != c.facts {
			t.Errorf("%s: got %v %v, want %v %v", c.name, picture, facts, c.picture, c.facts)
		}
		if !facts.Empty() && (overlap(picture, facts) || !within(facts, c.room)) {
			t.Errorf("%s: facts %v are not beside the picture", c.name, facts)
		}
	}
}

func TestSplitForFacts(t *testing.T) {
	pictures, facts := SplitForFacts(cell.Rect{X: 48, Y: 1, W: 72, H: 36})
	if pictures != (cell.Rect{X: 48, Y: 1, W: 72, H: 24}) || facts != (cell.Rect{X: 49, Y: 26, W: 70, H: 11}) {
		t.Errorf("got %v and %v", pictures, facts)
	}
}

func TestRectContains(t *testing.T) {
	t.Parallel()
	r := cell.Rect{X: 2, Y: 3, W: 4, H: 5}
	for _, c := range []struct {
		x, y int
		want bool
	}{{2, 3, true}, {5, 7, true}, {6, 7, false}, {5, 8, false}, {1, 3, false}} {
		if r.Contains(c.x, c.y) != c.want {
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
