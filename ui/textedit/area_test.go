package textedit

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/internal/uitest"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// newArea returns an area of w×h cells after some keys.
func newArea(w, h int, script string) *Area {
	p := NewArea()
	p.SetSize(w, h)
	p.Focus()
	uitest.Type(func(k tea.KeyPressMsg) { p.Update(k) }, script)
	return &p
}

// marked returns the text with | at the cursor.
func marked(p *Area) string {
	at := p.Offset()
	return p.Value()[:at] + "|" + p.Value()[at:]
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, want string }{
		{"a boat", "a boat|"},
		{"boat<ctrl+a>a <ctrl+e>!", "a boat!|"},
		{"a boat<home><delete>", "| boat"},
		{"a boat<ctrl+a><ctrl+d><ctrl+d>", "|boat"},
		{"a boat<ctrl+d>", "a boat|"},
		{"<backspace>a<backspace><backspace>", "|"},
		{"a red-hot boat<alt+b><alt+b>", "a red-|hot boat"},
		{"a red boat<ctrl+a><alt+f><alt+f>", "a red| boat"},
		{"a red boat<ctrl+left><ctrl+right>", "a red boat|"},
		{"a red-hot<ctrl+w>", "a |"},
		{"a red-hot  <ctrl+w>", "a |"},
		{"a red-hot<alt+backspace>", "a red-|"},
		{"a red boat<ctrl+a><alt+d><alt+d>", "| boat"},
		{"one<ctrl+j>two<ctrl+u>", "one\n|"},
		{"one<ctrl+j>two<ctrl+u><ctrl+u>", "one|"},
		{"one<ctrl+j>two<up><ctrl+k>", "one|two"},
		{"one<ctrl+j>two<up><left><ctrl+k>", "on|\ntwo"},
		{"one<ctrl+j>two<up><ctrl+a><ctrl+k><ctrl+k>", "|two"},
		{"one two<ctrl+w><ctrl+w><ctrl+y>", "one two|"},
		{"one two<ctrl+a><alt+d><alt+d><ctrl+y><ctrl+y>", "one twoone two|"},
		{"one two<ctrl+w><left><right><ctrl+w><ctrl+y>", "one |"},
		{"a<enter><tab><esc><ctrl+b><ctrl+f><ctrl+g><ctrl+v><ctrl+x>b", "ab|"},
		{"a<shift+enter>b<alt+enter>c", "a\nb\nc|"},
		{"👩‍👩‍👧x<left><backspace>", "|x"},
		{"é<backspace>", "|"},
		{"🇩🇪🇫🇷<backspace>", "🇩🇪|"},
		{"日本語<left><left>の", "日の|本語"},
	} {
		if got := marked(newArea(40, 5, c.keys)); got != c.want {
			t.Errorf("%q: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestAccentJoinsItsLetter(t *testing.T) {
	t.Parallel()
	p := newArea(40, 1, "e")
	p.Paste("\u0301")
	if got := len(p.text.chars); got != 1 {
		t.Errorf("an accent typed after its letter makes %d characters", got)
	}
	uitest.Type(func(k tea.KeyPressMsg) { p.Update(k) }, "<backspace>")
	if got := p.Value(); got != "" {
		t.Errorf("left %q", got)
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	p := newArea(40, 5, "a red boat")
	for _, want := range []string{"a red ", "a ", ""} {
		if changed, _ := p.Update(uitest.Key("ctrl+_")); !changed || p.Value() != want {
			t.Fatalf("undo gave %q, want %q", p.Value(), want)
		}
	}
	if changed, _ := p.Update(uitest.Key("ctrl+_")); changed || p.Undo() {
		t.Error("there was nothing left to undo")
	}
	p.SetValue("mine")
	p.SetValue("a recalled one")
	if p.Undo(); p.Value() != "mine" {
		t.Errorf("the restored draft is %q", p.Value())
	}
	p.Paste("\na poem")
	p.Undo()
	if got := marked(p); got != "mine|" {
		t.Errorf("undo of a paste gave %q", got)
	}
}

func TestUndoOfARecall(t *testing.T) {
	t.Parallel()
	p := newArea(40, 5, "mine")
	p.SetRecalled("one\nof two lines")
	p.Update(uitest.Key("up")) // within the recalled one
	p.SetRecalled("two")
	if p.Undo(); p.Value() != "mine" {
		t.Errorf("undone to %q", p.Value())
	}
	p.SetRecalled("two")
	uitest.Type(func(k tea.KeyPressMsg) { p.Update(k) }, "!")
	if p.Undo(); p.Value() != "two" {
		t.Errorf("undone to %q", p.Value())
	}
}

func TestUndoRestoresTheCursor(t *testing.T) {
	t.Parallel()
	p := newArea(40, 5, "a red boat<ctrl+a><alt+f><ctrl+k>")
	p.Undo()
	if got := marked(p); got != "a| red boat" {
		t.Errorf("undone to %q", got)
	}
}

func TestEdges(t *testing.T) {
	t.Parallel()
	p := newArea(12, 5, "one two three four")
	for i, c := range []struct {
		key  string
		edge int
	}{{"up", 0}, {"ctrl+p", -1}, {"up", -1}, {"down", 0}, {"ctrl+n", +1}} {
		if changed, edge := p.Update(uitest.Key(c.key)); changed || edge != c.edge {
			t.Errorf("key %d (%s): edge %d, want %d", i, c.key, edge, c.edge)
		}
	}
}

func TestUpKeepsTheColumn(t *testing.T) {
	t.Parallel()
	p := newArea(40, 5, "a long line<ctrl+j>b<ctrl+j>another one<up><up>")
	if got := marked(p); got != "a long line|\nb\nanother one" {
		t.Errorf("%q", got)
	}
}

func TestControlCharactersAreNotDrawn(t *testing.T) {
	t.Parallel()
	p := newArea(30, 3, "")
	if !p.Paste("a\x1b]52;c;AAAA\x07 \u202eevil\tb\r\nc\x00") {
		t.Error("a short paste was cut")
	}
	if want := "a]52;c;AAAA \u202eevil b\nc"; p.Value() != want {
		t.Errorf("holds %q, want %q", p.Value(), want)
	}
	view := strings.Join(p.View(theme.NewLook("dark", nil, 0, false).Styles), "\n")
	if strings.ContainsAny(view, "\x1b\x07\u202e\r\t\x00") {
		t.Errorf("draws %q", view)
	}
}

func TestPasteIsBounded(t *testing.T) {
	t.Parallel()
	p := newArea(30, 3, "")
	if p.Paste(strings.Repeat("é", MaxPrompt)) {
		t.Error("a paste of twice the limit was reported as complete")
	}
	if n := len(p.Value()); n != MaxPrompt {
		t.Errorf("holds %d bytes", n)
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	p := NewArea()
	p.Restore("日本語", 4) // in the middle of the second character
	if got := marked(&p); got != "日|本語" {
		t.Errorf("restored as %q", got)
	}
	if p.Undo() {
		t.Error("undid something after Restore")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	p := newArea(40, 1, "A paper boat floating on calm water at dusk.")
	if got := p.Words(); got != 9 {
		t.Errorf("%d words, want 9", got)
	}
}

// FuzzPrompt presses keys at random: the cursor stays within the text, the view within its cells, and undo leads back to
// the empty text.
func FuzzPrompt(f *testing.F) {
	f.Add("a boat<up><ctrl+w><ctrl+y>", 7, 3)
	f.Add("日本<ctrl+j>👩‍👩‍👧<ctrl+u><ctrl+_>é", 3, 1)
	f.Add("\u200d\u0301 \u202e<left><delete>", 1, 1)
	f.Fuzz(func(t *testing.T, script string, w, h int) {
		if len(script) > 400 {
			return
		}
		w, h = 1+abs(w)%60, 1+abs(h)%20
		p := NewArea()
		p.SetSize(w, h)
		p.Focus()
		for _, key := range fuzzKeys(script) {
			p.Update(key)
			if x, y, ok := p.Cursor(); !ok || x < 0 || x >= w || y < 0 || y >= h {
				t.Fatalf("cursor at %d,%d (%v) in %dx%d", x, y, ok, w, h)
			}
		}
		for _, line := range p.View(theme.NewLook("dark", nil, 0, false).Styles) {
			if got := text.Width(text.Safe(line)); got > w {
				t.Fatalf("a line of %d cells in %d: %q", got, w, line)
			}
		}
		for p.Undo() {
		}
		if len(p.undoable.texts) == 0 && len(fuzzKeys(script)) < undoDepth && p.Value() != "" {
			t.Fatalf("undone to %q", p.Value())
		}
	})
}

func abs(n int) int {
	if n < 0 && -n > 0 {
		return -n
	}
	return max(n, 0)
}

// fuzzKeys returns the keys of any script.
func fuzzKeys(script string) []tea.KeyPressMsg {
	known := "up down left right home end backspace delete ctrl+_ ctrl+a ctrl+e ctrl+w ctrl+u ctrl+k ctrl+y ctrl+j alt+b alt+f alt+d "
	var keys []tea.KeyPressMsg
	for script != "" {
		if end := strings.IndexByte(script, '>'); script[0] == '<' && end > 1 && strings.Contains(known, script[1:end]+" ") {
			keys = append(keys, uitest.Key(script[1:end]))
			script = script[end+1:]
			continue
		}
		cell := splitCharacters(script)[0].raw
		keys = append(keys, tea.KeyPressMsg{Code: []rune(cell)[0], Text: cell})
		script = script[len(cell):]
	}
	return keys
}

// BenchmarkPromptKey types a letter into a text of 400 bytes, and asks for what the screen draws after it.
func BenchmarkPromptKey(b *testing.B) {
	st := theme.NewLook("dark", nil, 1<<24, false).Styles
	p := newArea(45, 15, "")
	p.Paste(strings.Repeat("a paper boat on calm water, ", 15))
	for b.Loop() {
		p.Update(uitest.Key("x"))
		p.Lines(45)
		p.View(st)
		p.Cursor()
		p.Undo()
	}
}
