package preview

import (
	"strings"

	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/runner"
	"tintype/ui/theme"
)

// Details is where the facts of a picture are shown.
type Details int

const (
	DetailsBeside Details = iota // in what the picture's shape leaves free
	DetailsBelow                 // in the lower third, which they borrow
	DetailsLog                   // the log in the lower third
	DetailsOff
)

// Next returns the place after d; the last one is followed by the first.
func (d Details) Next() Details { return (d + 1) % (DetailsOff + 1) }

// Borrow reports whether facts or the log have borrowed the lower third of the room.
func (d Details) Borrow() bool { return d == DetailsBelow || d == DetailsLog }

// CycleDetails shows the facts in the next place. While a log is open, it only closes that.
func (p *Preview) CycleDetails() {
	if p.showsOpenLog() {
		p.openLog = ""
		return
	}
	p.details = p.details.Next()
}

// OpenLog shows the log of a prediction without a picture, if it has one, until the entire screen is left. It changes nothing for other
// predictions.
func (p *Preview) OpenLog(key string) {
	if row, ok := p.list.Row(key); ok && strings.TrimSpace(logOf(row)) != "" {
		p.openLog = key
	}
}

// showsOpenLog reports whether the log of the prediction on the entire screen was opened. A picture that comes meanwhile takes its place.
func (p *Preview) showsOpenLog() bool {
	if p.openLog == "" || !p.place.IsFull || p.openLog != p.list.Cursor() {
		return false
	}
	e, ok := p.list.Entry(p.openLog)
	return ok && !HasPicture(e)
}

// detailsNow is where the facts of what is shown are now.
func (p *Preview) detailsNow() Details {
	if p.showsOpenLog() {
		return DetailsLog
	}
	return p.details
}

// room is where pictures are drawn: what the details leave.
func (p *Preview) room() cell.Rect { return leave(p.place.Room, p.detailsNow()) }

// leave returns the part of a room that details leave to pictures.
func leave(room cell.Rect, details Details) cell.Rect {
	if details.Borrow() {
		room, _ = layout.SplitForFacts(room)
	}
	return room
}

// drawDetails draws the facts of what is shown, if the picture leaves room: beside it, below it, or in the lower third; there the log,
// too. Above the caption of a purchase that is awaited there are the facts of the picture before it, and never that one's log.
func (p *Preview) drawDetails(c *cell.Canvas, row runner.Row, look theme.Look) {
	at := p.detailsRoom(row)
	if at.Empty() {
		return
	}
	if p.detailsNow() == DetailsLog && !p.isAwaiting() {
		c.Put(at, p.LogLines(row, at.W, at.H, look))
		return
	}
	if at.H >= roomyTable && !p.place.IsFull {
		at.H-- // a blank row before the caption
	}
	c.Put(at, p.table(row, at, p.place.IsFull || p.isAwaiting(), look))
}

// roomyTable is the number of rows from which the table of facts leaves one blank before the caption.
const roomyTable = 8

// detailsRoom is where facts have room; empty if they have none or are off.
func (p *Preview) detailsRoom(row runner.Row) cell.Rect {
	room := p.place.Room
	switch details := p.detailsNow(); {
	case details == DetailsOff || room.Empty():
		return cell.Rect{}
	case details.Borrow():
		_, facts := layout.SplitForFacts(room)
		return facts
	case p.place.IsFull || len(p.shown.Tiles) > 1:
		return cell.Rect{}
	case len(p.shown.Tiles) == 0:
		_, facts := p.platePlace(row)
		return facts
	}
	frame, ok := p.frames.best(p.shown.Tiles[0].FrameKey)
	if !ok || len(frame.Lines) == 0 {
		return cell.Rect{}
	}
	_, facts := layout.PlacePicture(room, cell.Width(frame.Lines[0]), len(frame.Lines))
	return facts
}

// showsTable reports whether the table of facts is drawn, so that the caption need not have them.
func (p *Preview) showsTable(row runner.Row) bool {
	return (p.detailsNow() != DetailsLog || p.isAwaiting()) && !p.detailsRoom(row).Empty()
}
