//go:build unix

package tty

import (
	"context"
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

// Reader reads the terminal for Bubble Tea: what it reads goes through an Input, and the events to the program. Bubble Tea
// only starts it, and sets and restores the terminal's modes. (It must have no method Name: then Bubble Tea takes it for a file that it
// cannot wait for itself.)
type Reader struct {
	file     *os.File
	out      io.Writer
	send     func(tea.Msg)
	onHangUp func()
	hangUp   sync.Once
	reading  sync.Mutex // held while Read runs

	mu       sync.Mutex // protects what follows
	input    Input
	release  func()    // ends Read; nil while it does not run
	started  time.Time // the first Read
	asked    int       // DA1 requests that were written
	answered chan struct{}
}

// NewReader returns a reader of the terminal in, whose questions are written to out. send takes the events, in order. onHangUp
// is called once, when the terminal is gone.
func NewReader(in *os.File, out io.Writer, send func(tea.Msg), onHangUp func()) *Reader {
	return &Reader{file: in, out: out, send: send, onHangUp: onHangUp, answered: make(chan struct{}, 1)}
}

// Fd is the terminal's, for its modes.
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
		r.input.Expect(time.Now())
	}
	return msg
}

// piece is what one read of the terminal brought.
type piece struct {
	bytes []byte
	at    time.Time
	err   error
}

// Read sends events until Release is called or the terminal is gone. It never returns bytes.
func (r *Reader) Read([]byte) (int, error) {
	r.reading.Lock()
	defer r.reading.Unlock()
	source, err := uv.NewCancelReader(r.file)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	pieces, done := make(chan piece, 16), make(chan struct{})
	go func() {
		defer close(done)
		readPieces(ctx, source, pieces)
	}()
	release := sync.OnceFunc(func() {
		cancel()
		source.Cancel()
		<-done
		_ = source.Close()
	})
	defer release()
	r.begin(release)
	defer r.begin(nil)
	return 0, r.sendEvents(ctx, pieces)
}

// begin takes the function that ends Read.
func (r *Reader) begin(release func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.release = release
	if r.started.IsZero() {
		r.started = time.Now()
		r.input.Expect(r.started) // Bubble Tea asks something itself
	}
}

// readPieces reads until the source is cancelled or gone.
func readPieces(ctx context.Context, source io.Reader, pieces chan<- piece) {
	for {
		b := make([]byte, 4<<10)
		n, err := source.Read(b)
		select {
		case pieces <- piece{b[:n], time.Now(), err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// sendEvents feeds the Input, and sends its events. Bytes go before an expired wait: the machine may have been busy.
func (r *Reader) sendEvents(ctx context.Context, pieces <-chan piece) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		var got piece
		select {
		case <-ctx.Done():
			return io.EOF
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
			return r.end(ctx, got.err)
		}
		timer.Reset(wait)
	}
}

// idle is longer than anything that Input waits for.
const idle = time.Hour

// take feeds what was read, or expires what has waited too long. It returns when to look again.
func (r *Reader) take(got piece) (events []uv.Event, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	at, waits := r.input.Deadline()
	switch {
	case len(got.bytes) > 0:
		events = r.input.Feed(got.bytes, got.at)
	case waits && !now.Before(at):
		events = r.input.Expire(now)
	}
	select {
	case r.answered <- struct{}{}:
	default:
	}
	if at, waits = r.input.Deadline(); waits {
		return events, max(0, at.Sub(now))
	}
	return events, idle
}

// end returns the error for Bubble Tea, which ignores an io.EOF, and reports a terminal that is gone.
func (r *Reader) end(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return io.EOF
	}
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) {
		r.hangUp.Do(r.onHangUp)
	}
	return err
}

// Release stops reading, so that another program can have the terminal. Bubble Tea begins to read again when it takes the terminal
// back. Answers that are still to come are waited for first.
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

// Leave stops reading for good, after Bubble Tea has restored the terminal. Answers that are still to come would be typed into
// the shell, so they are waited for with the terminal in raw mode.
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

// How long the program waits on leaving for answers that are still to come.
const (
	muteLimit  = time.Second     // since it has asked, if the terminal has never answered anything
	owingLimit = 2 * time.Second // since it leaves, if it has
)

// isOwed reports whether the terminal may still owe an answer: the last question is not answered, or the program has only begun.
func (r *Reader) isOwed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	since := time.Since(r.started)
	switch {
	case r.release == nil || r.asked == 0:
		return false
	case !r.input.heard:
		return since < muteLimit
	}
	return r.asked > r.input.attributes || since < muteLimit
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
	limit := max(0, muteLimit-time.Since(r.started))
	r.mu.Unlock()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for extended := false; ; {
		r.mu.Lock()
		heard, done := r.input.heard, r.input.attributes >= r.asked
		r.mu.Unlock()
		if done {
			return
		}
		if heard && !extended {
			extended = true
			deadline.Reset(owingLimit)
		}
		select {
		case <-r.answered:
		case <-deadline.C:
			return
		}
	}
}
