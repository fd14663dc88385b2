package impact_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"tintype/ui/impact"
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
	parts, err := impact.Parts("a red boat, at dusk.", impact.Word)
	var got []string
	for _, p := range parts {
		got = append(got, p.Without)
	}
	want := "red boat, at dusk.|a boat, at dusk.|a red, at dusk.|a red boat, dusk.|a red boat, at."
	if err != nil || strings.Join(got, "|") != want {
		t.Errorf("%v %q", err, got)
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
		{"", impact.Phrase, "empty"},
		{" , ", impact.Word, "empty"},
		{"boat", impact.Phrase, "one word"},
		{"boat", impact.Word, "one word"},
		{"a red boat", impact.Phrase, "word by word"},
		{"{}", impact.Phrase, "empty"},
		{`{"a": "b"}`, impact.Word, "one word"},
	} {
		if _, err := impact.Parts(c.prompt, c.by); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q by %s: %v", c.prompt, c.by, err)
		}
	}
}

// TestPartsProperties: parts are in order, do not overlap, are what they say, and the prompt without one has all the other words, no comma more,
// and is JSON if the prompt is.
func TestPartsProperties(t *testing.T) {
	t.Parallel()
	count := 3000
	if os.Getenv("TINTYPE_LONG") != "" {
		count = 100_000
	}
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
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x3000 && r != '、' {
			n++
		}
	}
	return n
}

func randomPrompt(r *rand.Rand) string {
	pieces := []string{"a", "red", "boat", "at", "and", "dusk", ",", ".", "(", ")", "\n", "in", "fog", ";", "紙", "の", "、", "35mm", "—", "\"", "don't"}
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
