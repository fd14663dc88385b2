package picker

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/format"
	"tintype/ui/internal/uitest"
	"tintype/ui/theme"
)

// ascii and unicode draw without colours.
var (
	ascii   = theme.Look{Glyphs: theme.NewGlyphs(true)}
	unicode = theme.Look{Glyphs: theme.NewGlyphs(false)}
)

// plainLines checks the widths of lines, and returns them without styles.
func plainLines(t *testing.T, lines []string, w int) []string {
	t.Helper()
	for i := range lines {
		lines[i] = ansi.Strip(lines[i])
	}
	return uitest.PlainLines(t, lines, w)
}

// newModelPicker returns a picker of models.
func newModelPicker() *Picker {
	c := New("Model", []Choice{
		{Value: "b/flux-schnell", Text: "flux-schnell", Middle: "1.2 s", Right: "about $0.003"},
		{Value: "b/flux-dev", Text: "flux-dev", Middle: "8.0 s", Right: "about $0.025"},
		{Value: "b/flux-krea-dev", Text: "flux-krea-dev", Right: "price unknown"},
		{Value: "o/other", Text: "other", Right: "price unknown"},
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
	uitest.CheckLines(t, plainLines(t, c.View(40, 10, unicode), 40), `
 Model                           1 of 3
  flux
▌ flux-schnell     1.2 s   about $0.003
  flux-dev         8.0 s   about $0.025
  flux-krea-dev           price unknown
  owner/name               any other id



 enter choose   esc keep flux-schnell`)
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
				plainLines(t, lines, w)
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
	lines := plainLines(t, c.View(40, 6, unicode), 40)
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
	if end := c.Click(3, 40, 10); end != Open || c.Value() != "26" {
		t.Errorf("a click selected %q (%d)", c.Value(), end)
	}
	c.cursor = 0
	if end := c.Click(2, 40, 10); end != Taken {
		t.Errorf("a second click did not take: %d", end)
	}
	if end := c.Click(9, 40, 10); end != Open {
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

// TestNothingToTake: without a row the hint offers only the way back, and enter takes nothing.
func TestNothingToTake(t *testing.T) {
	t.Parallel()
	c := New("Earlier prompts", []Choice{{Value: "a", Text: "a \x1b[31mred bicycle"}}, "")
	if lines := strings.Join(c.View(40, 6, unicode), "\n"); strings.Contains(lines, "\x1b") || !strings.Contains(lines, "enter choose") {
		t.Errorf("draws %q", lines)
	}
	if end := pressAll(c, "zeppelin<enter><tab>"); end != Open || strings.Contains(strings.Join(c.View(40, 6, unicode), "\n"), "enter") {
		t.Errorf("took %q (%d) from\n%s", c.Value(), end, strings.Join(c.View(40, 6, unicode), "\n"))
	}
}

// newGroupedPicker returns a picker with headings and a column before the text.
func newGroupedPicker() *Picker {
	return New("Keys", []Choice{
		{Value: "1", Group: Group{Name: "Make"}, Lead: "enter", Text: "develop"},
		{Value: "2", Group: Group{Name: "Make"}, Lead: "ctrl+j", Text: "break the line"},
		{Value: "3", Group: Group{Name: "Stop"}, Lead: "ctrl+c", Text: "leave", Words: "quit exit"},
	}, "")
}

// TestGroups: each group has its heading once, also among what a filter leaves; a heading is no row.
func TestGroups(t *testing.T) {
	t.Parallel()
	c := newGroupedPicker()
	uitest.CheckLines(t, plainLines(t, c.View(32, c.Height(), unicode), 32), `
 Keys                    1 of 3

 Make
▌ enter   develop
  ctrl+j  break the line

 Stop
  ctrl+c  leave

 enter choose   esc back`)
	if c.Click(2, 32, 10) != Open || c.Click(5, 32, 10) != Open || c.Value() != "1" {
		t.Errorf("a click on a heading or a blank line chooses %s", c.Value())
	}
	if c.Click(7, 32, 10); c.Value() != "3" {
		t.Errorf("a click on the last row chooses %s", c.Value())
	}
	pressAll(c, "quit")
	uitest.CheckLines(t, plainLines(t, c.View(32, 6, unicode), 32), `
 Keys                    1 of 1
  quit
 Stop
▌ ctrl+c  leave

 enter choose   esc back`)
}

// TestLongTexts: rows begin where they differ or where they have what was typed, and the text under the cursor is shown in full.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	c := New("Earlier prompts", []Choice{
		{Value: "1", Text: "A paper boat floating on calm water at dusk, soft light"},
		{Value: "2", Text: "A paper boat floating on calm water at sunrise"},
		{Value: "3", Text: "A red bicycle"},
	}, "")
	c.ShowInFull()
	uitest.CheckLines(t, plainLines(t, c.View(34, 12, unicode), 34), `
 Earlier prompts           1 of 3

▌ … water at dusk, soft light
  … on calm water at sunrise
  A red bicycle



 A paper boat floating on calm
 water at dusk, soft light

 enter choose   esc back`)
	pressAll(c, "soft<down>")
	lines := plainLines(t, c.View(34, 12, unicode), 34)
	if lines[2] != "▌ …at dusk, soft light" && !strings.Contains(lines[2], "soft light") {
		t.Errorf("the hit is not in sight: %q", lines[2])
	}
	styled := theme.NewLook("dark", nil, 0, false)
	if lines := strings.Join(c.View(34, 12, styled), "\n"); strings.Count(lines, styled.Styles.Match("soft", false)) != 1 || strings.Count(lines, styled.Styles.Match("soft", true)) != 1 {
		t.Errorf("what was typed is not underlined in the row and in the full text: %q", lines)
	}
	for h := range 14 {
		if n := len(c.View(34, h, unicode)); n != h {
			t.Errorf("%d lines, want %d", n, h)
		}
	}
}

// TestAboutAndGroups: the sentences about the choice under the cursor are shown below the rows, always in the same room, and they and
// the name of the group find a row. A low view has no headings.
func TestAboutAndGroups(t *testing.T) {
	t.Parallel()
	choices := []Choice{
		{Value: "o/schnell", Text: "schnell", Group: Group{Name: "Fast"}, About: "Drafts."},
		{Value: "o/dev", Text: "dev", Middle: "1×1 ▭", Group: Group{Name: "Best"}, About: "The open model: good seeds, and a second line of it."},
		{Value: "o/kontext", Text: "kontext", Group: Group{Name: "Edit"}, About: "Makes it night."},
	}
	view := func(keys string, w, h int) string {
		c := New("Model", choices, "o/schnell")
		uitest.Type(func(k tea.KeyPressMsg) { c.Update(k) }, keys)
		return ansi.Strip(strings.Join(c.View(w, h, theme.Look{Glyphs: theme.NewGlyphs(true)}), "\n"))
	}
	for keys, want := range map[string]string{"": "Drafts.", "<down>": "second line", "night": "kontext", "edit": "Makes it night.", "best": "dev", "best open": "1x1 [ ]"} {
		if got := view(keys, 32, 18); !strings.Contains(got, want) {
			t.Errorf("%s:\n%s", keys, got)
		}
	}
	at := func(keys string) int { return strings.Index(view(keys, 32, 18), "Edit") }
	if at("") != at("<down>") || at("") < 0 {
		t.Error("the rows move with the cursor")
	}
	if low := view("", 32, 10); strings.Contains(low, "Best") || !strings.Contains(low, "kontext") || !strings.Contains(low, "Drafts.") {
		t.Errorf("a low view:\n%s", low)
	}
}

// TestNamesAreNotCut: a row leaves out what is beside its name rather than that the name is cut, and a title that has to be cut ends with
// the sign for it.
func TestNamesAreNotCut(t *testing.T) {
	t.Parallel()
	newPicker := func(title string) *Picker {
		return New(title, []Choice{
			{Value: "a", Text: "flux-1", Middle: "1.2 s", Right: "guess $0.024"},
			{Value: "b", Text: "flux-1.1-pro-ultra", Middle: "8.0 s", Right: "unknown"},
		}, "a")
	}
	for w, want := range map[int]string{
		44: `
 Copy one setting to the form        1 of 2

▌ flux-1                1.2 s  guess $0.024
  flux-1.1-pro-ultra    8.0 s       unknown

 enter choose   esc keep flux-1`,
		36: `
 Copy one setting to the fo… 1 of 2

▌ flux-1        1.2 s  guess $0.024
  flux-1.1-pro-ultra        unknown

 enter choose   esc keep flux-1`,
		30: `
 Copy one setting to…  1 of 2

▌ flux-1         guess $0.024
  flux-1.1-pro-ultra  unknown

 enter choose   esc keep flux…`,
	} {
		uitest.CheckLines(t, plainLines(t, newPicker("Copy one setting to the form").View(w, 6, unicode), w), want)
	}
}
