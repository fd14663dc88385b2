package textedit

// undoDepth is how many changes can be taken back.
const undoDepth = 200

// textPast is the texts that undo goes back to, the oldest first.
type textPast struct{ kept []textBuffer }

// push keeps the text as it was before an edit. A run of typing or of erasing is one change, cut at each word's start.
func (t *textPast) push(before textBuffer, kind, last editKind) {
	run := kind == last && (kind == editType || kind == editErase)
	if run && len(t.kept) > 0 && !startsWord(before) {
		return
	}
	if len(t.kept) == undoDepth {
		t.kept = append(t.kept[:0], t.kept[1:]...)
	}
	t.kept = append(t.kept, before)
}

// startsWord tells whether the character before the cursor ends a word, so that what is typed next begins one.
func startsWord(b textBuffer) bool {
	return b.at > 0 && b.cells[b.at-1].isSpace()
}

// pop gives the last kept text back.
func (t *textPast) pop() (textBuffer, bool) {
	if len(t.kept) == 0 {
		return textBuffer{}, false
	}
	last := t.kept[len(t.kept)-1]
	t.kept = t.kept[:len(t.kept)-1]
	return last, true
}
