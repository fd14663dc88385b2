package plan

import (
	"slices"
	"testing"

	"tintype/ui/picturekey"
)

// TestFormatsAsAnAxis: by the usual rule a file in another format is no other picture, and the plan says so; by the other one it is.
func TestFormatsAsAnAxis(t *testing.T) {
	const more = ` makes another file, and no other picture. same_picture = "same-format" in the settings buys each.`
	rows := Spec{AsWritten: true, Model: "flux-dev", Rows: []Row{
		{Line: 1, Prompt: "a fox", Input: map[string]any{"seed": int64(1)}},
		{Line: 2, Prompt: "a fox", Input: map[string]any{"seed": int64(1), "output_format": "png"}},
		{Line: 3, Prompt: "a fox", Input: map[string]any{"seed": int64(1), "output_format": "webp"}},
	}}
	for _, test := range []struct {
		why     string
		spec    Spec
		off, on string // the states by each rule
		notes   []string
	}{
		{"formats", spec(t, "flux-dev", "output_format=png,webp"), "n=", "nn", []string{"output_format" + more}},
		{"beside another axis", spec(t, "flux-dev", "seed=1,2", "output_format=png,webp,jpg"), "n==n==", "nnnnnn", []string{"output_format" + more}},
		{"qualities", spec(t, "flux-dev", "output_quality=50,80"), "n=", "nn", []string{"output_quality" + more}},
		{"both, tied", spec(t, "flux-dev", "output_format+output_quality=jpg/50,webp/90"), "n=", "nn", []string{"output_format and output_quality" + more}},
		{"the usual one by name", spec(t, "flux-dev", "output_format+seed=webp/1,-/1"), "n=", "n=", nil},
		{"rows", rows, "n==", "nn=", []string{"output_format" + more}},
	} {
		for rule, want := range map[picturekey.Rule]string{{}: test.off, {SameFormat: true}: test.on} {
			p, err := Build(test.spec, Options{Provider: "replicate", Rule: rule})
			if err != nil {
				t.Errorf("%s: %v", test.why, err)
				continue
			}
			if got := states(p); got != want {
				t.Errorf("%s: %s with %+v, want %s", test.why, got, rule, want)
			}
			notes := test.notes
			if rule.SameFormat {
				notes = nil
			}
			if !slices.Equal(p.Notes, notes) {
				t.Errorf("%s: %q with %+v, want %q", test.why, p.Notes, rule, notes)
			}
		}
	}
}

// TestWhySame: a cell says why it is the same as one with other settings.
func TestWhySame(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "output_format=png,webp"))
	if a, b := p.WhySame(0), p.WhySame(1); a != "" || b != "output_format makes another file, and no other picture" {
		t.Errorf("%q and %q", a, b)
	}
	if p.Cells[0].Key != p.Cells[1].Key || p.Key == build(t, spec(t, "flux-dev", "output_format=png")).Key {
		t.Error("the keys are wrong")
	}
}
