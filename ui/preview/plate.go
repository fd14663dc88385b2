package preview

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/layout"
	"tintype/ui/picture"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// A plate is the empty shape of a picture that is not there. While its job is running it has a bar; of one that ended without a picture
// it says what happened and what to do.

// The width of a bar in a plate, and what is blank at each side of it at least.
const (
	maxBarWidth = 48
	plateMargin = 2
)

// plateShape is the proportions of a plate, of an output from 1 or of all for 0; those of a picture of unknown size are a square's.
func plateShape(e history.Entry, output int) layout.Shape {
	if s := shapeOf(e, output); s.W > 0 && s.H > 0 {
		return s
	}
	return layout.Shape{W: 1, H: 1}
}

// platePlace is where the plate of a prediction is: where its picture will be. facts is the room beside or below it.
func (p *Preview) platePlace(row runner.Row) (plate, facts cell.Rect) {
	s := plateShape(row.Entry, 0)
	at := p.shape(p.room(), s.W, s.H)
	if p.place.IsFull || p.detailsNow().Borrow() || plateCount(row) > 1 {
		return at, cell.Rect{}
	}
	return layout.PlacePicture(p.room(), at.W, at.H)
}

// plateCount is how many plates a prediction has: one for each picture that is to come.
func plateCount(row runner.Row) int {
	if isOver(row) {
		return 1
	}
	return max(1, model.Find(row.Model).Pictures(row.Input))
}

// plates are the places of the plates of a prediction.
func (p *Preview) plates(row runner.Row) []cell.Rect {
	n := plateCount(row)
	if n == 1 {
		at, _ := p.platePlace(row)
		return []cell.Rect{at}
	}
	shape := plateShape(row.Entry, 0)
	shapes := slices.Repeat([]layout.Shape{shape}, n)
	grid := layout.ArrangePictures(p.room(), shapes, p.CellAspect(), 1)
	if grid.Cell(0).H < minLabelledRows {
		grid = layout.ArrangePictures(p.room(), shapes, p.CellAspect(), 0)
	}
	places := make([]cell.Rect, n)
	for i := range places {
		places[i] = p.shape(grid.Cell(i), shape.W, shape.H)
	}
	return places
}

// drawPlates draws the plates of the pictures of a prediction that are not there.
func (p *Preview) drawPlates(c *cell.Canvas, row runner.Row, look theme.Look) {
	for _, at := range p.plates(row) {
		if !slices.ContainsFunc(p.shown.Tiles, func(t Tile) bool { return t.At.Overlaps(at) }) {
			p.drawPlate(c, at, row, look)
		}
	}
}

// drawThumbPlate draws the plate of a picture of a prediction in the room of a thumbnail. The caption below says how it ended.
func (p *Preview) drawThumbPlate(c *cell.Canvas, room cell.Rect, row runner.Row, output int, look theme.Look) {
	s := plateShape(row.Entry, output)
	at := p.shape(room, s.W, s.H)
	c.Fill(at, look.Styles.Placeholder)
	if row.Live != nil && !HasPicture(row.Entry) {
		p.drawProgress(c, at, row, false, look)
	}
}

// drawPlate draws a plate with what it says.
func (p *Preview) drawPlate(c *cell.Canvas, at cell.Rect, row runner.Row, look theme.Look) {
	c.Fill(at, look.Styles.Placeholder)
	if isOver(row) {
		p.drawEnd(c, at, row, look)
		return
	}
	p.drawProgress(c, at, row, true, look)
}

// drawEmpty draws the plate that is there before anything was made.
func (p *Preview) drawEmpty(c *cell.Canvas, look theme.Look) {
	empty, ok := p.source.Empty()
	if !ok {
		return
	}
	at := p.shape(p.room(), max(empty.W, 1), max(empty.H, 1))
	if empty.W <= 0 || empty.H <= 0 {
		at = p.shape(p.room(), 1, 1)
	}
	c.Fill(at, look.Styles.Placeholder)
	drawSentence(c, at, empty.Text, look.Styles.Placeholder, look)
}

// plateLine is one line in the middle of a plate.
type plateLine struct {
	text  string // styled
	width int
}

// putLines draws lines in the middle of a plate; those that it has no room for are left out from the end.
func putLines(c *cell.Canvas, at cell.Rect, lines []plateLine) {
	lines = lines[:min(len(lines), at.H)]
	y := at.Y + (at.H-len(lines))/2
	for i, l := range lines {
		c.PutLine(at.X+(at.W-l.width)/2, y+i, min(l.width, at.W), l.text)
	}
}

// drawProgress draws how far a job is into its plate: a bar, the time left, and the size of the picture if that is wanted.
func (p *Preview) drawProgress(c *cell.Canvas, at cell.Rect, row runner.Row, withSize bool, look theme.Look) {
	progress := p.source.Progress(row)
	var lines []plateLine
	if width := min(at.W-2*plateMargin, max(at.W*3/5, 6), maxBarWidth); progress.Bar && width > 0 {
		lines = append(lines, plateLine{drawBar(progress, width, look), width})
	}
	add := func(style lipgloss.Style, facts ...fact) {
		if line := fitFacts(facts, max(at.W-2, 0), look); line != "" {
			lines = append(lines, plateLine{look.Styles.OnPlaceholder(style).Render(string(line)), text.Width(line)})
		}
	}
	const roomy = 8 // rows from which blank ones separate the lines
	if progress.Bar && at.H >= roomy {
		lines = append(lines, plateLine{})
	}
	if brief := strings.TrimPrefix(progress.Text, "about "); at.H > 2 && (withSize || text.Width(text.Clean(brief)) <= at.W-2) { // a part of a word helps nobody
		add(look.Styles.Text, fact{text: progress.Text, brief: brief})
	}
	if withSize {
		if at.H >= roomy {
			lines = append(lines, plateLine{})
		}
		size := fact{}
		if s := plateShape(row.Entry, 0); s.W > 1 {
			size = fact{text: fmt.Sprintf("%d×%d", s.W, s.H)}
		}
		add(look.Styles.Muted, size, fact{text: modelName(row.Entry), rank: 1})
	}
	putLines(c, at, lines)
}

// drawBar draws a bar of w columns: how far a job is, or a sign of life that moves along it.
func drawBar(progress Progress, w int, look theme.Look) string {
	lit, rest := look.Styles.OnPlaceholder(look.Styles.Running), look.Styles.OnPlaceholder(look.Styles.Rule)
	if progress.Fraction >= 0 {
		done, left := look.Glyphs.Bar(progress.Fraction, w)
		return lit.Render(done) + rest.Render(left)
	}
	before, sign, after := look.Glyphs.SignOfLife(progress.Step, w)
	return rest.Render(before) + lit.Render(sign) + rest.Render(after)
}

// maxLogTail is how many lines of a log a plate shows where the provider gave no reason for a failure.
const maxLogTail = 3

// drawEnd says in a plate how a prediction ended, and what to do.
func (p *Preview) drawEnd(c *cell.Canvas, at cell.Rect, row runner.Row, look theme.Look) {
	w := min(at.W-2*plateMargin, maxTextWidth)
	status := p.source.StatusWithin(row, func(s string) bool { return len(wrapOwn(s, w, look)) <= at.H })
	if status == "" {
		status = "No picture."
	}
	var lines []plateLine
	add := func(style lipgloss.Style, said ...text.Safe) {
		for _, s := range said {
			lines = append(lines, plateLine{look.Styles.OnPlaceholder(style).Render(string(s)), text.Width(s)})
		}
	}
	add(look.Styles.Text, cutLines(wrapOwn(status, w, look), at.H, w, look.Glyphs.Ellipsis)...)
	if explains := row.Error != nil && row.Error.Detail != ""; row.State == history.Failed && !explains && p.detailsNow() != DetailsLog {
		tail := p.foldedLines(logOf(row), max(w, 1), look)
		if tail = tail[max(len(tail)-maxLogTail, 0):]; len(tail) > 0 && at.H >= len(lines)+len(tail)+3 {
			add(look.Styles.Muted, "")
			add(look.Styles.Muted, tail...)
		}
	}
	putLines(c, at, lines)
}

// isOver reports whether nothing more happens to a row without the user.
func isOver(row runner.Row) bool { return row.State.Ended() || row.State == history.Unconfirmed }

// PlateAt is where a picture of w×h pixels will be in a room. One of unknown size, 0×0, is taken for a square.
func (p *Preview) PlateAt(room cell.Rect, w, h int) cell.Rect {
	if w <= 0 || h <= 0 {
		w, h = 1, 1
	}
	return p.shape(room, w, h)
}

// shape is the place of a picture of w×h pixels in the middle of a room, as large as it fits however small the picture is.
func (p *Preview) shape(room cell.Rect, w, h int) cell.Rect {
	const large = 1024
	size := picture.Fit(w*large, h*large, picture.Cells{W: room.W, H: room.H}, p.place.Caps)
	return cell.Rect{X: room.X + (room.W-size.W)/2, Y: room.Y + (room.H-size.H)/2, W: size.W, H: size.H}
}
