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

// panicSite is where the program is made to panic.
type panicSite struct {
	function   string // a part of the name of a function that asks for the time; "": Open itself
	closeHangs bool   // the session cannot be closed any more either
}

var panicSites = map[string]panicSite{
	"a command":                 {},
	"Update":                    {function: "(*Model).Update"},
	"View":                      {function: "(*Model).View"},
	"a goroutine of the runner": {function: "runner.(*Runner).Perform"},
	"Update, and the session cannot be closed": {function: "(*Model).Update", closeHangs: true},
}

// TestI12TerminalRestored: wherever the program panics, it leaves the alternate screen, shows the cursor, turns the modes of mouse, paste,
// focus and keyboard off, and ends with a sentence. The test runs its own binary in a terminal.
func TestI12TerminalRestored(t *testing.T) {
	if where := os.Getenv("TINTYPE_TEST_PANIC"); where != "" {
		runAndPanic(where)
	}
	for where := range panicSites {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			output, state := runInTerminal(t, "TINTYPE_TEST_PANIC="+where)
			if code := state.ExitCode(); code != 3 {
				t.Errorf("the exit code is %d: %q", code, output)
			}
			for _, end := range modeResets {
				if strings.LastIndex(output, end) < strings.LastIndex(output, modeSet(end)) || !strings.Contains(output, end) {
					t.Errorf("the mode was not reset by %q: %q", end, output)
				}
			}
			if !strings.Contains(output, "provoked in") {
				t.Error("it did not panic where it should")
			}
			if !strings.Contains(output, "The screen crashed") {
				t.Errorf("no sentence in %q", output)
			}
		})
	}
}

// modeResets turn off the modes that the program sets, in the order in which it sets them.
var modeResets = []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1002l", "\x1b[?1006l", "\x1b[?1004l", "\x1b[<1u"}

// modeSet returns what turns the mode on that a sequence of modeResets turns off.
func modeSet(end string) string {
	return strings.NewReplacer("l", "h", "25h", "25l", "<", ">").Replace(end)
}

// upFile returns the path of the file that exists once the screen of the program under test was seen.
func upFile(dir string) string { return filepath.Join(dir, "up") }

// clock is a clock that breaks down where its time is asked for in the wrong place, once the screen is up.
func (b panicSite) clock(up *atomic.Bool) func() time.Time {
	return func() time.Time {
		if up.Load() && b.function != "" {
			calls := make([]uintptr, 64)
			frames := runtime.CallersFrames(calls[:runtime.Callers(1, calls)])
			for frame, more := frames.Next(); more; frame, more = frames.Next() {
				if strings.Contains(frame.Function, b.function) {
					up.Store(false) // once: what still works afterwards is tested too
					panicIn(b.function)
				}
			}
		}
		return time.Now()
	}
}

// panicIn panics. It writes that before, since Bubble Tea may end before it reports the panic of a command.
func panicIn(where string) {
	output := "provoked in " + where
	_, _ = io.WriteString(os.Stderr, output)
	panic(output)
}

// runAndPanic is the program under test, in its own process: it opens a session and panics on the way.
func runAndPanic(where string) {
	b, up := panicSites[where], new(atomic.Bool)
	now := b.clock(up)
	provider, _ := api.FindProvider(api.Demo)
	o := Options{Open: func(ctx context.Context) (Session, error) {
		for { // the screen is to be drawn first, so that there are modes to reset
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

// session opens a demo with a job of an earlier program, so that the runner has something to do.
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

// runInTerminal runs this test again in a terminal and returns what it writes.
func runInTerminal(t *testing.T, env string) (output string, state *os.ProcessState) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second) // then it is killed, and the test fails
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
	return string(seen.output), c.ProcessState
}

// outputWatcher keeps what is written, and calls a function when a text appears in it.
type outputWatcher struct {
	output []byte
	text   []byte
	then   func() error // nil when it is done
}

// Write keeps b.
func (w *outputWatcher) Write(b []byte) (int, error) {
	w.output = append(w.output, b...)
	if w.then == nil || !bytes.Contains(w.output, w.text) {
		return len(b), nil
	}
	err := w.then()
	w.then = nil
	return len(b), err
}
