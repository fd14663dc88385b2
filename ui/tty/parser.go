package tty

import (
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// How long a parser waits for the rest of what has begun.
const (
	escWait   = 50 * time.Millisecond  // after an ESC, which may be the key esc
	pieceWait = 600 * time.Millisecond // between two pieces of a sequence: terminals are up to 500 ms late
	pasteWait = time.Second            // between two pieces of a paste, which then ends without its end marker
)

// What a parser keeps of one sequence and of one paste, in bytes. A longer sequence is dropped, and a longer paste is cut.
const (
	maxSequence = 16 << 10
	maxPaste    = 1 << 20
)

// parser makes events of the bytes that a terminal sends. The events do not depend on how the bytes are split into pieces, as long as the
// pieces of a sequence are at most 500 ms apart. An incomplete sequence is completed or dropped; it is never typed and never runs a
// command.
//
// An ESC may be the key esc or the first byte of a sequence. After escWait it is emitted as the key, unless the terminal still owes an
// answer or has said that it reports the key in another way. If a sequence continues after that, it is recognised and dropped.
//
// It never waits long for an end: two seconds after the last byte, every key is a key again.
//
// It does no I/O and has no clock: feed gets the time, and expire must be called at deadline. It is not safe for concurrent use.
type parser struct {
	decoder uv.EventDecoder
	state   state
	now     time.Time // when the present bytes arrived
	last    time.Time // when the last byte arrived
	out     []uv.Event

	seq        []byte // the incomplete sequence, from its ESC on
	tooLong    bool   // seq lacks bytes
	alt        bool   // another ESC came before it
	late       bool   // its ESC was emitted as a key
	surelyLate bool   // and nobody would type what came after it

	char     []byte // the first bytes of a character
	charSize int    // how many bytes it has

	run   []rune // text and line ends that arrived together
	cr    bool   // the run before ended with a carriage return
	burst burst

	paste  []byte
	tail   [len(pasteEnd)]byte // the last bytes of the paste
	pasted time.Time           // when the last paste ended

	escAt       time.Time // when the present sequence began
	escUntil    time.Time // until then a lone ESC may turn out to have begun a sequence
	owedUntil   time.Time // until then the terminal may owe answers
	escIsCoded  bool      // the key esc arrives as a sequence (kitty's keyboard protocol), so a lone ESC is not that key
	attributes  int       // answers to DA1
	hasAnswered bool      // the terminal has answered something
}

type state uint8

const (
	atStart     state = iota // between two events
	inChar                   // a character of several bytes
	afterESC                 //
	inCSI                    // ESC [ …
	inFunction               // ESC [ [ and a letter: a function key of the Linux console
	inMouse                  // ESC [ M and three bytes: a mouse report of X10
	inSS3                    // ESC O …
	inString                 // ESC ] …, ESC P …, ESC _ …, ESC ^ … or ESC X …, up to BEL or ESC \
	inStringESC              // an ESC in a string
	inPaste                  // after ESC [ 200 ~
)

const (
	esc      = 0x1b
	bel      = 0x07
	ctrlC    = 0x03
	cancel   = 0x18 // CAN and SUB end a sequence
	subst    = 0x1a
	del      = 0x7f
	pasteEnd = "\x1b[201~"
)

// feed takes bytes that arrived together, at now, and returns the complete events.
func (in *parser) feed(b []byte, now time.Time) []uv.Event {
	in.now = now
	for _, c := range b {
		in.take(c)
	}
	in.endRun()
	in.last = now
	return in.takeEvents()
}

// deadline returns when to call expire if no byte arrives until then. ok is false if nothing has begun.
func (in *parser) deadline() (at time.Time, ok bool) {
	return in.last.Add(in.wait()), in.state != atStart
}

// wait returns how long to wait for the rest of what has begun.
func (in *parser) wait() time.Duration {
	switch {
	case in.state == inPaste:
		return pasteWait
	case in.state == afterESC && !in.escIsCoded && !in.last.Before(in.owedUntil):
		return escWait
	}
	return pieceWait
}

// expire ends what has begun, because the rest did not arrive.
func (in *parser) expire(now time.Time) []uv.Event {
	in.now = now
	switch {
	case in.state == inPaste:
		in.cutEndMarker()
		in.endPaste()
	case in.state == afterESC:
		in.emitESC()
		in.escUntil = in.last.Add(pieceWait)
	case in.late && !in.surelyLate:
		in.emitAsKeys()
	}
	in.reset()
	return in.takeEvents()
}

// expectAnswer records that the terminal was asked something at now, so that an ESC is more likely the beginning of an answer than a key.
func (in *parser) expectAnswer(now time.Time) { in.owedUntil = now.Add(2 * time.Second) }

func (in *parser) takeEvents() []uv.Event {
	out := in.out
	in.out = nil
	return out
}

// reset forgets what has begun.
func (in *parser) reset() {
	in.state, in.seq, in.char = atStart, nil, nil
	in.tooLong, in.alt, in.late, in.surelyLate = false, false, false, false
}

// take takes one byte.
func (in *parser) take(c byte) {
	if in.late && !in.surelyLate && in.state != atStart {
		var fits bool
		if fits, in.surelyLate = continuesESC(in.seq[1:], c); !fits {
			in.emitAsKeys()
		}
	}
	switch in.state {
	case atStart:
		in.start(c)
	case inChar:
		in.continueChar(c)
	case afterESC:
		in.continueESC(c)
	case inPaste:
		in.continuePaste(c)
	case inString, inStringESC:
		in.continueString(c)
	default:
		in.continueSequence(c)
	}
}

// start takes the first byte of a key, a text or a sequence.
func (in *parser) start(c byte) {
	continues := in.now.Before(in.escUntil) && isIntroducer(c)
	in.escUntil = time.Time{}
	switch {
	case continues:
		in.seq, in.late = []byte{esc}, true
		in.continueESC(c)
	case c == esc:
		in.endRun()
		in.beginESC()
	case c == '\r' || c == '\n' || c == '\t':
		in.run = append(in.run, rune(c))
	case c < ' ' || c == del:
		in.endRun()
		in.decode([]byte{c})
	case c < utf8.RuneSelf:
		in.run = append(in.run, rune(c))
	default:
		in.beginChar(c)
	}
}

// beginChar takes the first byte of a character. It drops a byte that cannot begin one.
func (in *parser) beginChar(c byte) {
	switch {
	case c >= 0xC2 && c < 0xE0:
		in.charSize = 2
	case c >= 0xE0 && c < 0xF0:
		in.charSize = 3
	case c >= 0xF0 && c < 0xF5:
		in.charSize = 4
	default:
		in.reset()
		return
	}
	in.state, in.char = inChar, []byte{c}
}

// continueChar takes a further byte of a character. After an ESC it is a character with alt.
func (in *parser) continueChar(c byte) {
	if c&0xC0 != 0x80 {
		in.reset()
		in.take(c)
		return
	}
	in.char = append(in.char, c)
	if len(in.char) < in.charSize {
		return
	}
	char, seq := in.char, in.seq
	in.reset()
	r, _ := utf8.DecodeRune(char)
	switch {
	case r == utf8.RuneError: // dropped, also if it was sent as such
	case len(seq) > 0:
		in.decode(append(seq, char...))
	default:
		in.run = append(in.run, r)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
