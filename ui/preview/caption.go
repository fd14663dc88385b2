package preview

import (
	"strings"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// The caption of a picture that is shown while another one is awaited says so, in full and in few columns.
const (
	showsPrevious      = "showing the previous picture"
	showsPreviousBrief = "previous picture"
)

// captionLines are the lines of a caption while it is written: a status with what to do, the prompt, and facts, in this order of
// importance.
type captionLines struct {
	w, h  int
	look  theme.Look
	lines []string
}

// left is how many rows are left.
func (c *captionLines) left() int { return c.h - len(c.lines) }

func (c *captionLines) add(style interface{ Render(s ...string) string }, lines ...text.Safe) {
	for _, line := range lines[:max(min(len(lines), c.left()), 0)] {
		c.lines = append(c.lines, style.Render(string(line)))
	}
}

// sentence adds a sentence in as many rows as it needs and there are.
func (c *captionLines) sentence(s string) {
	c.add(c.look.Styles.Text, cutLines(wrapOwn(s, c.w, c.look), c.left(), c.w, c.look.Glyphs.Ellipsis)...)
}

// fits reports whether a sentence fits into the rows that are left.
func (c *captionLines) fits(s string) bool { return len(wrapOwn(s, c.w, c.look)) <= c.left() }

// wrapOwn wraps a sentence of our own, in the glyphs of the terminal.
func wrapOwn(s string, w int, look theme.Look) []text.Safe {
	return text.Wrap(text.CleanLine(look.Glyphs.Translate(s)), max(w, 1))
}

// facts adds a row of facts.
func (c *captionLines) facts(style interface{ Render(s ...string) string }, facts ...fact) {
	if line := fitFacts(facts, c.w, c.look); c.left() > 0 && line != "" {
		c.add(style, line)
	}
}

// prompt adds as much of a prompt as there is room for.
func (c *captionLines) prompt(style interface{ Render(s ...string) string }, prompt string) {
	if c.left() > 0 {
		c.add(style, cutLines(text.Wrap(text.CleanLine(prompt), c.w), c.left(), c.w, c.look.Glyphs.Ellipsis)...)
	}
}

// promptAndFacts adds a prompt and facts: in a row each, or in the one that is left, in which a long prompt is cut so that the most
// important facts are there.
func (c *captionLines) promptAndFacts(prompt string, facts []fact) {
	if c.left() > 1 {
		c.facts(c.look.Styles.Text, facts...)
		c.prompt(c.look.Styles.Muted, prompt)
		return
	}
	separator := c.look.Glyphs.Separator
	said := text.CleanLine(prompt)
	line := fitFacts(facts, max(c.w-text.Width(said), c.w/2)-text.Width(separator), c.look)
	if said != "" && line != "" {
		said = text.Truncate(said, c.w-text.Width(line)-text.Width(separator), c.look.Glyphs.Ellipsis) + separator
	}
	c.add(c.look.Styles.Text, said+line)
}

// caption is the text below the picture. While a purchase is awaited it is about that.
func (p *Preview) caption(w, h int, look theme.Look) []string {
	c := captionLines{w: w, h: h, look: look}
	shown, known := p.list.Row(p.shown.Key)
	switch {
	case p.isAwaiting():
		awaited, _ := p.list.Row(p.awaited)
		p.captionAwaited(&c, awaited, shown)
	case known:
		p.captionShown(&c, shown)
	}
	return c.lines
}

// isAwaiting reports whether a purchase is awaited while the picture of another prediction is shown.
func (p *Preview) isAwaiting() bool {
	awaited, ok := p.list.Row(p.awaited)
	return ok && awaited.State != history.Done && p.awaits(p.awaited)
}

// captionAwaited says what a purchase is doing, and that the picture is the one before it.
func (p *Preview) captionAwaited(c *captionLines, awaited, shown runner.Row) {
	status, previous := p.source.StatusWithin(awaited, c.fits), fact{showsPrevious, showsPreviousBrief, 1}
	if !HasPicture(shown.Entry) {
		previous = fact{}
	}
	switch {
	case !isSentence(status) && c.left() == 1:
		facts := statusFacts(status)
		c.facts(c.look.Styles.Text, append(facts[:1:1], append([]fact{previous}, facts[1:]...)...)...)
	case !isSentence(status):
		c.facts(c.look.Styles.Text, statusFacts(status)...)
	default:
		if both := status + " Showing the previous picture."; previous.text != "" && len(wrapOwn(status, c.w, c.look)) == c.left() && c.fits(both) {
			status = both
		}
		c.sentence(status)
	}
	if previous.text == "" {
		c.prompt(c.look.Styles.Muted, awaited.Entry.Prompt())
		return
	}
	c.facts(c.look.Styles.Muted, append([]fact{{previous.text, previous.brief, -1}}, p.pictureFacts(shown.Entry)...)...)
}

// captionShown says what a prediction that is shown is doing, or how it ended; its prompt; and its facts unless they are in a table.
func (p *Preview) captionShown(c *captionLines, shown runner.Row) {
	e, status := shown.Entry, p.source.StatusWithin(shown, c.fits)
	facts := p.pictureFacts(e)
	switch {
	case isOver(shown) && !HasPicture(e): // its plate says how it ended
		facts = p.endFacts(e)
	case status == "":
	case shown.State == history.Done && len(wrapOwn(status, c.w, c.look)) > 1: // fewer pictures came than were ordered
		c.sentence(status)
		c.prompt(c.look.Styles.Muted, e.Prompt())
		return
	case shown.State == history.Done:
		c.facts(c.look.Styles.Text, append([]fact{{strings.TrimSuffix(status, "."), "", 0}}, facts...)...)
		c.prompt(c.look.Styles.Muted, e.Prompt())
		return
	case isSentence(status):
		c.sentence(status)
		c.prompt(c.look.Styles.Muted, e.Prompt())
		return
	default:
		c.facts(c.look.Styles.Text, statusFacts(status)...)
		c.prompt(c.look.Styles.Muted, e.Prompt())
		return
	}
	if !p.showsTable(shown) {
		c.promptAndFacts(c.starred(e), facts)
		return
	}
	c.facts(c.look.Styles.Text, fact{text: p.partialFact()})
	c.prompt(c.look.Styles.Text, c.starred(e))
}

// starred returns the prompt of a prediction, with a star before it if it has one.
func (c *captionLines) starred(e history.Entry) string {
	if e.Star {
		return c.look.Glyphs.Star + " " + e.Prompt()
	}
	return e.Prompt()
}

// isSentence reports whether a status is a sentence, rather than facts such as "developing 62% · 3 s, about 2 s left".
func isSentence(status string) bool { return strings.HasSuffix(status, ".") }

// statusFacts splits a status that is no sentence into facts. The first ones matter most.
func statusFacts(status string) []fact {
	var facts []fact
	for _, part := range strings.Split(status, " · ") {
		facts = append(facts, fact{part, part[strings.LastIndex(part, ", ")+1:], 2 * len(facts)})
	}
	return facts
}

// cutLines returns the first h of some lines of at most w columns; the last one ends in an ellipsis if there were more.
func cutLines(lines []text.Safe, h, w int, ellipsis text.Safe) []text.Safe {
	if h <= 0 || len(lines) <= h {
		return lines[:min(len(lines), max(h, 0))]
	}
	cut := append([]text.Safe{}, lines[:h]...)
	cut[h-1] = text.Truncate(cut[h-1]+" "+lines[h], w-text.Width(ellipsis), "")
	cut[h-1] = text.Safe(strings.TrimRight(string(cut[h-1]), " ")) + ellipsis
	return cut
}

// minPromptWidth is the fewest columns that the beginning of a prompt gets in the last row of the entire screen.
const minPromptWidth = 6

// DrawFullLine draws the facts of a prediction into r, the row below a picture on the entire screen, and its prompt if there is room. It
// returns how many columns the facts take.
func (p *Preview) DrawFullLine(c *cell.Canvas, r cell.Rect, row runner.Row, look theme.Look) (width int) {
	facts := p.fullLine(row, r.W, look)
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
// once its plate says how it ended.
func (p *Preview) fullLine(row runner.Row, w int, look theme.Look) text.Safe {
	star := ""
	if row.Star {
		star = "★ "
	}
	c := captionLines{w: w - text.Width(text.Safe(look.Glyphs.Translate(star))), h: 1, look: look}
	status := p.source.StatusWithin(row, c.fits)
	switch {
	case isOver(row) && !HasPicture(row.Entry):
		return text.Truncate(text.CleanLine(look.Glyphs.Translate(star)+row.Entry.Prompt()), w, look.Glyphs.Ellipsis)
	case row.State != history.Done && isSentence(status):
		return text.Truncate(text.CleanLine(look.Glyphs.Translate(star+status)), w, look.Glyphs.Ellipsis)
	case row.State != history.Done && status != "":
		return fitFacts(statusFacts(star+status), w, look)
	}
	facts := p.pictureFacts(row.Entry)
	if status != "" {
		facts = append([]fact{{strings.TrimSuffix(status, "."), "", 0}}, facts...)
	}
	line := fitFacts(facts, w-2, look)
	return text.CleanLine(look.Glyphs.Translate(star)) + line
}
