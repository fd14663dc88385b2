package statusbar

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/theme"
)

var look = theme.NewLook("dark", nil, 0, false)

func plain(lines []string) string { return ansi.Strip(strings.Join(lines, "\n")) }

func TestHeaderDropsWhatMattersLeast(t *testing.T) {
	h := Header{
		Provider: "CometAPI", Running: 2, Waiting: 1, NextTry: "in 3 s", New: 4, Today: "~$0.41 today", TodayShort: "~$0.41",
	}
	for _, c := range []struct {
		w    int
		want string
	}{
		{74, "tintype  CometAPI      2 running · 1 retrying in 3 s · 4 new · ~$0.41 today"},
		{68, "tintype  CometAPI  2 running · 1 retrying in 3 s · 4 new · ~$0.41"},
		{59, "tintype  2 running · 1 retrying in 3 s · 4 new · ~$0.41"},
		{50, "2 running · 1 retrying in 3 s · 4 new · ~$0.41"},
		{42, "2 running · 1 retrying · 4 new · ~$0.41"},
		{33, "2 running · 1 retrying · ~$0.41"},
		{20, ""},
	} {
		got := strings.TrimSpace(ansi.Strip(h.Line(c.w, look)))
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(c.want), " ") {
			t.Errorf("%d columns: %q", c.w, got)
		}
		if n := cell.Width(h.Line(c.w, look)); n > c.w {
			t.Errorf("%d columns take %d", c.w, n)
		}
	}
	trouble := Header{Trouble: "disk full: nothing is bought", Demo: true}
	if got := strings.TrimSpace(ansi.Strip(trouble.Line(30, look))); got != "disk full: nothing is bought" {
		t.Errorf("the trouble reads %q", got)
	}
	if got := ansi.Strip(h.Beside("Gallery", 30, look)); got != "Gallery" {
		t.Errorf("beside a title without room: %q", got)
	}
}

func TestLongSentencesGrowUpwards(t *testing.T) {
	bar := Bar{Look: look, Width: 30, Sidebar: 20}
	if got := bar.Sentence("Short enough."); len(got.Lines) != 1 {
		t.Errorf("%q", got.Lines)
	}
	s := bar.Sentence("This one is far too long for the last row of the screen.")
	for _, line := range s.Lines {
		if cell.Width(line) > 20 {
			t.Errorf("%q is wider than the sidebar", line)
		}
	}
	c := cell.NewCanvas(32, 6)
	s.Draw(c, cell.Rect{X: 1, Y: 5, W: 30, H: 1}, cell.Rect{X: 0, Y: 5 - len(s.Lines) + 1, W: 22, H: len(s.Lines) - 1}, look)
	drawn := strings.Join(strings.Fields(ansi.Strip(c.String())), " ")
	if drawn != "This one is far too long for the last row of the screen." {
		t.Errorf("drawn: %q", drawn)
	}
}

// TestClicksFindTheirKeys: each column of a key or a hint leads to it, and the columns between lead nowhere.
func TestClicksFindTheirKeys(t *testing.T) {
	bar := Bar{Look: look, Width: 40, Sidebar: 20}
	row := cell.Rect{X: 1, Y: 9, W: 40, H: 1}
	s := bar.Keys("Sure?", []Key{AnswerKey("y", "yes"), AnswerKey("esc", "no")})
	text := plain(s.Lines)
	for x := range 40 {
		want := ""
		switch {
		case x >= strings.Index(text, "y yes") && x < strings.Index(text, "y yes")+5:
			want = "y"
		case x >= strings.Index(text, "esc no") && x < strings.Index(text, "esc no")+6:
			want = "esc"
		}
		if got, _ := s.At(x+1, 9, row, cell.Rect{}); got.Key != want {
			t.Errorf("column %d is %q, want %q", x, got.Key, want)
		}
		if _, ok := s.At(x+1, 8, row, cell.Rect{}); ok {
			t.Errorf("column %d of the row above can be clicked", x)
		}
	}
	right := bar.Line("", []Key{AnswerKey("q", "")}).AlignRight(40)
	if got, _ := right.At(40, 9, row, cell.Rect{}); got.Key != "q" {
		t.Errorf("flush right: %v", got)
	}
}

func TestHintsDropTheLastButOne(t *testing.T) {
	keys := keymap.New([]keymap.Command{
		{Name: "a", Keys: []keymap.Binding{{Where: keymap.InList, Keys: "a"}}, Hints: []keymap.Hint{{Where: keymap.InList, Rank: 1, Word: "first"}}},
		{Name: "b", Keys: []keymap.Binding{{Where: keymap.InList, Keys: "b"}}, Hints: []keymap.Hint{{Where: keymap.InList, Rank: 2, Word: "second"}}},
		{Name: "c", Keys: []keymap.Binding{{Where: keymap.InList, Keys: "up"}}, Hints: []keymap.Hint{{Where: keymap.InList, Rank: 3, Word: "last"}}},
	}, nil)
	for w, want := range map[int]string{40: "a first   b second   ↑ last", 20: "a first   ↑ last", 8: "↑ last", 2: "↑ last"} {
		bar := Bar{Look: look, Width: w}
		if got := plain(bar.Hints(keys.Hints(keymap.InList, keymap.State{})).Lines); got != want {
			t.Errorf("%d columns: %q, want %q", w, got, want)
		}
	}
}

// menuEntries are the entries of a menu in groups, as many as the program may have one day.
func menuEntries() []Entry {
	var entries []Entry
	for _, group := range []struct{ name, words string }{
		{"Make", "editor model shape format quality outputs seed image plan language presets word-impact"},
		{"Go to", "gallery filter flick help tree providers watch numbers"},
		{"Decide", "undo bisect"},
		{"Stop", "cancel all"},
	} {
		for word := range strings.FieldsSeq(group.words) {
			entries = append(entries, Entry{Key: AnswerKey(word[:1], word), Group: group.name})
		}
	}
	return entries
}

// TestPanel: a panel has at most nine rows of columns if all entries fit in them, each entry is whole, and a click on its columns finds it.
func TestPanel(t *testing.T) {
	for _, at := range []struct{ width, above int }{{54, 48}, {47, 38}, {33, 22}, {40, 10}} {
		bar := Bar{Look: look, Width: 160, Sidebar: at.width - 2, Above: at.above}
		row := cell.Rect{X: 1, Y: 49, W: 158, H: 1}
		entries := menuEntries()
		s := bar.Panel("", entries, []Key{AnswerKey("esc", "close")})
		height := len(s.Lines) - 1
		if height > maxPanelRows+1 && at.width != 33 || height > at.above {
			t.Errorf("%d rows at %+v", height, at)
		}
		above := cell.Rect{X: 0, Y: 49 - height, W: at.width, H: height}
		c := cell.NewCanvas(160, 50)
		s.Draw(c, row, above, look)
		lines := strings.Split(ansi.Strip(c.String()), "\n")
		for _, e := range entries {
			found := false
			for y := above.Y; y < row.Y && !found; y++ {
				x := strings.Index(" "+lines[y]+" ", " "+e.Name+" "+e.Word+" ")
				if found = x >= 0; !found {
					continue
				}
				for _, column := range []int{x, x + len(e.Name+" "+e.Word) - 1} {
					if got, _ := s.At(column, y, row, above); got != e.Target {
						t.Errorf("%+v: a click on column %d of %s finds %v", at, column, e.Word, got)
					}
				}
			}
			if !found {
				t.Errorf("%+v: %q is missing:\n%s", at, e.Word, strings.Join(lines[above.Y:], "\n"))
			}
		}
	}
}

// TestPanelGroupsStayTogether: only a group that is higher than the panel goes on in the next column.
func TestPanelGroupsStayTogether(t *testing.T) {
	var entries []Entry
	for _, group := range []struct{ name, words string }{{"Make", "editor model shape format quality outputs seed image demo key"}, {"Go to", "gallery filter flick help"}, {"Stop", "cancel all undo"}} {
		for word := range strings.FieldsSeq(group.words) {
			entries = append(entries, Entry{Key: AnswerKey(word[:1], word), Group: group.name})
		}
	}
	s := Bar{Look: look, Width: 120, Sidebar: 45, Above: 38}.Panel("", entries, nil)
	var got []string
	for _, line := range s.Lines[1 : len(s.Lines)-1] {
		got = append(got, strings.TrimRight(ansi.Strip(line), " "))
	}
	want := []string{
		"Make       o outputs  Go to      Stop",
		"e editor   s seed     g gallery  c cancel",
		"m model    i image    f filter   a all",
		"s shape    d demo     f flick    u undo",
		"f format   k key      h help",
		"q quality",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// TestPanelWithoutRoom: what does not fit is left out from the end, and nothing is drawn outside of the panel.
func TestPanelWithoutRoom(t *testing.T) {
	for above := range 12 {
		for _, width := range []int{0, 5, 12, 20} {
			s := Bar{Look: look, Width: 30, Sidebar: width, Above: above}.Panel("Copy", menuEntries(), nil)
			for _, line := range s.Lines {
				if cell.Width(line) > max(width, 20) {
					t.Errorf("%d columns, %d rows: %q", width, above, line)
				}
			}
		}
	}
}
