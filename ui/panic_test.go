//go:build unix

package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"tintype/api"
)

// panics are the places that the program is made to break down in, by name: what is run there, and the clock.
var panics = map[string]func() (open func(context.Context) (Session, error), now func() time.Time){
	"command": func() (func(context.Context) (Session, error), func() time.Time) {
		return func(context.Context) (Session, error) { panic("provoked in a command") }, time.Now
	},
	"update": func() (func(context.Context) (Session, error), func() time.Time) {
		var broken atomic.Bool
		open := func(ctx context.Context) (Session, error) {
			broken.Store(true) // the next message breaks it: the end of the wait for the terminal's answers at the latest
			<-ctx.Done()
			return Session{}, ctx.Err()
		}
		return open, func() time.Time {
			if broken.Load() {
				panic("provoked in Update")
			}
			return time.Now()
		}
	},
}

// TestPanicGivesTheTerminalBack: wherever the program breaks down, it leaves the alternate screen, shows the cursor, turns mouse
// and paste modes off, and ends with a sentence (I12). It runs itself in a terminal for that.
func TestPanicGivesTheTerminalBack(t *testing.T) {
	if where := os.Getenv("TINTYPE_TEST_PANIC"); where != "" {
		breakDown(where)
	}
	for where := range panics {
		t.Run(where, func(t *testing.T) {
			said, state := inTerminal(t, "TINTYPE_TEST_PANIC="+where)
			if code := state.ExitCode(); code != 3 {
				t.Errorf("ended with %d: %q", code, said)
			}
			for _, end := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?2004l", "\x1b[?1006l", "\x1b[<1u"} {
				begin := strings.NewReplacer("l", "h").Replace(end)
				if strings.LastIndex(said, end) < strings.LastIndex(said, begin) || !strings.Contains(said, end) {
					t.Errorf("%q was not taken back: %q", end, said)
				}
			}
			if !strings.Contains(said, "The screen broke down") {
				t.Errorf("no sentence in %q", said)
			}
		})
	}
}

// breakDown is the program under test, in a process of its own.
func breakDown(where string) {
	provider, _ := api.FindProvider(api.Demo)
	open, now := panics[where]()
	o := Options{Open: func(ctx context.Context) (Session, error) {
		time.Sleep(200 * time.Millisecond) // the screen is up by then: this is what a terminal is to be taken back from
		return open(ctx)
	}, Provider: provider, Env: os.Getenv, Now: now, Look: Look{Colours: 1 << 24}}
	err := Run(context.Background(), o, os.Stdin, os.Stdout)
	if err == nil {
		os.Exit(0)
	}
	_, _ = io.WriteString(os.Stdout, err.Error())
	os.Exit(3)
}

// inTerminal runs this test again in a terminal, and returns what it wrote there.
func inTerminal(t *testing.T, env string) (said string, state *os.ProcessState) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestPanicGivesTheTerminalBack$")
	c.Env = append(os.Environ(), env, "TERM=xterm-256color", "LANG=C.UTF-8")
	f, err := pty.StartWithSize(c, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(f)
	if err != nil && !errors.Is(err, syscall.EIO) { // the end of a terminal
		t.Fatal(err)
	}
	_ = c.Wait()
	return string(b), c.ProcessState
}
