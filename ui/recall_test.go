package ui

import "testing"

// walk follows ↑ and ↓ from a draft and gives what stands in the prompt at the end.
func walk(r *recall, draft, keys string) string {
	now := draft
	for _, key := range keys {
		step := r.later
		if key == '^' {
			step = func() (string, bool) { return r.earlier(now) }
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
		r := recall{}
		r.set([]string{"c", "b", "a"})
		if got := walk(&r, c.draft, c.keys); got != c.want {
			t.Errorf("%q %s: %q, want %q", c.draft, c.keys, got, c.want)
		}
	}
}

func TestRecallWhilePromptsCome(t *testing.T) {
	r := recall{}
	r.set([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.set([]string{"c", "b", "a"})
	if got, _ := r.later(); got != "b" {
		t.Errorf("later than a is %q", got)
	}
	if got := walk(&r, "b", "vv"); got != "mine" {
		t.Errorf("the walk ends with %q", got)
	}
}

func TestRecallRunsOut(t *testing.T) {
	var r recall
	r.set(make([]string, 50))
	for i := range r.prompts {
		r.prompts[i] = string(rune('a' + i))
	}
	asked := 0
	for range 45 {
		r.earlier("")
		if r.runsOut() {
			asked = r.at
		}
	}
	if asked != 30 {
		t.Errorf("more prompts were asked for at %d", asked)
	}
}

func TestRecallLeft(t *testing.T) {
	r := recall{}
	r.set([]string{"b", "a"})
	walk(&r, "mine", "^^")
	r.leave()
	if _, ok := r.later(); ok {
		t.Error("a walk that was left goes on")
	}
	if got := walk(&r, "a changed", "^v"); got != "a changed" {
		t.Errorf("the new draft came back as %q", got)
	}
}

func TestRecallOfNothing(t *testing.T) {
	r := recall{}
	if _, ok := r.earlier("mine"); ok {
		t.Error("recalled a prompt where there is none")
	}
}
