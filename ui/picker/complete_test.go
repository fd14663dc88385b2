package picker

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/internal/uitest"
)

// TestCompletion: tab asks for a completion, what was found is shown alone until something else is typed, and a folder leads on.
func TestCompletion(t *testing.T) {
	t.Parallel()
	c := New("Input image", []Choice{{Value: "/a/old.png", Text: "old"}, {Value: "", Text: "none"}}, "")
	c.AllowOther("a path", "", func(string) error { return nil })
	c.AllowCompletion()
	results := func(keys string) (last Result) {
		uitest.Type(func(k tea.KeyPressMsg) { last = c.Update(k) }, keys)
		return last
	}
	if got := results("/a<tab>"); got != Completing || c.Typed() != "/a" {
		t.Fatalf("tab returns %v for %q", got, c.Typed())
	}
	found := []Choice{{Value: "/a/boat.png", Text: "boat.png"}, {Value: "/a/bay/", Text: "bay/", Continues: true}}
	c.Complete("/", "/x", found) // late
	if c.Typed() != "/a" {
		t.Error("a late completion was taken")
	}
	c.Complete("/a", "/a/b", found)
	if c.Typed() != "/a/b" || len(c.shown) != 2 || c.Value() != "/a/boat.png" {
		t.Errorf("%q, %d rows, %q", c.Typed(), len(c.shown), c.Value())
	}
	if got := results("<down><enter>"); got != Completing || c.Typed() != "/a/bay/" {
		t.Errorf("a folder gives %v, %q", got, c.Typed())
	}
	for c.Typed() != "" {
		results("<backspace>")
	}
	if len(c.shown) != 2 || c.choices[c.shown[0]].Text != "old" {
		t.Errorf("the picker's own rows are not back: %v", c.choices)
	}
	results("/a/old.png")
	c.Refuse("No such file.")
	if got := results("<enter>"); got != Taken || c.Value() != "/a/old.png" {
		t.Errorf("%v, %q", got, c.Value())
	}
}
