package preview

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// maxTextWidth is the most columns of a line of text, so that it stays readable.
const maxTextWidth = 60

// Picture is a picture in sight.
type Picture struct {
	Tile
	Frame picture.Frame // zero while it is not ready
	At    cell.Rect     // what the frame fills; empty if it has no room
}

// InSight returns the pictures in sight, ready or not: those of thumbs, or of the shown scene if thumbs is nil.
func (p *Preview) InSight(thumbs []Thumb) []Picture {
	var pictures []Picture
	for _, t := range thumbs {
		for _, tile := range t.Tiles {
			frame, _ := p.frames.get(tile.FrameKey)
			pictures = append(pictures, Picture{tile, frame, centre(tile.At, frame)})
		}
	}
	if thumbs != nil {
		return pictures
	}
	for _, tile := range p.shown.Tiles {
		frame, _ := p.frames.get(tile.FrameKey)
		at := p.tilePlace(tile, frame)
		if !at.Within(p.room()) {
			at = cell.Rect{}
		}
		pictures = append(pictures, Picture{tile, frame, at})
	}
	return pictures
}

// Draw draws the pictures that are shown, or a placeholder, and the details if there is room for them. It draws the text about them in
// caption.
func (p *Preview) Draw(c *cell.Canvas, caption cell.Rect, look theme.Look) {
	if p.place.Room.Empty() {
		return
	}
	p.DrawScene(c, look)
	c.Put(caption, p.caption(caption.W, caption.H, look))
}

// DrawScene draws the pictures that are shown, or a placeholder, and the details if there is room for them.
func (p *Preview) DrawScene(c *cell.Canvas, look theme.Look) {
	row, known := p.list.Row(p.shown.Key)
	switch {
	case known && (len(p.shown.Tiles) == 0 || p.shown.Output == 0 && !isOver(row)):
		p.drawPlates(c, row, look)
	case !known && len(p.shown.Tiles) == 0:
		p.drawEmpty(c, look)
	}
	for _, t := range p.shown.Tiles {
		p.drawTile(c, t, look)
		p.drawLabel(c, t, row.Entry, look)
	}
	if known {
		p.drawDetails(c, row, look)
	}
}

// drawTile draws one picture in its place, or why it cannot be drawn. A picture from before the screen changed, which would cover
// others, is left out.
func (p *Preview) drawTile(c *cell.Canvas, t Tile, look theme.Look) {
	frame, ok := p.frames.best(t.FrameKey)
	if !ok {
		if why := p.errors[t.Path]; why != "" {
			DrawSentence(c, t.At, why, look)
		}
		return
	}
	if at := p.tilePlace(t, frame); at.Within(p.room()) {
		c.PutPicture(at, frame.LinesAt(at.Y))
	}
}

// DrawThumb draws the pictures of a prediction in its cell, and a placeholder for each that is not ready.
func (p *Preview) DrawThumb(c *cell.Canvas, t Thumb, look theme.Look) {
	row, _ := p.list.Row(t.Key)
	if len(t.Tiles) == 0 {
		p.drawThumbPlate(c, t.Cell, row, t.Output, look)
	}
	for _, tile := range t.Tiles {
		frame, ok := p.frames.get(tile.FrameKey)
		if !ok {
			p.drawThumbPlate(c, tile.At, row, tile.Output, look)
			continue
		}
		at := centre(tile.At, frame)
		c.PutPicture(at, frame.LinesAt(at.Y))
	}
}

// drawLabel draws the number of one of several pictures below it, with its star and its mark.
func (p *Preview) drawLabel(c *cell.Canvas, t Tile, e history.Entry, look theme.Look) {
	if t.Label.Empty() || !t.Label.Within(p.room()) || t.Output > len(e.Outputs) {
		return
	}
	signs := ""
	if e.Outputs[t.Output-1].Star {
		signs = look.Glyphs.Star
	}
	if p.list.IsMarked(Subject{Key: e.Key, Output: t.Output}) {
		signs = look.Glyphs.Mark + signs
	}
	number := strconv.Itoa(t.Output)
	if signs != "" {
		signs += " "
	}
	x := t.Label.X + max(t.Label.W-len(number), 0)/2 - cell.Width(signs) // the number stays where it is
	c.PutLine(x, t.Label.Y, t.Label.Right()-x, look.Styles.Text.Render(signs)+look.Styles.Muted.Render(number))
}

// DrawSentence draws a sentence in the middle of a room.
func DrawSentence(c *cell.Canvas, room cell.Rect, sentence string, look theme.Look) {
	drawSentence(c, room, sentence, look.Styles.Muted, look)
}

// drawSentence draws a sentence in the middle of a room. Its no-break spaces keep words on one line, and are drawn as spaces. No line ends
// with a separator.
func drawSentence(c *cell.Canvas, room cell.Rect, sentence string, style lipgloss.Style, look theme.Look) {
	lines := text.Wrap(text.Safe(look.Glyphs.Translate(sentence)), min(room.W-2, maxTextWidth))
	y := room.Y + max((room.H-len(lines))/2, 0)
	separator := strings.TrimRight(string(look.Glyphs.Separator), " ")
	for i, line := range lines {
		line = text.Safe(strings.ReplaceAll(strings.TrimSuffix(string(line), separator), "\u00a0", " "))
		at := cell.Rect{X: room.X + max((room.W-text.Width(line))/2, 0), Y: y + i, W: room.W, H: min(1, room.Bottom()-y-i)}
		c.Put(at, []string{style.Render(string(line))})
	}
}
