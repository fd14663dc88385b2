package ui

import (
	"strings"

	"tintype/history"
)

// glyphs is every sign that is not a letter. The two tables are of equal meaning; ASCII is for terminals that draw
// ambiguous signs two columns wide, for locales without UTF-8, and for the Linux console.
type glyphs struct {
	focus    string // before the label of the part that has the keys
	cursor   string // the bar before the row under the cursor
	mark     string // a marked row
	star     string // a starred row
	same     string // in place of a prompt that is the one below
	ellipsis string // what was cut
	joint    string // between facts, with its spaces
	times    string // between width and height
	vertical string // the rule
	across   string // a rule across, repeated
	earlier  string // what a click takes to the one before
	later    string // and after

	square, wide, upright string // shapes, at the end of their line

	spinner  []string // under way, progress unknown; one phase for all
	column   []string // progress, from least to all
	waits    string   // backing off; also the spinner that stands still
	saving   string
	done     string // seen
	unseen   string // done and not seen yet; drawn bold
	failed   string
	asks     string // unconfirmed
	stopped  string
	lost     string
	ascii    bool
	replacer *strings.Replacer // our own words' signs in ASCII; nil for the other table
}

// spinnerRate is how often a second the spinner moves on.
const spinnerRate = 8

func newGlyphs(ascii bool) glyphs {
	if ascii {
		return asciiGlyphs()
	}
	return glyphs{
		focus: "▸", cursor: "▌", mark: "▪", star: "★", same: "″", ellipsis: "…", joint: " · ", times: "×",
		vertical: "│", across: "─", earlier: "‹", later: "›", square: "▢", wide: "▭", upright: "▯",
		spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
		column:  []string{"⡀", "⡄", "⡆", "⡇", "⣇", "⣧", "⣷", "⣿"},
		waits:   "⠒", saving: "⇣", done: "✓", unseen: "✓", failed: "✗", asks: "?", stopped: "−", lost: "!",
	}
}

func asciiGlyphs() glyphs {
	return glyphs{
		focus: ">", cursor: ">", mark: "+", star: "*", same: `"`, ellipsis: "...", joint: " - ", times: "x",
		vertical: "|", across: "-", earlier: "<", later: ">", square: "[]", wide: "[ ]", upright: "|]",
		spinner: []string{"-", `\`, "|", "/"},
		column:  []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		waits:   "=", saving: "v", done: "o", unseen: "O", failed: "x", asks: "?", stopped: "-", lost: "!",
		ascii: true,
		replacer: strings.NewReplacer(
			" · ", " - ", "·", "-", "×", "x", "…", "...", "−", "-", "–", "-", "″", `"`, "★", "*", "▸", ">", "✓", "o", "✗", "x",
			"←", "<-", "→", "->", "↑", "up", "↓", "down", "‹", "<", "›", ">", "▪", "+", "²", "^2", "⇄", "<->", "≥", ">=",
		),
	}
}

// say writes a sentence of our own in these glyphs. Text from outside is not ours to reword: it stays as it is.
func (g glyphs) say(s string) string {
	if g.replacer == nil {
		return s
	}
	return g.replacer.Replace(s)
}

// phase is the spinner at a step of the common clock; without motion it stands still.
func (g glyphs) phase(step int, motion bool) string {
	if !motion {
		return g.waits
	}
	n := len(g.spinner)
	return g.spinner[(step%n+n)%n]
}

// progress is the column of a fraction, 0 to 1: full only when all is done.
func (g glyphs) progress(fraction float64) string {
	n := len(g.column)
	if g.ascii { // digits: 62% is 6
		return g.column[max(0, min(int(fraction*float64(n)), n-1))]
	}
	return g.column[max(0, min(int(fraction*float64(n))-1, n-1))] // dots: 62% is four of eight
}

// ended is the sign of a state that does not move; not ok for one that is under way.
func (g glyphs) ended(state history.State, unseen bool) (sign string, ok bool) {
	switch state {
	case history.Done:
		if unseen {
			return g.unseen, true
		}
		return g.done, true
	case history.Failed:
		return g.failed, true
	case history.Unconfirmed:
		return g.asks, true
	case history.Stopped:
		return g.stopped, true
	case history.Lost:
		return g.lost, true
	}
	return "", false
}

// shape is the little picture of an aspect: square, wide or upright; "" when the size is not known.
func (g glyphs) shape(w, h int) string {
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
