package theme

import (
	"strings"

	"charm.land/bubbles/v2/spinner"

	"tintype/history"
	"tintype/ui/text"
)

// Glyphs are the signs that are not letters. There are two tables with the same meaning; ASCII is for terminals that draw
// ambiguous signs two columns wide, for locales without UTF-8, and for the Linux console.
type Glyphs struct {
	Focus          string    // before the label of the part that has the focus
	Cursor         string    // the bar before the row under the cursor
	Mark           string    // a marked row
	Star           string    // a starred row
	Same           string    // in place of a prompt that is the same as the one below
	Ellipsis       text.Safe // in place of text that was cut
	Separator      text.Safe // between facts, with its spaces
	Times          string    // between width and height
	VerticalRule   string    // of the vertical rule, and of a branch that goes on below
	Branch         string    // where a branch leaves a line that goes on
	LastBranch     string    // where the last branch leaves
	HorizontalRule string    // of a horizontal rule, repeated
	Previous       string    // a click on it goes to the previous value
	Next           string    // a click on it goes to the next value

	barDone, barHalf, barRest string // a bar, cell by cell; the half one is between the two

	square, wide, upright string // shapes of pictures

	spinner     []string // running, progress unknown; all rows show the same frame
	progress    []string // from least to most
	Waiting     string   // waiting before another attempt; also the spinner without motion
	Saving      string
	Done        string // seen
	unseen      string // done and not seen yet; drawn bold
	Failed      string
	unconfirmed string // unconfirmed
	stopped     string
	lost        string
	ascii       bool
	replacer    *strings.Replacer // translates our own sentences to ASCII; nil for the other table
}

// SpinnerRate is the frames of the spinner per second.
const SpinnerRate = 8

// NewGlyphs returns one of the two tables.
func NewGlyphs(ascii bool) Glyphs {
	if ascii {
		return asciiGlyphs()
	}
	return Glyphs{
		Focus: "▸", Cursor: "▌", Mark: "▪", Star: "★", Same: "″", Ellipsis: "…", Separator: " · ", Times: "×",
		VerticalRule: "│", Branch: "├", LastBranch: "└", HorizontalRule: "─", Previous: "‹", Next: "›", barDone: "━", barHalf: "╾", barRest: "─", square: "▢", wide: "▭", upright: "▯",
		spinner:  spinner.MiniDot.Frames,
		progress: []string{"⡀", "⡄", "⡆", "⡇", "⣇", "⣧", "⣷", "⣿"},
		Waiting:  "⠒", Saving: "⇣", Done: "✓", unseen: "✓", Failed: "✗", unconfirmed: "?", stopped: "−", lost: "!",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Focus: ">", Cursor: ">", Mark: "+", Star: "*", Same: `"`, Ellipsis: "...", Separator: " - ", Times: "x",
		VerticalRule: "|", Branch: "|", LastBranch: "`", HorizontalRule: "-", Previous: "<", Next: ">", barDone: "=", barHalf: "=", barRest: "-", square: "[]", wide: "[ ]", upright: "|]",
		spinner:  []string{"-", `\`, "|", "/"},
		progress: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		Waiting:  "=", Saving: "v", Done: "o", unseen: "O", Failed: "x", unconfirmed: "?", stopped: "-", lost: "!",
		ascii: true,
		replacer: strings.NewReplacer(
			" · ", " - ", "·", "-", "×", "x", "…", "...", "−", "-", "–", "-", "″", `"`, "★", "*", "▸", ">", "✓", "o", "✗", "x",
			"←", "<-", "→", "->", "↑", "up", "↓", "down", "‹", "<", "›", ">", "▪", "+", "²", "^2", "⇄", "<->", "≥", ">=",
			"▢", "[]", "▭", "[ ]", "▯", "|]", "•", "*",
		),
	}
}

// Translate writes a sentence of our own in these glyphs. It is not for text from outside, which must stay as it is.
func (g Glyphs) Translate(s string) string {
	if g.replacer == nil {
		return s
	}
	return g.replacer.Replace(s)
}

// Spinner returns the spinner's frame at a step; without motion it is always the same.
func (g Glyphs) Spinner(step int, motion bool) string {
	if !motion {
		return g.Waiting
	}
	n := len(g.spinner)
	return g.spinner[(step%n+n)%n]
}

// Progress returns the sign of a fraction, 0 to 1: the full one only for 1.
func (g Glyphs) Progress(fraction float64) string {
	n := len(g.progress)
	if g.ascii { // digits: 62% is 6
		return g.progress[max(0, min(int(fraction*float64(n)), n-1))]
	}
	return g.progress[max(0, min(int(fraction*float64(n))-1, n-1))] // dots: 62% is four of eight
}

// Bar returns a bar of w columns: the part that is done, and the rest. It is full only for 1.
func (g Glyphs) Bar(fraction float64, w int) (done, rest string) {
	halves := max(0, min(int(fraction*float64(2*w)), 2*w))
	done = strings.Repeat(g.barDone, halves/2)
	if halves%2 == 1 {
		done += g.barHalf
	}
	return done, strings.Repeat(g.barRest, w-(halves+1)/2)
}

// SignOfLife returns a bar of w columns whose fraction is not known: a sign that is somewhere else at each step, and what is before and
// after it. It goes back and forth.
func (g Glyphs) SignOfLife(step, w int) (before, sign, after string) {
	width := max(1, w/8)
	way := max(1, w-width)
	at := step % (2 * way)
	if at > way {
		at = 2*way - at
	}
	return strings.Repeat(g.barRest, at), strings.Repeat(g.barDone, width), strings.Repeat(g.barRest, max(0, w-width-at))
}

// State returns the sign of a state that has ended; ok is false for one that is still running.
func (g Glyphs) State(state history.State, unseen bool) (sign string, ok bool) {
	switch state {
	case history.Done:
		if unseen {
			return g.unseen, true
		}
		return g.Done, true
	case history.Failed:
		return g.Failed, true
	case history.Unconfirmed:
		return g.unconfirmed, true
	case history.Stopped:
		return g.stopped, true
	case history.Lost:
		return g.lost, true
	}
	return "", false
}

// Shape returns the sign of a picture's shape: square, wide or upright; "" if its size is unknown.
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
