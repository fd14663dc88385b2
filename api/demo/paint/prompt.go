package paint

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
)

// promptWords are the words of a prompt, also without their endings, and a hash of the text. Planted words are apart, and not in it.
type promptWords struct {
	words   map[string]bool
	planted map[string]bool
	hash    uint64
}

func parsePrompt(prompt string) promptWords {
	planted, prompt := splitPlanted(prompt)
	w := promptWords{words: map[string]bool{}, planted: planted, hash: hash(strings.ToLower(strings.Join(strings.Fields(prompt), " ")))}
	for _, word := range strings.FieldsFunc(strings.ToLower(prompt), func(r rune) bool { return !unicode.IsLetter(r) }) {
		w.words[word] = true
		for _, ending := range []string{"s", "es", "y", "ed", "ing"} {
			if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 {
				w.words[stem] = true
			}
		}
	}
	return w
}

// hash returns a number that depends on the text alone and is the same on every machine.
func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return h.Sum64()
}

// mentions reports whether the prompt contains one of the words, which are separated by spaces.
func (w promptWords) mentions(any string) bool {
	for word := range strings.FieldsSeq(any) {
		if w.words[word] {
			return true
		}
	}
	return false
}

// paletteWords name the palettes that fit the words of a prompt. The first row with a word of the
// prompt counts.
var paletteWords = []struct{ words, palettes string }{
	{"neon cyberpunk vaporwave synthwave", "neon"},
	{"space galaxy nebula planet cosmos astronaut cosmic universe", "space"},
	{"underwater coral reef whale jellyfish fish octopus turtle", "sea"},
	{"aurora", "teal"},
	{"night midnight moon moonlight moonrise star starry stars moonlit lantern dark firefly owl", "night teal night"},
	{"storm thunder lightning tempest", "storm"},
	{"sunrise", "sunrise"},
	{"dawn morning", "dawn sunrise soft"},
	{"sunset dusk evening twilight", "dusk rose"},
	{"golden gold hour", "golden"},
	{"fog mist haze", "fog"},
	{"rain rainy drizzle", "storm teal dusk"},
	{"snow winter ice frozen frost", "snow"},
	{"autumn fall october", "autumn"},
	{"spring blossom cherry sakura", "spring"},
	{"desert dune sand cactus camel savanna", "desert golden"},
	{"summer noon day sunny", "day"},
	{"coffee tea cup mug cake dessert gateau breakfast apple fruit food bowl kitchen candle", "golden autumn rose"},
}

// choosePalette picks a palette at random from those that fit, and tints it with the colour that
// the prompt names.
func (w promptWords) choosePalette(r *rand.Rand) palette {
	names := []string{"day", "soft", "sunrise", "golden", "dusk", "rose", "dawn", "teal", "autumn", "spring"}
	for _, row := range paletteWords {
		if w.mentions(row.words) {
			names = strings.Fields(row.palettes)
			break
		}
	}
	p := palettes[names[r.IntN(len(names))]]
	if w.mentions("watercolor watercolour pastel") && !p.night {
		p = p.paler()
	}
	if name, ok := w.namedColour(); ok {
		return p.tintedWith(colourWords[name], 0.38)
	}
	return p
}

// namedColour is the first colour word of the prompt, in alphabetical order.
func (w promptWords) namedColour() (name string, ok bool) {
	for _, name := range colourNames {
		if w.words[name] {
			return name, true
		}
	}
	return "", false
}

// colourNames are the keys of colourWords in a fixed order.
var colourNames = sortedKeys(colourWords)

// paler mixes white into the palette, like paper showing through watercolour.
func (p palette) paler() palette {
	white := hexColour(0xfffaf2)
	for _, c := range []*rgb{&p.top, &p.mid, &p.low, &p.far, &p.near, &p.leaf} {
		*c = mix(*c, white, 0.22)
	}
	return p
}
