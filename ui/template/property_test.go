package template

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tintype/ui/internal/uitest"
)

// inputs is how many inputs a property is tried with.
var inputs = uitest.Times(4000, 100_000)

// pieces are what random templates are made of.
var pieces = []string{
	"{", "{", "{", "}", "}", "}", "}", "|", "|", "|", ",", "a", "b", "ab", "ba", " ", "\n", "\\", "{@", "{!", "{0-2$$", "{2$$", "{-2$$+$$", "{!1-2$$$$",
	"3::", "${x=", "${x=!", "${x?=", "${x}", "${y:", "__l__", "__@l__", "__m__", "__m(x=", ")__", "%{", "...", "$$", "# ", "//", "_", "__", "$", "%", "\"", ":", `{"k":`, "[", "]", "1",
}

// randomTemplate makes a template, most of which have no mistake.
func randomTemplate(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	s := b.String()
	if open := strings.Count(s, "{") - strings.Count(s, "}"); open > 0 {
		s += strings.Repeat("}", open)
	}
	return s
}

// smallLists are lists for random templates.
type smallLists struct{}

func (smallLists) Names() []string { return []string{"l", "m"} }

func (smallLists) Values(path string) ([]Value, error) {
	switch path {
	case "l":
		return []Value{{Text: "a", Weight: 1}, {Text: "ab", Weight: 2}, {Text: "b", Weight: 1}}, nil
	case "m":
		return []Value{{Text: "{a|b}${x:c}", Weight: 1}, {Text: "__l__", Weight: 1}}, nil
	}
	return nil, fmt.Errorf("no list called %s; there are l, m.", path)
}

// checkCount compares the count with the prompts that are written, and the axes with both.
func checkCount(t *testing.T, text string) (checked bool) {
	t.Helper()
	parsed, err := Parse(text, smallLists{})
	Marks(text)
	if err != nil {
		return false
	}
	if clamp(parsed.combinations()) > 2000 {
		parsed.Count()
		return false
	}
	prompts, err := parsed.Expand(1, 0)
	if err != nil || len(prompts) == 0 {
		t.Fatalf("%q: %v, %d prompts", text, err, len(prompts))
	}
	if n := parsed.Count(); n.String() != fmt.Sprint(len(prompts)) {
		t.Fatalf("%q counts %s, but has %d prompts: %q", text, n, len(prompts), prompts)
	}
	if axes, ok := parsed.Axes(); ok {
		checkAxes(t, parsed, axes, prompts)
	}
	return true
}

// checkAxes compares the prompts of the product of the axes with those that are written.
func checkAxes(t *testing.T, parsed Template, axes []Axis, prompts []string) {
	t.Helper()
	at, text := make([]int, len(axes)), parsed.Texts()
	seen := map[string]bool{}
	for {
		seen[text(at)] = true
		i := len(at) - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < len(axes[i].Values) {
				break
			}
			at[i] = 0
		}
		if i < 0 {
			break
		}
	}
	if len(seen) != len(prompts) {
		t.Fatalf("%q: its axes make %d prompts, not %d", parsed.text, len(seen), len(prompts))
	}
	for _, p := range prompts {
		if !seen[p] {
			t.Fatalf("%q: its axes do not make %q", parsed.text, p)
		}
	}
}

func TestCountIsTheNumberOfPrompts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	checked := 0
	for range inputs {
		if checkCount(t, randomTemplate(r)) {
			checked++
		}
	}
	if checked < inputs/4 {
		t.Errorf("only %d of %d templates had no mistake", checked, inputs)
	}
}

// checkEscape expands an escaped text.
func checkEscape(t *testing.T, text string) {
	t.Helper()
	escaped := Escape(text)
	parsed, err := Parse(escaped, nil)
	if err != nil {
		t.Fatalf("%q is escaped as %q: %v", text, escaped, err)
	}
	prompts, err := parsed.Expand(1, 0)
	if err != nil || len(prompts) != 1 || prompts[0] != text {
		t.Fatalf("%q is escaped as %q, which expands to %q (%v)", text, escaped, prompts, err)
	}
	if Escape(escaped) == escaped && escaped != text {
		t.Fatalf("%q is escaped as %q, which needs no escape itself", text, escaped)
	}
}

func TestEscapedTextMeansItself(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range inputs {
		checkEscape(t, randomTemplate(r))
	}
}

func FuzzCount(f *testing.F) {
	f.Add("{a|ab}{bc|c} ${x=!{a|b}}${x} {@a|b} __m__")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1000 {
			checkCount(t, text)
		}
	})
}

func FuzzEscape(f *testing.F) {
	f.Add("{a|b} \\{ __x__ # \n// %{...$$}")
	f.Fuzz(func(t *testing.T, text string) { checkEscape(t, text) })
}
