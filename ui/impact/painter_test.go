package impact_test

import (
	"strings"
	"testing"

	"tintype/api/demo/paint"
	"tintype/ui/distance"
	"tintype/ui/impact"
)

// subjects are prompts of several scenes.
var subjects = []string{"a red fox in a misty forest", "neon city in the rain", "a cup of coffee", "a paper boat on calm water at sunrise", "desert dunes", "portrait of a woman"}

// painted measures the impact of the words of a prompt on what the demo paints, with three seeds.
func painted(t *testing.T, prompt string) ([]impact.Part, impact.Result) {
	t.Helper()
	parts, err := impact.Parts(prompt, impact.Phrase)
	if err != nil {
		t.Fatal(err)
	}
	row := func(prompt string) (row []*distance.Picture) {
		for seed := range int64(3) {
			p, err := distance.New(t.Context(), paint.Paint(prompt, 40+seed, 128, 128))
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, p)
		}
		return row
	}
	pictures := impact.Pictures{Entire: row(prompt)}
	for _, p := range parts {
		pictures.Without = append(pictures.Without, row(p.Without))
	}
	result, err := impact.Measure(pictures)
	if err != nil {
		t.Fatal(err)
	}
	return parts, result
}

// TestPaintersWords: each planted word alone, over all subjects: their order is found with τ of at least 0.8, and ignored words have no effect.
func TestPaintersWords(t *testing.T) {
	t.Parallel()
	words := paint.PlantedWords()
	for _, subject := range subjects {
		measured := make([]float64, len(words))
		for i, word := range words {
			_, result := painted(t, subject+", "+word+", masterpiece")
			last := len(result.Parts) - 1
			measured[i] = result.Parts[last-1].Impact
			if none := result.Parts[last]; none.Impact != 0 || none.Seen {
				t.Errorf("%s: an ignored word has an impact: %+v", subject, none)
			}
			if !result.Parts[last-1].Seen {
				t.Errorf("%s: %s has no impact: %+v", subject, word, result.Parts[last-1])
			}
		}
		tau := kendall(measured)
		t.Logf("%-40s τ %.2f  %.2f", subject, tau, measured)
		if tau < 0.8 {
			t.Errorf("%s: τ is %.2f: %v of %s", subject, tau, measured, strings.Join(words, ", "))
		}
	}
}

// TestPaintersWordsTogether: all planted words and an ignored one in one prompt, as a person would have them.
func TestPaintersWordsTogether(t *testing.T) {
	t.Parallel()
	words := paint.PlantedWords()
	for _, subject := range subjects[:4] {
		_, result := painted(t, subject+", 8k, "+strings.Join(words, ", "))
		var measured []float64
		for _, p := range result.Parts[len(result.Parts)-len(words):] {
			measured = append(measured, p.Impact)
		}
		if ignored := result.Parts[len(result.Parts)-len(words)-1]; ignored.Seen || ignored.Impact != 0 {
			t.Errorf("%s: an ignored word has an impact: %+v", subject, ignored)
		}
		tau := kendall(measured)
		t.Logf("%-40s τ %.2f  %.2f", subject, tau, measured)
		if tau < 0.8 {
			t.Errorf("%s: τ is %.2f: %v of %s", subject, tau, measured, strings.Join(words, ", "))
		}
	}
}

// TestPaintersWordsWithoutSeed: among pictures that differ by chance, three of each prompt, a strong word is nearly always seen, and an ignored one
// nearly never.
func TestPaintersWordsWithoutSeed(t *testing.T) {
	t.Parallel()
	seed := int64(1000)
	row := func(prompt string) (row []*distance.Picture) {
		for range 3 {
			seed++
			p, err := distance.New(t.Context(), paint.Paint(prompt, seed, 128, 128))
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, p)
		}
		return row
	}
	const times = 4
	ignored, strong := 0, 0
	for range times {
		for _, subject := range subjects {
			prompts := []string{subject + ", inverted", subject + ", inverted, 8k"} // without 8k, and without inverted
			r, err := impact.Measure(impact.Pictures{Seedless: true, Entire: row(prompts[1]), Without: [][]*distance.Picture{row(prompts[0]), row(subject + ", 8k")}})
			if err != nil {
				t.Fatal(err)
			}
			if r.Parts[0].Seen {
				ignored++
			}
			if r.Parts[1].Seen {
				strong++
			}
		}
	}
	n := times * len(subjects)
	t.Logf("seen: %d of %d ignored words, %d strong ones", ignored, n, strong)
	if ignored*10 > n || strong*10 < n*9 {
		t.Errorf("seen: %d of %d ignored words, %d strong ones", ignored, n, strong)
	}
}

// kendall returns Kendall's τ of numbers that should ascend.
func kendall(values []float64) float64 {
	agree, pairs := 0, 0
	for i := range values {
		for j := range i {
			pairs++
			if values[j] < values[i] {
				agree++
			} else {
				agree--
			}
		}
	}
	return float64(agree) / float64(pairs)
}
