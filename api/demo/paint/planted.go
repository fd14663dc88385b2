package paint

import (
	"math"
	"slices"
	"strings"
)

// The strength of some words is known, so that what finds out which words matter can be tested: with and without them the same picture is painted,
// but for their effect. Each other word changes what is painted, as another seed does.

// IgnoredWords are words that prompts often have, and that change nothing here.
func IgnoredWords() []string { return []string{"masterpiece", "8k", "artstation", "hyperdetailed"} }

// PlantedWords are the words with an effect of their own, from the weakest to the strongest.
func PlantedWords() []string {
	words := make([]string, len(effects))
	for i, e := range effects {
		words[i] = e.word
	}
	return words
}

// effects change a picture that is finished, in this order.
var effects = []struct {
	word  string
	apply func(*scene)
}{
	{"grainy", applyGrain},
	{"vignetted", applyDarkEdges},
	{"bluish", applyBlue},
	{"underexposed", applyUnderexposure},
	{"mirrored", applyMirror},
	{"inverted", applyNegative},
}

// splitPlanted returns the words with a known strength that a prompt has, and the text without them, as the same prompt would be written.
func splitPlanted(prompt string) (planted map[string]bool, rest string) {
	planted = map[string]bool{}
	var kept []string
	for _, field := range strings.Fields(prompt) {
		word := strings.ToLower(strings.Trim(field, ",;.!?"))
		if !isPlanted(word) {
			kept = append(kept, field)
			continue
		}
		planted[word] = true
		if mark := strings.TrimLeft(field[len(word):], ",;"); len(kept) > 0 && mark != "" { // the end of the sentence stays
			kept[len(kept)-1] = strings.TrimRight(kept[len(kept)-1], ",;") + mark
		}
	}
	if len(planted) == 0 {
		return planted, prompt
	}
	return planted, strings.TrimRight(strings.Join(kept, " "), ",;")
}

// isPlanted reports whether a word has a known strength, which may be none.
func isPlanted(word string) bool {
	for _, list := range [][]string{IgnoredWords(), PlantedWords()} {
		for _, w := range list {
			if w == word {
				return true
			}
		}
	}
	return false
}

// applyEffects changes the finished picture as planted words ask for.
func (s *scene) applyEffects() {
	for _, e := range effects {
		if s.planted[e.word] {
			e.apply(s)
		}
	}
}

// recolour replaces each colour of the picture.
func recolour(s *scene, colour func(rgb) rgb) {
	s.eachRow(0, s.H, func(_ int, row []rgb) {
		for x, p := range row {
			row[x] = colour(p)
		}
	})
}

// applyGrain adds grains that are large enough to be seen at an eighth of the size.
func applyGrain(s *scene) {
	size := math.Max(s.U/110, 1)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			grain := noise(float64(x)/size, float64(y)/size, s.seed+23) - 0.5
			row[x] = row[x].times(1 + 0.4*grain)
		}
	})
}

// applyDarkEdges darkens the edges of the picture.
func applyDarkEdges(s *scene) {
	s.eachRow(0, s.H, func(y int, row []rgb) {
		v := float64(y)/s.H - 0.5
		for x := range row {
			u := float64(x)/s.W - 0.5
			row[x] = row[x].times(1 - 0.7*(u*u+v*v))
		}
	})
}

// applyBlue makes the light bluish.
func applyBlue(s *scene) {
	recolour(s, func(p rgb) rgb { return rgb{p[0] * 0.72, p[1] * 0.9, min(p[2]*1.12+0.08, 1)} })
}

// applyUnderexposure lets too little light in.
func applyUnderexposure(s *scene) {
	recolour(s, func(p rgb) rgb { return p.times(0.65) })
}

// applyMirror swaps left and right, and up and down.
func applyMirror(s *scene) {
	slices.Reverse(s.pixels)
}

// applyNegative inverts the colours.
func applyNegative(s *scene) {
	recolour(s, func(p rgb) rgb { return rgb{1 - min(p[0], 1), 1 - min(p[1], 1), 1 - min(p[2], 1)} })
}
