package picturekey

import (
	"encoding/json"
	"testing"

	"tintype/history"
)

// usual is the usual rule.
var usual Rule

// input is short for an input.
type input = map[string]any

func TestEqualPicturesHaveEqualKeys(t *testing.T) {
	for _, test := range []struct {
		why          string
		model        string
		a, b         input
		imagesA      map[string]string
		imagesB      map[string]string
		differ       bool
		otherModel   string
		otherVersion string
	}{
		{why: "a default is given or not", model: "flux-dev", a: input{"prompt": "a fox"}, b: input{"prompt": "a fox", "guidance": 3.0}},
		{why: "whole numbers of JSON", model: "flux-dev", a: input{"prompt": "a", "seed": int64(7)}, b: input{"prompt": "a", "seed": 7.0}},
		{why: "what the model does not take", model: "flux-schnell", a: input{"prompt": "a"}, b: input{"prompt": "a", "guidance": 2.0}},
		{why: "what has no effect beside the rest", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a", "prompt_strength": 0.5}},
		{why: "format and quality", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a", "output_format": "png", "output_quality": int64(3)}},
		{why: "blanks around the prompt", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": " a\n"}},
		{why: "short and full names", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherModel: "black-forest-labs/flux-dev"},
		{why: "the same image at two paths", model: "flux-kontext-pro", a: input{"prompt": "a", "input_image": "x.png"}, b: input{"prompt": "a", "input_image": "y.png"}, imagesA: map[string]string{"x.png": "1"}, imagesB: map[string]string{"y.png": "1"}},
		{why: "two images at one path", model: "flux-kontext-pro", a: input{"prompt": "a", "input_image": "x.png"}, b: input{"prompt": "a", "input_image": "x.png"}, imagesA: map[string]string{"x.png": "1"}, imagesB: map[string]string{"x.png": "2"}, differ: true},
		{why: "seeds", model: "flux-dev", a: input{"prompt": "a", "seed": int64(1)}, b: input{"prompt": "a", "seed": int64(2)}, differ: true},
		{why: "no seed and a seed", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a", "seed": int64(2)}, differ: true},
		{why: "prompts", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "b"}, differ: true},
		{why: "models", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherModel: "flux-schnell", differ: true},
		{why: "versions", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherVersion: "1234", differ: true},
		{why: "a version in the name and beside it", model: "flux-dev:1234", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherModel: "flux-dev", otherVersion: "1234"},
		{why: "the model's name before the version", model: "flux-dev:1234", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherModel: "flux-dev", otherVersion: "black-forest-labs/flux-dev:1234"},
		{why: "the version of a provider's deployment", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherVersion: "dp-4d0bcc010b3049749a251855f12800be"},
		{why: "a version that the provider hides", model: "flux-dev", a: input{"prompt": "a"}, b: input{"prompt": "a"}, otherVersion: "hidden"},
		{why: "what an unknown model may take", model: "someone/else", a: input{"prompt": "a"}, b: input{"prompt": "a", "cfg": 2.0}, differ: true},
	} {
		other := test.otherModel
		if other == "" {
			other = test.model
		}
		a, b := usual.Of(test.model, "", test.a, test.imagesA), usual.Of(other, test.otherVersion, test.b, test.imagesB)
		if (a != b) != test.differ {
			t.Errorf("%s: %.8s and %.8s", test.why, a, b)
		}
		if len(a) != 64 {
			t.Errorf("%s: the key %q is not 64 digits long", test.why, a)
		}
	}
}

// TestFormatInTheKey: a setting makes other pictures of files in another format or quality, as far as these have an effect.
func TestFormatInTheKey(t *testing.T) {
	for _, test := range []struct {
		why   string
		model string
		a, b  input
		off   bool // the keys are equal by the usual rule
		on    bool // and by the other one
	}{
		{"formats", "flux-dev", input{"output_format": "png"}, input{"output_format": "webp"}, true, false},
		{"the usual format is named or not", "flux-dev", input{}, input{"output_format": "webp"}, true, true},
		{"qualities", "flux-dev", input{"output_quality": int64(80)}, input{"output_quality": 50.0}, true, false},
		{"one quality, as JSON has it", "flux-dev", input{"output_quality": int64(50)}, input{"output_quality": 50.0}, true, true},
		{"a quality that png does not have", "flux-dev", input{"output_format": "png", "output_quality": int64(3)}, input{"output_format": "png"}, true, true},
		{"a model that is not in the catalogue", "some-one/thing", input{"output_format": "png"}, input{"output_format": "webp"}, true, false},
		{"seeds", "flux-dev", input{"seed": 1}, input{"seed": 2}, false, false},
	} {
		rules := map[Rule]bool{{}: test.off, {SameFormat: true}: test.on}
		for rule, want := range rules {
			if got := rule.Of(test.model, "", test.a, nil) == rule.Of(test.model, "", test.b, nil); got != want {
				t.Errorf("%s: equal %v with %+v", test.why, got, rule)
			}
			e := history.Entry{Model: test.model, Input: test.a}
			if rule.OfEntry(e) != rule.Of(test.model, "", test.a, nil) {
				t.Errorf("%s: an entry has another key with %+v", test.why, rule)
			}
		}
	}
}

// TestKeyOfRequest: a default may be sent or not; anything else makes another request.
func TestKeyOfRequest(t *testing.T) {
	plain := OfRequest("flux-dev", input{"prompt": "a"})
	for _, test := range []struct {
		input input
		same  bool
	}{
		{input{"prompt": " a\n", "guidance": 3, "output_format": "webp", "seed": nil}, true},
		{input{"prompt": "a", "output_format": "png"}, false},
		{input{"prompt": "a", "negative_prompt": "b"}, false},
		{input{"prompt": "a", "prompt_strength": 0.5}, false},
	} {
		if got := OfRequest("flux-dev", test.input) == plain; got != test.same {
			t.Errorf("%v is the same: %v", test.input, got)
		}
	}
}

// TestKeyOfEntry: an entry that was read from the journal has the key of what was sent.
func TestKeyOfEntry(t *testing.T) {
	sent := input{"prompt": "a fox", "seed": int64(62182), "guidance": 2.5, "aspect_ratio": "16:9", "go_fast": true}
	line, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	var read input
	if err := json.Unmarshal(line, &read); err != nil {
		t.Fatal(err)
	}
	e := history.Entry{Model: "black-forest-labs/flux-dev", Input: read}
	if got, want := usual.OfEntry(e), usual.Of("flux-dev", "", sent, nil); got != want {
		t.Errorf("%.8s, want %.8s", got, want)
	}
}

func TestHasSeed(t *testing.T) {
	for _, test := range []struct {
		model string
		input input
		want  bool
	}{
		{"flux-dev", input{"seed": int64(1)}, true},
		{"flux-dev", input{"seed": 0.0}, true},
		{"flux-dev", input{"seed": nil}, false},
		{"flux-dev", input{}, false},
		{"someone/else", input{"seed": int64(1)}, true},
	} {
		if got := HasSeed(test.model, test.input); got != test.want {
			t.Errorf("%s %v: %v", test.model, test.input, got)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	in := input{"prompt": "a fox in the rain", "seed": int64(62182), "guidance": 2.5, "aspect_ratio": "16:9", "go_fast": true}
	for b.Loop() {
		usual.Of("flux-dev", "", in, nil)
	}
}

// TestUnknownParameter: a number of a setting that is not in the catalogue is the same as Go, JSON and TOML have it.
func TestUnknownParameter(t *testing.T) {
	key := func(weight, list any) Key {
		return Rule{}.Of("acme/tuned", "", map[string]any{"prompt": "a fox", "weight": weight, "list": list}, nil)
	}
	want := key(json.Number("0.80"), []any{json.Number("1"), map[string]any{"a": json.Number("2.0")}})
	if got := key(0.8, []any{int64(1), map[string]any{"a": 2.0}}); got != want {
		t.Error("0.8 and 0.80 are two pictures")
	}
	if key("0.8", nil) == key(0.8, nil) || key(1, nil) == key(2, nil) || key(1, []any{1}) == key(1, []any{2}) {
		t.Error("different values are one picture")
	}
}
