package plan

import (
	"reflect"
	"testing"
)

// rowSpec has two equal rows, one with a seed, one of another model, and one that no model takes.
func rowSpec() Spec {
	return Spec{AsWritten: true, Model: "black-forest-labs/flux-dev", Rows: []Row{
		{Line: 1, Prompt: "a fox"},
		{Line: 2, Prompt: "a fox"},
		{Line: 3, Prompt: "a fox", Input: map[string]any{"seed": int64(7)}},
		{Line: 3, Prompt: "a fox", Input: map[string]any{"seed": int64(7)}},
		{Line: 4, Prompt: "a crow", Template: "a {crow}", Model: "black-forest-labs/flux-schnell"},
		{Line: 5, Prompt: "a fox", Input: map[string]any{"guidance": 99.0}},
	}}
}

// TestRows: each row is a cell, in order. Equal rows without a seed are different pictures; with one they are the same.
func TestRows(t *testing.T) {
	p, err := Build(rowSpec(), Options{Provider: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	want := []State{New, New, New, Same, New, Invalid}
	for i, c := range p.Cells {
		if c.State != want[i] {
			t.Errorf("row %d is %s, want %s: %s", i+1, c.State, want[i], c.Why)
		}
	}
	if got := p.Order(); !reflect.DeepEqual(got, []int{0, 1, 2, 4}) {
		t.Errorf("bought in the order %v", got)
	}
	if p.Cells[0].Key == p.Cells[1].Key {
		t.Error("two equal rows without a seed are one picture")
	}
	if got := p.Coordinates(3); got["line"] != "3 (2)" {
		t.Errorf("the second row of line 3 is at %v", got)
	}
	if p.TemplateOf(4) != "a {crow}" || p.TemplateOf(0) != "" {
		t.Errorf("templates %q and %q", p.TemplateOf(4), p.TemplateOf(0))
	}
}

// TestRowsThatMove: a row keeps its picture when another one is put before it.
func TestRowsThatMove(t *testing.T) {
	before, err := Build(rowSpec(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	spec := rowSpec()
	spec.Rows = append([]Row{{Line: 1, Prompt: "a hare"}}, spec.Rows...)
	after, err := Build(spec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range before.Cells {
		if after.Cells[i+1].Key != c.Key {
			t.Errorf("row %d is another picture after it moved", i+1)
		}
	}
	if before.Key == after.Key {
		t.Error("two lists have one plan key")
	}
}

// TestRowsAreKept: the plan's file has the rows, and makes the same plan.
func TestRowsAreKept(t *testing.T) {
	p, err := Build(rowSpec(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := Encode(p.Spec)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := Decode(data, "plan.toml")
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	read, err := Build(spec, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if read.Key != p.Key {
		t.Errorf("the file has the plan %s, and not %s", read.Key, p.Key)
	}
	for i := range p.Cells {
		if read.Cells[i].Key != p.Cells[i].Key || read.TemplateOf(i) != p.TemplateOf(i) {
			t.Errorf("row %d is another one in the file:\n%s", i+1, data)
		}
	}
}
