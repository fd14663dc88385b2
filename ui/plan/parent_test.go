package plan

import (
	"reflect"
	"strings"
	"testing"
)

// TestParentOfCells: all cells are made from the prediction that the spec names, unless an axis or a row names another. It changes neither the keys
// of their pictures nor the plan's.
func TestParentOfCells(t *testing.T) {
	rows := rowSpec()
	rows.Rows[2].Parent = "other"
	final := Spec{Prompt: "a fox", Model: "black-forest-labs/flux-dev", Axes: []Axis{{Of: []string{OfParent, OfPrompt}, Label: "final", Values: []Value{
		{Text: "a", Set: map[string]any{OfParent: "other", OfPrompt: "a crow"}},
	}}}}
	for name, c := range map[string]struct {
		spec Spec
		want []string
	}{
		"a table":         {spec(t, "a fox", "guidance=2,3"), []string{"first", "first"}},
		"one cell":        {spec(t, "a fox"), []string{"first"}},
		"an axis of them": {final, []string{"other"}},
		"rows":            {rows, []string{"first", "first", "other", "first", "first", "first"}},
	} {
		without, err := Build(c.spec, Options{})
		if err != nil {
			t.Fatal(err)
		}
		c.spec.Parent = "first"
		with, err := Build(c.spec, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var parents []string
		for i := range with.Cells {
			parents = append(parents, with.Cells[i].Parent)
			if with.Cells[i].Key != without.Cells[i].Key || with.Cells[i].State != without.Cells[i].State {
				t.Errorf("%s: the parent makes cell %d another picture", name, i)
			}
		}
		if !reflect.DeepEqual(parents, c.want) || with.Key != without.Key {
			t.Errorf("%s: made from %q, want %q; the keys of the plans are %s and %s", name, parents, c.want, with.Key, without.Key)
		}
	}
}

// TestParentsOfRowsAreInNoKey: kept plans of rows keep their keys.
func TestParentsOfRowsAreInNoKey(t *testing.T) {
	before, after := rowSpec(), rowSpec()
	after.Rows[0].Parent = "a"
	if key(before) != key(after) || key(before) != "g85btbvza79e5xgh" {
		t.Errorf("the keys are %s and %s", key(before), key(after))
	}
	data, err := Encode(after)
	again, decodeErr := Decode(data, "a.toml")
	if err != nil || decodeErr != nil || again.Rows[0].Parent != "a" {
		t.Errorf("%v, %v\n%s", err, decodeErr, data)
	}
}

// TestParentInAFile: what is no key is refused in a file, and a key of the journal that is odd does not make a file that cannot be read.
func TestParentInAFile(t *testing.T) {
	for _, file := range []string{"prompt = 'a'\nparent = \"a\\u001b[2J\"", "prompt = 'a'\nparent = '" + strings.Repeat("k", 300) + "'", "[[row]]\nline = 1\nprompt = 'a'\nparent = \"\\u0000\""} {
		if _, err := Decode([]byte(file), "a.toml"); err == nil || !strings.HasSuffix(err.Error(), "parent takes the key of a prediction, as tintype list --json shows it.") {
			t.Errorf("%q: %v", file, err)
		}
	}
	if _, err := Decode([]byte("prompt = 'a'\nparent = 3"), "a.toml"); err == nil || err.Error() != "a.toml, line 2: parent takes a text in quotes." {
		t.Error(err)
	}
	odd := Spec{Prompt: "a", Parent: "\x1b[2J", Rows: []Row{{Line: 1, Prompt: "a", Parent: strings.Repeat("k", 300)}}}
	data, err := Encode(odd)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Decode(data, "a.toml"); err != nil || again.Parent != "" || again.Rows[0].Parent != "" {
		t.Errorf("%v\n%s", err, data)
	}
}
