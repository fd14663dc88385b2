package textedit

import tea "charm.land/bubbletea/v2"

// editKind is what a key did to a text. For undo and the kill buffer, a run of the same kind belongs together.
type editKind int

const (
	editNone   editKind = iota // the key has no meaning here
	editMove                   // moved the cursor
	editType                   // a character
	editErase                  // backspace, delete
	editKill                   // removed into the kill buffer
	editInsert                 // a line break, a yank, a paste
	editRecall                 // replaced by an earlier text
)

// edit applies one of readline's keys, or types the key's text. before is the kind of the edit before it: consecutive
// kills are joined, as in readline.
func (b *buffer) edit(key tea.KeyPressMsg, before editKind) editKind {
	if key.Text != "" && !key.Mod.Contains(tea.ModCtrl) && !key.Mod.Contains(tea.ModAlt) {
		b.insert(key.Text)
		return editType
	}
	name := key.Keystroke()
	if to, ok := b.moveTarget(name); ok {
		b.at = to
		return editMove
	}
	if from, to, ok := b.eraseRange(name); ok {
		b.remove(from, to)
		return editErase
	}
	if from, to, ok := b.killRange(name); ok {
		b.kill(from, to, before == editKill)
		return editKill
	}
	switch name {
	case "ctrl+y":
		b.insert(b.killed)
		return editInsert
	}
	return editNone
}

// moveTarget returns where a key moves the cursor.
func (b *buffer) moveTarget(name string) (to int, ok bool) {
	switch name {
	case "left":
		return max(b.at-1, 0), true
	case "right":
		return min(b.at+1, len(b.chars)), true
	case "ctrl+a", "home":
		return b.lineStart(), true
	case "ctrl+e", "end":
		return b.lineEnd(), true
	case "alt+b", "alt+left", "ctrl+left":
		return b.runStart(character.isWord), true
	case "alt+f", "alt+right", "ctrl+right":
		return b.runEnd(character.isWord), true
	case "ctrl+home", "alt+shift+,", "alt+<":
		return 0, true
	case "ctrl+end", "alt+shift+.", "alt+>":
		return len(b.chars), true
	}
	return 0, false
}

// eraseRange returns the characters that a key deletes. Some terminals send ctrl+h for backspace.
func (b *buffer) eraseRange(name string) (from, to int, ok bool) {
	switch name {
	case "backspace", "shift+backspace", "ctrl+h":
		return max(b.at-1, 0), b.at, true
	case "delete", "shift+delete", "ctrl+d":
		return b.at, min(b.at+1, len(b.chars)), true
	}
	return 0, 0, false
}

// killRange returns the characters that a key removes into the kill buffer.
func (b *buffer) killRange(name string) (from, to int, ok bool) {
	switch name {
	case "ctrl+w":
		return b.runStart(isNotSpace), b.at, true
	case "alt+backspace", "ctrl+backspace":
		return b.runStart(character.isWord), b.at, true
	case "alt+d", "alt+delete", "ctrl+delete":
		return b.at, b.runEnd(character.isWord), true
	case "ctrl+u":
		return orLineBreak(b.lineStart(), b.at, -1, b), b.at, true
	case "ctrl+k":
		return b.at, orLineBreak(b.lineEnd(), b.at, +1, b), true
	}
	return 0, 0, false
}

func isNotSpace(c character) bool { return !c.isSpace() }

// orLineBreak returns the end of the line, or the place beyond the line break when the cursor is at that end already.
func orLineBreak(end, at, by int, b *buffer) int {
	if end != at {
		return end
	}
	return min(max(end+by, 0), len(b.chars))
}

// kill removes characters into the kill buffer; with more it adds them to the buffer, on the side that they came from.
func (b *buffer) kill(from, to int, more bool) {
	back := to == b.at
	gone := b.remove(from, to)
	switch {
	case gone == "":
	case !more:
		b.killed = gone
	case back:
		b.killed = gone + b.killed
	default:
		b.killed += gone
	}
}
