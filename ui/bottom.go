package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// voice is what the bottom row says: styled lines, the last of which stands in the bottom row, and what of the last can be
// clicked.
type voice struct {
	lines []string
	spots []spot
}

// spot is a run of columns in the bottom row that does what a key does.
type spot struct {
	x, w int
	key  string // of a question or menu
	act  action
}

// hintRow is a hint of the bottom row: one or two actions whose keys are shown, and a word.
type hintRow struct {
	acts []action
	word string
}

// hintRows are the hints of each place, in the order of their weight; the last one always stays.
var hintRows = map[place][]hintRow{
	inPrompt: {
		{[]action{actDevelop}, "develop"},
		{[]action{actBack}, "list"},
		{[]action{actNext}, "settings"},
		{[]action{actLookNewer, actLookOlder}, "look"},
		{[]action{actSearchPrompts}, "earlier"},
		{[]action{actMenu}, "more"},
	},
	inSettings: {
		{[]action{actChoices}, "choices"},
		{[]action{actRowUp, actRowDown}, "row"},
		{[]action{actValueBefore, actValueNext}, "value"},
		{[]action{actBack}, "prompt"},
		{[]action{actMenu}, "more"},
	},
	inList: {
		{[]action{actOpen}, "open"},
		{[]action{actUse}, "use"},
		{[]action{actTakeSeed}, "seed"},
		{[]action{actCompare}, "compare"},
		{[]action{actCopy}, "copy"},
		{[]action{actFind}, "find"},
		{[]action{actStar}, "star"},
		{[]action{actHelp}, "keys"},
	},
	inGallery: {
		{[]action{actOpen}, "open"},
		{[]action{actMark}, "mark"},
		{[]action{actCompare}, "compare"},
		{[]action{actLarger, actSmaller}, "size"},
		{[]action{actFind}, "find"},
		{[]action{actBack}, "back"},
		{[]action{actHelp}, "keys"},
	},
	inCompare: {
		{[]action{actLeft, actRight}, "choose"},
		{[]action{actOpen}, "open"},
		{[]action{actMark}, "unmark"},
		{[]action{actUse}, "use"},
		{[]action{actStar}, "star"},
		{[]action{actFacts}, "differences"},
		{[]action{actBack}, "back"},
	},
}

// hintsOfMore are those of the settings' page of the remaining parameters.
var hintsOfMore = []hintRow{
	{[]action{actBack}, "settings"},
	{[]action{actChoices}, "choices"},
	{[]action{actRowUp, actRowDown}, "row"},
	{[]action{actValueBefore, actValueNext}, "value"},
	{[]action{actMenu}, "more"},
}

// voice is what the bottom row says now, by rank: question, menu, note, what is wrong with the filter, hints.
func (m *Model) voice(l layout) voice {
	switch {
	case m.over.question != nil:
		return m.questionVoice(l)
	case m.over.menu != nil:
		return m.menuVoice(l)
	case m.over.note.text != "":
		return voice{lines: m.wrapped(m.over.note.text, l)}
	case m.over.modal() || m.screen == help:
		return voice{lines: []string{""}} // these name their own keys, and those below do nothing now
	case m.filter.problem != "" && (m.focus == onList || m.screen == galleryScreen):
		return voice{lines: m.wrapped(m.filter.problem, l)}
	case m.screen == full:
		return m.fullVoice(l)
	case m.filter.editing:
		return m.line("", filterKeys)
	}
	return m.hintVoice(l)
}

// filterKeys are the keys of the filter under edit, where letters are text.
var filterKeys = []keyWord{
	{key: "enter", word: "keep", spot: spot{key: "enter"}}, {key: "esc", word: "show all", spot: spot{key: "esc"}},
}

// wrapped is a sentence in as many lines as it needs: one over the whole screen, else several as wide as the rail.
func (m *Model) wrapped(s string, l layout) []string {
	safe := text.Safe(m.glyphs.say(s))
	if text.Width(safe) <= l.bottom.w {
		return []string{m.styles.ink.Render(string(safe))}
	}
	return m.overRail(s, l)
}

// overRail is a sentence in lines as wide as the rail.
func (m *Model) overRail(s string, l layout) []string {
	var lines []string
	for _, line := range text.Wrap(text.Safe(m.glyphs.say(s)), max(l.rail.w-2, 1)) {
		lines = append(lines, m.styles.ink.Render(string(line)))
	}
	return lines
}

// questionVoice is a question and its keys.
func (m *Model) questionVoice(l layout) voice {
	q := m.over.question
	var keys []keyWord
	for _, a := range q.answers {
		keys = append(keys, keyWord{a.key, a.word, spot{key: a.key}})
	}
	return m.spoken(q.text, keys, l)
}

// menuVoice is a menu: its title and its keys.
func (m *Model) menuVoice(l layout) voice {
	var keys []keyWord
	for _, row := range m.over.menu.rows {
		keys = append(keys, keyWord{row.keys[0], row.word, spot{key: row.keys[0]}})
	}
	return m.spoken(m.over.menu.title, keys, l)
}

// keyWord is a key with the word of what it does.
type keyWord struct {
	key, word string
	spot      spot
}

// spoken is a sentence with keys behind it, broken into lines where one is not enough.
func (m *Model) spoken(sentence string, keys []keyWord, l layout) voice {
	one := m.line(sentence, keys)
	if width(one.lines[0]) <= l.bottom.w {
		return one
	}
	v := voice{}
	if sentence != "" {
		v.lines = m.overRail(sentence, l)
	}
	for len(keys) > 0 {
		n := len(keys)
		for n > 1 && width(m.line("", keys[:n]).lines[0]) > l.rail.w-2 {
			n--
		}
		part := m.line("", keys[:n])
		v.lines, v.spots, keys = append(v.lines, part.lines...), part.spots, keys[n:]
	}
	return v
}

// line is one line of a sentence and keys.
func (m *Model) line(sentence string, keys []keyWord) voice {
	var b strings.Builder
	var v voice
	x := 0
	put := func(s string) {
		b.WriteString(s)
		x += width(s)
	}
	if sentence != "" {
		put(m.styles.ink.Render(m.glyphs.say(sentence)))
		put("  ")
	}
	for i, k := range keys {
		if i > 0 {
			put("  ")
		}
		from := x
		put(m.styles.key.Render(m.glyphs.say(keyName(k.key))))
		if k.word != "" {
			put(m.styles.soft.Render(" " + k.word))
		}
		k.spot.x, k.spot.w = from, x-from
		v.spots = append(v.spots, k.spot)
	}
	v.lines = []string{b.String()}
	return v
}

// hintVoice is the hints of the place that has the keys, as many as there is room for.
func (m *Model) hintVoice(l layout) voice {
	rows := hintRows[m.place()]
	if m.place() == inSettings && m.settings.more {
		rows = hintsOfMore
	}
	for len(rows) > 1 {
		v := m.hints(rows)
		if width(v.lines[0]) <= l.bottom.w {
			return v
		}
		rows = append(rows[:len(rows)-2:len(rows)-2], rows[len(rows)-1])
	}
	return m.hints(rows)
}

// hints is one line of hints.
func (m *Model) hints(rows []hintRow) voice {
	var b strings.Builder
	var v voice
	x := 0
	for i, row := range rows {
		if i > 0 {
			b.WriteString("   ")
			x += 3
		}
		names := make([]string, len(row.acts))
		for j, act := range row.acts {
			names[j] = keyName(m.keys.first(act, m.place()))
		}
		s := m.styles.key.Render(m.glyphs.say(strings.Join(names, " "))) + m.styles.soft.Render(" "+row.word)
		v.spots = append(v.spots, spot{x: x, w: width(s), act: row.acts[len(row.acts)-1]})
		b.WriteString(s)
		x += width(s)
	}
	v.lines = []string{b.String()}
	return v
}

// drawBottom draws what the bottom row says; what is too long grows upwards over the rail.
func (m *Model) drawBottom(c *canvas) {
	l := m.layout
	lines := m.voice(l).lines
	last := len(lines) - 1
	if !l.above.empty() {
		c.fill(l.above, plain)
		inner := rect{l.above.x + 1, l.above.y, l.above.w - 2, l.above.h}
		c.put(inner, lines[max(last-l.above.h, 0):last])
	}
	c.put(l.bottom, []string{ansi.Truncate(lines[last], l.bottom.w, m.glyphs.ellipsis)})
}

// hintAt is what of the bottom row is under the pointer.
func (m *Model) hintAt(x, y int) (spot, bool) {
	if !m.layout.bottom.holds(x, y) {
		return spot{}, false
	}
	for _, s := range m.voice(m.layout).spots {
		if at := x - m.layout.bottom.x; at >= s.x && at < s.x+s.w {
			return s, true
		}
	}
	return spot{}, false
}
