//go:build unix

package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"tintype/api"
	"tintype/history"
	"tintype/ui/runner"
)

// panicSite is a place that the program is made to break down in.
type panicSite struct {
	function   string // a part of the function's name on the stack of who asks for the time; "": Open itself
	closeHangs bool   // the session cannot be closed any more either
}

var panicSites = map[string]panicSite{
	"a command":                 {},
	"Update":                    {function: "(*Model).Update"},
	"View":                      {function: "(*Model).View"},
	"a goroutine of the runner": {function: "runner.(*Runner).Perform"},
	"Update, and the session cannot be closed": {function: "(*Model).Update", closeHangs: true},
}

// TestI12TerminalRestored: wherever the program breaks down, it leaves the alternate screen, shows the cursor, turns mouse,
// paste, focus and keyboard modes off, and ends with a sentence. Invariant I12. It runs itself in a terminal for that.
func TestI12TerminalRestored(t *testing.T) {
	if where := os.Getenv("TINTYPE_TEST_PANIC"); where != "" {
		runAndPanic(where)
	}
	for where := range panicSites {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			said, state := runInTerminal(t, "TINTYPE_TEST_PANIC="+where)
			if code := state.ExitCode(); code != 3 {
				t.Errorf("ended with %d: %q", code, said)
			}
			for _, end := range modeResets {
				if strings.LastIndex(said, end) < strings.LastIndex(said, modeSet(end)) || !strings.Contains(said, end) {
					t.Errorf("%q was not taken back: %q", end, said)
				}
			}
			if !strings.Contains(said, "provoked in") {
				t.Error("it did not break down where it should")
			}
			if !strings.Contains(said, "The screen broke down") {
				t.Errorf("no sentence in %q", said)
			}
		})
	}
}

// modeResets is what turns the modes off that the screen takes, in the order in which it takes them; taken is what turns one on.
var modeResets = []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1002l", "\x1b[?1006l", "\x1b[?1004l", "\x1b[<1u"}

func modeSet(end string) string {
	return strings.NewReplacer("l", "h", "25h", "25l", "<", ">").Replace(end)
}

// upFile is the file that says that the screen has been seen, in the folder of the program under test.
func upFile(dir string) string { return filepath.Join(dir, "up") }

// clock is a clock that breaks down where its time is asked for in the wrong place, once the screen is up.
func (b panicSite) clock(up *atomic.Bool) func() time.Time {
	return func() time.Time {
		if up.Load() && b.function != "" {
			calls := make([]uintptr, 64)
			frames := runtime.CallersFrames(calls[:runtime.Callers(1, calls)])
			for frame, more := frames.Next(); more; frame, more = frames.Next() {
				if strings.Contains(frame.Function, b.function) {
					up.Store(false) // once: what still works afterwards is a part of the promise
					panicIn(b.function)
				}
			}
		}
		return time.Now()
	}
}

// panicIn breaks down, and says so itself before: Bubble Tea may be ended before it has told a command's panic.
func panicIn(where string) {
	said := "provoked in " + where
	_, _ = io.WriteString(os.Stderr, said)
	panic(said)
}

// runAndPanic is the program under test, in a process of its own: it opens a demo, buys, and breaks down on the way.
func runAndPanic(where string) {
	b, up := panicSites[where], new(atomic.Bool)
	now := b.clock(up)
	provider, _ := api.FindProvider(api.Demo)
	o := Options{Open: func(ctx context.Context) (Session, error) {
		for { // the screen is to be up: this is what a terminal is to be taken back from
			if _, err := os.Stat(upFile(os.Getenv("TINTYPE_TEST_DIR"))); err == nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		defer up.Store(true)
		if b.function == "" {
			panicIn("a command")
		}
		return b.session(provider, now)
	}, Provider: provider, Env: os.Getenv, Now: now, Appearance: Appearance{Colours: 1 << 24}}
	err := Run(context.Background(), o, os.Stdin, os.Stdout)
	if err == nil {
		os.Exit(0)
	}
	_, _ = io.WriteString(os.Stdout, err.Error())
	os.Exit(3)
}

// session is a demo with a job that an earlier program left, so that the studio has something to do.
func (b panicSite) session(provider api.Provider, now func() time.Time) (Session, error) {
	dir, err := os.MkdirTemp(os.Getenv("TINTYPE_TEST_DIR"), "")
	if err != nil {
		return Session{}, err
	}
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: time.Now})
	if err != nil {
		return Session{}, err
	}
	_, err = h.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
		e.State, e.Provider, e.BaseURL, e.ID = history.Waiting, provider.Name, origin+"/v1", "abcdefgh12345678"
		return e
	})
	if err != nil {
		return Session{}, err
	}
	client, err := api.New(api.Options{Provider: provider, BaseURL: origin + "/v1", Key: api.NewSecret("demo"), Now: now})
	if err != nil {
		return Session{}, err
	}
	s := runner.New(runner.Options{Client: client, History: h, Now: now})
	return Session{Provider: provider, History: h, Runner: s, Close: func() {
		if b.closeHangs {
			select {}
		}
		_ = h.Close()
	}}, nil
}

// runInTerminal runs this test again in a terminal, and returns what it wrote there.
func runInTerminal(t *testing.T, env string) (said string, state *os.ProcessState) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second) // it is killed then, which is no way to leave
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestI12TerminalRestored$")
	dir := t.TempDir()
	c.Env = append(os.Environ(), env, "TINTYPE_TEST_DIR="+dir, "TERM=xterm-256color", "LANG=C.UTF-8")
	f, err := pty.StartWithSize(c, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	last := modeSet(modeResets[len(modeResets)-1])
	seen := &outputWatcher{text: []byte(last), then: func() error { return os.WriteFile(upFile(dir), nil, 0o600) }}
	if _, err := io.Copy(seen, f); err != nil && !errors.Is(err, syscall.EIO) { // the end of a terminal
		t.Fatal(err)
	}
	_ = c.Wait()
	return string(seen.said), c.ProcessState
}

// outputWatcher keeps what is written, and does something once a text was.
type outputWatcher struct {
	said []byte
	text []byte
	then func() error // nil when it is done
}

// Write takes what was written.
func (w *outputWatcher) Write(b []byte) (int, error) {
	w.said = append(w.said, b...)
	if w.then == nil || !bytes.Contains(w.said, w.text) {
		return len(b), nil
	}
	err := w.then()
	w.then = nil
	return len(b), err
}
