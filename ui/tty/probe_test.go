//go:build unix

package tty

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"tintype/ui/picture"
)

// newTerminal returns a terminal that waits for the last of the questions, and then answers in pieces.
func newTerminal(t *testing.T, pieces ...string) (line *os.File) {
	t.Helper()
	master, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), line.Close() })
	if err := pty.Setsize(line, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	go func() {
		var asked []byte
		b := make([]byte, 1<<10)
		for !bytes.HasSuffix(asked, []byte("\x1b[c")) {
			n, err := master.Read(b)
			if err != nil {
				return
			}
			asked = append(asked, b[:n]...)
		}
		for _, piece := range pieces {
			_, _ = master.WriteString(piece)
		}
	}()
	return line
}

func TestProbe(t *testing.T) {
	for _, c := range []struct {
		name    string
		env     map[string]string
		answers []string
		want    picture.Protocol
		cell    int // its width
		colours int
	}{
		{
			"kitty",
			map[string]string{"TERM": "xterm-kitty"},
			[]string{"\x1bP>|kitty(0.41.1)\x1b\\", "\x1b[6;18;9t\x1b_Gi=31;OK\x1b\\\x1b[?62;52;c"},
			picture.Kitty, 9, 1 << 24,
		},
		{
			"in pieces, over the pixels of the window",
			map[string]string{"TERM": "xterm-256color"},
			[]string{"\x1bP>|foo", "t(1.13.1)\x1b", "\\\x1b[4;600;", "1000t\x1b[?62;4", ";22c"},
			picture.Sixel, 10, 256,
		},
		{
			"xterm shows more colours than it says",
			map[string]string{"TERM": "xterm"},
			[]string{"\x1bP>|XTerm(379)\x1b\\\x1b[?64;1c"},
			picture.Blocks, 0, 1 << 24,
		},
		{
			"typing ahead, and a hostile name",
			map[string]string{"TERM": "xterm"},
			[]string{"ls\r\x1b[A\x1bP>|" + "\xff\x1b[2J" + "\x1b\\\x1b[?1c"},
			picture.Blocks, 0, 16,
		},
		{"nothing", map[string]string{"TERM": "xterm"}, nil, picture.Blocks, 0, 16},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := newTerminal(t, c.answers...)
			before, err := term.GetState(line.Fd())
			if err != nil {
				t.Fatal(err)
			}
			env := func(name string) string { return c.env[name] }
			probe := picture.NewProbe(env, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
			limits := patience{first: 30 * time.Second, all: 30 * time.Second} // the answers end the wait, however slow the machine is
			if len(c.answers) == 0 {
				limits.first = 10 * time.Millisecond
			}
			probeWithin(t.Context(), limits, line, line, env, probe)
			can := probe.Capabilities()
			if can.Protocol != c.want || can.CellWidth != c.cell || can.Colours != c.colours {
				t.Errorf("decided %+v", can)
			}
			if after, err := term.GetState(line.Fd()); err != nil || !reflect.DeepEqual(before, after) {
				t.Errorf("the modes were %+v, and are %+v (%v)", before, after, err)
			}
		})
	}
}

func TestProbeDoesNotAskADumbTerminal(t *testing.T) {
	line := newTerminal(t)
	env := func(name string) string { return map[string]string{"TERM": "dumb"}[name] }
	probe := picture.NewProbe(env)
	Probe(t.Context(), line, line, env, probe)
	if can := probe.Capabilities(); can.Protocol != picture.Blocks || can.Colours != 0 {
		t.Errorf("decided %+v", can)
	}
}

// TestProbeWaits: Probe waits for a first answer, longer for the rest, and not for long once the program is asked to end. Keys typed
// meanwhile are lost, and ctrl+c is reported.
func TestProbeWaits(t *testing.T) {
	t.Parallel()
	const long = time.Hour
	limits := patience{first: time.Second, all: 3 * time.Second, ended: time.Second, outer: 100 * time.Millisecond}
	answer := []string{"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1bP>|foot(1.13.1)\x1b\\", "\x1b[?62;4c"}
	type event struct {
		after time.Duration
		bytes string
	}
	for name, c := range map[string]struct {
		events    []event
		ends      time.Duration // when the program is asked to end
		done      bool
		took      time.Duration
		white     bool
		interrupt bool
	}{
		"at once":                       {[]event{{0, answer[0] + answer[1] + answer[2]}}, long, true, 0, true, false},
		"at 400 ms":                     {[]event{{400 * time.Millisecond, answer[0]}, {0, answer[1] + answer[2]}}, long, true, 400 * time.Millisecond, true, false},
		"at 999 ms, the last one later": {[]event{{999 * time.Millisecond, answer[0]}, {1500 * time.Millisecond, answer[2]}}, long, true, 2499 * time.Millisecond, true, false},
		"in pieces":                     {[]event{{900 * time.Millisecond, "\x1b"}, {500 * time.Millisecond, "[?62"}, {500 * time.Millisecond, ";4c"}}, long, true, 1900 * time.Millisecond, false, false},
		"never":                         {nil, long, false, time.Second, false, false},
		"a key, and then never":         {[]event{{500 * time.Millisecond, "x"}}, long, false, time.Second, false, false},
		"never the last one":            {[]event{{500 * time.Millisecond, answer[0]}}, long, false, 3 * time.Second, true, false},
		"ctrl+c":                        {[]event{{500 * time.Millisecond, "\x03"}, {100 * time.Millisecond, answer[2]}}, long, true, 600 * time.Millisecond, false, true},
		"ctrl+c, and then never":        {[]event{{500 * time.Millisecond, "\x03"}}, long, false, 1500 * time.Millisecond, false, true},
		"a signal":                      {[]event{{900 * time.Millisecond, answer[2]}}, 20 * time.Millisecond, true, 900 * time.Millisecond, false, false},
		"a signal, and then never":      {nil, 20 * time.Millisecond, false, 1020 * time.Millisecond, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				pieces := make(chan piece)
				ctx, cancel := context.WithTimeout(t.Context(), c.ends)
				defer cancel()
				over := make(chan struct{})
				go func() {
					for _, e := range c.events {
						time.Sleep(e.after)
						select {
						case pieces <- piece{bytes: []byte(e.bytes), at: time.Now()}:
						case <-over:
							return
						}
					}
				}()
				env := func(string) string { return "" }
				talk := conversation{env: env, probe: picture.NewProbe(env)}
				began := time.Now()
				talk.listen(ctx, limits, pieces)
				close(over)
				if took := time.Since(began); talk.done != c.done || took != c.took {
					t.Errorf("all answers: %t after %v, want %t after %v", talk.done, took, c.done, c.took)
				}
				if white := talk.found.Background != nil; white != c.white || talk.found.Interrupted != c.interrupt {
					t.Errorf("found %+v", talk.found)
				}
			})
		})
	}
}
