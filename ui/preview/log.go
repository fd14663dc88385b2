package preview

import (
	"strings"

	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// logCache keeps the log that was drawn last, folded and in lines of a width, so that a frame does not fold it again.
type logCache struct {
	raw   string
	width int
	lines []text.Safe
}

// logOf returns a prediction's log so far, raw; "" if there is none.
func logOf(row runner.Row) string {
	if row.Live != nil && row.Live.Logs != "" {
		return row.Live.Logs
	}
	return row.Logs
}

// LogLines returns the last h lines of a prediction's log, folded, of at most w columns.
func (p *Preview) LogLines(row runner.Row, w, h int, look theme.Look) []string {
	lines := p.foldedLines(logOf(row), w, look)
	if len(lines) == 0 {
		return []string{look.Styles.Muted.Render("No log.")}
	}
	var styled []string
	for _, line := range lines[max(len(lines)-h, 0):] {
		styled = append(styled, look.Styles.Muted.Render(string(line)))
	}
	return styled
}

// foldedLines returns a folded log in lines of at most w columns. Lines about progress are cut rather than wrapped.
func (p *Preview) foldedLines(log string, w int, look theme.Look) []text.Safe {
	if p.log.raw == log && p.log.width == w {
		return p.log.lines
	}
	p.log = logCache{raw: log, width: w}
	if strings.TrimSpace(log) == "" {
		return nil
	}
	for _, line := range foldLog(log) {
		if line.isProgress {
			p.log.lines = append(p.log.lines, text.Truncate(line.text, w, look.Glyphs.Ellipsis))
			continue
		}
		p.log.lines = append(p.log.lines, text.Wrap(line.text, w)...)
	}
	return p.log.lines
}
