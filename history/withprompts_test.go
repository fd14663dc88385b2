package history

import (
	"fmt"
	"slices"
	"testing"
)

func TestWithPrompts(t *testing.T) {
	h := openHistory(t, t.TempDir())
	keys := map[string][]string{}
	for i, prompt := range []string{"a red fox", "A red fox", "a blue fox", "a red fox", "", "\xff\xffodd"} {
		e := mustAppend(t, h, NewKey(noon), withPrompt(prompt))
		if prompt = validText(prompt); i != 4 {
			keys[prompt] = append([]string{e.Key}, keys[prompt]...)
		}
	}
	found, err := h.WithPrompts([]string{"a red fox", "A red fox", "\xff\xffodd", "not there"})
	if err != nil || len(found) != 3 {
		t.Fatalf("%d prompts were found: %v", len(found), err)
	}
	for prompt, entries := range found {
		if got := keysOf(entries); !slices.Equal(got, keys[prompt]) {
			t.Errorf("%q has %v, want %v", prompt, got, keys[prompt])
		}
	}
	if _, err := h.Append(NewKey(noon), func(e Entry) Entry { // within the change, with what was just appended
		again, err := h.WithPrompts([]string{"a blue fox"})
		if err != nil || len(again["a blue fox"]) != 1 {
			t.Errorf("under the lock: %v, %v", again, err)
		}
		return withPrompt("a blue fox")(e)
	}); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, h, NewKey(noon), withPrompt(" a grey fox\n"))
	for _, prompt := range []string{"a grey fox", "  a grey fox"} { // blanks around a prompt make no other picture
		if found, _ := h.WithPrompts([]string{prompt}); len(found["a grey fox"]) != 1 {
			t.Errorf("%q: %v", prompt, found)
		}
	}
	if again, _ := h.WithPrompts([]string{"a blue fox"}); len(again["a blue fox"]) != 2 {
		t.Errorf("a new entry was not found: %v", again)
	}
}

func TestWithPromptsOfAnEmptyHistory(t *testing.T) {
	h := openHistory(t, t.TempDir())
	if found, err := h.WithPrompts([]string{"a fox"}); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

// BenchmarkWithPrompts looks for 5,000 prompts in 100,000 entries: those of a plan of which the newest 2,500 entries are a part.
func BenchmarkWithPrompts(b *testing.B) {
	h := openIndexed(b, benchDir(b, 100_000))
	var prompts []string
	newest, err := h.Entries(h.Keys().Slice(0, 2500))
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range newest {
		prompts = append(prompts, e.Prompt())
	}
	for i := range 2500 {
		prompts = append(prompts, fmt.Sprint("a prompt that nobody used ", i))
	}
	for _, bench := range []struct {
		name string
		do   func() int
	}{
		{"matches", func() int { m, _ := h.MatchPrompts(prompts); return len(m) }},
		{"entries", func() int { m, _ := h.WithPrompts(prompts); return len(m) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				b.ReportMetric(float64(bench.do()), "found")
			}
		})
	}
}
