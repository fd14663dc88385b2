package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/keymap"
	"tintype/ui/params"
)

// menuActions declares the actions for a run, the prompt and the settings that only the ctrl+x menu has.
func menuActions() []keyAction {
	return []keyAction{
		{
			name: "cancel-at-once", group: keymap.Stop, words: "abort kill", when: isRunning, menu: entry(1, "x", "cancel", "cancel the selected at once"),
			hints: hints{hint(inPrompt, 2, "cancel")}, do: (*Model).cancelSelected,
		},
		{
			name: "edit-prompt", group: keymap.Make, words: "vim nano", menu: entry(3, "e ctrl+e", "editor", "write the prompt in $EDITOR"),
			do: (*Model).editPrompt,
		},
		choice("set-model", form.RowModel, entry(4, "m", "model", "choose the model"), "settings options flux price"),
		choice("set-shape", params.Shape, entry(5, "a", "shape", "choose the shape"), "settings aspect ratio size resolution width height landscape portrait"),
		choice("set-format", params.Format, entry(6, "f", "format", "choose the format"), "settings webp jpg png"),
		choice("set-quality", params.Quality, entry(7, "q", "quality", "choose the quality"), "settings"),
		choice("set-outputs", params.Outputs, entry(8, "n", "outputs", "choose how many pictures"), "settings number several batch"),
		choice("set-seed", params.Seed, entry(9, "s", "seed", "choose the seed"), "settings random"),
		{
			name: "set-image", group: keymap.Make, words: "upload photo file input settings", when: func(s keyState) bool { return s.TakesImage },
			menu: entry(10, "i", "image", "choose the input image"), do: (*Model).chooseImage,
		},
	}
}

// labActions declares the actions of the ctrl+x menu for plans, and for which word matters and where a picture came from.
func labActions() []keyAction {
	return []keyAction{
		{
			name: "plan", group: keymap.Make, words: "sweep table axes template sheet lab price", menu: entry(18, "p", "plan", "show the plan of the prompt, or of the selected run"),
			do: planOf,
		},
		{
			name: keymap.ActTree, group: keymap.Look, words: "family lineage parent child ancestors descendants branches history came from", when: isSelected,
			menu: entry(26, "r", "tree", "show where the selected run came from"), do: openTree,
		},
		{
			name: keymap.ActImpact, group: keymap.Look, words: "phrases weights matter attention prompt why distance ablation", when: isSelected,
			menu: entry(24, "k", "impact", "which words of the prompt matter: shows the plan"), do: measureImpact,
		},
		{
			name: "bisect", group: keymap.Look, words: "cause why wrong blame difference delta debug good bad", when: func(s keyState) bool { return s.Marked > 0 },
			menu: entry(25, "B", "bisect", "what makes the second of two marked bad"), do: beginBisect,
		},
	}
}

// draftActions declares the actions of the ctrl+x menu for presets, a watched file, keys and the demo.
func draftActions() []keyAction {
	return []keyAction{
		{
			name: "preset", group: keymap.Make, words: "style load settings template", menu: entry(20, "o", "preset", "put a preset under the form"),
			do: choosePreset,
		},
		{
			name: keymap.ActSavePreset, group: keymap.Make, words: "style keep settings", menu: entry(21, "O", "save as", "save the form, or the selected run, as a preset"),
			do: savePreset,
		},
		{
			name: "as-written", group: keymap.Make, words: "template language literal raw braces groups off on", when: func(s keyState) bool { return s.Prompt },
			menu: keymap.Item{Rank: 19, Keys: "t", Word: "as written", Help: "send the prompt as it is written: no template", Rare: true},
			do:   toggleLiteral,
		},
		{
			name: "watch-file", group: keymap.Make, words: "editor vim nano follow external save file",
			menu: keymap.Item{Rank: 22, Keys: "w", Word: "watch", Help: "put each save of a file into the form", Rare: true},
			do:   toggleWatch,
		},
		{
			name: "enter-key", group: keymap.Make, words: "token password login account provider api", when: func(s keyState) bool { return s.TakesKey },
			menu: keymap.Item{Rank: 17, Keys: "K", Word: "key", Help: "enter a provider's key", Rare: true},
			do:   func(m *Model) tea.Cmd { return enterKey(m) },
		},
		{
			name: "demo", group: keymap.Make, words: "try free", when: func(s keyState) bool { return s.HasDemo },
			menu: keymap.Item{Rank: 16, Keys: "d", Word: "demo", Help: "start the demo", Rare: true}, do: (*Model).startDemo,
		},
	}
}

// choice declares the action that opens the choices of a setting.
func choice(name keymap.Action, row string, menu keymap.Item, words string) keyAction {
	return keyAction{
		name: name, group: keymap.Make, words: words, menu: menu, when: func(s keyState) bool { return s.TakesSetting(row) },
		do: func(m *Model) tea.Cmd { return m.choose(row) },
	}
}

// copyActions declares the menu of what can be copied.
func copyActions() []keyAction {
	return []keyAction{
		copies(keymap.ActCopyPrompt, isSelected, entry(1, "p y", "prompt", "copy the prompt")),
		copies(keymap.ActCopyFile, hasPicture, entry(2, "f", "file", "copy the path of the picture's file")),
		copies(keymap.ActCopyURL, func(s keyState) bool { return s.HasURL }, entry(3, "u", "URL", "copy the picture's URL")),
		copies(keymap.ActCopySeed, seedIsKnown, entry(4, "s", "seed", "copy the seed")),
		copies(keymap.ActCopyID, func(s keyState) bool { return s.HasID }, entry(5, "i", "id", "copy the provider's id")),
		copies(keymap.ActCopyCurl, isSelected, entry(6, "c", "curl", "copy the request as curl (without the key)")),
		copies(keymap.ActCopyJSON, isSelected, entry(7, "j", "JSON", "copy everything about it as JSON")),
	}
}

// copies declares an entry of the menu of what can be copied.
func copies(act keymap.Action, when func(keyState) bool, item keymap.Item) keyAction {
	return keyAction{
		name: act, group: keymap.Decide, words: "clipboard yank export", when: when, copies: item,
		do: func(m *Model) tea.Cmd { return m.copy(act) },
	}
}
