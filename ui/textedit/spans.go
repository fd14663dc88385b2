package textedit

import (
	"slices"
	"strings"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// A Span is a part of the text that is drawn in another way.
type Span struct {
	Start, End int  // offsets in bytes
	Mistake    bool // it is wrong; otherwise it is underlined
}

// ViewSpans draws what View does, with spans. Of those that overlap the first counts.
func (p *Area) ViewSpans(st theme.Styles, spans []Span) []string {
	if len(spans) == 0 || len(p.text.chars) == 0 {
		return p.View(st)
	}
	lines, kinds := p.wrap(p.w), p.kinds(spans)
	drawn := make([]string, 0, p.h)
	for y := p.top; y < p.top+p.h; y++ {
		if y >= len(lines) {
			drawn = append(drawn, st.Text.Render(strings.Repeat(" ", p.w)))
			continue
		}
		drawn = append(drawn, p.spanLine(lines[y], kinds, st))
	}
	return drawn
}

// kinds returns for each character which span it is in: 0 for none, 1 for one that is underlined, 2 for a mistake.
func (p *Area) kinds(spans []Span) []int {
	kinds := make([]int, len(p.text.chars))
	at := 0
	for i, c := range p.text.chars {
		in := slices.IndexFunc(spans, func(s Span) bool { return s.Start <= at && at < s.End })
		switch {
		case in >= 0 && spans[in].Mistake:
			kinds[i] = 2
		case in >= 0:
			kinds[i] = 1
		}
		at += len(c.raw)
	}
	return kinds
}

// spanLine draws one line.
func (p *Area) spanLine(l wrappedLine, kinds []int, st theme.Styles) string {
	var b strings.Builder
	width := 0
	for from := l.from; from < l.to; {
		to := from + 1
		for to < l.to && kinds[to] == kinds[from] {
			to++
		}
		part := text.Truncate(shownText(p.text.chars[from:to]), p.w-width, "")
		width += text.Width(part)
		switch kinds[from] {
		case 0:
			b.WriteString(st.Text.Render(string(part)))
		case 1:
			b.WriteString(st.Match(string(part), false))
		default:
			b.WriteString(st.Failure.Render(string(part)))
		}
		from = to
	}
	return b.String() + st.Text.Render(strings.Repeat(" ", max(p.w-width, 0)))
}
