package cli

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/theme"
)

// lockedBuffer is a terminal for several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.b.Reset()
	return l.b.String()
}

// TestLiveLineIsRewritten: the line is redrawn in place, never reaches the last column, makes room for other lines, and is erased in the end.
func TestLiveLineIsRewritten(t *testing.T) {
	t.Parallel()
	for _, width := range []int{1, 2, 3, 10, 40, 200} {
		synctest.Test(t, func(t *testing.T) {
			out := &lockedBuffer{}
			row := runner.Row{Entry: history.Entry{State: history.Waiting}, Live: &runner.Live{Progress: 0.5}}
			l := &liveLine{
				out: out, width: func() int { return width }, row: row, motion: true, glyphs: theme.NewGlyphs(false), style: lipgloss.NewStyle(),
				status: func(runner.Row) string { return "developing 50% · 3 s, about 4 s left" },
				stop:   make(chan struct{}), done: make(chan struct{}),
			}
			p := &program{err: out, out: out, live: l, env: func(string) string { return "" }}
			go l.tick()
			time.Sleep(time.Second)
			drawn := out.take()
			if frames := strings.Count(drawn, "\r"); frames < theme.SpinnerRate-1 {
				t.Errorf("%d frames in a second", frames)
			}
			for frame := range strings.SplitSeq(drawn, "\r") {
				if w := ansi.StringWidth(frame); w >= max(width, 1) {
					t.Errorf("in %d columns a frame has %d: %q", width, w, frame)
				}
			}
			var all sync.WaitGroup
			all.Go(func() { p.printProgress("a notice") })
			all.Go(func() { l.set(row) })
			all.Wait()
			if said := out.take(); !strings.Contains(said, "\r\x1b[Ka notice\n") {
				t.Errorf("the line stays before a notice: %q", said)
			}
			p.endLive()
			p.endLive()
			p.printProgress("the end")
			if said := out.take(); !strings.HasSuffix(said, "\r\x1b[Kthe end\n") {
				t.Errorf("the line stays: %q", said)
			}
		})
	}
}
