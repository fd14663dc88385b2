package cli

import (
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// printLine prints text, ours or anybody's, with all control characters escaped. A write error is ignored: the job is done and
// paid for, even if the output cannot be written.
func (p *program) printLine(w io.Writer, line string) {
	p.writeLine(w, string(text.Clean(p.redactKeys(line))))
}

// printProgress prints one line to standard error.
func (p *program) printProgress(line string) { p.printLine(p.err, line) }

// writeLine writes a line that is clean, above the live line if there is one.
func (p *program) writeLine(w io.Writer, line string) {
	if p.live != nil {
		p.live.pause()
		defer p.live.resume()
	}
	_, _ = io.WriteString(w, line+"\n")
}

// A span is a part of a line: text in the style of its role.
type span struct {
	text  string
	width int // of the column that it fills; 0: as long as its text
	style lipgloss.Style
}

// printSpans prints a line of spans.
func (p *program) printSpans(w io.Writer, spans ...span) {
	columns := 0
	if !isDumb(p.env) {
		columns = terminalWidth(w)
	}
	for i := range spans {
		spans[i].text = p.redactKeys(spans[i].text)
	}
	p.writeLine(w, joinSpans(spans, columns))
}

// joinSpans returns the line of spans, cleaned, with a gap after those that fill a column. In a terminal of so many columns, they stay aligned
// even after text whose width terminals count differently; 0 is no terminal.
func joinSpans(spans []span, columns int) string {
	for len(spans) > 0 && spans[len(spans)-1].text == "" {
		spans = spans[:len(spans)-1]
	}
	var b strings.Builder
	x := 0
	for i, s := range spans {
		said, gap := text.CleanLine(s.text), ""
		if s.width > 0 && i < len(spans)-1 {
			gap = strings.Repeat(" ", max(s.width-text.Width(said), 0)+2)
		}
		placed := string(said)
		if columns > 0 {
			placed = cell.Place(said, columns-x)
		}
		b.WriteString(s.style.Render(placed) + gap)
		x += text.Width(said) + len(gap)
	}
	return b.String()
}

// styles returns the roles of text for a stream. They are plain in a pipe, in a terminal that understands no escape sequences, and if the
// settings or NO_COLOR say so. The terminal is not asked for its background, which takes time: unless the settings or COLORFGBG say what it is,
// colours are the terminal's own sixteen.
func (p *program) styles(w io.Writer) theme.Styles {
	if p.noColour || isDumb(p.env) || !isTerminal(w) {
		return theme.Styles{}
	}
	colours := picture.NewProbe(p.env).Capabilities().Colours
	return theme.NewLook(theme.Assume(p.theme, p.env), nil, colours, false).Styles
}

// labelWidth is the width of the label column: the length of "output_quality".
const labelWidth = 14

// printRow prints a labelled value unless it is empty.
func (p *program) printRow(label, value string) { p.printStyledRow(label, value, theme.Styles{}.Text) }

// printStyledRow is printRow for a value in the style of a role.
func (p *program) printStyledRow(label, value string, style lipgloss.Style) {
	if value != "" {
		p.printSpans(p.out, span{label, labelWidth, p.styles(p.out).Muted}, span{text: value, style: style})
	}
}

// printTitle prints the title of a section.
func (p *program) printTitle(title string) {
	p.printSpans(p.out, span{text: title, style: p.styles(p.out).Strong})
}
