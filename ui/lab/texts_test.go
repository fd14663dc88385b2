package lab

import (
	"context"
	"fmt"
	"testing"

	"tintype/ui/plan"
	"tintype/ui/template"
)

// TestTextsOfAxes: values that go into the prompt are templates like the prompt. Nothing of the language is sent, and a mistake in a value is
// told with its number.
func TestTextsOfAxes(t *testing.T) {
	l := &Lab{Provider: "demo", Lists: colours{}}
	for _, test := range []struct{ prompt, axis, want string }{
		{"a ${c} fox", "${c}={red|blue},green", `["a red fox" "a blue fox" "a green fox"]`},
		{"a ${c} fox", "${c}=__colour__,green", `["a red fox" "a grey fox" "a green fox"]`},
		{"a ${c} fox", `${c}=\{red\}`, `["a {red} fox"]`},
		{"a ${c} fox", `${c}={red},50%,1::x,...,$$,x # no,\_\_x\_\_`, `["a {red} fox" "a 50% fox" "a 1::x fox" "a ... fox" "a $$ fox" "a x # no fox" "a __x__ fox"]`},
		{"a ${c} fox", `${c}={"a": "{b|c}"}||x`, `["a {\"a\": \"{b|c}\"} fox" "a x fox"]`},
		{"a ${c} fox", "${c}={red,x", "${c}: value 1: column 1: this { has no }. Write \\{ for the sign itself."},
		{"a ${c=red}${c} fox", "${c}=green", "the prompt sets ${c} itself, so the values of the axis have no effect. Write ${c?=…} there, or take the axis away."},
		{"a ${c?=red}${c} fox", "${c}=green", `["a green fox"]`},
		{"a ${colour} fox", "${c}=green", "the prompt has no ${c}, which an axis sets. Write it where its values go."},
		{"a ${colour} fox", "colour=green", "the axis colour has the name of a variable of the prompt, and of no setting. Write '${colour}=…', in single quotes."},
		{"a ${seed:red} fox", "guidance=2", `["a red fox"]`},
		{"a fox", "prompt=a {crow|owl},a cat", `["a crow" "a owl" "a cat"]`},
		{"a fox", `prompt={"a": "{b|c}"}||a cat`, `["{\"a\": \"{b|c}\"}" "a cat"]`},
		{"a fox", "prompt=a __nothing__,x", "prompt: value 1: column 3: no list called nothing."},
		{"a {red|blue} fox", "prompt=a cat", "the values of the axis prompt take the place of the prompt, so that what varies in it has no effect. Write a prompt in which nothing varies."},
		{"a fox", "replace=fox,{crow|owl}", `["a fox" "a crow" "a owl"]`},
		{"a {red|blue} fox", "replace=fox,crow", `["a red fox" "a red crow" "a blue fox" "a blue crow"]`},
		{"a fox", "replace={fox|owl},crow", "replace: the first value is the text that is looked for, and this one makes 2 texts. Write \\{ for the sign itself."},
		{"a fox", "prompt+guidance=a {crow|owl}/2", "prompt+guidance: value 1 makes 2 texts, and a tied value has one. Write each of them as a value."},
	} {
		axis, err := plan.ParseAxis(test.axis)
		if err != nil {
			t.Fatal(err)
		}
		p, err := l.Make(context.Background(), plan.Spec{Prompt: test.prompt, Model: "flux-dev", Axes: []plan.Axis{axis}})
		got := fmt.Sprint(err)
		if err == nil {
			var prompts []string
			for _, c := range p.Cells {
				prompts = append(prompts, c.Input["prompt"].(string))
			}
			got = fmt.Sprintf("%q", prompts)
		}
		if got != test.want {
			t.Errorf("%s with %s:\ngot  %s\nwant %s", test.prompt, test.axis, got, test.want)
		}
	}
}

// colours are lists with one list.
type colours struct{}

func (colours) Names() []string { return []string{"colour"} }

func (colours) Values(path string) ([]template.Value, error) {
	if path != "colour" {
		return nil, fmt.Errorf("no list called %s.", path)
	}
	return []template.Value{{Text: "red", Weight: 1}, {Text: "grey", Weight: 1}}, nil
}
