package ui

import (
	"slices"

	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// examplePrompts are offered while nothing was made yet, and show what a good prompt names: a subject, a place, light, a technique.
var examplePrompts = []string{
	"A paper boat on a calm lake at sunrise, mist over the water, soft light",
	"Portrait of an old fisherman in a yellow raincoat, drops on his beard, 85 mm photograph",
	"A tiny bookshop between two tall houses at night, warm windows, watercolour",
}

// nextExample returns the prompt that tab fills in: the first one if the prompt is empty, else the one after the example in it. ok is
// false if tab goes on to the settings: something was made, the prompt has the user's own text, or it has the last example.
func nextExample(m *Model) (prompt string, ok bool) {
	if !m.session.isOpen || m.list.Total() > 0 || m.screens.home.focus != focusPrompt || m.dialogs.TakesKeys() {
		return "", false
	}
	next, typed := 0, m.prompt.Value()
	if typed != "" {
		at := slices.Index(examplePrompts, typed)
		if at < 0 {
			return "", false
		}
		next = at + 1
	}
	if next == len(examplePrompts) {
		return "", false
	}
	return examplePrompts[next], true
}

// fillExample replaces the prompt by the next example; false if there is none.
func fillExample(m *Model) bool {
	prompt, ok := nextExample(m)
	if ok {
		setTemplate(m, prompt)
		m.recall.Leave()
	}
	return ok
}

// promptPlaceholder returns what an empty prompt says.
func promptPlaceholder(m *Model) string {
	if _, ok := nextExample(m); ok {
		return nameKeys(m, wording.PromptWithExamples())
	}
	return wording.EmptyPrompt
}

// firstKeys returns the keys that a newcomer needs, for the plate: examples, help, and the way out. It is empty once something was made.
func firstKeys(m *Model) string {
	if m.list.Total() > 0 || !m.session.isOpen || m.dialogs.TakesKeys() {
		return ""
	}
	const together = "\u00a0" // a line is not broken between a key and what it does
	line := wording.Key(keymap.ActHelp) + together + "help · " + wording.Key(keymap.ActLeave) + together + "quit"
	if _, ok := nextExample(m); ok {
		line = wording.Key(keymap.ActNext) + together + "example · " + line
	}
	return "\n\n" + line
}
