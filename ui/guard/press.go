package guard

import "time"

// RepeatPause is longer than the time between two repeats of a held key.
const RepeatPause = 120 * time.Millisecond

// holdDelay is within what keys that are held begin to repeat.
const holdDelay = 800 * time.Millisecond

// A Press is what a key is that should act once, however long it is held.
type Press int

const (
	NewPress   Press = iota
	HeldPress        // a repeat of a key that is held, which does nothing
	MaybePress       // the first repeat of a held key, or a new press: another one within RepeatPause shows which
)

// Presses tells new presses of keys from the repeats of one that is held. The zero Presses is ready to use.
type Presses struct {
	what    string // what the last key was for
	at      time.Time
	repeats bool // it was a repeat
}

// Kind says what a key is that does what it is told by a name. Two presses within RepeatPause are one that is held.
func (p *Presses) Kind(what string, now time.Time) Press { return p.kind(what, RepeatPause, now) }

// kind is Kind for keys of which two within a time are one that is held. Keys begin to repeat 0.2 to 0.7 seconds after they were pressed, depending
// on the system, so a key that follows another in that time may be either.
func (p *Presses) kind(what string, within time.Duration, now time.Time) Press {
	since, repeats := now.Sub(p.at), p.repeats
	p.at, p.repeats = now, false
	switch {
	case what != p.what:
		p.what = what
	case since < within:
		p.repeats = true
		return HeldPress
	case since < holdDelay && !repeats:
		return MaybePress
	}
	return NewPress
}
