package textedit

// undoDepth is how many changes can be undone.
const undoDepth = 200

// undoStack has the texts that undo goes back to, the oldest first.
type undoStack struct{ texts []buffer }

// push stores the text before an edit. A run of typing or of erasing is one change, which ends at the start of each word.
func (t *undoStack) push(before buffer, kind, last editKind) {
	run := kind == last && (kind == editType || kind == editErase)
	if run && len(t.texts) > 0 && !startsWord(before) {
		return
	}
	if len(t.texts) == undoDepth {
		t.texts = append(t.texts[:0], t.texts[1:]...)
	}
	t.texts = append(t.texts, before)
}

// startsWord reports whether text typed at the cursor starts a word.
func startsWord(b buffer) bool {
	return b.at > 0 && b.chars[b.at-1].isSpace()
}

// pop returns the newest text.
func (t *undoStack) pop() (buffer, bool) {
	if len(t.texts) == 0 {
		return buffer{}, false
	}
	last := t.texts[len(t.texts)-1]
	t.texts = t.texts[:len(t.texts)-1]
	return last, true
}
