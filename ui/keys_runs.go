package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

func isSelected(s keyState) bool    { return s.Selected }
func hasPicture(s keyState) bool    { return s.HasPicture }
func seedIsKnown(s keyState) bool   { return s.HasSeed }
func isRunning(s keyState) bool     { return s.Runs }
func isUnconfirmed(s keyState) bool { return s.Unconfirmed }
func canOpen(s keyState) bool       { return s.Selected && !s.Unconfirmed }

// runKeys declares the keys that open or reuse a run.
func runKeys() []keyAction {
	return []keyAction{
		{
			name: "open", group: keymap.Look, words: "view show full screen picture image photo log error decide unconfirmed", when: isSelected,
			keys: keys{on(inList|inGallery|inCompare, "enter", "open: picture, log, or what is to be decided")},
			hints: hints{
				hintIf(isUnconfirmed, inList, 2, "decide"), hintIf(isUnconfirmed, inGallery, 1, "decide"), hintIf(isUnconfirmed, inCompare, 2, "decide"),
				hintIf(canOpen, inList, 5, "open"), hintIf(canOpen, inGallery, 2, "open"), hintIf(canOpen, inCompare, 3, "open"),
			},
			do: (*Model).openSelected,
		},
		{
			name: "reuse", group: keymap.Make, words: "retry again redo repeat load copy regenerate variation", when: isSelected,
			keys:  keys{on(onAny, "r", "reuse prompt and settings")},
			hints: hints{hint(inList, 7, "reuse"), hint(inGallery, 4, "reuse"), hint(inCompare, 6, "reuse"), hint(inFull, 2, "reuse")},
			do:    (*Model).use,
		},
		{
			name: "edit", group: keymap.Make, words: "editor vim nano", when: isSelected,
			keys: keys{on(onAny, "e", "reuse it, and edit the prompt in $EDITOR")}, do: (*Model).useAndEdit,
		},
		{
			name: "reuse-seed", group: keymap.Make, words: "same seed reuse", when: seedIsKnown, keys: keys{on(onAny, "s", "reuse its seed")},
			hints: hints{hint(inList, 13, "seed")}, do: (*Model).useSeed,
		},
		{
			name: "copy-setting", group: keymap.Make, words: "reuse setting value", when: isSelected, keys: keys{on(onAny, "t", "copy one setting to the form")},
			do: (*Model).chooseValue,
		},
		{
			name: "use-as-image", group: keymap.Make, words: "upload input image photo edit kontext img2img", when: hasPicture,
			keys: keys{on(onAny, "I", "use its picture as the input image")}, do: (*Model).useAsImage,
		},
		{
			name: keymap.ActFinal, group: keymap.Make, words: "proof upscale better model high quality print same", when: isSelected,
			keys: keys{on(onAny, "F", "final: the same on a better model, as a plan")},
			do:   final,
		},
	}
}

// stopKeys declares the keys that cancel or follow a run.
func stopKeys() []keyAction {
	return []keyAction{
		{
			name: "cancel", group: keymap.Stop, words: "abort kill end", when: isRunning, keys: keys{on(onAny, "x", "cancel (press twice)")},
			hints: hints{
				twice(hint(inList, 3, "cancel")), twice(hint(inGallery, 3, "cancel")), twice(hint(inCompare, 4, "cancel")), twice(hint(inFull, 1, "cancel")),
			},
			do: (*Model).armCancel,
		},
		{
			name: "cancel-all", group: keymap.Stop, words: "abort kill everything", when: func(s keyState) bool { return s.Running },
			keys: keys{on(onAny, "X", "cancel all running (asks first)")},
			menu: entry(2, "X", "all", "cancel all running (asks first)"), do: (*Model).askToCancelAll,
		},
		{
			name: "follow", group: keymap.Stop, words: "resume poll continue retry", when: func(s keyState) bool { return s.Followable },
			keys: keys{on(onRows, "f", "follow it again")}, hints: hints{hint(inList, 6, "follow")}, do: (*Model).follow,
		},
	}
}

// pictureKeys declares the keys for what is around a picture.
func pictureKeys() []keyAction {
	return []keyAction{
		{
			name: "details", group: keymap.Look, words: "details info metadata log price cost seed size time", when: isSelected,
			keys:  keys{on(onAny, "i", "show details, the log, or neither")},
			hints: hints{hint(inCompare, 8, "differences")}, do: withoutCmd(func(m *Model) { m.preview.CycleDetails() }),
		},
		{
			name: "viewer", group: keymap.Look, words: "external program image photo", when: hasPicture,
			keys: keys{on(onAny, "o", "open the picture in another program")},
			do:   func(m *Model) tea.Cmd { return m.viewOutside(false) },
		},
		{
			name: "folder", group: keymap.Look, words: "export save download file directory finder", when: hasPicture,
			keys: keys{on(onAny, "O", "open its folder (every picture is saved there)")},
			do:   func(m *Model) tea.Cmd { return m.viewOutside(true) },
		},
	}
}

// decisionKeys declares the keys with which the user decides what becomes of a run.
func decisionKeys() []keyAction {
	return []keyAction{
		{
			name: "star", group: keymap.Decide, words: "favourite favorite like keep rate", when: isSelected, keys: keys{on(onAny, "*", "star it, or remove the star")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Marked > 0 }, inList, 4, "star"), hintIf(func(s keyState) bool { return s.Marked == 0 }, inList, 16, "star"),
				hint(inGallery, 8, "star"), hint(inCompare, 7, "star"),
			},
			do: (*Model).star,
		},
		{
			name: "mark", group: keymap.Decide, words: "select several", when: isSelected,
			keys: keys{on(inList, "space", "mark and move down"), on(inFull|inGallery, "space", "mark"), on(inCompare, "space", "take it out of the comparison")},
			hints: hints{
				hintIf(func(s keyState) bool { return s.Rows > 1 }, inList, 17, "mark"), hint(inGallery, 5, "mark"), hint(inCompare, 5, "unmark"),
			},
			do: func(m *Model) tea.Cmd { return m.mark(+1) },
		},
		{
			name: "mark-up", group: keymap.Decide, words: "select several", keys: keys{on(inList, "shift+up", "mark and move up")},
			pair: pair("mark-down", "shift+↑, shift+↓", "mark and move up or down"),
			do:   func(m *Model) tea.Cmd { return m.mark(-1) },
		},
		{
			name: "mark-down", group: keymap.Decide, keys: keys{on(inList, "shift+down", "mark and move down")},
			do: func(m *Model) tea.Cmd { return m.mark(+1) },
		},
		{
			name: "copy", group: keymap.Decide, words: "clipboard export yank", when: isSelected, keys: keys{on(onAny, "y", "copy prompt, file or seed (opens a menu)")},
			hints: hints{hint(inList, 14, "copy")},
			do:    func(m *Model) tea.Cmd { return showMenu(m, copyTitle, m.keys.CopiesNow(stateOf(m))) },
		},
		{
			name: "undo", group: keymap.Stop, words: "revert restore back", when: func(s keyState) bool { return s.CanUndo },
			keys: keys{on(onAny, "u", "undo a star, a mark, a reuse or a cancel")},
			menu: entry(14, "u", "undo", "undo a star, a mark, a reuse or a cancel"), hints: hints{hint(inList, 19, "undo")}, do: (*Model).undoLast,
		},
	}
}
