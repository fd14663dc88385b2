package paint

import (
	"bytes"
	"image"
	"testing"
)

// TestIgnoredWordsChangeNothing: with and without them, wherever they are, the same picture is painted.
func TestIgnoredWordsChangeNothing(t *testing.T) {
	t.Parallel()
	plain := func(prompt string) []byte { return Paint(prompt, 5, 48, 40).(*image.RGBA).Pix }
	for _, c := range [][2]string{
		{"a boat, in fog", "a boat, masterpiece, in fog"},
		{"a boat, in fog", "masterpiece, a boat, in fog, 8K"},
		{"a boat.", "a boat, artstation."},
		{"a boat", "a hyperdetailed boat"},
	} {
		if !bytes.Equal(plain(c[0]), plain(c[1])) {
			t.Errorf("%q is painted otherwise than %q", c[1], c[0])
		}
	}
}

// TestPlantedWordsChangeTheFinishedPicture: their effect is on the picture that is painted without them, in any size.
func TestPlantedWordsChangeTheFinishedPicture(t *testing.T) {
	t.Parallel()
	for _, word := range PlantedWords() {
		for _, size := range [][2]int{{1, 1}, {40, 3}, {64, 48}} {
			with, without := newScene("a boat, "+word, 5, size[0], size[1]), newScene("a boat", 5, size[0], size[1])
			if with.hash != without.hash || !with.planted[word] || len(without.planted) != 0 {
				t.Errorf("%q paints another picture", word)
			}
			a, b := Paint("a boat, "+word, 5, size[0], size[1]).(*image.RGBA), Paint("a boat", 5, size[0], size[1]).(*image.RGBA)
			if size[0] == 64 && bytes.Equal(a.Pix, b.Pix) {
				t.Errorf("%q has no effect", word)
			}
		}
	}
}

func TestSplitPlanted(t *testing.T) {
	t.Parallel()
	for prompt, want := range map[string]string{
		"a  boat, in fog":               "a  boat, in fog", // untouched
		"a boat, grainy, in fog":        "a boat, in fog",
		"Grainy boat, mirrored":         "boat",
		"a boat, inverted.":             "a boat.",
		"masterpiece, 8k, artstation":   "",
		"a grainy8k boat, overinverted": "a grainy8k boat, overinverted",
	} {
		if _, rest := splitPlanted(prompt); rest != want {
			t.Errorf("%q: %q, want %q", prompt, rest, want)
		}
	}
}
