package form

import (
	"strings"
	"testing"

	"tintype/api/model"
	"tintype/ui/internal/uitest"

	tea "charm.land/bubbletea/v2"
)

// axesText writes the axes of settings: "guidance: 2 3 | seed: 7 8".
func axesText(s *Settings) string {
	var all []string
	for _, a := range s.Axes() {
		words := []string{a.Name() + ":"}
		for _, v := range a.Values {
			words = append(words, v.Text)
		}
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, " | ")
}

func TestTypedLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ row, keys, shows, axes string }{
		{"guidance", "2..4/5<enter>", "2..4/5", "guidance: 2 2.5 3 3.5 4"},
		{"guidance", "2..4:1<down>", "2..4:1", "guidance: 2 3 4"},
		{"guidance", "2,5<enter>", "2.5", ""}, // a decimal comma
		{"guidance", "2,3,4<enter>", "2, 3, 4", "guidance: 2 3 4"},
		{"guidance", "2.5,3<enter>", "2.5, 3", "guidance: 2.5 3"},
		{"num_outputs", "1..3<enter>", "1..3", "num_outputs: 1 2 3"},
		{"seed", "7,8,9<enter>", "7, 8, 9", "seed: 7 8 9"},
		{"seed", "7,8,7<enter>", "7, 8", "seed: 7 8"},
		{"seed", "7,8<enter><backspace>", "random", ""},
		{"seed", "7,8<esc>", "random", ""},
		{"seed", "7,8<backspace><enter>", "7", ""},
		{"aspect_ratio", "1:1,16:9<enter>", "1:1, 16:9", "aspect_ratio: 1:1 16:9"},
	} {
		s := NewSettings("black-forest-labs/flux-dev", "replicate", nil)
		if !s.MoveTo(c.row) {
			t.Fatalf("no row %s", c.row)
		}
		uitest.Type(func(k tea.KeyPressMsg) { s.Update(k) }, c.keys)
		if got := string(s.rowText(c.row)); got != c.shows || axesText(&s) != c.axes {
			t.Errorf("%s %s: shows %q with %q, want %q with %q; %s", c.row, c.keys, got, axesText(&s), c.shows, c.axes, s.Note())
		}
	}
}

// TestListsOutOfRange: one value that the row does not take is refused, and the values before stay.
func TestListsOutOfRange(t *testing.T) {
	t.Parallel()
	s := NewSettings("black-forest-labs/flux-dev", "replicate", nil)
	s.MoveTo("guidance")
	uitest.Type(func(k tea.KeyPressMsg) { s.Update(k) }, "8..12/5<enter>")
	if !strings.Contains(s.Note(), "guidance takes a number from 0 to 10") || axesText(&s) != "" {
		t.Errorf("says %q with %q", s.Note(), axesText(&s))
	}
	if err := s.SetSeveral("cfg", "1,2"); err == nil {
		t.Error("took several values of an unknown parameter")
	}
}

func TestSeveralSeedsAndModels(t *testing.T) {
	t.Parallel()
	s := NewSettings("black-forest-labs/flux-dev", "replicate", nil)
	for _, c := range []struct{ row, value, axes string }{
		{"seed", "3 drawn", "seed: drawn 1 drawn 2 drawn 3"},
		{"seed", "each", "seed: each"},
		{"seed", "", ""},
		{"model", "black-forest-labs/flux-dev||black-forest-labs/flux-schnell", "model: black-forest-labs/flux-dev black-forest-labs/flux-schnell"},
		{"model", "black-forest-labs/flux-dev", ""},
	} {
		if err := s.Choose(c.row, c.value); err != nil || axesText(&s) != c.axes {
			t.Errorf("%s = %s: %q (%v), want %q", c.row, c.value, axesText(&s), err, c.axes)
		}
	}
}

// TestSeveralAreKept: form.json has them, and damaged ones are dropped.
func TestSeveralAreKept(t *testing.T) {
	t.Parallel()
	s := NewSettings("black-forest-labs/flux-dev", "replicate", nil)
	for _, set := range [][2]string{{"guidance", "2..4/5"}, {"seed", "2 drawn"}} {
		if err := s.SetSeveral(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	b, err := encode(State{Settings: s.State(), Literal: true})
	if err != nil {
		t.Fatal(err)
	}
	f, err := decode(b)
	if err != nil || !f.Literal {
		t.Fatal(f, err)
	}
	f.Settings.Several["output_format"], f.Settings.Several["prompt"] = "gif, tiff", "a, b"
	again := NewSettings(model.Default, "replicate", nil)
	again.Restore(f.Settings)
	if got, want := axesText(&again), axesText(&s); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMarkedChoices(t *testing.T) {
	t.Parallel()
	s := NewSettings("black-forest-labs/flux-dev", "replicate", nil)
	c, _ := s.Picker("output_format")
	uitest.Type(func(k tea.KeyPressMsg) { c.Update(k) }, " <down> ")
	if err := s.Choose("output_format", strings.Join(c.Marked(), "||")); err != nil || axesText(&s) == "" {
		t.Fatalf("%q, %v", axesText(&s), err)
	}
	again, _ := s.Picker("output_format")
	if got := len(again.Marked()); got != 2 {
		t.Errorf("%d are marked when it is opened again", got)
	}
	if s.Step(+1); axesText(&s) != "" {
		t.Error("a step leaves several values")
	}
}

// TestSeveralModelsKeepThePresentOne: marking other models too leaves the settings of the present one, which others may not take.
func TestSeveralModelsKeepThePresentOne(t *testing.T) {
	s := NewSettings("black-forest-labs/flux-dev", "", nil)
	for _, set := range [][2]string{{"guidance", "2..3/3"}, {RowModel, "black-forest-labs/flux-schnell||black-forest-labs/flux-dev"}} {
		if err := s.SetSeveral(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	if s.ModelID() != "black-forest-labs/flux-dev" || len(s.Axes()) != 2 {
		t.Errorf("the model is %s, with %d axes", s.ModelID(), len(s.Axes()))
	}
}
