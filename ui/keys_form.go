package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/keymap"
)

// promptKeys declares the keys of the prompt. Package textedit has those that edit its text.
func promptKeys() []keyAction {
	return []keyAction{
		{
			name: "develop", group: keymap.Make, words: "generate create run send buy submit start picture image photo retry again",
			keys: keys{on(inPrompt, "enter", "develop this prompt; text and focus stay")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Prompt && !s.Varies }, inPrompt, 1, "develop"),
				hintIf(func(s keyState) bool { return s.Prompt && s.Varies }, inPrompt, 0, "plan"),
			},
			do: (*Model).submit,
		},
		{
			name: "break-line", group: keymap.Make, words: "newline", keys: keys{on(inPrompt, "ctrl+j alt+enter shift+enter", "break the line")},
			do: (*Model).breakLine,
		},
		{
			name: "history", group: keymap.Make, words: "search recall past earlier previous prompts again",
			keys:  keys{on(inPrompt, "ctrl+r", "search the history of prompts and use one")},
			hints: hints{hintIf(func(s keyState) bool { return s.Total > 0 }, inPrompt, 8, "history")}, do: (*Model).searchPrompts,
		},
		{
			name: "browse-newer", group: keymap.Look, words: "previous next image photo view",
			keys:  keys{on(inPrompt, "pgup", "browse: see the next newer picture")},
			pair:  pair("browse-older", "pgup, pgdn", "browse newer and older pictures"),
			hints: hints{hintIf(func(s keyState) bool { return s.Rows > 1 }, inPrompt, 7, "browse", "browse-older")},
			do:    func(m *Model) tea.Cmd { return m.peek(-1) },
		},
		{
			name: "browse-older", group: keymap.Look, keys: keys{on(inPrompt, "pgdown", "browse: see the next older picture")},
			do: func(m *Model) tea.Cmd { return m.peek(+1) },
		},
		{
			name: "undo-text", group: keymap.Stop, words: "revert restore draft",
			keys: keys{on(inPrompt, "ctrl+_ ctrl+/ ctrl+shift+- ctrl+-", "undo in the text, also a replaced draft")}, do: (*Model).undoText,
		},
		{group: keymap.Make, words: "recall again", keys: keys{on(inPrompt, "up down ctrl+p ctrl+n", "at the text's edge: earlier and later prompts")}},
		{group: keymap.Move, words: "readline cursor word kill yank", keys: keys{on(inPrompt, "ctrl+a ctrl+e ctrl+w ctrl+u ctrl+k ctrl+y", "edit the text as in a shell")}},
	}
}

// settingsKeys declares the keys of the settings.
func settingsKeys() []keyAction {
	canStep := func(s keyState) bool { return s.CanStep }
	isSet := func(s keyState) bool { return s.IsSet }
	return []keyAction{
		{
			name: "choices", group: keymap.Make, words: "settings options change select",
			keys:  keys{on(inSettings, "enter space", "choose from all values of this setting")},
			hints: hints{hint(inSettings, 1, "choices"), hint(inParameters, 2, "choices")}, do: (*Model).openSetting,
		},
		{
			name: "row-up", group: keymap.Move, keys: keys{on(inSettings, "up", "go to the setting above")},
			pair:  pair("row-down", "↑ ↓", "go to another setting"),
			hints: hints{hint(inSettings, 2, "row", "row-down"), hint(inParameters, 3, "row", "row-down")},
			do:    onSettings(func(s *form.Settings) { s.MoveRow(-1) }),
		},
		{
			name: "row-down", group: keymap.Move, keys: keys{on(inSettings, "down", "go to the setting below")},
			do: onSettings(func(s *form.Settings) { s.MoveRow(+1) }),
		},
		{
			name: "value-before", group: keymap.Make, words: "settings options change", keys: keys{on(inSettings, "left", "choose the previous value")},
			pair:  pair("value-next", "← →", "choose the previous or next value"),
			hints: hints{hintIf(canStep, inSettings, 3, "value", "value-next"), hintIf(canStep, inParameters, 4, "value", "value-next")},
			do:    onSettings(func(s *form.Settings) { s.Step(-1) }),
		},
		{
			name: "value-next", group: keymap.Make, keys: keys{on(inSettings, "right", "choose the next value")},
			do: onSettings(func(s *form.Settings) { s.Step(+1) }),
		},
		{
			name: "default", group: keymap.Make, words: "reset clear delete remove", keys: keys{on(inSettings, "backspace delete", "erase a digit; else back to the default")},
			hints: hints{hintIf(isSet, inSettings, 5, "default"), hintIf(isSet, inParameters, 5, "default")},
			do:    onSettings(func(s *form.Settings) { s.Erase() }),
		},
		{group: keymap.Make, keys: keys{on(inSettings, "0…9", "type a number, 16:9, or several: 7,8,9 2..4/5")}},
	}
}
