package ui

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The bounds between what a hand means and what it does by mistake.
const (
	typingWithin  = 600 * time.Millisecond // three different letters within this are typing, not verbs
	typingPause   = 500 * time.Millisecond // and verbs are verbs again after a pause of this
	armedFor      = 3 * time.Second        // x, and x again within this
	pasteSettles  = 200 * time.Millisecond // an enter so soon after a paste belongs to it
	sameInput     = 400 * time.Millisecond // the same input again only this long after the last enter
	graceDelay    = 300 * time.Millisecond // a question or a dialog hears nothing for so long
	takeBackSpan  = 10 * time.Second       // u takes a stop back within this
	typingLetters = 3
)

// guard is what the hands did lately: it tells verbs from typing, and one purchase from a held key.
type guard struct {
	letters   []pressed // different letters within typingWithin
	lastKey   time.Time // of the last letter in the list
	typing    bool
	armed     []string // what x again cancels
	armedTill time.Time
	lastEnter time.Time
	lastInput string    // what was bought last
	early     bool      // enter was pressed before the session was there
	pasted    time.Time // something was
}

type pressed struct {
	letter string
	at     time.Time
}

// moves are the letters that walk the list: held or mixed they are no typing.
const moves = "jkhlgG"

// isTyping tells whether a key in the list is part of a sentence that was meant for the prompt. From the third different
// letter within typingWithin on, letters do nothing until a pause.
func (h *guard) isTyping(key string, now time.Time) bool {
	r, size := utf8.DecodeRuneInString(key)
	if key != "space" && (size != len(key) || !unicode.IsPrint(r)) {
		return false
	}
	pause := now.Sub(h.lastKey)
	h.lastKey = now
	if h.typing {
		h.typing = pause < typingPause
		if h.typing {
			return true
		}
		h.letters = nil
	}
	if strings.Contains(moves, key) {
		return false
	}
	h.letters = slices.DeleteFunc(h.letters, func(p pressed) bool { return now.Sub(p.at) > typingWithin || p.letter == key })
	h.letters = append(h.letters, pressed{key, now})
	h.typing = len(h.letters) >= typingLetters
	return h.typing
}

// explainVerbs tells who types a sentence into the list what goes on.
func (m *Model) explainVerbs() { m.notify("Keys act on the list here. esc goes to the prompt.") }

// arm makes x again cancel keys.
func (h *guard) arm(keys []string, now time.Time) {
	h.armed, h.armedTill = slices.Clone(keys), now.Add(armedFor)
}

// confirm is what x cancels if it was armed in time; it disarms.
func (h *guard) confirm(now time.Time) []string {
	keys := h.armed
	h.armed = nil
	if now.After(h.armedTill) {
		return nil
	}
	return keys
}

// isArmed tells whether x again cancels key.
func (h *guard) isArmed(key string, now time.Time) bool {
	return slices.Contains(h.armed, key) && !now.After(h.armedTill)
}

// inPaste tells whether an enter is part of what was pasted: a clipboard that holds the end of a paste, and an enter behind it,
// would else press it where a terminal hands such a clipboard over as it is.
func (h *guard) inPaste(now time.Time) bool { return now.Sub(h.pasted) < pasteSettles }

// isNewSubmit tells whether an enter with this input is a purchase: a held enter buys once.
func (h *guard) isNewSubmit(input string, now time.Time) bool {
	held := input == h.lastInput && now.Sub(h.lastEnter) < sameInput
	h.lastEnter = now
	if held {
		return false
	}
	h.lastInput = input
	return true
}
