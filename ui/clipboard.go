package ui

import (
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/text"
)

// copy copies something of the selected prediction by OSC 52, which works over SSH too.
func (m *Model) copy(what keymap.Action) tea.Cmd {
	row, ok := m.list.Row(m.list.Cursor())
	if !ok {
		return nil
	}
	value, word := m.clipboardValue(what, row.Entry)
	safe := text.Clean(value)
	if safe == "" { // nothing, or nothing that can be seen: copied, it would empty the clipboard
		m.notify("There is no " + word + " to copy.")
		return nil
	}
	said := "Copied the " + word + "."
	if what == keymap.ActCopyCurl && sendsLocalFiles(row.Entry) {
		said += " Put a URL in place of the image's path."
	}
	m.notify(said)
	return tea.SetClipboard(string(safe))
}

// clipboardValue is what is copied, and its name.
func (m *Model) clipboardValue(what keymap.Action, e history.Entry) (value, word string) {
	switch what {
	case keymap.ActCopyPrompt:
		return e.Prompt(), "prompt"
	case keymap.ActCopyID:
		return e.ID, "id"
	case keymap.ActCopyURL:
		return outputURL(e, m.list.Output()), "output's URL"
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

// outputURL is the URL of the selected picture; the first one while all are shown.
func outputURL(e history.Entry, output int) string {
	for i, o := range e.Outputs {
		if o.URL != "" && (output == 0 || output == i+1) {
			return o.URL
		}
	}
	return ""
}

// keyVariable is the environment variable that a request of an entry's provider takes its key from.
func keyVariable(e history.Entry) string {
	if p, ok := api.FindProvider(e.Provider); ok && len(p.KeyNames) > 0 {
		return p.KeyNames[0]
	}
	return "KEY"
}

// curl is the request that made an entry, for a shell. The key stays a variable.
func curl(e history.Entry, keyVariable string) string {
	body, err := json.Marshal(map[string]any{"input": e.Input})
	if err != nil {
		return ""
	}
	return strings.Join([]string{
		"curl -sS -X POST " + shellQuote(e.BaseURL+"/models/"+e.Model+"/predictions"),
		`-H "Authorization: Bearer $` + keyVariable + `"`,
		"-H 'Content-Type: application/json'",
		"-d " + shellQuote(string(body)),
	}, " \\\n  ")
}

// shellQuote makes one word of a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
