package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// TestColumnsAlignWithAnyWidthMethod: whichever way a terminal counts, the rule stands in its column on every row; one that says that it counts
// whole characters is shown them whole.
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
			t.Errorf("the rule has holes:\n%s", s.screenText())
		}
	})
}
