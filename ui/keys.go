package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// keyTable declares every key once: the action's name in the settings, its group and further words for the help, its keys with their
// lines there, its hints, its entry in a menu, when it can do anything, and what it does. The help lists the actions of a group in this
// order. An action that is not possible now says why, or does nothing.
func keyTable() []keyAction {
	return slices.Concat(
		promptKeys(),
		settingsKeys(),
		runKeys(),
		stopKeys(),
		pictureKeys(),
		decisionKeys(),
		findKeys(),
		moveKeys(),
		outputKeys(),
		screenKeys(),
		zoomKeys(),
		globalKeys(),
		programKeys(),
		menuActions(),
		labActions(),
		draftActions(),
		copyActions(),
	)
}

// screenKeys declares the keys that open and close screens, and those of single screens.
func screenKeys() []keyAction {
	return []keyAction{
		{
			name: "back", group: keymap.Move, words: "close exit return leave",
			keys: keys{on(inFull|inGallery|inCompare, "esc q", "go back"), on(inFull, "enter", "")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Total > 0 }, inPrompt, 4, "list"), hint(inSettings, 4, "prompt"),
				hint(inParameters, 1, "settings"), hint(inGallery, 11, "back"), hint(inCompare, 10, "back"), hint(inFull, 5, "back"),
				hintIf(func(s keyState) bool { return s.Filtered }, inList, 9, "show all"),
				hintIf(func(s keyState) bool { return s.Marked > 0 && !s.Filtered }, inList, 10, "unmark"),
				hintIf(func(s keyState) bool { return s.Marked == 0 && !s.Filtered }, inList, 18, "prompt"),
			},
			do: withoutCmd(func(m *Model) { m.screens.Pop() }),
		},
		{
			name: "compare", group: keymap.Look, words: "side by side difference versus", when: func(s keyState) bool { return s.Compared },
			keys: keys{on(onRows, "c", "compare the marked, a run's pictures, or the last two")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Marked > 1 }, inList, 1, "compare"),
				hintIf(func(s keyState) bool { return s.Marked <= 1 }, inList, 11, "compare"), hint(inGallery, 6, "compare"),
			},
			do: withoutCmd(func(m *Model) { m.screens.open(m.screens.compare, m.screens.PushOverList) }),
		},
		{
			name: keymap.ActDuel, group: keymap.Look, words: "versus better best ranking blind judge arena vote elo", when: func(s keyState) bool { return s.Rows > 0 },
			keys: keys{on(onAny, "v", "duels: which of two is better (the marked, else all)")},
			menu: entry(23, "v", "duel", "which of two is better: the marked, else all"),
			hints: hints{
				hintIf(func(s keyState) bool { return s.Marked > 1 }, inList, 8, "duel"), hintIf(func(s keyState) bool { return s.Marked > 1 }, inGallery, 10, "duel"),
			},
			do: startDuel,
		},
		{
			name: "next-compared", group: keymap.Move, keys: keys{on(inCompare, "tab", "choose the next one")},
			do: withoutCmd(func(m *Model) {
				m.notify("Nothing is being compared: " + wording.Key(keymap.ActCompare) + " compares.")
			}),
		},
		{
			name: "flick", group: keymap.Look, words: "before after previous toggle switch", when: func(s keyState) bool { return s.Flicks },
			keys: keys{on(inList|inFull, "b", "flick between this and the previous picture")},
			menu: entry(13, "b", "flick", "flick between this and the previous picture"), do: (*Model).togglePrevious,
		},
	}
}

// zoomKeys declares the keys for the size of pictures.
func zoomKeys() []keyAction {
	return []keyAction{
		{
			name: "larger", group: keymap.Look, words: "zoom in magnify size 100 percent",
			keys: keys{on(inGallery, "+ =", "make the thumbnails larger"), on(inFull, "+ =", "zoom in: 100, 200, 400 %")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Rows > 0 }, inGallery, 7, "size", "smaller"),
				hintIf(func(s keyState) bool { return s.Zooms }, inFull, 3, "larger"),
			},
			do: withoutCmd(func(m *Model) { m.screens.gallery.Resize(+1) }),
		},
		{
			name: "smaller", group: keymap.Look, words: "zoom out size fit",
			keys: keys{on(inGallery, "-", "make the thumbnails smaller"), on(inFull, "-", "zoom out, back to the whole picture")},
			do:   withoutCmd(func(m *Model) { m.screens.gallery.Resize(-1) }),
		},
		{
			name: keymap.ActPanLeft, group: keymap.Move, words: "zoom scroll", keys: keys{on(inFull, "shift+left H", "pan left in an enlarged picture")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(-1, 0, m.now())) }),
		},
		{
			name: keymap.ActPanRight, group: keymap.Move, words: "zoom scroll", keys: keys{on(inFull, "shift+right L", "pan right")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(+1, 0, m.now())) }),
		},
		{
			name: keymap.ActPanUp, group: keymap.Move, words: "zoom scroll", keys: keys{on(inFull, "shift+up K", "pan up")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(0, -1, m.now())) }),
		},
		{
			name: keymap.ActPanDown, group: keymap.Move, words: "zoom scroll", keys: keys{on(inFull, "shift+down J", "pan down")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(0, +1, m.now())) }),
		},
	}
}

// globalKeys declares the keys that go somewhere from everywhere.
func globalKeys() []keyAction {
	return []keyAction{
		{
			name: "back", group: keymap.Move, words: "close cancel return leave",
			keys: keys{on(everywhere, "esc", "go back (in the main screen: prompt ⇄ list)")},
		},
		{
			name: "next-part", group: keymap.Move, words: "focus", keys: keys{on(everywhere, "tab", "go to the next part")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Example }, inPrompt, 10, "example"),
				hintIf(func(s keyState) bool { return !s.Example }, inPrompt, 6, "settings"),
			},
			do: withoutCmd(func(*Model) {}),
		},
		{
			name: "previous-part", group: keymap.Move, keys: keys{on(everywhere, "shift+tab", "go to the previous part")},
			pair: pair("next-part", "tab, shift+tab", "go to the next or the previous part"), do: withoutCmd(func(*Model) {}),
		},
		{
			name: "gallery", group: keymap.Look, words: "thumbnails sheet grid images photos pictures",
			keys: keys{on(everywhere, "ctrl+g", "open the gallery, or close it")},
			menu: entry(11, "g", "gallery", "see all pictures as thumbnails"), do: withoutCmd(func(m *Model) { m.screens.toggleGallery() }),
		},
		{name: "filter", group: keymap.Find, words: "search", keys: keys{on(everywhere, "ctrl+f", "filter the list")}},
		{
			name: "menu", group: keymap.Move, words: "command palette everything", keys: keys{on(everywhere, "ctrl+x", "open the menu: what can be done from anywhere")},
			hints: hints{hint(inPrompt, 9, "more"), hint(inSettings, 7, "more"), hint(inParameters, 6, "more")},
			do:    func(m *Model) tea.Cmd { return showMenu(m, "", m.keys.MenuNow(stateOf(m))) },
		},
	}
}

// programKeys declares the keys of the help, and those about the program itself, which work everywhere.
func programKeys() []keyAction {
	return []keyAction{
		{
			name: "help", group: keymap.Move, keys: keys{on(onAny, "?", "")}, menu: entry(15, "?", "help", "see all keys"),
			hints: hints{hint(inList, 20, "help"), hint(inGallery, 12, "help"), hint(inCompare, 9, "help"), hint(inFull, 4, "help")},
			do:    withoutCmd(func(m *Model) { m.screens.open(m.screens.help, m.screens.Push) }),
		},
		{
			name: "help", group: keymap.Move, words: "keys shortcuts manual", keys: keys{on(everywhere, "f1 alt+?", "open this help")},
			hints: hints{hint(inPrompt, 3, "help"), hint(inSettings, 6, "help")},
		},
		{
			name: "redraw", group: keymap.Look, words: "refresh repaint garbage", keys: keys{on(everywhere, "ctrl+l", "redraw the screen")},
			do: (*Model).redraw,
		},
		{
			name: "suspend", group: keymap.Stop, words: "background shell", keys: keys{on(everywhere, "ctrl+z", "suspend tintype (fg continues it)")},
			do: func(*Model) tea.Cmd { return tea.Suspend },
		},
		{
			name: "quit", group: keymap.Stop, words: "exit close leave end bye abort", keys: keys{on(everywhere, "ctrl+c", "quit (asks once while jobs run)")},
			hints: hints{hint(inPrompt, 5, "quit")}, do: (*Model).askToLeave,
		},
	}
}
