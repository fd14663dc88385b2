package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/text"
)

// copy copies a value of the selected prediction by OSC 52, which also works over SSH.
func (m *Model) copy(what keymap.Action) tea.Cmd {
	row, ok := m.list.Row(m.list.Cursor())
	if !ok {
		refuse(m, "There is no picture here to copy from.")
		return nil
	}
	value, word := m.clipboardValue(what, row.Entry)
	safe := text.Clean(value)
	if safe == "" { // an empty text would clear the clipboard
		refuse(m, "There is no "+word+" to copy.")
		return nil
	}
	said := "Copied the " + word + "."
	if doubt := m.terminal.ClipboardDoubt(); doubt != "" { // no terminal answers
		said = "The " + word + " was sent to the clipboard; " + doubt
	}
	if what == keymap.ActCopyCurl && sendsLocalFiles(row.Entry) {
		said = strings.TrimSuffix(said, ".") + ". Put a URL in place of the image's path."
	}
	m.notify(said)
	return tea.SetClipboard(string(safe))
}

// clipboardValue returns what to copy, and its name in a sentence.
func (m *Model) clipboardValue(what keymap.Action, e history.Entry) (value, word string) {
	switch what {
	case keymap.ActCopyPrompt:
		return e.Prompt(), "prompt"
	case keymap.ActCopyID:
		return e.ID, "id"
	case keymap.ActCopyURL:
		return outputURL(e, m.list.Output()), "image URL"
	case keymap.ActCopyFile:
		return m.session.path(picturePath(e, m.list.Output())), "picture's path"
	case keymap.ActCopyCurl:
		return curl(e, keyVariable(e)), "request as curl"
	case keymap.ActCopyJSON:
		return string(m.options.MarshalEntry(e)), "JSON"
	case keymap.ActCopySeed:
		if e.Seed != nil {
			return fmt.Sprint(*e.Seed), "seed"
		}
		return "", "seed"
	}
	return "", ""
}

// outputURL returns the URL of an output, counted from 1, or the first URL for 0; "" if there is none.
func outputURL(e history.Entry, output int) string {
	return firstOf(e, output, func(o history.Output) string { return o.URL })
}
