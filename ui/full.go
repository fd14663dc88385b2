package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/statusbar"
)

// fullScreen shows one prediction on the entire screen, with its facts in the last row.
type fullScreen struct {
	screen.Base
	m        *Model
	fromHome bool // it was opened over the home screen, and shows what the preview shows there
}

const (
	keysGap        = 3  // blank columns before the keys at the right of the last row
	leastKeysWidth = 12 // that these have
)

// Place is keymap.InFull.
func (f *fullScreen) Place() keymap.Place { return keymap.InFull }

// Open shows the selected prediction. Over another screen than home the preview starts with it, since what it showed is out of date.
func (f *fullScreen) Open() string {
	m := f.m
	if m.screens.Top() == f {
		return ""
	}
	f.fromHome = m.screens.IsHome()
	if !f.fromHome {
		m.preview.Reopen(preview.Subject{Key: m.list.Cursor(), Output: m.list.Output()})
	}
	return ""
}

// IsReady reports whether the first picture can be drawn.
func (f *fullScreen) IsReady() bool { return f.fromHome || f.m.preview.Shown().Key != "" }

// Subjects returns what is shown, even if others are marked.
func (f *fullScreen) Subjects() []list.Subject { return []list.Subject{f.m.list.Current()} }

// Do marks without moving the cursor, goes to the next prediction after the last picture or to one of its pictures, and zooms.
func (f *fullScreen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	m := f.m
	if n, ok := act.PictureNumber(); ok {
		m.notify(m.list.GoToOutput(n))
		return nil, true
	}
	switch act {
	case keymap.ActMark, keymap.ActMarkUp, keymap.ActMarkDown:
		m.rememberMarks()
		m.list.ToggleMark()
	case keymap.ActLeft:
		f.showNext(-1)
	case keymap.ActRight:
		f.showNext(+1)
	case keymap.ActLarger:
		m.notify(m.preview.ZoomBy(+1, m.now()))
	case keymap.ActSmaller:
		m.notify(m.preview.ZoomBy(-1, m.now()))
	default:
		return nil, false
	}
	return nil, true
}

// showNext goes to the next picture of the prediction, or after the last one to the next prediction.
func (f *fullScreen) showNext(by int) {
	if _, ok := f.m.list.Selected(); ok && !f.m.list.EnterOutput(by) {
		f.m.list.Move(by)
	}
}

// Click closes the screen.
func (f *fullScreen) Click(int, int) tea.Cmd { f.m.screens.Pop(); return nil }

// Wheel goes to the next or previous prediction.
func (f *fullScreen) Wheel(_, _, by int) tea.Cmd {
	f.m.list.Move(by / wheelRows)
	return nil
}

// Pictures shows the preview on the entire screen.
func (f *fullScreen) Pictures() screen.Pictures {
	return screen.Pictures{Preview: true, Full: true, KeepsZoom: true}
}

// NextPicture returns the next picture of the preview.
func (f *fullScreen) NextPicture() (preview.FrameKey, bool) { return f.m.preview.Next(f.m.now()) }

// Draw draws the picture and the last row, with facts at the left and keys at the right.
func (f *fullScreen) Draw(c *cell.Canvas) {
	m, r := f.m, f.m.layout.Status
	m.preview.DrawScene(c, m.look)
	if m.dialogs.Speaks() {
		host{m}.DrawStatus(c)
		return
	}
	row, ok := m.list.Row(m.list.Cursor())
	if !ok {
		return
	}
	status, _ := f.Status(statusbar.Bar{Look: m.look, Width: r.W})
	keys := status.Lines[0]
	facts := r
	facts.W -= cell.Width(keys) + keysGap
	if m.list.IsMarked(m.list.Current()) {
		mark := m.look.Glyphs.Mark + " "
		c.PutLine(facts.X, facts.Y, facts.W, mark)
		facts.X, facts.W = facts.X+cell.Width(mark), facts.W-cell.Width(mark)
	}
	taken := facts.X - r.X + m.preview.DrawFullLine(c, facts, row, m.look)
	c.PutRight(r, taken+2, keys)
}

// Status returns the zoom, unless the picture is fitted, with the keys for zooming and panning, those that go to one of several pictures,
// and the hints. They have a third of the row, and of what does not fit the last but one is dropped first.
func (f *fullScreen) Status(bar statusbar.Bar) (statusbar.Status, bool) {
	size, keys := "", statusbar.HintKeys(hintsOf(f.m, keymap.InFull))
	if pictures, several := f.pictureKeys(); several {
		keys = append([]statusbar.Key{pictures}, keys...)
	}
	percent, _ := f.m.preview.ZoomPercent()
	if percent > 0 {
		size = strconv.Itoa(percent) + " %"
		keys = append(f.zoomKeys(), keys[len(keys)-1])
	}
	for {
		s := bar.Line(size, keys)
		if n := len(keys); n > 1 && cell.Width(s.Lines[0]) > max(bar.Width/3, leastKeysWidth) {
			keys = slices.Delete(keys, n-2, n-1)
			continue
		}
		return s.AlignRight(bar.Width), true
	}
}

// pictureKeys returns the keys that go to one of several pictures: "1-4 picture".
func (f *fullScreen) pictureKeys() (key statusbar.Key, several bool) {
	e, _ := f.m.list.Selected()
	n := min(len(e.Outputs), keymap.MaxPictureNumber)
	first, last := f.m.keys.First(keymap.ActPicture(1), keymap.InFull), f.m.keys.First(keymap.ActPicture(n), keymap.InFull)
	return statusbar.Key{Name: first + "-" + last, Word: "picture"}, n > 1
}

// zoomKeys returns the keys for an enlarged picture.
func (f *fullScreen) zoomKeys() []statusbar.Key {
	return []statusbar.Key{f.key(keymap.ActLarger, ""), f.key(keymap.ActSmaller, ""), {Name: f.panKeys()}}
}

func (f *fullScreen) key(act keymap.Action, word string) statusbar.Key {
	return statusbar.Key{Name: f.m.keys.First(act, keymap.InFull), Word: word, Target: statusbar.Target{Action: act}}
}

// panKeys returns the keys that pan, written in few columns: "shift+←↑↓→", or as the settings bind them.
func (f *fullScreen) panKeys() string {
	shared, keys := "shift+", ""
	for _, act := range []keymap.Action{keymap.ActPanLeft, keymap.ActPanUp, keymap.ActPanDown, keymap.ActPanRight} {
		key, shifted := strings.CutPrefix(f.m.keys.First(act, keymap.InFull), shared)
		if !shifted {
			shared = ""
		}
		keys += keymap.Label(key)
	}
	return shared + keys
}
