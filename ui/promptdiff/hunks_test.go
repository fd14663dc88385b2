package promptdiff_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
	"tintype/ui/promptdiff"
)

func TestHunks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b, want string
	}{
		{"a red boat", "a red boat", ""},
		{"a red boat", "a blue boat", "red>blue"},
		{"a boat at dusk", "a boat at dusk, in fog, with gulls", ">, in fog|>, with gulls"},
		{"a boat, in fog, with gulls", "a boat", ", in fog>|, with gulls>"},
		{"a boat", "at dawn, in rain, a boat", ">at dawn,|> in rain,"},
		{"a boat at dusk.", "a boat at dawn", "dusk>dawn|.>"},
		{"a boat at dusk", "a boat at dawn, with gulls, in fog", "dusk>dawn|>, with gulls|>, in fog"},
		{"a boat at dusk, with gulls; in fog", "a boat at dawn", "dusk>dawn|, with gulls>|; in fog>"},
		{"a  boat", "a boat", "a  boat>a boat"},
		{"", "a boat", ">a boat"},
		{"紙の舟が浮かぶ", "紙の船が浮かぶ", "舟>船"},
		{"one two three", "four", "one two three>four"},
		{"a red boat at dusk", "a blue boat at dawn", "red>blue|dusk>dawn"},
	} {
		var got []string
		for _, h := range promptdiff.Hunks(c.a, c.b) {
			got = append(got, c.a[h.From:h.To]+">"+c.b[h.OtherFrom:h.OtherTo])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q to %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a boat,fog 1,000":    "a|boat|,|fog|1,000",
		"f/2.8 don't (old)":   "f/2.8|don't|(|old|)",
		"boat：fog，dusk、rain。": "boat|：|fog|，|dusk|、|rain|。",
		"紙の舟":                 "紙|の|舟",
		"🦊👩‍🚀 ❤️, e\u0301":    "🦊|👩‍🚀|❤️|,|e\u0301",
	} {
		var got []string
		for _, s := range promptdiff.Tokens(text) {
			got = append(got, text[s.From:s.To])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		on   []int
		want string
	}{
		{"a boat", "at dawn, in rain, a boat", []int{1}, "in rain, a boat"},
		{"a boat", "at dawn, in rain, a boat", []int{0}, "at dawn, a boat"},
		{"a boat at dusk", "a boat at dusk, in fog, with gulls", []int{1}, "a boat at dusk, with gulls"},
		{"red boat", "boat", []int{0}, "boat"},
		{"a red boat at dusk", "a blue boat at dawn", []int{1}, "a red boat at dawn"},
		{"a red boat at dusk", "a blue boat at dawn", nil, "a red boat at dusk"},
		{"紙の舟", "紙の船", []int{0}, "紙の船"},
	} {
		hunks := promptdiff.Hunks(c.a, c.b)
		got := promptdiff.Apply(c.a, c.b, hunks, func(i int) bool {
			for _, on := range c.on {
				if i == on {
					return true
				}
			}
			return false
		})
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%q to %q with %v: %q, want %q", c.a, c.b, c.on, got, c.want)
		}
	}
}

// TestApplyProperties: all hunks make the second text of the first, none change it, and each alone changes something. Blanks do not count.
func TestApplyProperties(t *testing.T) {
	t.Parallel()
	count := uitest.Times(3000, 100_000)
	r := rand.New(rand.NewPCG(7, 7))
	for range count {
		a, b := randomPrompt(r), randomPrompt(r)
		hunks := promptdiff.Hunks(a, b)
		apply := func(on func(int) bool) string { return withoutBlanks(promptdiff.Apply(a, b, hunks, on)) }
		if got := apply(func(int) bool { return true }); got != withoutBlanks(b) {
			t.Fatalf("%q to %q: %q", a, b, got)
		}
		if got := promptdiff.Apply(a, b, hunks, func(int) bool { return false }); got != a {
			t.Fatalf("%q without a hunk: %q", a, got)
		}
		at, other := 0, 0
		for i, h := range hunks {
			if h.From < at || h.OtherFrom < other || h.To < h.From || h.OtherTo < h.OtherFrom || h.To-h.From+h.OtherTo-h.OtherFrom == 0 {
				t.Fatalf("%q to %q: hunk %d is %v", a, b, i, h)
			}
			at, other = h.To, h.OtherTo
			if got := apply(func(k int) bool { return k == i }); got == withoutBlanks(a) && withoutBlanks(a) != withoutBlanks(b) && a[h.From:h.To] != b[h.OtherFrom:h.OtherTo] && len(hunks) == 1 {
				t.Fatalf("%q to %q: hunk %d changes nothing", a, b, i)
			}
		}
	}
}

func withoutBlanks(s string) string { return strings.Join(strings.Fields(s), "") }

// randomPrompt is a few words and marks, with odd blanks.
func randomPrompt(r *rand.Rand) string {
	pieces := []string{"a", "red", "boat", "at", "dusk", ",", ".", " ", "  ", "\n", "(fog)", "in fog,", "舟", "が", "e\u0301", "\xff", "--ar", "16:9", "don't", "—"}
	var out strings.Builder
	for range r.IntN(14) {
		fmt.Fprint(&out, pieces[r.IntN(len(pieces))], []string{" ", "", " "}[r.IntN(3)])
	}
	return out.String()
}
