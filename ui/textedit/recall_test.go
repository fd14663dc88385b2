package textedit

import "testing"

// walk follows ↑ and ↓ from a draft and gives what stands in the prompt at the end.
func walk(r *Recall, draft, keys string) string {
	now := draft
	for _, key := range keys {
		step := r.Later
		if key == '^' {
			step = func() (string, bool) { return r.Earlier(now) }
		}
		if next, ok := step(); ok {
			now = next
		}
	}
	return now
}

func TestRecall(t *testing.T) {
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
		{"c", "^", "b"}, // what stands there already is no step
		{"c", "^v", "c"},
		{"c", "^^v", "b"},
		{"", "^v", ""},
	} {
		r := Recall{}
		r.Set([]string{"c", "b", "a"})
		if got := walk(&r, c.draft, c.keys); got != c.want {
			t.Errorf("%q %s: %q, want %q", c.draft, c.keys, got, c.want)
		}
	}
}

func TestRecallWhilePromptsCome(t *testing.T) {
	r := Recall{}
	r.Set([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.Set([]string{"c", "b", "a"})
	if got, _ := r.Later(); got != "b" {
		t.Errorf("later than a is %q", got)
	}
	if got := walk(&r, "b", "vv"); got != "mine" {
		t.Errorf("the walk ends with %q", got)
	}
}

func TestRecallRunsOut(t *testing.T) {
	var r Recall
	r.Set(make([]string, 50))
	for i := range r.Prompts {
		r.Prompts[i] = string(rune('a' + i))
	}
	asked := 0
	for range 45 {
		r.Earlier("")
		if r.RunsOut() {
			asked = r.at
		}
	}
	if asked != 30 {
		t.Errorf("more prompts were asked for at %d", asked)
	}
}

func TestRecallLeft(t *testing.T) {
	r := Recall{}
	r.Set([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.Leave()
	if _, ok := r.Later(); ok {
		t.Error("a walk that was left goes on")
	}
	if got := walk(&r, "a changed", "^v"); got != "a changed" {
		t.Errorf("the new draft came back as %q", got)
	}
}

func TestRecallOfNothing(t *testing.T) {
	r := Recall{}
	if _, ok := r.Earlier("mine"); ok {
		t.Error("recalled a prompt where there is none")
	}
}
