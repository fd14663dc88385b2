package picker

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/internal/uitest"
	"tintype/ui/theme"
)

// ascii and unicode draw without colours.
var (
	ascii   = theme.Look{Glyphs: theme.NewGlyphs(true)}
	unicode = theme.Look{Glyphs: theme.NewGlyphs(false)}
)

// newModelPicker returns a picker of models.
func newModelPicker() *Picker {
	c := New("Model", []Choice{
		{"b/flux-schnell", "flux-schnell", "1.2 s", "about $0.003"},
		{"b/flux-dev", "flux-dev", "8.0 s", "about $0.025"},
		{"b/flux-krea-dev", "flux-krea-dev", "", "price unknown"},
		{"o/other", "other", "", "price unknown"},
	}, "b/flux-schnell")
	c.AllowOther("owner/name", "any other id", func(s string) error {
		if !strings.Contains(s, "/") {
			return errors.New("a model is named as owner/name")
		}
		return nil
	})
	return c
}

// pressAll presses keys until the picker closes.
func pressAll(c *Picker, script string) (result Result) {
	uitest.Type(func(k tea.KeyPressMsg) {
		if result == Open {
			result = c.Update(k)
		}
	}, script)
	return result
}

func TestView(t *testing.T) {
	t.Parallel()
	c := newModelPicker()
	pressAll(c, "flux")
	uitest.CheckLines(t, uitest.PlainLines(t, c.View(40, 10, unicode), 40), `
 Model                           3 of 4
  flux
▌ flux-schnell     1.2 s   about $0.003
  flux-dev         8.0 s   about $0.025
  flux-krea-dev           price unknown
  owner/name               any other id



 enter take   esc keep flux-schnell`)
	if x, y, ok := c.Cursor(40, 10); x != 6 || y != 1 || !ok {
		t.Errorf("the cursor is at %d,%d (%v)", x, y, ok)
	}
	for h := range 14 {
		for _, w := range []int{1, 8, 30, 60} {
			lines := c.View(w, h, ascii)
			if len(lines) != h {
				t.Errorf("%d lines, want %d", len(lines), h)
			}
			if w >= 30 {
				uitest.PlainLines(t, lines, w)
			}
		}
	}
}

func TestKeysThatTake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys, want string
		end        Result
	}{
		{"<enter>", "b/flux-schnell", Taken},
		{"<down><enter>", "b/flux-dev", Taken},
		{"<up><enter>", "b/flux-schnell", Taken},
		{"DEV<enter>", "b/flux-dev", Taken},
		{"dev kr<enter>", "b/flux-krea-dev", Taken},
		{"a/b<enter>", "a/b", Taken},
		{"o/other<enter>", "o/other", Taken},
		{"zeppelin<enter>", "", Open},
		{"flux<esc>", "", Dismissed},
		{"<tab>", "", Open},
	} {
		ch := newModelPicker()
		end := pressAll(ch, c.keys)
		if end != c.end || (end == Taken && ch.Value() != c.want) {
			t.Errorf("%s: %d with %q, want %d with %q", c.keys, end, ch.Value(), c.end, c.want)
		}
	}
}

func TestEnterSaysWhyNothingIsTaken(t *testing.T) {
	t.Parallel()
	c := newModelPicker()
	pressAll(c, "zeppelin<enter>")
	lines := uitest.PlainLines(t, c.View(40, 6, unicode), 40)
	if lines[5] != " a model is named as owner/name" {
		t.Errorf("said %q", lines[5])
	}
}

func TestWindowFollowsTheCursor(t *testing.T) {
	t.Parallel()
	c := New("Earlier prompts", manyChoices(50), "")
	pressAll(c, strings.Repeat("<down>", 30))
	if lines := strings.Join(c.View(40, 10, ascii), "\n"); !strings.Contains(lines, "> prompt 30") {
		t.Errorf("the cursor is not visible:\n%s", lines)
	}
	if end := c.Click(3, 10); end != Open || c.Value() != "26" {
		t.Errorf("a click selected %q (%d)", c.Value(), end)
	}
	c.cursor = 0
	if end := c.Click(2, 10); end != Taken {
		t.Errorf("a second click did not take: %d", end)
	}
	if end := c.Click(9, 10); end != Open {
		t.Errorf("a click on the hint took: %d", end)
	}
}

func manyChoices(n int) []Choice {
	choices := make([]Choice, n)
	for i := range choices {
		choices[i] = Choice{Value: format.Count(i), Text: "prompt " + format.Count(i)}
	}
	return choices
}

func TestTabTakesToEdit(t *testing.T) {
	t.Parallel()
	prompts := func() *Picker {
		c := New("Earlier prompts", []Choice{
			{Value: "a boat\nat dusk", Text: "a boat\nat dusk"}, {Value: "a red bicycle", Text: "a \x1b[31mred bicycle"},
		}, "")
		c.AllowEdit()
		return c
	}
	c := prompts()
	if end := pressAll(c, "bike<backspace><backspace>cycle<tab>"); end != Edited || c.Value() != "a red bicycle" {
		t.Errorf("took %q (%d)", c.Value(), end)
	}
	lines := strings.Join(prompts().View(40, 6, unicode), "\n")
	if !strings.Contains(lines, "a boat at dusk") || strings.Contains(lines, "\x1b") || strings.Contains(lines, "keep") {
		t.Errorf("draws %q", lines)
	}
	if pressAll(New("Earlier prompts", nil, ""), "<enter>") != Open {
		t.Error("took a prompt where there is none")
	}
}
