package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/text"
)

// status is what the bottom row says: styled lines, the last of which stands in the bottom row, and what of the last can be
// clicked.
type status struct {
	lines []string
	hits  []hit
}

// hit is a run of columns in the bottom row that does what a key does.
type hit struct {
	x, w int
	key  string // of a question or menu
	act  keymap.Action
}

// hintRow is a hint of the bottom row: one or two actions whose keys are shown, and a word.
type hintRow struct {
	acts []keymap.Action
	word string
}

// hintRows are the hints of each place, in the order of their weight; the last one always stays.
var hintRows = map[keymap.Place][]hintRow{
	keymap.InPrompt: {
		{[]keymap.Action{keymap.ActDevelop}, "develop"},
		{[]keymap.Action{keymap.ActBack}, "list"},
		{[]keymap.Action{keymap.ActNext}, "settings"},
		{[]keymap.Action{keymap.ActLookNewer, keymap.ActLookOlder}, "look"},
		{[]keymap.Action{keymap.ActSearchPrompts}, "earlier"},
		{[]keymap.Action{keymap.ActMenu}, "more"},
	},
	keymap.InSettings: {
		{[]keymap.Action{keymap.ActChoices}, "choices"},
		{[]keymap.Action{keymap.ActRowUp, keymap.ActRowDown}, "row"},
		{[]keymap.Action{keymap.ActValueBefore, keymap.ActValueNext}, "value"},
		{[]keymap.Action{keymap.ActBack}, "prompt"},
		{[]keymap.Action{keymap.ActMenu}, "more"},
	},
	keymap.InList: {
		{[]keymap.Action{keymap.ActOpen}, "open"},
		{[]keymap.Action{keymap.ActUse}, "use"},
		{[]keymap.Action{keymap.ActTakeSeed}, "seed"},
		{[]keymap.Action{keymap.ActCompare}, "compare"},
		{[]keymap.Action{keymap.ActCopy}, "copy"},
		{[]keymap.Action{keymap.ActFind}, "find"},
		{[]keymap.Action{keymap.ActStar}, "star"},
		{[]keymap.Action{keymap.ActHelp}, "keys"},
	},
	keymap.InGallery: {
		{[]keymap.Action{keymap.ActOpen}, "open"},
		{[]keymap.Action{keymap.ActMark}, "mark"},
		{[]keymap.Action{keymap.ActCompare}, "compare"},
		{[]keymap.Action{keymap.ActLarger, keymap.ActSmaller}, "size"},
		{[]keymap.Action{keymap.ActFind}, "find"},
		{[]keymap.Action{keymap.ActBack}, "back"},
		{[]keymap.Action{keymap.ActHelp}, "keys"},
	},
	keymap.InCompare: {
		{[]keymap.Action{keymap.ActLeft, keymap.ActRight}, "choose"},
		{[]keymap.Action{keymap.ActOpen}, "open"},
		{[]keymap.Action{keymap.ActMark}, "unmark"},
		{[]keymap.Action{keymap.ActUse}, "use"},
		{[]keymap.Action{keymap.ActStar}, "star"},
		{[]keymap.Action{keymap.ActFacts}, "differences"},
		{[]keymap.Action{keymap.ActBack}, "back"},
	},
}

// hintsOfMore are those of the settings' page of the remaining parameters.
var hintsOfMore = []hintRow{
	{[]keymap.Action{keymap.ActBack}, "settings"},
	{[]keymap.Action{keymap.ActChoices}, "choices"},
	{[]keymap.Action{keymap.ActRowUp, keymap.ActRowDown}, "row"},
	{[]keymap.Action{keymap.ActValueBefore, keymap.ActValueNext}, "value"},
	{[]keymap.Action{keymap.ActMenu}, "more"},
}

// statusLines is what the bottom row says now, by rank: question, menu, note, what is wrong with the filter, hints.
func (m *Model) statusLines(l layout.Layout) status {
	switch {
	case m.dialogs.question != nil:
		return m.questionVoice(l)
	case m.dialogs.menu != nil:
		return m.menuVoice(l)
	case m.dialogs.note.text != "":
		return status{lines: m.wrapped(m.dialogs.note.text, l)}
	case m.dialogs.modal() || m.screen == help:
		return status{lines: []string{""}} // these name their own keys, and those below do nothing now
	case m.list.FilterProblem() != "" && (m.focus == onList || m.screen == galleryScreen):
		return status{lines: m.wrapped(m.list.FilterProblem(), l)}
	case m.screen == full:
		return m.fullVoice(l)
	case m.list.IsEditingFilter():
		return m.line("", filterKeys)
	}
	return m.hintVoice(l)
}

// filterKeys are the keys of the filter under edit, where letters are text.
var filterKeys = []keyWord{
	{key: "enter", word: "keep", spot: hit{key: "enter"}}, {key: "esc", word: "show all", spot: hit{key: "esc"}},
}

// wrapped is a sentence in as many lines as it needs: one over the whole screen, else several as wide as the rail.
func (m *Model) wrapped(s string, l layout.Layout) []string {
	safe := text.Safe(m.look.Glyphs.Say(s))
	if text.Width(safe) <= l.Bottom.W {
		return []string{m.look.Styles.Ink.Render(string(safe))}
	}
	return m.wrapToSidebar(s, l)
}

// wrapToSidebar is a sentence in lines as wide as the rail.
func (m *Model) wrapToSidebar(s string, l layout.Layout) []string {
	var lines []string
	for _, line := range text.Wrap(text.Safe(m.look.Glyphs.Say(s)), max(l.Rail.W-2, 1)) {
		lines = append(lines, m.look.Styles.Ink.Render(string(line)))
	}
	return lines
}

// questionVoice is a question and its keys.
func (m *Model) questionVoice(l layout.Layout) status {
	q := m.dialogs.question
	var keys []keyWord
	for _, a := range q.answers {
		keys = append(keys, keyWord{a.key, a.word, hit{key: a.key}})
	}
	return m.renderHints(q.text, keys, l)
}

// menuVoice is a menu: its title and its keys.
func (m *Model) menuVoice(l layout.Layout) status {
	var keys []keyWord
	for _, row := range m.dialogs.menu.rows {
		keys = append(keys, keyWord{row.Keys[0], row.Word, hit{key: row.Keys[0]}})
	}
	return m.renderHints(m.dialogs.menu.title, keys, l)
}

// keyWord is a key with the word of what it does.
type keyWord struct {
	key, word string
	spot      hit
}

// renderHints is a sentence with keys behind it, broken into lines where one is not enough.
func (m *Model) renderHints(sentence string, keys []keyWord, l layout.Layout) status {
	one := m.line(sentence, keys)
	if cell.Width(one.lines[0]) <= l.Bottom.W {
		return one
	}
	v := status{}
	if sentence != "" {
		v.lines = m.wrapToSidebar(sentence, l)
	}
	for len(keys) > 0 {
		n := len(keys)
		for n > 1 && cell.Width(m.line("", keys[:n]).lines[0]) > l.Rail.W-2 {
			n--
		}
		part := m.line("", keys[:n])
		v.lines, v.hits, keys = append(v.lines, part.lines...), part.hits, keys[n:]
	}
	return v
}

// line is one line of a sentence and keys.
func (m *Model) line(sentence string, keys []keyWord) status {
	var b strings.Builder
	var v status
	x := 0
	put := func(s string) {
		b.WriteString(s)
		x += cell.Width(s)
	}
	if sentence != "" {
		put(m.look.Styles.Ink.Render(m.look.Glyphs.Say(sentence)))
		put("  ")
	}
	for i, k := range keys {
		if i > 0 {
			put("  ")
		}
		from := x
		put(m.look.Styles.Key.Render(m.look.Glyphs.Say(keymap.KeyName(k.key))))
		if k.word != "" {
			put(m.look.Styles.Soft.Render(" " + k.word))
		}
		k.spot.x, k.spot.w = from, x-from
		v.hits = append(v.hits, k.spot)
	}
	v.lines = []string{b.String()}
	return v
}

// hintVoice is the hints of the place that has the keys, as many as there is room for.
func (m *Model) hintVoice(l layout.Layout) status {
	rows := hintRows[m.place()]
	if m.place() == keymap.InSettings && m.settings.More {
		rows = hintsOfMore
	}
	for len(rows) > 1 {
		v := m.hints(rows)
		if cell.Width(v.lines[0]) <= l.Bottom.W {
			return v
		}
		rows = append(rows[:len(rows)-2:len(rows)-2], rows[len(rows)-1])
	}
	return m.hints(rows)
}

// hints is one line of hints.
func (m *Model) hints(rows []hintRow) status {
	var b strings.Builder
	var v status
	x := 0
	for i, row := range rows {
		if i > 0 {
			b.WriteString("   ")
			x += 3
		}
		names := make([]string, len(row.acts))
		for j, act := range row.acts {
			names[j] = keymap.KeyName(m.keys.First(act, m.place()))
		}
		s := m.look.Styles.Key.Render(m.look.Glyphs.Say(strings.Join(names, " "))) + m.look.Styles.Soft.Render(" "+row.word)
		v.hits = append(v.hits, hit{x: x, w: cell.Width(s), act: row.acts[len(row.acts)-1]})
		b.WriteString(s)
		x += cell.Width(s)
	}
	v.lines = []string{b.String()}
	return v
}

// drawBottom draws what the bottom row says; what is too long grows upwards over the rail.
func (m *Model) drawBottom(c *cell.Canvas) {
	l := m.layout
	lines := m.statusLines(l).lines
	last := len(lines) - 1
	if !l.Above.Empty() {
		c.Fill(l.Above, cell.Plain)
		inner := cell.Rect{X: l.Above.X + 1, Y: l.Above.Y, W: l.Above.W - 2, H: l.Above.H}
		c.Put(inner, lines[max(last-l.Above.H, 0):last])
	}
	c.Put(l.Bottom, []string{ansi.Truncate(lines[last], l.Bottom.W, string(m.look.Glyphs.Ellipsis))})
}

// hintAt is what of the bottom row is under the pointer.
func (m *Model) hintAt(x, y int) (hit, bool) {
	if !m.layout.Bottom.Holds(x, y) {
		return hit{}, false
	}
	for _, s := range m.statusLines(m.layout).hits {
		if at := x - m.layout.Bottom.X; at >= s.x && at < s.x+s.w {
			return s, true
		}
	}
	return hit{}, false
}
