package ui

import (
	"fmt"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/picture"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// factsLongest is the most columns of a line of facts, so that they stay readable.
const factsLongest = 60

// inForm tells whether the stage follows the form rather than the list.
func (m *Model) inForm() bool { return m.screen != full && m.focus != onList }

// subject is the prediction that the stage is about.
func (m *Model) subject() string {
	return m.stage.subject(m.inForm(), m.list.cursor, m.now())
}

// pictureRoom is where pictures stand now.
func (m *Model) pictureRoom() rect {
	room := m.layout.stage
	if m.screen == full {
		room = m.layout.full
	}
	if m.factsLent() {
		room, _ = lendThird(room)
	}
	return room
}

// factsLent tells whether facts or the log have been lent the lower third.
func (m *Model) factsLent() bool {
	return m.stage.facts == factsBelow || m.stage.facts == factsLog
}

// wantPicture decides what should stand on the stage.
func (m *Model) wantPicture() {
	room := m.pictureRoom()
	key := m.subject()
	e, ok := m.list.rows[key]
	if room.empty() || (key != "" && !ok) {
		return // still being read: what is shown stays
	}
	output := 0
	if key == m.list.cursor {
		output = m.list.output
	}
	if key == "" {
		m.stage.wants(scene{room: room}, m.now())
		return
	}
	m.stage.wants(m.magnified(sceneOf(e, output, room, m.terminal.can, m.session.History.Path)), m.now())
}

// drawStage draws the pictures of the scene that is shown, its caption and its facts.
func (m *Model) drawStage(c *canvas) {
	l := m.layout
	if l.stage.empty() {
		return
	}
	m.drawScene(c)
	c.put(l.caption, m.caption(l.caption.w, l.caption.h))
}

// drawScene draws pictures, or the plate of what has none yet, and the facts where there is room for them.
func (m *Model) drawScene(c *canvas) {
	sc := m.stage.shown
	row, known := m.row(sc.key)
	if len(sc.tiles) == 0 {
		m.drawPlate(c, m.pictureRoom(), row, known)
	}
	for _, t := range sc.tiles {
		m.drawTile(c, t)
	}
	if known {
		m.drawFacts(c, row)
	}
}

// drawTile draws one picture in its place, or why it cannot be drawn.
func (m *Model) drawTile(c *canvas, t tile) {
	frame, ok := m.stage.frames.best(t.frameKey)
	if !ok {
		if said := m.stage.troubles[t.path]; said != "" {
			m.drawWords(c, t.at, said)
		}
		return
	}
	if at := m.tilePlace(t, frame); at.within(m.pictureRoom()) {
		c.putPicture(at, frame.LinesAt(at.y))
	} // else it is of before the screen changed, and would stand in the way of others
}

// tilePlace is where a frame stands in its tile: a single one leaves room for facts, one of several stands in the middle.
func (m *Model) tilePlace(t tile, frame picture.Frame) rect {
	at := centred(t.at, frame)
	if len(m.stage.shown.tiles) == 1 && m.stage.shown.room != m.layout.full && !m.factsLent() {
		at, _ = placePicture(t.at, at.w, at.h)
	}
	return at
}

// drawPlate draws the empty rectangle of a picture that is not there, with a line that says why.
func (m *Model) drawPlate(c *canvas, room rect, row runner.Row, known bool) {
	if !known && !m.inForm() && m.list.all.Len() > 0 {
		return // nothing is selected: the list says why
	}
	w, h, ok := m.settings.size()
	said := m.emptyPlate(w, h, ok)
	if known {
		w, h, ok = model.Find(row.Model).Size(row.Input)
		said = m.plateLine(row, w, h, ok)
	}
	if !ok {
		w, h = 1, 1
	}
	size := picture.Fit(w*1024, h*1024, picture.Cells{W: room.w, H: room.h}, m.terminal.can)
	at := rect{room.x + (room.w-size.W)/2, room.y + (room.h-size.H)/2, size.W, size.H}
	c.fill(at, plainOn(m.styles.plate))
	m.drawWordsOn(c, at, said, plainOn(m.styles.plate))
}

// plateLine is the line of a plate of a prediction without a picture; what becomes of it is the caption's, where there is one.
func (m *Model) plateLine(row runner.Row, w, h int, ok bool) string {
	name := string(text.CleanLine(model.Find(row.Model).Name()))
	switch {
	case over(row) && m.screen == full:
		return m.statusLine(row)
	case over(row):
		return "no picture"
	case !ok:
		return name
	}
	return fmt.Sprintf("%d×%d · %s", w, h, name)
}

// over tells whether nothing more comes of a row by itself.
func over(row runner.Row) bool { return row.State.Ended() || row.State == history.Unconfirmed }

// emptyPlate is the line of a plate before anything was made.
func (m *Model) emptyPlate(w, h int, ok bool) string {
	if !m.opened {
		return ""
	}
	if m.session.Runner == nil {
		return m.noKeySentence()
	}
	usd, known := m.settings.cost()
	price := priceText(usd, known, m.session.Provider.Free)
	if !ok {
		return upper(price) + ". Write what you want to see, then press enter."
	}
	return fmt.Sprintf("%d×%d · %s. Write what you want to see, then press enter.", w, h, price)
}

// drawWords draws a sentence in the middle of a place.
func (m *Model) drawWords(c *canvas, at rect, said string) {
	m.drawWordsOn(c, at, said, func(s string) string { return m.styles.soft.Render(s) })
}

func (m *Model) drawWordsOn(c *canvas, at rect, said string, draw func(string) string) {
	lines := text.Wrap(text.Safe(m.glyphs.say(said)), max(min(at.w-2, factsLongest), 1))
	y := at.y + max((at.h-len(lines))/2, 0)
	for i, line := range lines {
		c.put(rect{at.x + max((at.w-text.Width(line))/2, 0), y + i, at.w, min(1, at.bottom()-y-i)}, []string{draw(string(line))})
	}
}

// caption is what stands below the picture. In the form it tells of the last purchase until that is done.
func (m *Model) caption(w, h int) []string {
	shown, known := m.row(m.stage.shown.key)
	sent, going := m.row(m.stage.sent)
	if m.inForm() && going && sent.State != history.Done && (m.stage.looked == "" || m.stage.looked == sent.Key) {
		second := string(text.CleanLine(sent.Entry.Prompt()))
		if known && shown.Key != sent.Key && hasPicture(shown.Entry) {
			second = "shown: the one before · " + m.factsLine(shown.Entry)
		}
		return m.captionLines([]string{m.statusLine(sent), second}, w, h)
	}
	if !known {
		return nil
	}
	if said := m.statusLine(shown); said != "" && shown.State != history.Done {
		return m.captionLines([]string{said, shown.Entry.Prompt()}, w, h)
	}
	if m.promptBelow() {
		return m.captionLines([]string{m.endLine(shown.Entry), m.pictureLine(shown.Entry)}, w, h)
	}
	return m.captionLines([]string{m.factsLine(shown.Entry), shown.Entry.Prompt()}, w, h)
}

// captionLines cuts sentences to a caption's room: the first has the ink, and goes on into the second row when it is too
// long for one.
func (m *Model) captionLines(said []string, w, h int) []string {
	first := text.Wrap(text.CleanLine(m.glyphs.say(said[0])), max(w, 1))
	lines := make([]string, 0, h)
	for _, line := range first {
		lines = append(lines, m.styles.ink.Render(string(line)))
	}
	if len(lines) < h && len(said) > 1 {
		rest := text.Truncate(text.CleanLine(said[1]), w, text.Safe(m.glyphs.ellipsis))
		lines = append(lines, m.styles.soft.Render(string(rest)))
	}
	return lines[:min(len(lines), h)]
}

// statusLine is what a job is doing, or how it ended: "⡇ developing 62% · 3 s, about 2 s left".
func (m *Model) statusLine(row runner.Row) string {
	if said := m.troubleSentence(row.Entry, row.Live); said != "" {
		return said
	}
	if row.State.Ended() || row.Live == nil {
		return m.elsewhere(row)
	}
	now := m.now()
	f := newRowFacts(row, now)
	sign, _ := stateSign(f, m.rowLook(0))
	took := max(0, now.Sub(row.Live.Since))
	said := sign + " "
	switch {
	case row.Live.CancelRequested:
		said += "stopping"
	case row.State == history.Creating:
		said += "sending"
	case row.State == history.Saving:
		return said + "saving the picture"
	case row.Live.Progress < 0:
		said += "starting"
		if row.Live.TypicalDuration > 0 {
			return said + fmt.Sprintf(" · %s, usually %s", secondsText(took), tookText(row.Live.TypicalDuration))
		}
	default:
		said += fmt.Sprintf("developing %d%%", percent(row.Live.Progress))
	}
	said += " · " + secondsText(took)
	if left := leftText(took, m.usual(row.Model)); left != "" { // from this machine's own runs alone
		said += ", " + left
	}
	return said
}

// elsewhere is the status of a job that another program drives.
func (m *Model) elsewhere(row runner.Row) string {
	if row.State.Ended() {
		return ""
	}
	return "Under way; another tintype follows it, or the next start will."
}
