//go:build unix

package tty

import (
	"bytes"
	"os"
	"reflect"
	"testing"
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
