package cli

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

// TestCSVText: what a spreadsheet takes for a formula has a quote in front; numbers have none.
func TestCSVText(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"": "", "a fox": "a fox", "-2": "-2", "+1.5e3": "+1.5e3", "16:9": "16:9", "a=b": "a=b", "漢字": "漢字", "a\nb": `a\nb`,
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", " =1": "' =1", "\t=1": "' =1", "\r=1": "'␍=1", "+1+1\nx": `'+1+1\nx`,
		"\ufeff=1": "'=1", "\u200b\u00ad@x": "'@x", "＝1+1": "'＝1+1", "\u3000－x": "'\u3000－x", "\ufeff-2": "-2", "\u2028=1": `\n=1`, "a\u2028b": `a\nb`, "\x1b[2J": "␛[2J",
	} {
		if got := csvText(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// TestPrintCSVOfLongTables: no row is lost where the table is longer than one text may be.
func TestPrintCSVOfLongTables(t *testing.T) {
	t.Parallel()
	value, out := strings.Repeat("a \"fox\", ", 400), &bytes.Buffer{}
	p := &program{out: out, env: func(string) string { return "" }}
	if err := printCSV(p, []string{"value"}, hundredRows(value)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(out).ReadAll()
	if err != nil || len(rows) != 101 || rows[100][0] != value {
		t.Errorf("%d rows: %v", len(rows), err)
	}
}

// hundredRows returns a hundred rows of a value.
func hundredRows(value string) []rankedJSON {
	rows := make([]rankedJSON, 100)
	for i := range rows {
		rows[i].Value = &value
	}
	return rows
}
