package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// models is the chooser of interaction.md's third sketch.
func modelsChooser() *chooser {
	c := newChooser("model", "Model", []choice{
		{"b/flux-schnell", "flux-schnell", "1.2 s", "about $0.003"},
		{"b/flux-dev", "flux-dev", "8.0 s", "about $0.025"},
		{"b/flux-krea-dev", "flux-krea-dev", "", "price unknown"},
		{"o/other", "other", "", "price unknown"},
	}, "b/flux-schnell")
	c.free("owner/name", "any other id", func(s string) error {
		if !strings.Contains(s, "/") {
			return errors.New("a model is named as owner/name")
		}
		return nil
	})
	return c
}

// pressAll presses keys until the chooser ends.
func pressAll(c *chooser, script string) (end chooserEnd) {
	typeInto(func(k tea.KeyPressMsg) {
		if end == chooserOpen {
			end = c.update(k)
		}
	}, script)
	return end
}

func TestChooserView(t *testing.T) {
	c := modelsChooser()
	pressAll(c, "flux")
	sameLines(t, plainView(t, c.view(40, 10, mono(), newGlyphs(false)), 40), `
 Model                           3 of 4
  flux
▌ flux-schnell     1.2 s   about $0.003
  flux-dev         8.0 s   about $0.025
  flux-krea-dev           price unknown
  owner/name               any other id



 enter take   esc keep flux-schnell`)
	if x, y, ok := c.cursor(40, 10); x != 6 || y != 1 || !ok {
		t.Errorf("the cursor is at %d,%d (%v)", x, y, ok)
	}
	for h := range 14 {
		for _, w := range []int{1, 8, 30, 60} {
			lines := c.view(w, h, mono(), newGlyphs(true))
			if len(lines) != h {
				t.Errorf("%d lines, want %d", len(lines), h)
			}
			if w >= 30 {
				plainView(t, lines, w)
			}
		}
	}
}

func TestChooserTakes(t *testing.T) {
	for _, c := range []struct {
		keys, want string
		end        chooserEnd
	}{
		{"<enter>", "b/flux-schnell", chooserTaken},
		{"<down><enter>", "b/flux-dev", chooserTaken},
		{"<up><enter>", "b/flux-schnell", chooserTaken},
		{"DEV<enter>", "b/flux-dev", chooserTaken},
		{"dev kr<enter>", "b/flux-krea-dev", chooserTaken},
		{"a/b<enter>", "a/b", chooserTaken},
		{"o/other<enter>", "o/other", chooserTaken},
		{"zeppelin<enter>", "", chooserOpen},
		{"flux<esc>", "", chooserKept},
		{"<tab>", "", chooserOpen},
	} {
		ch := modelsChooser()
		end := pressAll(ch, c.keys)
		if end != c.end || (end == chooserTaken && ch.taken() != c.want) {
			t.Errorf("%s: %d with %q, want %d with %q", c.keys, end, ch.taken(), c.end, c.want)
		}
	}
}

func TestChooserSaysWhyNot(t *testing.T) {
	c := modelsChooser()
	pressAll(c, "zeppelin<enter>")
	lines := plainView(t, c.view(40, 6, mono(), newGlyphs(false)), 40)
	if lines[5] != " a model is named as owner/name" {
		t.Errorf("said %q", lines[5])
	}
}

func TestChooserScrollsToItsCursor(t *testing.T) {
	c := newChooser("recall", "Earlier prompts", manyChoices(50), "")
	pressAll(c, strings.Repeat("<down>", 30))
	if lines := strings.Join(c.view(40, 10, mono(), newGlyphs(true)), "\n"); !strings.Contains(lines, "> prompt 30") {
		t.Errorf("the cursor is not in sight:\n%s", lines)
	}
	if end := c.click(3, 10); end != chooserOpen || c.taken() != "26" {
		t.Errorf("a click selected %q (%d)", c.taken(), end)
	}
	c.at = 0
	if end := c.click(2, 10); end != chooserTaken {
		t.Errorf("a second click did not take: %d", end)
	}
	if end := c.click(9, 10); end != chooserOpen {
		t.Errorf("a click on the hint took: %d", end)
	}
}

func manyChoices(n int) []choice {
	choices := make([]choice, n)
	for i := range choices {
		choices[i] = choice{value: countText(i), text: "prompt " + countText(i)}
	}
	return choices
}

func TestEditableChooser(t *testing.T) {
	prompts := func() *chooser {
		c := newChooser("recall", "Earlier prompts", []choice{
			{value: "a boat\nat dusk", text: "a boat\nat dusk"}, {value: "a red bicycle", text: "a \x1b[31mred bicycle"},
		}, "")
		c.editable()
		return c
	}
	c := prompts()
	if end := pressAll(c, "bike<backspace><backspace>cycle<tab>"); end != chooserEdited || c.taken() != "a red bicycle" {
		t.Errorf("took %q (%d)", c.taken(), end)
	}
	lines := strings.Join(prompts().view(40, 6, mono(), newGlyphs(false)), "\n")
	if !strings.Contains(lines, "a boat at dusk") || strings.Contains(lines, "\x1b") || strings.Contains(lines, "keep") {
		t.Errorf("draws %q", lines)
	}
	if pressAll(newChooser("recall", "Earlier prompts", nil, ""), "<enter>") != chooserOpen {
		t.Error("took a prompt where there is none")
	}
}
