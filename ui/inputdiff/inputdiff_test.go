package inputdiff_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tintype/ui/inputdiff"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

const (
	dev     = "black-forest-labs/flux-dev"
	schnell = "black-forest-labs/flux-schnell"
)

func input(model, prompt string, values ...any) inputdiff.Input {
	in := inputdiff.Input{Model: model, Values: map[string]any{params.Prompt: prompt}}
	for i := 0; i < len(values); i += 2 {
		in.Values[values[i].(string)] = values[i+1]
	}
	return in
}

func TestBetween(t *testing.T) {
	t.Parallel()
	images := func(in inputdiff.Input, sums map[string]string) inputdiff.Input {
		in.Images = sums
		return in
	}
	for _, c := range []struct {
		name     string
		from, to inputdiff.Input
		want     string
	}{
		{"nothing", input(dev, "a boat"), input(dev, "a boat"), ""},
		{"a word", input(dev, "a boat at sunrise"), input(dev, "a boat at dusk"), "sunrise → dusk"},
		{"added words", input(dev, "a boat"), input(dev, "a boat, at dusk"), "+ at dusk"},
		{"words taken away", input(dev, "a boat, in fog"), input(dev, "a boat"), "− in fog"},
		{"a parameter", input(dev, "a boat", "guidance", 2.5), input(dev, "a boat", "guidance", 4.0), "guidance 2.5 → 4"},
		{"a default", input(dev, "a boat"), input(dev, "a boat", "guidance", 3.0), ""},
		{"numbers of JSON", input(dev, "a boat", "seed", int64(7)), input(dev, "a boat", "seed", 7.0), ""},
		{"a seed", input(dev, "a boat", "seed", int64(7)), input(dev, "a boat"), "− seed 7"},
		{"the model", input(dev, "a boat"), input(schnell, "a boat"), "flux-dev → flux-schnell"},
		{"a version", input(dev, "a boat"), input(dev+":8dab33aa01", "a boat"), "flux-dev → flux-dev:8dab33aa"},
		{"all", input(dev, "a red boat", "guidance", 2.5), input(schnell, "a blue boat", "aspect_ratio", "16:9"), "red → blue|flux-dev → flux-schnell|shape 1:1 → 16:9|− guidance 2.5"},
		{"the same image elsewhere", images(input(dev, "a", "image", "/a.png"), map[string]string{"/a.png": "12"}), images(input(dev, "a", "image", "/b.png"), map[string]string{"/b.png": "12"}), ""},
		{"another image", images(input(dev, "a", "image", "/a.png"), map[string]string{"/a.png": "12"}), images(input(dev, "a", "image", "/a.png"), map[string]string{"/a.png": "13"}), "another image"},
		{"blanks", input(dev, "a  boat"), input(dev, "a boat"), "a  boat → a boat"},
	} {
		if got := strings.Join(inputdiff.Between(c.from, c.to).Texts(), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestApplyProperties: all changes make the second input of the first, none leave it as it is, and the inputs themselves do not change.
func TestApplyProperties(t *testing.T) {
	t.Parallel()
	count := uitest.Times(2000, 100_000)
	r := rand.New(rand.NewPCG(3, 4))
	for range count {
		from, to := randomInput(r), randomInput(r)
		before := fmt.Sprint(from, to)
		d := inputdiff.Between(from, to)
		all := make([]int, len(d.Changes))
		for i := range all {
			all[i] = i
		}
		if left := inputdiff.Between(d.Apply(all), to).Texts(); len(left) > 0 && !onlyBlanks(d.Apply(all), to) {
			t.Fatalf("%v to %v: still differs by %q", from, to, left)
		}
		if got := d.Apply(nil); got.Model != from.Model || !reflect.DeepEqual(got.Values, from.Values) {
			t.Fatalf("without a change %v became %v", from, got)
		}
		if len(all) > 0 {
			d.Apply([]int{r.IntN(len(all))})
		}
		if fmt.Sprint(from, to) != before {
			t.Fatalf("an input was changed: %v %v, was %s", from, to, before)
		}
	}
}

func onlyBlanks(a, b inputdiff.Input) bool {
	return slices.Equal(strings.Fields(a.Values[params.Prompt].(string)), strings.Fields(b.Values[params.Prompt].(string)))
}

func randomInput(r *rand.Rand) inputdiff.Input {
	words := []string{"a", "red", "boat", "at dusk,", "in fog", "with gulls."}
	var prompt []string
	for range r.IntN(7) {
		prompt = append(prompt, words[r.IntN(len(words))])
	}
	in := input([]string{dev, schnell}[r.IntN(2)], strings.Join(prompt, " "))
	for name, v := range map[string]any{"guidance": 2.5, "aspect_ratio": "16:9", "seed": int64(r.IntN(3)), "num_outputs": int64(2)} {
		if r.IntN(2) == 0 {
			in.Values[name] = v
		}
	}
	return in
}
