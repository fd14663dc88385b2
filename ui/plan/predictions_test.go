package plan

import (
	"slices"
	"testing"
)

// TestPredictions: of a cell with a seed the newest prediction counts, of one without all do; each once, in the order of the cells.
func TestPredictions(t *testing.T) {
	p, err := Build(rowSpec(), Options{Provider: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	delete(p.Cells[0].Input, "seed")
	p.Cells[0].Entries = []string{"two", "one"}
	p.Cells[2].Entries = []string{"new", "old"}
	p.Cells[3].Entries = []string{"new", "old"}
	p.Cells[4].Job = "running"
	keys, at := p.Predictions()
	if want := []string{"two", "one", "new", "running"}; !slices.Equal(keys, want) || len(at) != len(want) {
		t.Errorf("the predictions are %q, at %v", keys, at)
	}
	if at["one"]["line"] != "1" || at["new"]["line"] != "3" {
		t.Errorf("they are at %v", at)
	}
}
