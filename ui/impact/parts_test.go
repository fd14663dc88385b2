package impact_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"tintype/ui/impact"
	"tintype/ui/internal/uitest"
)

func TestPhrases(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prompt string
		want   []string // each phrase, and the prompt without it
	}{
		{"A boat, at sunrise, in fog", []string{"A boat|at sunrise, in fog", "at sunrise|A boat, in fog", "in fog|A boat, at sunrise"}},
		{"A paper boat floating on calm water at sunrise.", []string{"A paper boat floating|on calm water at sunrise.", "on calm water|A paper boat floating at sunrise.", "at sunrise|A paper boat floating on calm water."}},
		{"a cat and a dog", []string{"a cat|a dog", "and a dog|a cat"}},
		{"A boat. At dusk; with gulls!", []string{"A boat|At dusk; with gulls!", "At dusk|A boat. with gulls!", "with gulls|A boat. At dusk!"}},
		{"a boat (red, old), in fog", []string{"a boat (red, old)|in fog", "in fog|a boat (red, old)"}},
		{"a boat,in fog", []string{"a boat|in fog", "in fog|a boat"}},
		{"a boat\nin fog\nat dusk", []string{"a boat|in fog\nat dusk", "in fog|a boat\nat dusk", "at dusk|a boat\nin fog"}},
		{"a boat,, in fog, ", []string{"a boat|in fog, ", "in fog|a boat"}},
		{"紙の舟、夕暮れ", []string{"紙の舟|夕暮れ", "夕暮れ|紙の舟"}},
		{"a “red, old” boat, dusk", []string{"a “red, old” boat|dusk", "dusk|a “red, old” boat"}},
		{`text "Grand opening, today", red`, []string{`text "Grand opening, today"|red`, `red|text "Grand opening, today"`}},
		{"a 'small, old' boat, don't", []string{"a 'small, old' boat|don't", "don't|a 'small, old' boat"}},
		{`5" pipe, 6" pipe`, []string{`5" pipe|6" pipe`, `6" pipe|5" pipe`}},
		{"((((, boat, dusk", []string{"boat|((((, dusk", "dusk|((((, boat"}},
		{"a (red:1.3) boat, [fog, rain]", []string{"a (red:1.3) boat|[fog, rain]", "[fog, rain]|a (red:1.3) boat"}},
		{"🦊, 👩‍🚀 on ❤️", []string{"🦊|👩‍🚀 on ❤️", "👩‍🚀|🦊, on ❤️", "on ❤️|🦊, 👩‍🚀"}},
		{"boat • fog：dusk，rain", []string{"boat|fog：dusk，rain", "fog|boat • dusk，rain", "dusk|boat • fog：rain", "rain|boat • fog：dusk"}},
		{"shot at f/2.8, 35mm", []string{"shot|at f/2.8, 35mm", "at f/2.8|shot, 35mm", "35mm|shot at f/2.8"}},
	} {
		parts, err := impact.Parts(c.prompt, impact.Phrase)
		if err != nil {
			t.Errorf("%q: %v", c.prompt, err)
		}
		var got []string
		for _, p := range parts {
			got = append(got, p.Text+"|"+p.Without)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.prompt, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for prompt, want := range map[string]string{
		"a red boat, at dusk.":    "red boat, at dusk.|a boat, at dusk.|a red, at dusk.|a red boat, dusk.|a red boat, at.",
		"a (red:1.3) boat":        "(red:1.3) boat|a boat|a (red:1.3)",
		"((red)), boat":           "boat|((red))",
		"<lora:film:0.8> boat":    "boat|<lora:film:0.8>",
		"a (red, old) boat":       "(red, old) boat|a (old) boat|a (red) boat|a (red, old)",
		`a "big red" boat`:        `"big red" boat|a "red" boat|a "big" boat|a "big red"`,
		`a red "boat"`:            `red "boat"|a "boat"|a red`,
		"boat::2 fog::1":          "fog::1|boat::2",
		"boat 👩‍🚀🌲":               "👩‍🚀🌲|boat 🌲|boat 👩‍🚀",
		"{red|blue} boat at dusk": "boat at dusk|{red|blue} at dusk|{red|blue} boat dusk|{red|blue} boat at",
	} {
		parts, err := impact.Parts(prompt, impact.Word)
		var got []string
		for _, p := range parts {
			got = append(got, p.Without)
		}
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%q: %v %q, want %q", prompt, err, strings.Join(got, "|"), want)
		}
	}
}

func TestJSONPrompt(t *testing.T) {
	t.Parallel()
	const prompt = `{"scene": "a boat, at dusk", "colors": ["red", "blue"], "camera": {"lens": "35mm"}, "n": 2}`
	parts, err := impact.Parts(prompt, impact.Phrase)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`"scene": "a boat, at dusk" > {"colors": ["red", "blue"], "camera": {"lens": "35mm"}, "n": 2}`,
		`"red" > {"scene": "a boat, at dusk", "colors": ["blue"], "camera": {"lens": "35mm"}, "n": 2}`,
		`"blue" > {"scene": "a boat, at dusk", "colors": ["red"], "camera": {"lens": "35mm"}, "n": 2}`,
		`"lens": "35mm" > {"scene": "a boat, at dusk", "colors": ["red", "blue"], "camera": {}, "n": 2}`,
		`"n": 2 > {"scene": "a boat, at dusk", "colors": ["red", "blue"], "camera": {"lens": "35mm"}}`,
	}
	for i, p := range parts {
		if got := p.Text + " > " + p.Without; i >= len(want) || got != want[i] {
			t.Errorf("part %d: %s", i, got)
		}
	}
	words, err := impact.Parts(prompt, impact.Word)
	if err != nil || len(words) != 7 || words[1].Text != "boat" || words[1].Without != strings.Replace(prompt, "a boat,", "a,", 1) {
		t.Errorf("%v %+v", err, words)
	}
}

func TestNothingToLeaveOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prompt string
		by     impact.By
		want   string
	}{
		{"", impact.Phrase, "no words"},
		{" , ", impact.Word, "no words"},
		{",,,", impact.Phrase, "no words"},
		{"in, at, on", impact.Phrase, "word by word"},
		{`{"a": "red boat"}`, impact.Phrase, "word by word"},
		{"boat", impact.Phrase, "one word"},
		{"boat", impact.Word, "one word"},
		{"a red boat", impact.Phrase, "word by word"},
		{"{}", impact.Phrase, "no words"},
		{`{"a": "b"}`, impact.Word, "one word"},
	} {
		if _, err := impact.Parts(c.prompt, c.by); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q by %s: %v", c.prompt, c.by, err)
		}
	}
}

// TestManyParts: a prompt of more parts than can be measured is refused, before a prompt is made without each.
func TestManyParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prompt string
		by     impact.By
		want   string
	}{
		{strings.Repeat("boat, ", 1_000), impact.Phrase, ""},
		{strings.Repeat("boat, ", 20_000), impact.Phrase, "more than 1,000 phrases"},
		{strings.Repeat("red boat ", 20_000), impact.Word, "more than 1,000 words"},
		{strings.Repeat("(", 20_000) + "boat" + strings.Repeat("] fog", 20_000), impact.Word, "more than 1,000 words"},
		{`{"a": [` + strings.Repeat(`"boat", `, 20_000) + `"fog"]}`, impact.Phrase, "more than 1,000 phrases"},
		{`{"a": [` + strings.Repeat(`"boat", `, 20_000) + `"fog"]}`, impact.Word, "more than 1,000 words"},
	} {
		_, err := impact.Parts(c.prompt, c.by)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%.20s… by %s: %v, want %q", c.prompt, c.by, err, c.want)
		}
	}
}

// TestPartsProperties: parts are in order, do not overlap, are what they say, and the prompt without one has all the other words, no comma more,
// and is JSON if the prompt is.
func TestPartsProperties(t *testing.T) {
	t.Parallel()
	count := uitest.Times(3000, 100_000)
	r := rand.New(rand.NewPCG(2, 3))
	for range count {
		prompt := randomPrompt(r)
		for _, by := range []impact.By{impact.Phrase, impact.Word} {
			parts, _ := impact.Parts(prompt, by)
			last := 0
			for _, p := range parts {
				if p.From < last || p.To <= p.From || prompt[p.From:p.To] != p.Text || len(p.Without) >= len(prompt) {
					t.Fatalf("%q by %s: %+v", prompt, by, p)
				}
				last = p.To
				if strings.HasPrefix(prompt, "{") && json.Valid([]byte(prompt)) && !json.Valid([]byte(p.Without)) {
					t.Fatalf("%q by %s without %q: %q", prompt, by, p.Text, p.Without)
				}
				if want := letters(prompt) - letters(p.Text); letters(p.Without) != want && letters(p.Without) != want-len("and") {
					t.Fatalf("%q by %s without %q: %q", prompt, by, p.Text, p.Without)
				}
				if strings.Count(p.Without, ",,") > strings.Count(prompt, ",,") || utf8.ValidString(prompt) && !utf8.ValidString(p.Without) {
					t.Fatalf("%q by %s without %q: %q", prompt, by, p.Text, p.Without)
				}
			}
		}
	}
}

// letters counts the letters and digits of a text.
func letters(s string) (n int) {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x3000 && !strings.ContainsRune("、：🦊", r) {
			n++
		}
	}
	return n
}

func randomPrompt(r *rand.Rand) string {
	pieces := []string{"a", "red", "boat", "at", "and", "dusk", ",", ".", "(", ")", "\n", "in", "fog", ";", "紙", "の", "、", "35mm", "—", "\"", "don't", "'", "<", ">", "[", "🦊", "：", "•"}
	var out strings.Builder
	for range r.IntN(14) {
		out.WriteString(pieces[r.IntN(len(pieces))] + []string{" ", " ", ""}[r.IntN(3)])
	}
	if r.IntN(4) > 0 {
		return out.String()
	}
	values := map[string]any{}
	for i := range r.IntN(4) {
		var v any = out.String()
		switch r.IntN(4) {
		case 0:
			v = []any{"a", 2, map[string]any{"b": out.String()}}
		case 1:
			v = map[string]any{"c": []any{}, "d": out.String()}
		}
		values[fmt.Sprint("k", i)] = v
	}
	b, _ := json.Marshal(values)
	if r.IntN(2) == 0 {
		b, _ = json.MarshalIndent(values, "", "  ")
	}
	return string(b)
}
