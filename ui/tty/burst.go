package tty

import (
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Burst is text that arrived at once, faster than anyone types: a paste without brackets, or text from an input method or a script. Its
// lines end with line feeds.
type Burst string

// These times since the last text distinguish an enter from the end of a line in a paste without brackets. A fast typist needs about 30 ms
// from one key to the next. Input methods and dictation send several characters at once, after which the user presses enter.
const (
	handGap     = 10 * time.Millisecond  // keys that are closer together were not typed
	burstPause  = 100 * time.Millisecond // after a few characters that were not typed, an enter within this time belongs to them
	pastePause  = 200 * time.Millisecond // after a longer text
	burstLength = 3
	pasteLength = 24
)

// burst is the text that arrived last, if it came faster than anyone types.
type burst struct {
	length int // in characters
	last   time.Time
}

// add counts characters that arrived together.
func (b *burst) add(n int, now time.Time) {
	if now.Sub(b.last) >= handGap {
		b.length = 0
	}
	b.length += n
	b.last = now
}

// has reports whether an enter at this time belongs to the text.
func (b *burst) has(now time.Time) bool {
	since := now.Sub(b.last)
	return since < handGap || b.length >= burstLength && since < burstPause || b.length >= pasteLength && since < pastePause
}

// disarm turns an enter within a burst into a line break (ctrl+j), so that it never buys. A line break prolongs the burst.
func (b *burst) disarm(key uv.KeyPressEvent, now time.Time) uv.KeyPressEvent {
	if !isEnter(key) || !b.has(now) {
		return key
	}
	b.last = now
	return lineBreak
}

// lineBreak is the key that breaks the line everywhere.
var lineBreak = uv.KeyPressEvent{Code: 'j', Mod: uv.ModCtrl}

func isEnter(key uv.KeyPressEvent) bool {
	return (key.Code == uv.KeyEnter || key.Code == uv.KeyKpEnter) && key.Mod == 0
}

// disarmLastEnter turns an enter directly before an end marker, in the same piece, into a line break. Directly after a paste it leaves the
// enter, since package guard then holds it back and shows a note.
func (in *parser) disarmLastEnter() {
	if n := len(in.out); n > 0 && in.now.Sub(in.pasted) >= pastePause {
		if key, ok := in.out[n-1].(uv.KeyPressEvent); ok && isEnter(key) {
			in.out[n-1] = lineBreak
		}
	}
}
