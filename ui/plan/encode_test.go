package plan

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"tintype/ui/internal/uitest"
)

// TestEncodeKeepsEverything: a spec that is written and read again is the same, with the same key.
func TestEncodeKeepsEverything(t *testing.T) {
	n := uitest.Times(3000, 100_000)
	rng := rand.New(rand.NewPCG(5, 6))
	pick := func(from ...string) string { return from[rng.IntN(len(from))] }
	for range n {
		s := Spec{
			Prompt: pick("a fox", "a \"{red|blue}\" fox\n# no\n\\ \t", "'''", "é ✓", ""), AsWritten: rng.IntN(2) == 0,
			Model: "black-forest-labs/flux-dev", LabSeed: rng.Uint64N(1 << 40), How: How(pick("", "all", "each-pair", "each-value", "12")),
		}
		if rng.IntN(2) == 0 {
			s.Base = map[string]any{"guidance": float64(rng.IntN(20)) / 2, "go_fast": rng.IntN(2) == 0, "aspect_ratio": pick("1:1", "16:9"), "seed": rng.Int64N(1 << 50)}
		}
		for _, typed := range []string{"guidance=2..4/3", "seed=3", "model+guidance=flux-dev/2.5,flux-schnell/-", "prompt=a, \"b\"||c'd", "aspect_ratio=1:1,SKIP: 16:9"} {
			if rng.IntN(3) == 0 {
				s.Axes = append(s.Axes, spec(t, "", typed).Axes...)
			}
		}
		if rng.IntN(3) == 0 {
			s.Axes = append(s.Axes, Axis{Of: []string{OfImage}, Label: "picture", Values: []Value{{Text: "a", Set: map[string]any{OfImage: "/x/a b.png"}}}})
		}
		if rng.IntN(3) == 0 { // a seed that is known, and one to draw
			s.Axes = append(s.Axes, Axis{Of: []string{OfSeed}, Values: []Value{{Text: "7", Set: map[string]any{OfSeed: int64(7)}}, {Text: "drawn 2"}}})
		}
		if rng.IntN(3) == 0 {
			s.Skips = []Skip{{{"guidance", pick("<", "<=", ">", ">=", "=", "!="), "2"}, {"guidance", "<", "8"}, {"model", "=", "flux-dev"}}}
		}
		if rng.IntN(3) == 0 {
			s.Parent = pick("01m8aaaaaaaaaaaaaaaaaaaaaa", "a \"key\" of another program")
		}
		if rng.IntN(3) == 0 {
			s.LeftOut = [][]string{{pick("2", "a, \"b\""), "x"}}
		}
		data, err := Encode(s)
		if err != nil {
			t.Fatalf("%+v: %v", s, err)
		}
		again, err := Decode(data, "a.toml")
		if err != nil || !reflect.DeepEqual(again, s) || key(again) != key(s) {
			t.Fatalf("%v\n%s\ngot  %+v\nwant %+v", err, data, again, s)
		}
	}
}
