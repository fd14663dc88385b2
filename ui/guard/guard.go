// Package guard detects keys that were not meant as commands: a sentence typed into the list, an enter that is held, and an enter at the
// end of a paste. It also remembers what a second x cancels.
//
// Its rules: it gets keys by their names and times by the caller's clock, it never acts, and it remembers at most a few keys.
package guard

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Grace is how long a question or a dialog ignores keys after it was opened, so that a key pressed before it was drawn does not answer it.
const Grace = 300 * time.Millisecond

const (
	typingWindow  = 600 * time.Millisecond // three different letters within this are typing and not commands
	typingPause   = 500 * time.Millisecond // after a pause of this they are commands again
	typingLetters = 3
	armedDuration = 3 * time.Second        // a second x cancels within this
	pasteDuration = 200 * time.Millisecond // an enter within this after a paste belongs to it
	heldDuration  = 400 * time.Millisecond // an enter within this after the last one, with the same input, is a held one
)

// Guard remembers the last few keys. The zero Guard is ready to use.
type Guard struct {
	letters    []letter // the different letters pressed within typingWindow
	lastLetter time.Time
	typing     bool
	armed      []string // what a second x cancels
	armedUntil time.Time
	enters     Presses   // by the input that was bought
	refused    bool      // an action could not do anything
	swallowing time.Time // the last key that was swallowed, or what began it; zero for none
	heldEnter  bool      // enter was pressed before the session was open
	lastPaste  time.Time
}

type letter struct {
	key string
	at  time.Time
}

// cursorKeys are the letters that move the cursor. They never count as typing.
const cursorKeys = "jkhlgG"

// OnlyMoves reports whether all letters of a text move the cursor. Line breaks are ignored.
func OnlyMoves(text string) bool { return strings.Trim(text, cursorKeys+"\n") == "" }

// IsTyping reports whether a key that was pressed where letters are commands belongs to a sentence that was meant for the prompt. From
// the third different letter within typingWindow on, letters are typing until a pause.
func (g *Guard) IsTyping(key string, now time.Time) bool {
	r, size := utf8.DecodeRuneInString(key)
	if key != "space" && (size != len(key) || !unicode.IsPrint(r)) {
		return false
	}
	pause := now.Sub(g.lastLetter)
	g.lastLetter = now
	if g.typing {
		g.typing = pause < typingPause
		if g.typing {
			return true
		}
		g.letters = nil
	}
	if strings.Contains(cursorKeys, key) {
		return false
	}
	g.letters = slices.DeleteFunc(g.letters, func(l letter) bool { return now.Sub(l.at) > typingWindow || l.key == key })
	g.letters = append(g.letters, letter{key, now})
	g.typing = len(g.letters) >= typingLetters
	return g.typing
}

// Arm makes a second x cancel the predictions with these keys.
func (g *Guard) Arm(keys []string, now time.Time) {
	g.armed, g.armedUntil = slices.Clone(keys), now.Add(armedDuration)
}

// Disarm forgets what a second x would cancel.
func (g *Guard) Disarm() { g.armed = nil }

// Confirm returns the keys that were armed and disarms; nil if none were or the time is over.
func (g *Guard) Confirm(now time.Time) []string {
	keys := g.armed
	g.armed = nil
	if now.After(g.armedUntil) {
		return nil
	}
	return keys
}

// IsArmed reports whether a second x cancels the prediction with this key.
func (g *Guard) IsArmed(key string, now time.Time) bool {
	return slices.Contains(g.armed, key) && !now.After(g.armedUntil)
}

// ArmedFor returns how long a second x still cancels; ok is false if nothing is armed.
func (g *Guard) ArmedFor(now time.Time) (left time.Duration, ok bool) {
	return g.armedUntil.Sub(now), len(g.armed) > 0
}

// Expire disarms when the time for a second x is over.
func (g *Guard) Expire(now time.Time) {
	if now.After(g.armedUntil) {
		g.Disarm()
	}
}

// RecordPaste records that something was pasted.
func (g *Guard) RecordPaste(now time.Time) { g.lastPaste = now }

// InPaste reports whether an enter belongs to a paste. A terminal may send a clipboard that contains the sequence that ends a paste and
// then an enter, without removing them.
func (g *Guard) InPaste(now time.Time) bool { return now.Sub(g.lastPaste) < pasteDuration }

// SubmitKind says what an enter with this input is. An enter that is held submits once.
func (g *Guard) SubmitKind(input string, now time.Time) Press {
	return g.enters.kind(input, heldDuration, now)
}

// Refuse records that an action could not do anything.
func (g *Guard) Refuse() { g.refused = true }

// BeginChord begins a key that is pressed in a menu.
func (g *Guard) BeginChord() { g.refused = false }

// EndChord ends a key that was pressed in a menu. If its action could not do anything, the keys that follow are swallowed until a pause.
func (g *Guard) EndChord(now time.Time) {
	if g.refused {
		g.swallowing = now
	}
	g.refused = false
}

// Swallows reports whether a key or a text is swallowed, since it follows a chord that could not do anything without a pause.
func (g *Guard) Swallows(now time.Time) bool {
	if g.swallowing.IsZero() || now.Sub(g.swallowing) >= typingPause {
		g.swallowing = time.Time{}
		return false
	}
	g.swallowing = now
	return true
}

// AllowResubmit lets the next enter buy the same input at once, since the last purchase failed.
func (g *Guard) AllowResubmit() { g.enters.what = "" }

// HoldEnter remembers an enter that was pressed before the session was open.
func (g *Guard) HoldEnter() { g.heldEnter = true }

// TakeHeldEnter reports whether an enter is remembered, and forgets it.
func (g *Guard) TakeHeldEnter() bool {
	held := g.heldEnter
	g.heldEnter = false
	return held
}
