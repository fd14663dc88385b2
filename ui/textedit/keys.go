package textedit

import tea "charm.land/bubbletea/v2"

// editKind is what a key did to a text, as far as undo and the kill buffer care: runs of the same kind belong together.
type editKind int

const (
	editNone   editKind = iota // not a key of ours
	editMove                   // the cursor alone
	editType                   // a character
	editErase                  // backspace, delete
	editKill                   // taken into the kill buffer
	editInsert                 // a line break, a yank, a paste
	editRecall                 // an earlier prompt in its place
)

// edit applies one of readline's keys, or types the key's text. before is the kind of the edit before it: kills in a row
// add up, as in readline.
func (b *textBuffer) edit(key tea.KeyPressMsg, before editKind) editKind {
	if key.Text != "" && !key.Mod.Contains(tea.ModCtrl) && !key.Mod.Contains(tea.ModAlt) {
		b.insert(key.Text)
		return editType
	}
	name := key.Keystroke()
	if to, ok := b.moved(name); ok {
		b.at = to
		return editMove
	}
	if from, to, ok := b.erased(name); ok {
		b.remove(from, to)
		return editErase
	}
	if from, to, ok := b.taken(name); ok {
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

// moved is where a key takes the cursor.
func (b *textBuffer) moved(name string) (to int, ok bool) {
	switch name {
	case "left":
		return max(b.at-1, 0), true
	case "right":
		return min(b.at+1, len(b.cells)), true
	case "ctrl+a", "home":
		return b.lineStart(), true
	case "ctrl+e", "end":
		return b.lineEnd(), true
	case "alt+b", "alt+left", "ctrl+left":
		return b.before(textCell.isWord), true
	case "alt+f", "alt+right", "ctrl+right":
		return b.after(textCell.isWord), true
	case "ctrl+home", "alt+shift+,", "alt+<":
		return 0, true
	case "ctrl+end", "alt+shift+.", "alt+>":
		return len(b.cells), true
	}
	return 0, false
}

// erased is what a key deletes for good. Some terminals send ctrl+h for backspace.
func (b *textBuffer) erased(name string) (from, to int, ok bool) {
	switch name {
	case "backspace", "shift+backspace", "ctrl+h":
		return max(b.at-1, 0), b.at, true
	case "delete", "shift+delete", "ctrl+d":
		return b.at, min(b.at+1, len(b.cells)), true
	}
	return 0, 0, false
}

// taken is what a key takes into the kill buffer.
func (b *textBuffer) taken(name string) (from, to int, ok bool) {
	switch name {
	case "ctrl+w":
		return b.before(isNoSpace), b.at, true
	case "alt+backspace", "ctrl+backspace":
		return b.before(textCell.isWord), b.at, true
	case "alt+d", "alt+delete", "ctrl+delete":
		return b.at, b.after(textCell.isWord), true
	case "ctrl+u":
		return orBreak(b.lineStart(), b.at, -1, b), b.at, true
	case "ctrl+k":
		return b.at, orBreak(b.lineEnd(), b.at, +1, b), true
	}
	return 0, 0, false
}

func isNoSpace(c textCell) bool { return !c.isSpace() }

// orBreak is the end of the line, or one further over the line break when the cursor stands at that end already.
func orBreak(end, at, by int, b *textBuffer) int {
	if end != at {
		return end
	}
	return min(max(end+by, 0), len(b.cells))
}

// kill removes into the kill buffer; with more it adds to what was killed just before, on the side it came from.
func (b *textBuffer) kill(from, to int, more bool) {
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
