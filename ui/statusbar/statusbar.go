// Package statusbar writes the first and the last row of the screen: the header, and the row with a question, a menu, a note or hints
// about the keys.
//
// Its rules: it gets values and knows nothing of the program. A sentence that is too long for the last row grows upwards over the
// sidebar. If there is no room, what matters least is dropped. What can be clicked is returned as columns, so that no text is parsed.
package statusbar

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Bar makes a Status for a row of Width columns. Further lines above that row are Sidebar columns wide.
type Bar struct {
	Look           theme.Look
	Width, Sidebar int
	Above          int                          // rows above the last one that a panel may take
	NameKeys       func(sentence string) string // replaces the marks of keys in a sentence; nil leaves them
}

// Status is the last row: at least one line, of which the last is in the row itself and the others are above it.
type Status struct {
	Lines   []string
	hits    []hit
	raised  bool // drawn on the background of dialogs, across the width
	isPanel bool // only the lines above the last one are on the background of dialogs
}

// Target is what a click in the last row does: it presses a key of a question, a menu or the filter, or runs an action.
type Target struct {
	Key    string
	Action keymap.Action
}

// hit is a range of columns that can be clicked, in the last row or up rows above it.
type hit struct {
	x, w, up int
	Target
}

// Key is a key with a word for what it does. An empty word shows the key alone.
type Key struct {
	Name, Word string
	Target     Target
}

// AnswerKey returns a key that a click presses.
func AnswerKey(name, word string) Key { return Key{name, word, Target{Key: name}} }

// Sentence returns a sentence in the last row, or if it is longer in lines as wide as the sidebar.
func (b Bar) Sentence(s string) Status {
	safe := text.Safe(b.named(s))
	if text.Width(safe) <= b.Width {
		return Status{Lines: []string{b.Look.Styles.Text.Render(string(safe))}}
	}
	return Status{Lines: b.wrap(s)}
}

// named returns a sentence as it is drawn, with the keys to press.
func (b Bar) named(sentence string) string {
	if b.NameKeys != nil {
		sentence = b.NameKeys(sentence)
	}
	return b.Look.Glyphs.Translate(sentence)
}

// wrap returns a sentence in lines as wide as the sidebar.
func (b Bar) wrap(s string) []string {
	var lines []string
	for _, line := range text.Wrap(text.Safe(b.named(s)), b.Sidebar) {
		lines = append(lines, b.Look.Styles.Text.Render(string(line)))
	}
	return lines
}

// Keys returns a sentence, which may be empty, and keys, in several lines if one is not enough.
func (b Bar) Keys(sentence string, keys []Key) Status {
	one := b.Line(sentence, keys)
	if cell.Width(one.Lines[0]) <= b.Width {
		return one
	}
	var s Status
	if sentence != "" {
		s.Lines = b.wrap(sentence)
	}
	for len(keys) > 0 {
		n := len(keys)
		for n > 1 && cell.Width(b.Line("", keys[:n]).Lines[0]) > b.Sidebar {
			n--
		}
		part := b.Line("", keys[:n])
		s.Lines, s.hits, keys = append(s.Lines, part.Lines...), part.hits, keys[n:]
	}
	return s
}

// Question is Keys for a question: it is raised across the width, and its keys stand out, since an answer may cost something.
func (b Bar) Question(sentence string, keys []Key) Status {
	raised := b.Look.OnDialog()
	raised.Styles.Text, raised.Styles.Key = raised.Styles.Strong, raised.Styles.Alert.Bold(true)
	b.Look = raised
	s := b.Keys(sentence, keys)
	s.raised = true
	return s
}

// Line returns the same in one line of any length.
func (b Bar) Line(sentence string, keys []Key) Status { return b.line(sentence, keys, "  ") }

// LineIfRoom is Line, without the sentence where there is no room for it.
func (b Bar) LineIfRoom(sentence string, keys []Key) Status {
	if s := b.Line(sentence, keys); cell.Width(s.Lines[0]) <= b.Width {
		return s
	}
	return b.Line("", keys)
}

// line is Line with a gap between the keys.
func (b Bar) line(sentence string, keys []Key, gap string) Status {
	var line strings.Builder
	var s Status
	x := 0
	put := func(part string) {
		line.WriteString(part)
		x += cell.Width(part)
	}
	if sentence != "" {
		put(b.Look.Styles.Text.Render(b.named(sentence)))
		put("  ")
	}
	for i, k := range keys {
		if i > 0 {
			put(gap)
		}
		from := x
		put(b.Look.Styles.Key.Render(b.Look.Glyphs.Translate(keymap.Label(k.Name))))
		if k.Word != "" {
			put(b.Look.Styles.Muted.Render(" " + k.Word))
		}
		s.hits = append(s.hits, hit{x: from, w: x - from, Target: k.Target})
	}
	s.Lines = []string{line.String()}
	return s
}

// hintGap is between two hints.
const hintGap = "   "

// Hints returns as many hints as there is room for. The last but one is dropped first, so that the last one always stays.
func (b Bar) Hints(items []keymap.HintItem) Status {
	hints := HintKeys(items)
	for {
		s := b.line("", hints, hintGap)
		n := len(hints)
		if n <= 1 || cell.Width(s.Lines[0]) <= b.Width {
			return s
		}
		hints = append(hints[:n-2], hints[n-1])
	}
}

// HintKeys returns hints as keys, whose actions a click runs.
func HintKeys(items []keymap.HintItem) []Key {
	keys := make([]Key, len(items))
	for i, item := range items {
		keys[i] = Key{item.Keys, item.Word, Target{Action: item.Action}}
	}
	return keys
}

// AlignRight moves what can be clicked to the right end of a row of w columns. It is for a status of one line that is drawn there.
func (s Status) AlignRight(w int) Status {
	for i := range s.hits {
		s.hits[i].x += w - cell.Width(s.Lines[0])
	}
	return s
}

// Draw draws the status: its last line in row, the others in above. A raised one fills the columns beside row too.
func (s Status) Draw(c *cell.Canvas, row, above cell.Rect, look theme.Look) {
	put := func(r cell.Rect, raised bool, lines ...string) {
		for i, line := range lines {
			if line != "" { // a dialog may be in the row
				lines[i] = " " + line
			}
		}
		if raised {
			c.PutPanel(r, lines, look.Styles.Dialog)
			return
		}
		c.Put(r, lines)
	}
	last := len(s.Lines) - 1
	if !above.Empty() {
		c.Clear(above)
		put(above, s.raised || s.isPanel, slices.Clone(s.Lines[max(last-above.H, 0):last])...)
	}
	put(cell.Rect{X: row.X - 1, Y: row.Y, W: row.W + 2, H: 1}, s.raised, ansi.Truncate(s.Lines[last], row.W, string(look.Glyphs.Ellipsis)))
}

// At returns what a click at x, y does; ok is false if nothing can be clicked there.
func (s Status) At(x, y int, row, above cell.Rect) (Target, bool) {
	at := x - row.X
	switch {
	case row.Contains(x, y):
	case above.Contains(x, y):
		at = x - above.X - 1
	default:
		return Target{}, false
	}
	for _, h := range s.hits {
		if row.Y-y == h.up && at >= h.x && at < h.x+h.w {
			return h.Target, true
		}
	}
	return Target{}, false
}
