package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
)

// typed gives a prompt of w×h cells after the keys.
func typedPrompt(w, h int, script string) *promptBox {
	p := newPromptBox()
	p.setSize(w, h)
	p.focus()
	typeInto(func(k tea.KeyPressMsg) { p.update(k) }, script)
	return &p
}

// marked is the value with | at the cursor.
func marked(p *promptBox) string {
	at := p.at()
	return p.value()[:at] + "|" + p.value()[at:]
}

func TestPromptKeys(t *testing.T) {
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
		if got := marked(typedPrompt(40, 5, c.keys)); got != c.want {
			t.Errorf("%q: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestPromptJoinsAccents(t *testing.T) {
	p := typedPrompt(40, 1, "e")
	p.paste("\u0301")
	if got := len(p.text.cells); got != 1 {
		t.Errorf("an accent typed after its letter makes %d characters", got)
	}
	typeInto(func(k tea.KeyPressMsg) { p.update(k) }, "<backspace>")
	if got := p.value(); got != "" {
		t.Errorf("left %q", got)
	}
}

func TestPromptUndo(t *testing.T) {
	p := typedPrompt(40, 5, "a red boat")
	for _, want := range []string{"a red ", "a ", ""} {
		if changed, _ := p.update(keyNamed("ctrl+_")); !changed || p.value() != want {
			t.Fatalf("undone to %q, want %q", p.value(), want)
		}
	}
	if changed, _ := p.update(keyNamed("ctrl+_")); changed || p.undo() {
		t.Error("there was nothing left to undo")
	}
	p.setValue("mine")
	p.setValue("a recalled one")
	if p.undo(); p.value() != "mine" {
		t.Errorf("the replaced draft came back as %q", p.value())
	}
	p.paste("\na poem")
	p.undo()
	if got := marked(p); got != "mine|" {
		t.Errorf("a paste is undone to %q", got)
	}
}

func TestPromptUndoOfARecall(t *testing.T) {
	p := typedPrompt(40, 5, "mine")
	p.recalled("one\nof two lines")
	p.update(keyNamed("up")) // within the recalled one
	p.recalled("two")
	if p.undo(); p.value() != "mine" {
		t.Errorf("undone to %q", p.value())
	}
	p.recalled("two")
	typeInto(func(k tea.KeyPressMsg) { p.update(k) }, "!")
	if p.undo(); p.value() != "two" {
		t.Errorf("undone to %q", p.value())
	}
}

func TestPromptUndoKeepsTheCursor(t *testing.T) {
	p := typedPrompt(40, 5, "a red boat<ctrl+a><alt+f><ctrl+k>")
	p.undo()
	if got := marked(p); got != "a| red boat" {
		t.Errorf("undone to %q", got)
	}
}

func TestPromptEdges(t *testing.T) {
	p := typedPrompt(12, 5, "one two three four")
	for i, c := range []struct {
		key  string
		edge int
	}{{"up", 0}, {"ctrl+p", -1}, {"up", -1}, {"down", 0}, {"ctrl+n", +1}} {
		if changed, edge := p.update(keyNamed(c.key)); changed || edge != c.edge {
			t.Errorf("key %d (%s): edge %d, want %d", i, c.key, edge, c.edge)
		}
	}
}

func TestPromptKeepsItsColumn(t *testing.T) {
	p := typedPrompt(40, 5, "a long line<ctrl+j>b<ctrl+j>another one<up><up>")
	if got := marked(p); got != "a long line|\nb\nanother one" {
		t.Errorf("%q", got)
	}
}

func TestPromptDrawsNothingThatATerminalObeys(t *testing.T) {
	p := typedPrompt(30, 3, "")
	if !p.paste("a\x1b]52;c;AAAA\x07 \u202eevil\tb\r\nc\x00") {
		t.Error("a short paste was cut")
	}
	if want := "a]52;c;AAAA \u202eevil b\nc"; p.value() != want {
		t.Errorf("holds %q, want %q", p.value(), want)
	}
	view := strings.Join(p.view(newStyles(darkTokens(), 0)), "\n")
	if strings.ContainsAny(view, "\x1b\x07\u202e\r\t\x00") {
		t.Errorf("draws %q", view)
	}
}

func TestPromptHoldsABoundedText(t *testing.T) {
	p := typedPrompt(30, 3, "")
	if p.paste(strings.Repeat("é", promptLimit)) {
		t.Error("a paste of twice the limit went in whole")
	}
	if n := len(p.value()); n != promptLimit {
		t.Errorf("holds %d bytes", n)
	}
}

func TestPromptRestore(t *testing.T) {
	p := newPromptBox()
	p.restore("日本語", 4) // in the middle of the second character
	if got := marked(&p); got != "日|本語" {
		t.Errorf("restored as %q", got)
	}
	if p.undo() {
		t.Error("a restored form has nothing to undo")
	}
}

func TestPromptWords(t *testing.T) {
	p := typedPrompt(40, 1, "A paper boat floating on calm water at dusk.")
	if got := p.words(); got != 9 {
		t.Errorf("%d words, want 9", got)
	}
}

// FuzzPrompt presses keys at random: the cursor stays within the text, the view within its cells, and undo leads back to
// the empty prompt.
func FuzzPrompt(f *testing.F) {
	f.Add("a boat<up><ctrl+w><ctrl+y>", 7, 3)
	f.Add("日本<ctrl+j>👩‍👩‍👧<ctrl+u><ctrl+_>é", 3, 1)
	f.Add("\u200d\u0301 \u202e<left><delete>", 1, 1)
	f.Fuzz(func(t *testing.T, script string, w, h int) {
		if len(script) > 400 {
			return
		}
		w, h = 1+abs(w)%60, 1+abs(h)%20
		p := newPromptBox()
		p.setSize(w, h)
		p.focus()
		for _, key := range fuzzKeys(script) {
			p.update(key)
			if x, y, ok := p.cursor(); !ok || x < 0 || x >= w || y < 0 || y >= h {
				t.Fatalf("cursor at %d,%d (%v) in %dx%d", x, y, ok, w, h)
			}
		}
		for _, line := range p.view(newStyles(darkTokens(), 0)) {
			if got := text.Width(text.Safe(line)); got > w {
				t.Fatalf("a line of %d cells in %d: %q", got, w, line)
			}
		}
		for p.undo() {
		}
		if len(p.past.kept) == 0 && len(fuzzKeys(script)) < undoDepth && p.value() != "" {
			t.Fatalf("undone to %q", p.value())
		}
	})
}

func abs(n int) int {
	if n < 0 && -n > 0 {
		return -n
	}
	return max(n, 0)
}

// fuzzKeys is a script's keys, whatever stands in it.
func fuzzKeys(script string) []tea.KeyPressMsg {
	known := "up down left right home end backspace delete ctrl+_ ctrl+a ctrl+e ctrl+w ctrl+u ctrl+k ctrl+y ctrl+j alt+b alt+f alt+d "
	var keys []tea.KeyPressMsg
	for script != "" {
		if end := strings.IndexByte(script, '>'); script[0] == '<' && end > 1 && strings.Contains(known, script[1:end]+" ") {
			keys = append(keys, keyNamed(script[1:end]))
			script = script[end+1:]
			continue
		}
		cell := splitCells(script)[0].raw
		keys = append(keys, tea.KeyPressMsg{Code: []rune(cell)[0], Text: cell})
		script = script[len(cell):]
	}
	return keys
}

// BenchmarkPromptKey is a letter typed into a prompt of 400 bytes, with what the screen asks for after it.
func BenchmarkPromptKey(b *testing.B) {
	st := newStyles(darkTokens(), 1<<24)
	p := typedPrompt(45, 15, "")
	p.paste(strings.Repeat("a paper boat on calm water, ", 15))
	for b.Loop() {
		p.update(keyNamed("x"))
		p.lines(45)
		p.view(st)
		p.cursor()
		p.undo()
	}
}
