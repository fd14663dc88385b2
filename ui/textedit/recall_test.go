package textedit

import "testing"

// walk presses ↑ and ↓ from a draft and returns the text in the prompt at the end.
func walk(r *Recall, draft, keys string) string {
	now := draft
	for _, key := range keys {
		step := r.Later
		if key == '^' {
			step = func() (string, bool) { return r.Earlier(now, false) }
		}
		if next, ok := step(); ok {
			now = next
		}
	}
	return now
}

func TestRecall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ draft, keys, want string }{
		{"mine", "", "mine"},
		{"mine", "^", "c"},
		{"mine", "^^^", "a"},
		{"mine", "^^^^^^", "a"},
		{"mine", "^^v", "c"},
		{"mine", "^^vv", "mine"},
		{"mine", "^^vvvv", "mine"},
		{"mine", "v", "mine"},
		{"mine", "^v^^", "b"},
		{"c", "^", "b"}, // the text in the prompt is skipped
		{"c", "^v", "c"},
		{"c", "^^v", "b"},
		{"", "^v", ""},
	} {
		r := Recall{}
		r.SetPrompts([]string{"c", "b", "a"})
		if got := walk(&r, c.draft, c.keys); got != c.want {
			t.Errorf("%q %s: %q, want %q", c.draft, c.keys, got, c.want)
		}
	}
}

func TestPromptsArriveDuringARecall(t *testing.T) {
	t.Parallel()
	r := Recall{}
	r.SetPrompts([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.SetPrompts([]string{"c", "b", "a"})
	if got, _ := r.Later(); got != "b" {
		t.Errorf("later than a is %q", got)
	}
	if got := walk(&r, "b", "vv"); got != "mine" {
		t.Errorf("the recall ends with %q", got)
	}
}

func TestRecallNeedsMorePrompts(t *testing.T) {
	t.Parallel()
	var r Recall
	r.SetPrompts(make([]string, 50))
	for i := range r.prompts {
		r.prompts[i] = string(rune('a' + i))
	}
	asked := 0
	for range 45 {
		r.Earlier("", false)
		if r.StartsToRunOut() {
			asked = r.at
		}
	}
	if asked != 30 {
		t.Errorf("more prompts were asked for at %d", asked)
	}
}

func TestLeaveEndsARecall(t *testing.T) {
	t.Parallel()
	r := Recall{}
	r.SetPrompts([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.Leave()
	if _, ok := r.Later(); ok {
		t.Error("the recall goes on after Leave")
	}
	if got := walk(&r, "a changed", "^v"); got != "a changed" {
		t.Errorf("the restored draft is %q", got)
	}
}

func TestAddPromptMovesItToTheFront(t *testing.T) {
	t.Parallel()
	r := Recall{}
	r.SetPrompts([]string{"b", "a"})
	r.AddPrompt("a")
	if got := walk(&r, "", "^^^"); got != "b" {
		t.Errorf("the oldest prompt is %q, want b", got)
	}
}

func TestRecallWithoutPrompts(t *testing.T) {
	t.Parallel()
	r := Recall{}
	if _, ok := r.Earlier("mine", false); ok {
		t.Error("recalled a prompt, but there is none")
	}
}
