package theme

import (
	"strings"

	"charm.land/bubbles/v2/spinner"

	"tintype/history"
	"tintype/ui/text"
)

// Glyphs is every sign that is not a letter. The two tables are of equal meaning; ASCII is for terminals that draw
// ambiguous signs two columns wide, for locales without UTF-8, and for the Linux console.
type Glyphs struct {
	Focus    string    // before the label of the part that has the keys
	Cursor   string    // the bar before the row under the cursor
	Mark     string    // a marked row
	Star     string    // a starred row
	Same     string    // in place of a prompt that is the one below
	Ellipsis text.Safe // what was cut
	Joint    text.Safe // between facts, with its spaces
	Times    string    // between width and height
	Vertical string    // the rule
	Across   string    // a rule across, repeated
	Earlier  string    // what a click takes to the one before
	Later    string    // and after

	square, wide, upright string // shapes, at the end of their line

	spinner  []string // under way, progress unknown; one phase for all
	column   []string // progress, from least to all
	Waits    string   // backing off; also the spinner that stands still
	Saving   string
	Done     string // seen
	unseen   string // done and not seen yet; drawn bold
	Failed   string
	asks     string // unconfirmed
	stopped  string
	lost     string
	ascii    bool
	replacer *strings.Replacer // our own words' signs in ASCII; nil for the other table
}

// SpinnerRate is how often a second the spinner moves on.
const SpinnerRate = 8

func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return asciiGlyphs()
	}
	return Glyphs{
		Focus: "▸", Cursor: "▌", Mark: "▪", Star: "★", Same: "″", Ellipsis: "…", Joint: " · ", Times: "×",
		Vertical: "│", Across: "─", Earlier: "‹", Later: "›", square: "▢", wide: "▭", upright: "▯",
		spinner: spinner.MiniDot.Frames,
		column:  []string{"⡀", "⡄", "⡆", "⡇", "⣇", "⣧", "⣷", "⣿"},
		Waits:   "⠒", Saving: "⇣", Done: "✓", unseen: "✓", Failed: "✗", asks: "?", stopped: "−", lost: "!",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Focus: ">", Cursor: ">", Mark: "+", Star: "*", Same: `"`, Ellipsis: "...", Joint: " - ", Times: "x",
		Vertical: "|", Across: "-", Earlier: "<", Later: ">", square: "[]", wide: "[ ]", upright: "|]",
		spinner: []string{"-", `\`, "|", "/"},
		column:  []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		Waits:   "=", Saving: "v", Done: "o", unseen: "O", Failed: "x", asks: "?", stopped: "-", lost: "!",
		ascii: true,
		replacer: strings.NewReplacer(
			" · ", " - ", "·", "-", "×", "x", "…", "...", "−", "-", "–", "-", "″", `"`, "★", "*", "▸", ">", "✓", "o", "✗", "x",
			"←", "<-", "→", "->", "↑", "up", "↓", "down", "‹", "<", "›", ">", "▪", "+", "²", "^2", "⇄", "<->", "≥", ">=",
		),
	}
}

// Say writes a sentence of our own in these glyphs. Text from outside is not ours to reword: it stays as it is.
func (g Glyphs) Say(s string) string {
	if g.replacer == nil {
		return s
	}
	return g.replacer.Replace(s)
}

// Phase is the spinner at a step of the common clock; without motion it stands still.
func (g Glyphs) Phase(step int, motion bool) string {
	if !motion {
		return g.Waits
	}
	n := len(g.spinner)
	return g.spinner[(step%n+n)%n]
}

// Progress is the column of a fraction, 0 to 1: full only when all is done.
func (g Glyphs) Progress(fraction float64) string {
	n := len(g.column)
	if g.ascii { // digits: 62% is 6
		return g.column[max(0, min(int(fraction*float64(n)), n-1))]
	}
	return g.column[max(0, min(int(fraction*float64(n))-1, n-1))] // dots: 62% is four of eight
}

// Ended is the sign of a state that does not move; not ok for one that is under way.
func (g Glyphs) Ended(state history.State, unseen bool) (sign string, ok bool) {
	switch state {
	case history.Done:
		if unseen {
			return g.unseen, true
		}
		return g.Done, true
	case history.Failed:
		return g.Failed, true
	case history.Unconfirmed:
		return g.asks, true
	case history.Stopped:
		return g.stopped, true
	case history.Lost:
		return g.lost, true
	}
	return "", false
}

// Shape is the little picture of an aspect: square, wide or upright; "" when the size is not known.
func (g Glyphs) Shape(w, h int) string {
	switch {
	case w <= 0 || h <= 0:
		return ""
	case w == h:
		return g.square
	case w > h:
		return g.wide
	}
	return g.upright
}
