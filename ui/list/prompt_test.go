package list

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

func TestChangedWordsAreBold(t *testing.T) {
	r := row{prompt: "a big red boat on calm water at dusk", state: history.Done}
	below := row{prompt: "a small red boat on calm water at dawn", state: history.Done}
	o := plainOptions(70, false)
	got := drawRow(&r, &below, &o)
	want := "  ✓ a \x1b[1mbig\x1b[m red boat on calm water at \x1b[1mdusk\x1b[m"
	if !strings.HasPrefix(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// hitsOf returns what a filter underlines.
func hitsOf(filter string) func(string) [][2]int {
	query, _ := history.ParseQuery(filter, time.Time{})
	return query.Hits
}

func TestFilteredRowsShowTheirHits(t *testing.T) {
	r, below := row{prompt: uitest.Dusk, state: history.Done}, row{prompt: uitest.Dusk, state: history.Done}
	o := plainOptions(60, false)
	o.hits = hitsOf(`BOAT water -paper state:done`)
	got := drawRow(&r, &below, &o)
	if want := "A paper \x1b[4mboat\x1b[m floating on calm \x1b[4mwater\x1b[m at"; !strings.Contains(got, want) {
		t.Errorf("got %q", got)
	}
	o.Width = 36
	o.hits = hitsOf("dusk")
	got = drawRow(&r, nil, &o)
	if !strings.Contains(ansi.Strip(got), "dusk.") {
		t.Errorf("the hit is cut off: %q", ansi.Strip(got))
	}
	o.hits = hitsOf("state:done")
	if got = ansi.Strip(drawRow(&row{prompt: uitest.Dusk}, &below, &o)); !strings.Contains(got, "A paper boat") {
		t.Errorf("a filter without words hides the prompt: %q", got)
	}
}
