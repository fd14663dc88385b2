//go:build unix

package tty

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Reader reads the terminal for Bubble Tea: a parser turns what it reads into events, and those are sent to the program. Bubble Tea only
// starts it, and sets and restores the terminal's modes. (It must not have a method Name, or Bubble Tea would take it for a file and wait
// on its descriptor.)
type Reader struct {
	file     *os.File
	out      io.Writer
	send     func(tea.Msg)
	onHangUp func()
	hangUp   sync.Once
	reading  sync.Mutex // held while Read runs

	mu       sync.Mutex // protects what follows
	input    parser
	release  func()    // ends Read; nil while it does not run
	started  time.Time // the first Read
	asked    int       // DA1 requests that were written
	askedAt  time.Time // when the last was
	answered chan struct{}
}

// NewReader returns a reader of the terminal in. Questions to the terminal are written to out. send gets the events, in order. onHangUp is
// called once, when the terminal is gone.
func NewReader(in *os.File, out io.Writer, send func(tea.Msg), onHangUp func()) *Reader {
	return &Reader{file: in, out: out, send: send, onHangUp: onHangUp, answered: make(chan struct{}, 1)}
}

// Fd returns the terminal's file descriptor, for its modes.
func (r *Reader) Fd() uintptr { return r.file.Fd() }

// Write writes to the terminal.
func (r *Reader) Write(b []byte) (int, error) { return r.file.Write(b) }

// Close does nothing: the terminal stays open.
func (r *Reader) Close() error { return nil }

// Filter notices questions on their way to the terminal.
func (r *Reader) Filter(msg tea.Msg) tea.Msg {
	raw, ok := msg.(tea.RawMsg)
	if question, isText := raw.Msg.(string); ok && isText && strings.HasSuffix(question, ansi.RequestPrimaryDeviceAttributes) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.asked++
		r.askedAt = time.Now()
		r.input.expectAnswer(r.askedAt)
	}
	return msg
}

// Read sends events until Release is called or the terminal is gone. It never returns bytes.
func (r *Reader) Read([]byte) (int, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	source, err := startReading(r.file)
	if err != nil {
		return 0, err
	}
	released := make(chan struct{})
	release := sync.OnceFunc(func() { close(released); source.stop() })
	defer release()
	r.begin(release)
	defer r.begin(nil)
	return 0, r.sendEvents(released, source.pieces)
}

// begin sets the function that ends Read.
func (r *Reader) begin(release func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.release = release
	if r.started.IsZero() {
		r.started, r.askedAt = time.Now(), time.Now() // Bubble Tea asks the terminal something at its start
		r.input.expectAnswer(r.started)
	}
}

// sendEvents feeds the parser and sends its events. Bytes have priority over an expired wait, since the machine may have been busy.
func (r *Reader) sendEvents(released <-chan struct{}, pieces <-chan piece) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		var got piece
		select {
		case <-released:
			return io.EOF // which Bubble Tea ignores
		case got = <-pieces:
		case <-timer.C:
			select {
			case got = <-pieces:
			default:
			}
		}
		events, wait := r.take(got)
		for _, event := range events {
			r.send(event)
		}
		if got.err != nil {
			return r.end(got.err)
		}
		timer.Reset(wait)
	}
}

// idle is longer than any wait of the parser.
const idle = time.Hour

// take feeds what was read, or expires what has waited too long. It returns when to look again.
func (r *Reader) take(got piece) (events []uv.Event, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	at, waits := r.input.deadline()
	switch {
	case len(got.bytes) > 0:
		events = r.input.feed(got.bytes, got.at)
	case waits && !now.Before(at):
		events = r.input.expire(now)
	}
	select {
	case r.answered <- struct{}{}:
	default:
	}
	if at, waits = r.input.deadline(); waits {
		return events, max(0, at.Sub(now))
	}
	return events, idle
}

// end reports a terminal that is gone.
func (r *Reader) end(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) {
		r.hangUp.Do(r.onHangUp)
	}
	return err
}

// Release stops reading, so that another program can have the terminal. Bubble Tea begins to read again when it takes the terminal back.
// Outstanding answers are waited for first.
func (r *Reader) Release() {
	r.waitForAnswers()
	r.stop()
}

func (r *Reader) stop() {
	r.mu.Lock()
	release := r.release
	r.mu.Unlock()
	if release != nil {
		release()
	}
}

// Leave stops reading for good, after Bubble Tea has restored the terminal. Outstanding answers would be typed into the shell, so Leave
// waits for them with the terminal in raw mode.
func (r *Reader) Leave() {
	defer r.stop()
	if !r.isOwed() || !isForeground(r.file) {
		return
	}
	modes, err := term.MakeRaw(r.file.Fd())
	if err != nil {
		return // it is gone
	}
	defer func() { _ = term.Restore(r.file.Fd(), modes) }()
	r.waitForAnswers()
}

// Before the terminal is handed on, answers to questions of the last owingTime are waited for, for at most owingLimit. All questions are
// asked at about the same time, with DA1 as the last.
const (
	owingTime  = 5 * time.Second
	owingLimit = time.Second
)

// isOwed reports whether the terminal may still owe an answer.
func (r *Reader) isOwed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	since := time.Since(r.askedAt)
	return r.release != nil && r.asked > 0 && (since < owingLimit || since < owingTime && r.asked > r.input.attributes)
}

// waitForAnswers asks a last question, whose answer comes after all others, and waits for it.
func (r *Reader) waitForAnswers() {
	if !r.isOwed() {
		return
	}
	if _, err := io.WriteString(r.out, ansi.RequestPrimaryDeviceAttributes); err != nil {
		return
	}
	r.mu.Lock()
	r.asked++
	r.mu.Unlock()
	deadline := time.NewTimer(owingLimit)
	defer deadline.Stop()
	for !r.hasAnsweredAll() {
		select {
		case <-r.answered:
		case <-deadline.C:
			return
		}
	}
}

func (r *Reader) hasAnsweredAll() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.input.attributes >= r.asked
}
