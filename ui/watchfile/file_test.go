package watchfile

import (
	"reflect"
	"strings"
	"testing"

	"tintype/ui/plan"
)

func TestParse(t *testing.T) {
	spec, err := Parse([]byte("\ufeff+++\r\nmodel = \"flux-dev\" # quick\r\nguidance = 3.5\r\naspect_ratio = \"16:9\"\r\nhow = \"each-value\"\r\n\r\n"+
		"[[axis]]\r\nof = \"seed\"\r\nvalues = \"1,2\"\r\n\r\n[[skip]]\r\nseed = \">1\"\r\n+++\r\n\r\n A {red|blue} fox, \r\nat dusk.\t\r\n"), "fox.txt")
	if err != nil {
		t.Fatal(err)
	}
	if spec.Prompt != "A {red|blue} fox,\nat dusk." || spec.Model != "black-forest-labs/flux-dev" || spec.How != plan.EachValue ||
		spec.Base["guidance"] != 3.5 || spec.Base["aspect_ratio"] != "16:9" || len(spec.Axes) != 1 || len(spec.Skips) != 1 {
		t.Errorf("%+v", spec)
	}
	for _, text := range []string{"A fox", "A fox\n+++\nand more", "+++\n+++\nA fox", "\n\n+++ \n+++\nA fox"} {
		if spec, err := Parse([]byte(text), "fox.txt"); err != nil || !strings.HasPrefix(spec.Prompt, "A fox") {
			t.Errorf("%q: %+v, %v", text, spec, err)
		}
	}
}

func TestParseMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "fox.txt, line 1: there is no prompt yet. Write one here.",
		"+++\nseed = 1\n+++\n\n":             "fox.txt, line 4: there is no prompt yet. Write one here.",
		"+++\nseed = 1\nA fox":               "fox.txt, line 1: the settings begin here and do not end. Write +++ on a line of its own below them.",
		"+++\nseed = 1\ncfg = 2\n+++\nA fox": `fox.txt, line 3: no model here takes "cfg". Did you mean guidance?`,
		"+++\nguidence = 2\n+++\nA fox":      `fox.txt, line 2: no model here takes "guidence". Did you mean guidance?`,
		"+++\n\nprompt = \"x\"\n+++\nA fox":  "fox.txt, line 3: the prompt is the text below the settings, and not one of them.",
		"+++\npreset = \"ink\"\n+++\nA fox":  `fox.txt, line 2: preset is an axis. Write [[axis]], and below it of = "preset" and values = "…".`,
		"+++\nmodel = \"flux-dev\"\n\n[[axis]]\nof = \"seed\"\nvalues = \"1\"\n\n[[axis]]\nof = \"cfg\"\nvalues = \"1\"\n+++\nA fox": `fox.txt, line 8: axis 2: no model here takes "cfg".`,
		"+++\nseed = \n+++\nA fox":                 "fox.txt, line 2, column 7: ",
		"+++\n[[skip]]\n+++\nA fox":                "fox.txt, line 2: skip 1 needs a condition",
		"+++\nhow = \"some\"\n+++\nA fox":          "fox.txt, line 2: how is all",
		"+++\n[[row]]\nprompt = \"x\"\n+++\nA fox": "fox.txt: the prompt is the text below",
		"A fox\n\xff":                              "fox.txt, line 2: this is no text in UTF-8.",
		"A fox\x00":                                "fox.txt, line 1: this is no text in UTF-8.",
		strings.Repeat("A fox. ", maxSize/6):       "fox.txt is larger than",
	} {
		_, err := Parse([]byte(text), "fox.txt")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q: %v\nwant %s", text, err, want)
		}
	}
}

func TestEncode(t *testing.T) {
	for _, spec := range []plan.Spec{
		{Prompt: "A fox"},
		{Prompt: "A fox,\nat dusk", Model: "black-forest-labs/flux-dev", Base: map[string]any{"guidance": 3.5, "aspect_ratio": "16:9", "seed": int64(7)}},
		{Prompt: "A \"fox\" '''", AsWritten: true, How: plan.EachPair, LabSeed: 3, Parent: "01m8aaaaaaaaaaaaaaaaaaaaaa", Base: map[string]any{"output_format": "png"}},
		{
			Prompt: "A {red|blue} fox", Model: "black-forest-labs/flux-dev",
			Axes:  []plan.Axis{{Of: []string{"guidance"}, Values: []plan.Value{{Text: "2"}, {Text: "3", Skip: true}}}},
			Skips: []plan.Skip{{{Of: "guidance", Operator: ">", Value: "2"}}},
		},
		{Prompt: "+++\nis no settings"},
	} {
		data, err := Encode(spec)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Parse(data, "fox.txt")
		if err != nil {
			t.Errorf("%v\n%s", err, data)
			continue
		}
		if len(got.Base) == 0 {
			got.Base = nil
		}
		if !reflect.DeepEqual(got, spec) {
			t.Errorf("%s\n%+v, not\n%+v", data, got, spec)
		}
	}
	if _, err := Encode(plan.Spec{Rows: []plan.Row{{}}}); err == nil {
		t.Error("rows were written")
	}
}

// No text makes it fail otherwise than with a sentence, and what it reads it writes.
func FuzzParse(f *testing.F) {
	f.Add("+++\nseed = 1\n[[axis]]\nof = \"guidance\"\nvalues = \"1..3\"\n+++\nA {red|blue} fox\n")
	f.Add("+++\n+++\n+++\n")
	f.Fuzz(func(t *testing.T, text string) {
		spec, err := Parse([]byte(text), "fox.txt")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fox.txt") {
				t.Errorf("%v", err)
			}
			return
		}
		data, err := Encode(spec)
		if err != nil {
			t.Skip()
		}
		if again, err := Parse(data, "fox.txt"); err != nil || again.Prompt != spec.Prompt {
			t.Errorf("%q: %q, %v", text, data, err)
		}
	})
}

// TestPromptLine: the line on which the prompt begins, with and without settings before it.
func TestPromptLine(t *testing.T) {
	for text, want := range map[string]int{
		"a fox": 1, "\n\na fox": 3, "+++\n+++\na fox": 3, "\ufeff+++\r\nmodel = 'flux-dev'\r\n+++\r\n\r\n a fox": 5, "+++\nno end": 1, "": 1,
	} {
		if got := PromptLine([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestUnknownModel: a model that is not in the catalogue may take any setting.
func TestUnknownModel(t *testing.T) {
	spec, err := Parse([]byte("+++\nacme_weight = 2\nmodel = \"acme/tuned\"\n\n[[axis]]\nof = \"style\"\nvalues = \"ink,oil\"\n+++\nA fox"), "fox.txt")
	if err != nil || spec.Base["acme_weight"] != int64(2) || len(spec.Axes) != 1 {
		t.Errorf("%+v, %v", spec, err)
	}
	if _, err = Parse([]byte("+++\nacme_weight = 2\n+++\nA fox"), "fox.txt", "acme/tuned"); err != nil {
		t.Errorf("with a model that the caller has: %v", err)
	}
}
