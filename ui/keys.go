package ui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/params"
	"tintype/ui/wording"
)

// keyTable declares every key once: the action's name in the settings, its keys with their lines in the help (in this order), its
// hints, its entry in a menu, and what it does. An action that is not possible now says why, or does nothing.
func keyTable() []keyAction {
	return slices.Concat(
		promptKeys(),
		settingsKeys(),
		rowKeys(),
		pictureKeys(),
		moveKeys(),
		outputKeys(),
		screenKeys(),
		globalKeys(),
		menuActions(),
		copyActions(),
	)
}

// promptKeys declares the keys of the prompt. Package textedit has those that edit its text.
func promptKeys() []keyAction {
	return []keyAction{
		{
			name: "develop", keys: keys{on(inPrompt, "enter", "develop this prompt; text and focus stay")},
			hints: hints{hint(inPrompt, 1, "develop")}, do: (*Model).submit,
		},
		{name: "break-line", keys: keys{on(inPrompt, "ctrl+j alt+enter shift+enter", "break the line")}, do: (*Model).breakLine},
		{
			name: "search-prompts", keys: keys{on(inPrompt, "ctrl+r", "search earlier prompts: enter takes, tab takes to edit")},
			hints: hints{hint(inPrompt, 5, "earlier")}, do: (*Model).searchPrompts,
		},
		{
			name: "look-newer", keys: keys{on(inPrompt, "pgup", "look at the next newer prediction without leaving")},
			hints: hints{hint(inPrompt, 4, "look", "look-older")}, do: func(m *Model) tea.Cmd { return m.peek(-1) },
		},
		{
			name: "look-older", keys: keys{on(inPrompt, "pgdown", "look at the next older prediction without leaving")},
			do: func(m *Model) tea.Cmd { return m.peek(+1) },
		},
		{
			name: "undo-text", keys: keys{on(inPrompt, "ctrl+_ ctrl+/ ctrl+shift+- ctrl+-", "undo, also a replaced draft")},
			do: (*Model).undoText,
		},
		{keys: keys{on(inPrompt, "up down ctrl+p ctrl+n", "in the text; at its edge earlier and later prompts")}},
		{keys: keys{on(inPrompt, "ctrl+a ctrl+e ctrl+w ctrl+u ctrl+k ctrl+y", "readline's keys, alt+b f d and more")}},
	}
}

// settingsKeys declares the keys of the settings.
func settingsKeys() []keyAction {
	return []keyAction{
		{
			name: "choices", keys: keys{on(inSettings, "enter space", "the choices of the row, filtered as one types")},
			hints: hints{hint(inSettings, 1, "choices"), hint(inParameters, 2, "choices")}, do: (*Model).openSetting,
		},
		{
			name: "row-up", keys: keys{on(inSettings, "up", "the row above")},
			hints: hints{hint(inSettings, 2, "row", "row-down"), hint(inParameters, 3, "row", "row-down")},
			do:    onSettings(func(s *form.Settings) { s.MoveRow(-1) }),
		},
		{
			name: "row-down", keys: keys{on(inSettings, "down", "the row below")},
			do: onSettings(func(s *form.Settings) { s.MoveRow(+1) }),
		},
		{
			name: "value-before", keys: keys{on(inSettings, "left", "the value before")},
			hints: hints{hint(inSettings, 3, "value", "value-next"), hint(inParameters, 4, "value", "value-next")},
			do:    onSettings(func(s *form.Settings) { s.Step(-1) }),
		},
		{
			name: "value-next", keys: keys{on(inSettings, "right", "the next value")},
			do: onSettings(func(s *form.Settings) { s.Step(+1) }),
		},
		{
			name: "default", keys: keys{on(inSettings, "backspace delete", "back to the default")},
			do: onSettings(func(s *form.Settings) { s.Reset() }),
		},
		{keys: keys{on(inSettings, "0…9", "a number, where one is wanted")}},
	}
}

// rowKeys declares the keys that open, load or cancel a prediction.
func rowKeys() []keyAction {
	return []keyAction{
		{
			name:  "open",
			keys:  keys{on(inList|inGallery|inCompare, "enter", "open: the picture, the log, or what is to be decided")},
			hints: hints{hint(inList, 1, "open"), hint(inGallery, 1, "open"), hint(inCompare, 2, "open")},
			do:    (*Model).openSelected,
		},
		{
			name: "use", keys: keys{on(onAny, "r", "load it back into the form")},
			hints: hints{hint(inList, 2, "use"), hint(inCompare, 4, "use")}, do: (*Model).use,
		},
		{
			name: "take-seed", keys: keys{on(onAny, "s", "take its seed")}, hints: hints{hint(inList, 3, "seed")},
			do: (*Model).useSeed,
		},
		{name: "take-one", keys: keys{on(onAny, "t", "take one of its values")}, do: (*Model).chooseValue},
		{
			name: "copy", keys: keys{on(onAny, "y", "copy …; yy the prompt")}, hints: hints{hint(inList, 5, "copy")},
			do: func(m *Model) tea.Cmd { return m.openMenu(copyTitle, m.keys.Copies()) },
		},
		{name: "cancel", keys: keys{on(onAny, "x", "x x cancels it")}, do: (*Model).armCancel},
		{
			name: "cancel-all", keys: keys{on(onAny, "X", "cancel all that run; asks")},
			menu: entry(2, "X", "all", "cancel all that run; asks"), do: (*Model).askToCancelAll,
		},
	}
}

// pictureKeys declares the keys that mark, star and view predictions.
func pictureKeys() []keyAction {
	return []keyAction{
		{
			name:  "mark",
			keys:  keys{on(onRows, "space", "mark, and one down"), on(inCompare, "space", "take it out of the comparison")},
			hints: hints{hint(inGallery, 2, "mark"), hint(inCompare, 3, "unmark")},
			do:    func(m *Model) tea.Cmd { return m.mark(+1) },
		},
		{
			name: "mark-up", keys: keys{on(inList, "shift+up", "mark, and one up")},
			do: func(m *Model) tea.Cmd { return m.mark(-1) },
		},
		{
			name: "mark-down", keys: keys{on(inList, "shift+down", "mark, and one down")},
			do: func(m *Model) tea.Cmd { return m.mark(+1) },
		},
		{
			name: "star", keys: keys{on(onAny, "*", "star")}, hints: hints{hint(inList, 7, "star"), hint(inCompare, 5, "star")},
			do: (*Model).star,
		},
		{name: "next-new", keys: keys{on(onRows, "n", "the next finished and unseen")}, do: (*Model).nextNew},
		{name: "edit", keys: keys{on(onAny, "e", "use it, then edit the prompt in $EDITOR")}, do: (*Model).useAndEdit},
		{
			name: "viewer", keys: keys{on(onAny, "o", "open the picture in the system's viewer")},
			do: func(m *Model) tea.Cmd { return m.viewOutside(false) },
		},
		{
			name: "folder", keys: keys{on(onAny, "O", "open its folder")},
			do: func(m *Model) tea.Cmd { return m.viewOutside(true) },
		},
		{
			name: "facts", keys: keys{on(onAny, "i", "facts: below, the log, off")},
			hints: hints{hint(inCompare, 6, "differences")}, do: withoutCmd(func(m *Model) { m.preview.CycleDetails() }),
		},
		{name: "use-as-image", keys: keys{on(onAny, "I", "take its picture as the input image")}, do: (*Model).useAsImage},
		{name: "follow", keys: keys{on(onRows, "f", "follow again")}, do: (*Model).follow},
		{
			name: "take-back", keys: keys{on(onAny, "u", "take back: a star, marks, a use, a stop of what was not sent")},
			menu: entry(14, "u", "undo", "take back"), do: (*Model).undoLast,
		},
	}
}

// moveKeys declares the keys that filter predictions and move among them.
func moveKeys() []keyAction {
	return []keyAction{
		{
			name: "find", keys: keys{on(onRows, "/", "filter")}, menu: entry(12, "/", "find", "filter the predictions"),
			hints: hints{hint(inList, 6, "find"), hint(inGallery, 5, "find")}, do: (*Model).find,
		},
		{
			name: "view-all", keys: keys{on(inList|inGallery, "1", "all predictions")},
			do: onList(func(l *list.List) { l.SetView(list.ViewAll) }),
		},
		{
			name: "view-live", keys: keys{on(inList|inGallery, "2", "what is under way")},
			do: onList(func(l *list.List) { l.SetView(list.ViewLive) }),
		},
		{
			name: "view-starred", keys: keys{on(inList|inGallery, "3", "what is starred")},
			do: onList(func(l *list.List) { l.SetView(list.ViewStarred) }),
		},
		{
			name: "view-new", keys: keys{on(inList|inGallery, "4", "what is new")},
			do: onList(func(l *list.List) { l.SetView(list.ViewNew) }),
		},
		{name: "up", keys: keys{on(onRows, "up k", "up")}, do: onList(func(l *list.List) { l.Move(-1) })},
		{name: "down", keys: keys{on(onRows, "down j", "down")}, do: onList(func(l *list.List) { l.Move(+1) })},
		{
			name: "left", keys: keys{on(onAny, "left h", "the picture before")},
			hints: hints{hint(inCompare, 1, "choose", "right")}, do: onList(func(l *list.List) { l.EnterOutput(-1) }),
		},
		{
			name: "right", keys: keys{on(onAny, "right l", "the next picture")},
			do: onList(func(l *list.List) { l.EnterOutput(+1) }),
		},
		{
			name: "top", keys: keys{on(onRows, "g home", "the newest")},
			do: onList(func(l *list.List) { l.Move(-l.Keys().Len()) }),
		},
		{
			name: "bottom", keys: keys{on(onRows, "G end", "the oldest")},
			do: onList(func(l *list.List) { l.Move(l.Keys().Len()) }),
		},
		{name: "page-up", keys: keys{on(onRows, "pgup", "a page up")}, do: onList(func(l *list.List) { l.MovePage(-1, 1) })},
		{
			name: "page-down", keys: keys{on(onRows, "pgdown", "a page down")},
			do: onList(func(l *list.List) { l.MovePage(+1, 1) }),
		},
		{
			name: "half-page-up", keys: keys{on(onRows, "ctrl+u", "half a page up")},
			do: onList(func(l *list.List) { l.MovePage(-1, 2) }),
		},
		{
			name: "half-page-down", keys: keys{on(onRows, "ctrl+d", "half a page down")},
			do: onList(func(l *list.List) { l.MovePage(+1, 2) }),
		},
	}
}

// outputKeys declares the keys that go to one of the pictures of a run, or of those compared.
func outputKeys() []keyAction {
	actions := []keyAction{{keys: keys{on(inFull, "1…9", "that picture of the run"), on(inCompare, "1…4", "choose A to D")}}}
	for n := 1; n <= keymap.MaxPictureNumber; n++ {
		actions = append(actions, keyAction{
			name: keymap.ActPicture(n), keys: keys{on(inFull|inCompare, strconv.Itoa(n), "")}, do: withoutCmd(func(m *Model) { m.notify(m.list.GoToOutput(n)) }),
		})
	}
	return actions
}

// screenKeys declares the keys that open and close screens, and those of single screens.
func screenKeys() []keyAction {
	return []keyAction{
		{
			name: "back", keys: keys{on(inFull|inGallery|inCompare, "esc q", "back"), on(inFull, "enter", "")},
			hints: hints{hint(inPrompt, 2, "list"), hint(inSettings, 4, "prompt"), hint(inGallery, 6, "back"), hint(inCompare, 7, "back"), hint(inParameters, 1, "settings")},
			do:    withoutCmd(func(m *Model) { m.screens.Pop() }),
		},
		{
			name: "compare", keys: keys{on(onRows, "c", "compare the marked, else the pictures of this run, else this with the one seen last")},
			hints: hints{hint(inList, 4, "compare"), hint(inGallery, 3, "compare")}, do: withoutCmd(func(m *Model) { m.screens.open(m.screens.compare, m.screens.PushOverList) }),
		},
		{
			name: "next-compared", keys: keys{on(inCompare, "tab", "the next one; on a narrow screen in the same cells")},
			do: withoutCmd(func(m *Model) {
				m.notify("Nothing is being compared: " + wording.Key(keymap.ActCompare) + " compares.")
			}),
		},
		{
			name: "flick", keys: keys{on(inList|inFull, "b", "the one seen last in the same cells; b again: back")},
			menu: entry(13, "b", "flick", "the one seen last in the same cells"), do: (*Model).togglePrevious,
		},
		{
			name:  "larger",
			keys:  keys{on(inGallery, "+ =", "larger thumbnails"), on(inFull, "+ =", "larger than fits: 100 %, and on to 400 %")},
			hints: hints{hint(inGallery, 4, "size", "smaller")}, do: withoutCmd(func(m *Model) { m.screens.gallery.Resize(+1) }),
		},
		{
			name: "smaller",
			keys: keys{on(inGallery, "-", "smaller thumbnails"), on(inFull, "-", "smaller, back to the whole picture")},
			do:   withoutCmd(func(m *Model) { m.screens.gallery.Resize(-1) }),
		},
		{
			name: "pan-left", keys: keys{on(inFull, "shift+left H", "look further left in a picture larger than the screen")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(-1, 0, m.now())) }),
		},
		{
			name: "pan-right", keys: keys{on(inFull, "shift+right L", "further right")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(+1, 0, m.now())) }),
		},
		{name: "pan-up", keys: keys{on(inFull, "shift+up K", "further up")}, do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(0, -1, m.now())) })},
		{
			name: "pan-down", keys: keys{on(inFull, "shift+down J", "further down")},
			do: withoutCmd(func(m *Model) { m.notify(m.preview.Pan(0, +1, m.now())) }),
		},
		{
			name: "help", keys: keys{on(onAny, "?", "")}, menu: entry(15, "?", "help", "all keys"),
			hints: hints{hint(inList, 8, "keys"), hint(inGallery, 7, "keys")}, do: withoutCmd(func(m *Model) { m.screens.open(m.screens.help, m.screens.Push) }),
		},
	}
}

// globalKeys declares the keys that work everywhere.
func globalKeys() []keyAction {
	return []keyAction{
		{name: "back", keys: keys{on(everywhere, "esc", "one layer up; at home prompt ⇄ list")}},
		{
			name: "next-part", keys: keys{on(everywhere, "tab", "next part")}, hints: hints{hint(inPrompt, 3, "settings")},
			do: withoutCmd(func(*Model) {}),
		},
		{
			name: "previous-part", keys: keys{on(everywhere, "shift+tab", "previous part")},
			do: withoutCmd(func(*Model) {}),
		},
		{
			name: "gallery", keys: keys{on(everywhere, "ctrl+g", "the gallery, and back")},
			menu: entry(11, "g", "gallery", "all pictures as thumbnails, and back"), do: withoutCmd(func(m *Model) { m.screens.toggleGallery() }),
		},
		{name: "find", keys: keys{on(everywhere, "ctrl+f", "find")}},
		{
			name: "menu", keys: keys{on(everywhere, "ctrl+x", "menu: everything else, from anywhere")},
			hints: hints{hint(inPrompt, 6, "more"), hint(inSettings, 5, "more"), hint(inParameters, 5, "more")},
			do:    func(m *Model) tea.Cmd { return m.openMenu("", m.keys.Menu()) },
		},
		{name: "help", keys: keys{on(everywhere, "f1 alt+?", "this help")}},
		{name: "redraw", keys: keys{on(everywhere, "ctrl+l", "draw anew")}, do: (*Model).redraw},
		{name: "suspend", keys: keys{on(everywhere, "ctrl+z", "suspend")}, do: func(*Model) tea.Cmd { return tea.Suspend }},
		{name: "leave", keys: keys{on(everywhere, "ctrl+c", "leave; asks once with jobs under way")}, do: (*Model).askToLeave},
	}
}

// menuActions declares the actions that only the ctrl+x menu has.
func menuActions() []keyAction {
	return []keyAction{
		{name: "cancel-at-once", menu: entry(1, "x", "cancel", "cancel the selected at once"), do: (*Model).cancelSelected},
		{name: "edit-prompt", menu: entry(3, "e ctrl+e", "editor", "the prompt in $EDITOR"), do: (*Model).editPrompt},
		{
			name: "set-model", menu: entry(4, "m", "model", "choose the model"),
			do: func(m *Model) tea.Cmd { return m.choose(form.RowModel) },
		},
		{
			name: "set-shape", menu: entry(5, "a", "shape", "choose the shape"),
			do: func(m *Model) tea.Cmd { return m.choose(params.Shape) },
		},
		{
			name: "set-format", menu: entry(6, "f", "format", "choose the format"),
			do: func(m *Model) tea.Cmd { return m.choose(params.Format) },
		},
		{
			name: "set-quality", menu: entry(7, "q", "quality", "choose the quality"),
			do: func(m *Model) tea.Cmd { return m.choose(params.Quality) },
		},
		{
			name: "set-outputs", menu: entry(8, "n", "outputs", "choose how many"),
			do: func(m *Model) tea.Cmd { return m.choose(params.Outputs) },
		},
		{
			name: "set-seed", menu: entry(9, "s", "seed", "choose the seed"),
			do: func(m *Model) tea.Cmd { return m.choose(params.Seed) },
		},
		{name: "set-image", menu: entry(10, "i", "image", "choose the input image"), do: (*Model).chooseImage},
		{name: "demo", menu: entry(16, "d", "demo", "start the demo"), do: (*Model).startDemo},
	}
}

// copyActions declares the menu of what can be copied.
func copyActions() []keyAction {
	return []keyAction{
		{
			name: "copy-prompt", copies: entry(1, "p y", "prompt", "copy the prompt"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyPrompt) },
		},
		{
			name: "copy-id", copies: entry(2, "i", "id", "copy the provider's id"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyID) },
		},
		{
			name: "copy-url", copies: entry(3, "u", "URL", "copy the output's URL"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyURL) },
		},
		{
			name: "copy-file", copies: entry(4, "f", "file", "copy the picture's path"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyFile) },
		},
		{
			name: "copy-curl", copies: entry(5, "c", "curl", "copy the request as curl, the key left as a variable"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyCurl) },
		},
		{
			name: "copy-json", copies: entry(6, "j", "JSON", "copy the prediction as JSON"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyJSON) },
		},
		{
			name: "copy-seed", copies: entry(7, "s", "seed", "copy the seed"),
			do: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopySeed) },
		},
	}
}
