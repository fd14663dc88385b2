package ui

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/studio"
	"tintype/ui/text"
)

// factsLine is a picture's facts in one line: size and format, seed, time, cost.
func (m *Model) factsLine(e history.Entry) string {
	var parts []string
	if w, h := pictureSize(e); w > 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%d×%d %s", w, h, formatOf(e))))
	}
	if e.Seed != nil {
		parts = append(parts, fmt.Sprintf("seed %d", *e.Seed))
	}
	if took := tookOf(e); took > 0 {
		parts = append(parts, tookText(took))
	}
	if cost := m.costOf(e); cost != "" {
		parts = append(parts, cost)
	}
	if n := len(e.Outputs); n > 1 {
		parts = append(parts, m.whichOf(e, n))
	}
	return strings.Join(parts, " · ")
}

// whichOf says which of several pictures is shown.
func (m *Model) whichOf(e history.Entry, n int) string {
	if e.Key == m.stage.shown.key && m.stage.shown.output > 0 {
		return fmt.Sprintf("%d of %d", m.stage.shown.output, n)
	}
	return fmt.Sprintf("%d pictures", n)
}

// doneLine is how and when a prediction ended: "★ done 1 min ago".
func (m *Model) doneLine(e history.Entry) string {
	said := string(e.State) + " " + agoText(m.now().Sub(e.Made()))
	if e.Star {
		return "★ " + said
	}
	return said
}

// costOf is what a prediction cost; "" where there is nothing to say.
func (m *Model) costOf(e history.Entry) string {
	if m.freeOf(e) {
		return "free"
	}
	if e.Cost == nil {
		return "price unknown"
	}
	return costText(e.Cost, false, false)
}

// drawFacts draws the whole prompt, what is not default, id and time where the picture leaves room: beside it, below it, or
// in the lower third that was lent; there the log, too.
func (m *Model) drawFacts(c *canvas, row studio.Row) {
	at := m.factsRoom()
	if at.empty() {
		return
	}
	lines := m.factLines(row, min(at.w, factsLongest))
	if m.stage.facts == factsLog {
		lines = m.logLines(row, at)
	}
	c.put(at, lines)
}

// factsRoom is where facts have room; empty where they have none, or are not wanted.
func (m *Model) factsRoom() rect {
	room := m.layout.stage
	if m.screen == full {
		room = m.layout.full
	}
	switch {
	case m.stage.facts == factsOff || room.empty():
		return rect{}
	case m.factsLent():
		_, facts := lendThird(room)
		return facts
	case m.screen == full || len(m.stage.shown.tiles) != 1:
		return rect{}
	}
	frame, ok := m.stage.frames.get(m.stage.shown.tiles[0].frameKey)
	if !ok || len(frame.Lines) == 0 {
		return rect{}
	}
	_, facts := placePicture(room, width(frame.Lines[0]), len(frame.Lines))
	return facts
}

// promptBelow tells whether the whole prompt stands in the facts, so that the caption need not say it.
func (m *Model) promptBelow() bool {
	return m.stage.facts != factsLog && !m.factsRoom().empty()
}

// factLines are the facts of a prediction, as many lines as they need.
func (m *Model) factLines(row studio.Row, w int) []string {
	var lines []string
	for _, line := range text.Wrap(text.Clean(row.Entry.Prompt()), max(w, 1)) {
		lines = append(lines, m.styles.ink.Render(string(line)))
	}
	lines = append(lines, "")
	soft := func(parts ...string) {
		joined := strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
		for _, line := range text.Wrap(text.Line(m.glyphs.say(joined)), max(w, 1)) {
			lines = append(lines, m.styles.soft.Render(string(line)))
		}
	}
	soft(m.doneLine(row.Entry))
	soft(append([]string{model.Find(row.Model).Name()}, m.notDefault(row.Entry)...)...)
	if row.ID != "" {
		soft("id " + clean(row.ID))
	}
	return lines
}

// notDefault names the values of an input that differ from the model's defaults.
func (m *Model) notDefault(e history.Entry) []string {
	known := model.Find(e.Model)
	var said []string
	for _, f := range parameterFacts(e.Input) {
		p, ok := known.Parameter(f.name)
		if ok && p.Default != nil && plainValue(p.Default) == f.value {
			continue
		}
		said = append(said, string(f.says))
	}
	return said
}

// logLines are the end of a prediction's log.
func (m *Model) logLines(row studio.Row, at rect) []string {
	log := row.Logs
	if row.Live != nil && row.Live.Logs != "" {
		log = row.Live.Logs
	}
	if strings.TrimSpace(log) == "" {
		return []string{m.styles.soft.Render("No log.")}
	}
	var lines []string
	for _, line := range text.Wrap(text.Clean(strings.TrimRight(log, "\n")), max(at.w, 1)) {
		lines = append(lines, m.styles.soft.Render(string(line)))
	}
	return lines[max(len(lines)-at.h, 0):]
}
