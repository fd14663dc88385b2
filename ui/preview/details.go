package preview

import (
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/params"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Details is where the details of a picture are shown: the entire prompt, what is not default, the id.
type Details int

const (
	DetailsBeside Details = iota // in what the picture's shape leaves free
	DetailsBelow                 // in the lower third, which they borrow
	DetailsLog                   // the log in the lower third
	DetailsOff
)

// Next returns the place after d; the last one is followed by the first.
func (d Details) Next() Details { return (d + 1) % (DetailsOff + 1) }

// Borrow reports whether details or the log have borrowed the lower third of the room.
func (d Details) Borrow() bool { return d == DetailsBelow || d == DetailsLog }

// leave returns the part of a room that the details leave to pictures.
func (d Details) leave(room cell.Rect) cell.Rect {
	if d.Borrow() {
		room, _ = layout.SplitForFacts(room)
	}
	return room
}

// minLogRows is how many rows must be left below the details for the end of the log.
const minLogRows = 3

// CycleDetails shows the details in the next place.
func (p *Preview) CycleDetails() { p.details = p.details.Next() }

// ShowLog shows the log.
func (p *Preview) ShowLog() { p.details = DetailsLog }

// drawDetails draws the details if the picture leaves room: beside it, below it, or in the lower third; there the log, too.
func (p *Preview) drawDetails(c *cell.Canvas, row runner.Row, look theme.Look) {
	at := p.detailsRoom()
	if at.Empty() {
		return
	}
	if p.details == DetailsLog {
		c.Put(at, LogLines(row, at.W, at.H, look))
		return
	}
	lines := p.DetailLines(row, at.W, look)
	if left := at.H - len(lines) - 1; left >= minLogRows && logOf(row) != "" {
		lines = append(append(lines, ""), LogLines(row, min(at.W, maxTextWidth), left, look)...)
	}
	c.Put(at, lines)
}

// detailsRoom is where details have room; empty if they have none or are off.
func (p *Preview) detailsRoom() cell.Rect {
	room := p.place.Room
	switch {
	case p.details == DetailsOff || room.Empty():
		return cell.Rect{}
	case p.details.Borrow():
		_, details := layout.SplitForFacts(room)
		return details
	case p.place.IsFull || len(p.shown.Tiles) != 1:
		return cell.Rect{}
	}
	frame, ok := p.frames.best(p.shown.Tiles[0].FrameKey)
	if !ok || len(frame.Lines) == 0 {
		return cell.Rect{}
	}
	_, details := layout.PlacePicture(room, cell.Width(frame.Lines[0]), len(frame.Lines))
	return details
}

// showsPrompt reports whether the details show the entire prompt, so that the caption need not show it.
func (p *Preview) showsPrompt() bool { return p.details != DetailsLog && !p.detailsRoom().Empty() }

// DetailLines are the details of a prediction in lines of at most w columns, as many as they need.
func (p *Preview) DetailLines(row runner.Row, w int, look theme.Look) []string {
	w = min(w, maxTextWidth)
	lines := append(wrapped(text.Clean(row.Entry.Prompt()), w, look.Styles.Text), "")
	soft := func(facts ...string) {
		lines = append(lines, wrapped(text.CleanLine(look.Glyphs.Translate(joinFacts(facts...))), w, look.Styles.Muted)...)
	}
	if p.place.IsFull {
		soft(p.endFact(row.Entry)) // elsewhere the caption has it
	}
	soft(append([]string{model.Find(row.Model).Name()}, notDefault(row.Entry)...)...)
	if row.ID != "" {
		soft("id " + format.Clean(row.ID))
	}
	return lines
}

// notDefault names the values of an input that differ from the model's defaults.
func notDefault(e history.Entry) []string {
	known := model.Find(e.Model)
	var values []string
	for _, f := range params.Of(e.Input) {
		p, ok := known.Parameter(f.Name)
		if ok && p.Default != nil && params.Plain(p.Default) == f.Plain {
			continue
		}
		values = append(values, string(f.Text))
	}
	return values
}

// logOf is a prediction's log so far, raw; "" if there is none.
func logOf(row runner.Row) string {
	log := row.Logs
	if row.Live != nil && row.Live.Logs != "" {
		log = row.Live.Logs
	}
	return strings.TrimSpace(log)
}

// LogLines are the last h lines of a prediction's log, of at most w columns.
func LogLines(row runner.Row, w, h int, look theme.Look) []string {
	log := logOf(row)
	if log == "" {
		return []string{look.Styles.Muted.Render("No log.")}
	}
	lines := wrapped(text.Clean(log), w, look.Styles.Muted)
	return lines[max(len(lines)-h, 0):]
}
