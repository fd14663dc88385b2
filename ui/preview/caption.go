package preview

import (
	"strings"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// caption is the text below the picture. While a purchase is awaited it is about that.
func (p *Preview) caption(w, h int, look theme.Look) []string {
	shown, known := p.list.Row(p.shown.Key)
	if awaited, ok := p.list.Row(p.awaited); ok && awaited.State != history.Done && p.awaits(p.awaited) {
		second := string(text.CleanLine(awaited.Entry.Prompt()))
		if known && HasPicture(shown.Entry) {
			second = "showing the previous picture · " + p.factsLine(shown.Entry)
		}
		return captionLines(p.source.StatusWithin(awaited, fitsCaption(w, h, look)), second, w, h, look)
	}
	if !known {
		return nil
	}
	e := shown.Entry
	switch status := p.source.StatusWithin(shown, fitsCaption(w, h, look)); {
	case status != "" && shown.State != history.Done:
		return captionLines(status, e.Prompt(), w, h, look)
	case status != "": // fewer pictures came than were ordered
		return captionLines(joinFacts(strings.TrimSuffix(status, "."), p.factsLine(e)), e.Prompt(), w, h, look)
	}
	if p.showsPrompt() {
		end := joinFacts(p.endFact(e), durationFact(e), p.source.Cost(e))
		return captionLines(end, joinFacts(p.partialFact(), sizeFact(e), seedFact(e), p.whichFact(e)), w, h, look)
	}
	return captionLines(p.factsLine(e), e.Prompt(), w, h, look)
}

// fitsCaption returns whether a sentence fits into the room of a caption.
func fitsCaption(w, h int, look theme.Look) func(string) bool {
	return func(sentence string) bool {
		return len(text.Wrap(text.CleanLine(look.Glyphs.Translate(sentence)), w)) <= h
	}
}

// captionLines cuts two sentences to the room of a caption. The first one goes on in the second row if it is too long for one; the other
// one is drawn if that leaves a row.
func captionLines(first, second string, w, h int, look theme.Look) []string {
	lines := wrapped(text.CleanLine(look.Glyphs.Translate(first)), w, look.Styles.Text)
	if len(lines) < h {
		rest := text.Truncate(text.CleanLine(second), w, look.Glyphs.Ellipsis)
		lines = append(lines, look.Styles.Muted.Render(string(rest)))
	}
	return lines[:min(len(lines), h)]
}

// minPromptWidth is the fewest columns that the beginning of a prompt gets in the last row of the entire screen.
const minPromptWidth = 6

// DrawFullLine draws the facts of a prediction into r, the row below a picture on the entire screen, and its prompt if there is room. It
// returns how many columns the facts take.
func (p *Preview) DrawFullLine(c *cell.Canvas, r cell.Rect, row runner.Row, look theme.Look) (width int) {
	facts := text.Truncate(text.CleanLine(look.Glyphs.Translate(p.fullLine(row, r.W, look))), r.W, look.Glyphs.Ellipsis)
	c.PutLine(r.X, r.Y, r.W, look.Styles.Text.Render(string(facts)))
	width = text.Width(facts)
	room := r.W - width - text.Width(look.Glyphs.Separator)
	if HasPicture(row.Entry) && room > minPromptWidth {
		prompt := text.Truncate(text.CleanLine(row.Entry.Prompt()), room, look.Glyphs.Ellipsis)
		c.PutLine(r.X+width, r.Y, r.W, look.Styles.Muted.Render(string(look.Glyphs.Separator+prompt)))
	}
	return width
}

// fullLine is the text of the last row in w columns: the facts of a picture, or what a prediction without one is doing, or its prompt
// once the placeholder says how it ended.
func (p *Preview) fullLine(row runner.Row, w int, look theme.Look) string {
	line := p.factsLine(row.Entry)
	switch status := p.source.Status(row); {
	case isOver(row) && !HasPicture(row.Entry):
		line = row.Entry.Prompt()
	case row.State != history.Done && status != "":
		line = status
	case status != "":
		line = joinFacts(strings.TrimSuffix(status, "."), p.briefFactsLine(row.Entry))
	case cell.Width(line)+2 > w:
		line = p.briefFactsLine(row.Entry)
	}
	if row.Star {
		return look.Glyphs.Star + " " + line
	}
	return line
}
