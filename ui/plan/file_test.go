package plan

import (
	"reflect"
	"strings"
	"testing"
)

const sweepFile = `
prompt = "a {red|blue} fox"
model = "flux-dev"
how = "each-pair"
lab_seed = 7

[base]
aspect_ratio = "16:9"
num_inference_steps = 30

[[axis]]
of = "guidance"
values = "2..4/5"

[[axis]]
of = "model+guidance"
values = ["flux-dev/2.5", "flux-schnell/-"]

[[skip]]
model = "flux-schnell"
guidance = ">2"
`

func TestDecode(t *testing.T) {
	s, err := Decode([]byte(sweepFile), "a.toml")
	if err != nil {
		t.Fatal(err)
	}
	want := Spec{
		Prompt: "a {red|blue} fox", Model: "black-forest-labs/flux-dev", How: EachPair, LabSeed: 7,
		Base: map[string]any{"aspect_ratio": "16:9", "num_inference_steps": int64(30)},
		Axes: []Axis{
			{Of: []string{"guidance"}, Values: []Value{{Text: "2"}, {Text: "2.5"}, {Text: "3"}, {Text: "3.5"}, {Text: "4"}}},
			{Of: []string{"model", "guidance"}, Values: []Value{{Text: "flux-dev/2.5"}, {Text: "flux-schnell/-"}}},
		},
		Skips: []Skip{{{"guidance", ">", "2"}, {"model", "=", "flux-schnell"}}},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	data, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Decode(data, "b.toml")
	if err != nil || !reflect.DeepEqual(again, s) {
		t.Errorf("%v\n%s\ngot  %+v\nwant %+v", err, data, again, s)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"prompt = ", "a.toml, line 1, column 9: expected value"},
		{"promt = 'a'", `a.toml, line 1: there is no "promt" in a plan's file. Did you mean prompt?`},
		{"prompt = 'a'\n[[axis]]\nof = 'cfg'\nvalues = '1,2'", `a.toml, line 2: axis 1: no model here takes "cfg". Did you mean guidance?`},
		{"prompt = 'a'\n[[axis]]\nof = 'guidance'", `a.toml, line 2: axis 1: guidance needs values`},
		{"prompt = 3", "a.toml, line 1: prompt takes a text in quotes."},
		{"prompt = 'a'\nmodel = 3", "a.toml, line 2: model takes a text in quotes."},
		{"prompt = 'a'\nas_written = 1", "a.toml, line 2: as_written takes true or false."},
		{"prompt = 'a'\nlab_seed = -1", "a.toml, line 2: lab_seed takes a whole number from 0."},
		{"prompt = 'a'\n[[axis]]\nof = ['model', 'guidance']\nvalues = '1'", "a.toml, line 3: axis.of takes a text in quotes."},
		{"prompt = 'a'\n[[axis]]\nof = 'guidance'\nvalues = '1'\n[[axis]]\nvalues = '1'", "a.toml, line 5: axis 2: of is missing, the name of what the axis sets."},
		{"prompt = 'a'\n[[axis]]\nof = 'guidance'\nvalues = [1, [2]]", "a.toml, line 2: axis 1: guidance: value 2 is a list or a table."},
		{"[base]\nprompt = 'a'", "a.toml: [base] has settings, and prompt is none. Write it before the first [table]."},
		{"prompt = 'a'\nmodel = 'flux-dev'\n[[axis]]\nof = 'model'\nvalues = 'flux-dev,flux-schnell'\n[[axis]]\nof = 'acme_weight'\nvalues = '1,2'", `a.toml, line 6: axis 2: no model here takes "acme_weight".`},
		{"prompt = 'a'\n[base]\nsede = 1", `a.toml: no model here takes "sede". Did you mean seed?`},
		{"prompt = 'a'\nhow = 'some'", `a.toml: how is all, each-value, each-pair or a number`},
		{"prompt = 'a'\nmodel = 'flux-dev'\n[base]\nguidance = 'high'", "a.toml: guidance takes"},
		{"prompt = 'a'\nmodel = 'flux/dev/x'", "a.toml: "},
	} {
		_, err := Decode([]byte(test.file), "a.toml")
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: got %v\nwant %s", test.file, err, test.want)
		}
	}
}

// FuzzDecode: no file panics, and what can be read can be written and read again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(sweepFile))
	f.Add([]byte("prompt = 'a'\n[[axis]]\nof = 'seed'\nvalues = [1, 2.5, true, 1979-05-27]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data, "f")
		if err != nil {
			return
		}
		out, err := Encode(s)
		if err != nil {
			t.Skip()
		}
		if _, err := Decode(out, "g"); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
