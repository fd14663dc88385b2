package plan

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

// TestUnknownModel: a model that is not in the catalogue may take any setting, of the types that --set reads, and a kept plan has the same
// pictures.
func TestUnknownModel(t *testing.T) {
	s := spec(t, "acme/tuned", "acme_weight=0.5..1/2", "style=ink,oil")
	s.Base = map[string]any{"deep": []any{json.Number("1"), map[string]any{"a": json.Number("2.5")}}, "strength": json.Number("0.80"), "name": "7"}
	s.Skips = []Skip{{{"strength", ">", "2"}}}
	p := build(t, s)
	if got := []any{p.Cells[0].Input["acme_weight"], p.Cells[3].Input["acme_weight"], p.Cells[1].Input["style"]}; !reflect.DeepEqual(got, []any{json.Number("0.5"), json.Number("1"), "oil"}) {
		t.Errorf("the values are %#v", got)
	}
	data, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := Decode(data, "kept.toml")
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	again := build(t, kept)
	for i := range p.Cells {
		if p.Cells[i].Key != again.Cells[i].Key {
			t.Errorf("cell %d: %v is another picture than %v", i, again.Cells[i].Input, p.Cells[i].Input)
		}
	}
}

// TestUnknownModelElsewhere: one model of the axis, a tied one, or a preset that may name one is enough.
func TestUnknownModelElsewhere(t *testing.T) {
	if p := build(t, spec(t, "flux-dev", "model=acme/tuned,flux-dev", "acme_weight=2,3")); states(p) != "nnn=" {
		t.Errorf("an axis: %s, %v", states(p), p.Notes)
	}
	if p := build(t, spec(t, "flux-dev", "model+acme_weight=acme/tuned/2,flux-dev/-")); states(p) != "nn" {
		t.Errorf("tied: %s, %v", states(p), p.Notes)
	}
	o := Options{Provider: "replicate", Preset: func(names, id, prompt string, input map[string]any) (string, string, map[string]any, error) {
		if names == "tuned" {
			id = "acme/tuned"
		}
		return id, prompt, input, nil
	}}
	if _, err := Build(spec(t, "flux-dev", "preset=tuned", "acme_weight=2,3"), o); err != nil {
		t.Errorf("a preset of an unknown model: %v", err)
	}
	if _, err := Build(spec(t, "flux-dev", "preset=film", "acme_weight=2,3"), o); err == nil {
		t.Error("a preset without a model takes any setting")
	}
	for _, file := range []string{
		"prompt = 'a'\nmodel = 'acme/tuned'\n[base]\nfoo = 3\n[[axis]]\nof = 'acme_weight'\nvalues = '1,2'",
		"prompt = 'a'\n[[axis]]\nof = 'acme_weight'\nvalues = '1,2'\n[[axis]]\nof = 'model'\nvalues = ['flux-dev', 'acme/tuned']",
		"prompt = 'a'\n[[axis]]\nof = 'acme_weight+model'\nvalues = '1/acme/tuned,2/flux-dev'",
		"prompt = 'a'\n[[row]]\nline = 1\nmodel = 'acme/tuned'\nprompt = 'a'\n[row.input]\nfoo = 3",
	} {
		if _, err := Decode([]byte(file), "a.toml"); err != nil {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// TestLacks: a cell says which settings of the axes its model does not have.
func TestLacks(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "model=flux-schnell,flux-dev,acme/tuned", "guidance=2,3", "seed=7,8"))
	for i, want := range map[int]string{0: "[guidance]", 5: "[]", 9: "[]"} {
		if got := fmt.Sprint(p.Lacks(i)); got != want {
			t.Errorf("cell %d: %q, want %q", i, got, want)
		}
	}
	if got := build(t, spec(t, "flux-dev", "model+guidance=flux-schnell/-,flux-dev/2")).Lacks(0); len(got) > 0 {
		t.Errorf("what sets nothing: %q", got)
	}
}
