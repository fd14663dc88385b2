package tty

import (
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Burst is text that arrived at once, as no hand types it: a paste without brackets, or what an input method or a script sends. Its lines
// end with line feeds.
type Burst string

// How an enter is told from the end of a line in a paste without brackets, by the time since the text before it. A fast hand needs some
// 30 ms from one key to the next. An input method and dictation bring several characters at once, and then a hand presses enter.
const (
	handGap     = 10 * time.Millisecond  // what is closer together was not typed
	burstPause  = 100 * time.Millisecond // after a few characters that were not typed, an enter within this is one of them
	pastePause  = 200 * time.Millisecond // after a longer text
	burstLength = 3
	pasteLength = 24
)

// burst is the text that arrived last, faster than a hand types.
type burst struct {
	length int // in characters
	last   time.Time
}

// add takes characters that arrived together.
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

// disarm turns an enter within a burst into a line break (ctrl+j), so that it never buys. Line breaks prolong the burst.
func (b *burst) disarm(key uv.KeyPressEvent, now time.Time) uv.KeyPressEvent {
	if !isEnter(key) || !b.has(now) {
		return key
	}
	b.last = now
	return lineBreak
}

// lineBreak is the key that breaks the line at each place.
var lineBreak = uv.KeyPressEvent{Code: 'j', Mod: uv.ModCtrl}

func isEnter(key uv.KeyPressEvent) bool {
	return (key.Code == uv.KeyEnter || key.Code == uv.KeyKpEnter) && key.Mod == 0
}

// disarmLastEnter turns an enter right before an end marker, in the same piece, into a line break. Right after the paste it is left as it
// is: package guard holds it back, and a note says so.
func (in *parser) disarmLastEnter() {
	if n := len(in.out); n > 0 && in.now.Sub(in.pasted) >= pastePause {
		if key, ok := in.out[n-1].(uv.KeyPressEvent); ok && isEnter(key) {
			in.out[n-1] = lineBreak
		}
	}
}
