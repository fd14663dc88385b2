package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// TestColumnsAlignWithAnyWidthMethod: however a terminal counts the width of a character, the rule beside the sidebar is in the same column
// of each row. A terminal that reports that it counts grapheme clusters is given them.
func TestColumnsAlignWithAnyWidthMethod(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithOtherScripts(t, 120, 40)
		s.expectNoText("👩‍🚀")
		for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			buf := uv.NewScreenBuffer(120, 40)
			buf.Method = method
			uv.NewStyledString(s.m.View().Content).Draw(buf, buf.Bounds())
			for y := 1; y < 39; y++ {
				if cell := buf.CellAt(s.m.layout.Rule.X, y); cell == nil || cell.Content != "│" {
					t.Errorf("row %d: no rule in its column, counted by method %d", y, method)
				}
			}
		}
		s.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		s.expectText("👩‍🚀")
		if strings.Count(s.screenText(), "│") != 38 {
			t.Errorf("the rule has gaps:\n%s", s.screenText())
		}
	})
}
