package list

import (
	"testing"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/text"
)

// TestRowsOfAnyScriptAreEquallyWide: the age is in the last columns, however wide the prompt's characters are, and however the prompt is
// cut or compared with the one below.
func TestRowsOfAnyScriptAreEquallyWide(t *testing.T) {
	t.Parallel()
	prompts := []string{
		"नमस्ते दुनिया", "नमस्ते दुनिया फिर से", "กำลัง น้ำ", "กำ", "\u1112\u1161\u11ab\u1100\u1173\u11af", "👩‍🚀 🇯🇵 ❤️ 👍🏽", "வணக்கம் க்ஷௌ",
		"कृपया ध्यान दें कृपया ध्यान दें कृपया ध्यान दें कृपया ध्यान दें", "น้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำน้ำ",
	}
	rows := make([]row, len(prompts))
	for i, p := range prompts {
		rows[i] = row{prompt: text.CleanLine(p), fullPrompt: p, state: history.Done, selected: i%2 == 0}
	}
	for _, width := range []int{20, 40, 41, 80} {
		o := plainOptions(width, false)
		for i := range rows {
			for _, below := range []*row{nil, &rows[(i+1)%len(rows)]} {
				if line := drawRow(&rows[i], below, &o); cell.Width(line) != width {
					t.Errorf("%q has %d columns, want %d", line, cell.Width(line), width)
				}
				if line := drawCaption(&rows[i], below, &o); cell.Width(line) > width {
					t.Errorf("the caption %q has %d columns, want at most %d", line, cell.Width(line), width)
				}
			}
		}
	}
}
