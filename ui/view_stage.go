package ui

import (
	"fmt"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/picture"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// factsLongest is the most columns of a line of facts, so that they stay readable.
const factsLongest = 60

// inForm tells whether the stage follows the form rather than the list.
func (m *Model) inForm() bool { return m.screen != full && m.focus != focusList }

// subject is the prediction that the stage is about.
func (m *Model) subject() string {
	return m.preview.Subject(m.inForm(), m.list.Cursor(), m.now())
}

// pictureRoom is where pictures stand now.
func (m *Model) pictureRoom() cell.Rect {
	room := m.layout.Stage
	if m.screen == full {
		room = m.layout.Full
	}
	if m.factsLent() {
		room, _ = layout.LendThird(room)
	}
	return room
}

// factsLent tells whether facts or the log have been lent the lower third.
func (m *Model) factsLent() bool {
	return m.preview.Details == preview.DetailsBelow || m.preview.Details == preview.DetailsLog
}

// wantPicture decides what should stand on the stage.
func (m *Model) wantPicture() {
	room := m.pictureRoom()
	key := m.subject()
	e, ok := m.list.Entry(key)
	if room.Empty() || (key != "" && !ok) {
		return // still being read: what is shown stays
	}
	output := 0
	if key == m.list.Cursor() {
		output = m.list.Output()
	}
	if key == "" {
		m.preview.SetWant(preview.Scene{Room: room}, m.now())
		return
	}
	m.preview.SetWant(m.magnified(preview.SceneOf(e, output, room, m.terminal.can, m.session.History.Path)), m.now())
}

// drawStage draws the pictures of the scene that is shown, its caption and its facts.
func (m *Model) drawStage(c *cell.Canvas) {
	l := m.layout
	if l.Stage.Empty() {
		return
	}
	m.drawScene(c)
	c.Put(l.Caption, m.caption(l.Caption.W, l.Caption.H))
}

// drawScene draws pictures, or the plate of what has none yet, and the facts where there is room for them.
func (m *Model) drawScene(c *cell.Canvas) {
	sc := m.preview.Shown
	row, known := m.list.Row(sc.Key)
	if len(sc.Tiles) == 0 {
		m.drawPlate(c, m.pictureRoom(), row, known)
	}
	for _, t := range sc.Tiles {
		m.drawTile(c, t)
	}
	if known {
		m.drawFacts(c, row)
	}
}

// drawTile draws one picture in its place, or why it cannot be drawn.
func (m *Model) drawTile(c *cell.Canvas, t preview.Tile) {
	frame, ok := m.preview.Frames.Best(t.FrameKey)
	if !ok {
		if said := m.preview.Errors[t.Path]; said != "" {
			m.drawWords(c, t.At, said)
		}
		return
	}
	if at := m.tilePlace(t, frame); at.Within(m.pictureRoom()) {
		c.PutPicture(at, frame.LinesAt(at.Y))
	} // else it is of before the screen changed, and would stand in the way of others
}

// tilePlace is where a frame stands in its tile: a single one leaves room for facts, one of several stands in the middle.
func (m *Model) tilePlace(t preview.Tile, frame picture.Frame) cell.Rect {
	at := centred(t.At, frame)
	if len(m.preview.Shown.Tiles) == 1 && m.preview.Shown.Room != m.layout.Full && !m.factsLent() {
		at, _ = layout.PlacePicture(t.At, at.W, at.H)
	}
	return at
}

// drawPlate draws the empty rectangle of a picture that is not there, with a line that says why.
func (m *Model) drawPlate(c *cell.Canvas, room cell.Rect, row runner.Row, known bool) {
	if !known && !m.inForm() && m.list.Total() > 0 {
		return // nothing is selected: the list says why
	}
	w, h, ok := m.settings.Size()
	said := m.emptyPlate(w, h, ok)
	if known {
		w, h, ok = model.Find(row.Model).Size(row.Input)
		said = m.plateLine(row, w, h, ok)
	}
	if !ok {
		w, h = 1, 1
	}
	size := picture.Fit(w*1024, h*1024, picture.Cells{W: room.W, H: room.H}, m.terminal.can)
	at := cell.Rect{X: room.X + (room.W-size.W)/2, Y: room.Y + (room.H-size.H)/2, W: size.W, H: size.H}
	c.Fill(at, cell.PlainOn(m.look.Styles.Plate))
	m.drawWordsOn(c, at, said, cell.PlainOn(m.look.Styles.Plate))
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
	usd, known := m.settings.Cost()
	price := format.PriceText(usd, known, m.session.Provider.Free)
	if !ok {
		return format.Upper(price) + ". Write what you want to see, then press enter."
	}
	return fmt.Sprintf("%d×%d · %s. Write what you want to see, then press enter.", w, h, price)
}

// drawWords draws a sentence in the middle of a place.
func (m *Model) drawWords(c *cell.Canvas, at cell.Rect, said string) {
	m.drawWordsOn(c, at, said, func(s string) string { return m.look.Styles.Soft.Render(s) })
}

func (m *Model) drawWordsOn(c *cell.Canvas, at cell.Rect, said string, draw func(string) string) {
	lines := text.Wrap(text.Safe(m.look.Glyphs.Say(said)), max(min(at.W-2, factsLongest), 1))
	y := at.Y + max((at.H-len(lines))/2, 0)
	for i, line := range lines {
		c.Put(cell.Rect{X: at.X + max((at.W-text.Width(line))/2, 0), Y: y + i, W: at.W, H: min(1, at.Bottom()-y-i)}, []string{draw(string(line))})
	}
}

// caption is what stands below the picture. In the form it tells of the last purchase until that is done.
func (m *Model) caption(w, h int) []string {
	shown, known := m.list.Row(m.preview.Shown.Key)
	sent, going := m.list.Row(m.preview.Sent)
	if m.inForm() && going && sent.State != history.Done && (m.preview.Pinned == "" || m.preview.Pinned == sent.Key) {
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
	first := text.Wrap(text.CleanLine(m.look.Glyphs.Say(said[0])), max(w, 1))
	lines := make([]string, 0, h)
	for _, line := range first {
		lines = append(lines, m.look.Styles.Ink.Render(string(line)))
	}
	if len(lines) < h && len(said) > 1 {
		rest := text.Truncate(text.CleanLine(said[1]), w, m.look.Glyphs.Ellipsis)
		lines = append(lines, m.look.Styles.Soft.Render(string(rest)))
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
	took := max(0, now.Sub(row.Live.Since))
	said := list.StateSign(row, m.listOptions(0)) + " "
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
			return said + fmt.Sprintf(" · %s, usually %s", format.SecondsText(took), format.TookText(row.Live.TypicalDuration))
		}
	default:
		said += fmt.Sprintf("developing %d%%", format.Percent(row.Live.Progress))
	}
	said += " · " + format.SecondsText(took)
	if left := format.LeftText(took, m.usual(row.Model)); left != "" { // from this machine's own runs alone
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
