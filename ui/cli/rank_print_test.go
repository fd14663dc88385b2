package cli

import "testing"

// TestCSVText: what a spreadsheet takes for a formula has a quote in front; numbers have none.
func TestCSVText(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "", "a fox": "a fox", "-2": "-2", "+1.5e3": "+1.5e3", "16:9": "16:9", "a=b": "a=b", "漢字": "漢字", "a\nb": `a\nb`,
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", " =1": "' =1", "\t=1": "'\t=1", "\r=1": "'\r=1", "+1+1\nx": `'+1+1\nx`,
	} {
		if got := csvText(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
