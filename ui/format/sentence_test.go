package format

import "testing"

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"there is no such thing": "There is no such thing.",
		"Set one.":               "Set one.",
		"what now?":              "What now?",
		"output_quality takes 1": "output_quality takes 1.",
		"--set takes key=value":  "--set takes key=value.",
		"one\ntwo":               "One.\nTwo.",
		"these:\n  a prompt":     "These:\n  a prompt",
		"":                       "",
		"ärger":                  "Ärger.",
	} {
		if got := Sentence(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestFirstLetter(t *testing.T) {
	for in, want := range map[string][2]string{"": {"", ""}, "the demo": {"The demo", "the demo"}, "Ärger": {"Ärger", "ärger"}} {
		if got := [2]string{UpperFirst(in), LowerFirst(in)}; got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
