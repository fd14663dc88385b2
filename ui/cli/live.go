package cli

import (
	"io"
	"sync"
	"time"

	"charm.land/lipgloss/v2"

	"tintype/config"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// A liveLine is a line on standard error that says what a job is doing. It is rewritten in place, and erased when the job has ended. It is
// safe for concurrent use.
type liveLine struct {
	out    io.Writer
	width  func() int // of the terminal, in columns
	status func(runner.Row) string
	glyphs theme.Glyphs
	style  lipgloss.Style // of the spinner
	motion bool

	stop chan struct{} // closed to end the ticks
	done chan struct{} // closed when they have ended

	mu   sync.Mutex // held from pause to resume, too
	row  runner.Row
	step int
}

// startLive shows a live line, if standard error is a terminal that can rewrite a line. The caller calls its end.
func (p *program) startLive(settings config.Settings, row runner.Row, status func(runner.Row) string) *liveLine {
	if !isTerminal(p.err) || isDumb(p.env) {
		return nil
	}
	ascii := settings.Glyphs == "ascii" || settings.Glyphs == "auto" && picture.NewProbe(p.env).Capabilities().ASCII
	l := &liveLine{
		out: p.err, width: func() int { return terminalWidth(p.err) }, glyphs: theme.NewGlyphs(ascii),
		status: func(row runner.Row) string { return p.redactKeys(status(row)) },
		style:  p.styles(p.err).Running, motion: settings.Motion != "none", row: row,
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	p.live = l
	go l.tick()
	return l
}

// tick redraws the line: with motion for each frame of the spinner, else once a second for the time.
func (l *liveLine) tick() {
	defer close(l.done)
	rate := time.Second
	if l.motion {
		rate /= theme.SpinnerRate
	}
	ticker := time.NewTicker(rate)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			l.mu.Lock()
			l.step++
			l.draw()
			l.mu.Unlock()
		case <-l.stop:
			return
		}
	}
}

// set shows another state of the job.
func (l *liveLine) set(row runner.Row) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.row = row
	l.draw()
}

// pause erases the line, so that others can be written, until resume is called.
func (l *liveLine) pause() {
	l.mu.Lock()
	l.erase()
}

func (l *liveLine) resume() {
	l.draw()
	l.mu.Unlock()
}

// endLive erases the live line and ends it.
func (p *program) endLive() {
	l := p.live
	if l == nil {
		return
	}
	close(l.stop)
	<-l.done
	l.erase()
	p.live = nil
}

// draw writes the line over the one before. It never fills the terminal's last column, after which some terminals begin another line.
func (l *liveLine) draw() {
	said, sign := l.glyphs.Translate(l.status(l.row)), l.sign()
	room := l.width() - 1
	if sign != "" {
		room -= cell.Width(sign) + 1
		sign = l.style.Render(sign) + " "
	}
	if said == "" || room < 1 {
		l.erase()
		return
	}
	line := text.Truncate(text.CleanLine(said), room, l.glyphs.Ellipsis)
	l.write("\r" + sign + cell.Place(line, room) + "\x1b[K")
}

// sign is the sign of progress: the share that is done, or the spinner; none without motion.
func (l *liveLine) sign() string {
	live := l.row.Live
	switch {
	case !l.motion || live == nil:
		return ""
	case live.Progress > 0 && l.row.State == history.Waiting:
		return l.glyphs.Progress(live.Progress)
	}
	return l.glyphs.Spinner(l.step, true)
}

// erase empties the line: it returns to its first column, and deletes from there (EL).
func (l *liveLine) erase() { l.write("\r\x1b[K") }

// write writes to the terminal. An error is ignored: the job goes on without the line.
func (l *liveLine) write(s string) { _, _ = io.WriteString(l.out, s) }
