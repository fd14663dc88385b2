package ui

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
	"tintype/ui/textedit"
)

// pasteLimit bounds what is looked at of a paste: the longest prompt, and as much again that falls away in it.
const pasteLimit = 2 * textedit.MaxPrompt

// onPaste puts pasted text where text is typed; from anywhere else, into the prompt. A paste never buys.
func (m *Model) onPaste(s string) tea.Cmd {
	m.guard.Pasted(m.now())
	s, _ = text.CutBytes(s, pasteLimit)
	switch {
	case m.dialogs.Paste(s):
	case m.list.IsEditingFilter():
		m.list.PasteFilter(s)
	default:
		path, dropped := parseDroppedPath(s)
		if row, takesImage := m.settings.ImageRow(); dropped && takesImage && m.session.History != nil {
			return m.requestImage(imageRequest{row: row, typed: []string{path}, add: true, pasted: s})
		}
		return m.pasteText(s)
	}
	return nil
}

// pasteText puts pasted text into the prompt.
func (m *Model) pasteText(s string) tea.Cmd {
	m.screens.Home()
	m.screens.home.setFocus(focusPrompt)
	if whole := m.prompt.Paste(s); !whole {
		m.notify("The paste was longer than a prompt may be; its end was cut.")
	}
	m.recall.Leave()
	return nil
}

// pictureEndings are the names of files that are taken for pictures when they are pasted or dropped.
var pictureEndings = []string{".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"}

// parseDroppedPath tells whether a paste is a single file's path, as terminals and file managers write it when a file is dropped.
func parseDroppedPath(pasted string) (path string, ok bool) {
	path = strings.TrimSpace(pasted)
	bare := strings.ToLower(strings.Trim(path, `'"`))
	switch {
	case strings.Contains(path, "\n") || path == "":
		return "", false
	case !strings.HasPrefix(bare, "/") && !strings.HasPrefix(bare, "~/") && !strings.HasPrefix(bare, "file:") && !filepath.IsAbs(bare):
		return "", false
	}
	for _, ending := range pictureEndings {
		if strings.HasSuffix(bare, ending) {
			return path, true
		}
	}
	return "", false
}
