package template

import (
	"fmt"
	"strings"
	"testing"
)

// tenOptions is a group of ten options.
func tenOptions(k int) string {
	var options []string
	for i := range 10 {
		options = append(options, fmt.Sprintf("word %d of %d", i, k))
	}
	return "{" + strings.Join(options, "|") + "}"
}

var benchmarks = map[string]string{
	"3600":  "a {red|blue|green|black|white|grey} fox {in|on|at|by|near} {snow|rain|fog|sun|dusk|dawn} {oil|ink|chalk|pencil}, {1|2|3|4|5}",
	"10^12": strings.Join([]string{tenOptions(1), tenOptions(2), tenOptions(3), tenOptions(4), tenOptions(5), tenOptions(6), tenOptions(7), tenOptions(8), tenOptions(9), tenOptions(10), tenOptions(11), tenOptions(12)}, ", "),
}

func BenchmarkCount(b *testing.B) {
	for name, text := range benchmarks {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				t, err := Parse(text, nil)
				if err != nil {
					b.Fatal(err)
				}
				t.Count()
			}
		})
	}
}

func BenchmarkExpand(b *testing.B) {
	t, err := Parse(benchmarks["3600"], nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if prompts, err := t.Expand(1, 0); err != nil || len(prompts) != 3600 {
			b.Fatal(len(prompts), err)
		}
	}
}
