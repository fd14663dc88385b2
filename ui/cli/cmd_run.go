package cli

import (
	"context"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/runner"
)

func (p *program) runCommand() *cobra.Command {
	var w wish
	var noWait bool
	var timeout string
	c := &cobra.Command{
		Use:   "run PROMPT|-",
		Short: "Create one prediction, follow it, save its pictures",
		Long: "Create one prediction, follow it until it ends, and save its pictures. Standard output gets the paths of the " +
			"pictures, or with --json the prediction as one object; standard error a line an event.\n\n" + exitHelp,
		Example: "tintype run --demo \"A paper boat floating on calm water at sunrise.\"\n" +
			"echo \"A red bicycle.\" | tintype run -m flux-dev -a 16:9 -",
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			limit, err := span("timeout", timeout)
			if err != nil {
				return 0, err
			}
			return p.run(ctx, args, w, noWait, limit)
		}),
	}
	addModel(c)
	flags := c.Flags()
	flags.StringVarP(&w.shape, "aspect-ratio", "a", "", "shape, such as 16:9")
	flags.StringVarP(&w.format, "format", "f", "", "file format, such as webp, png or jpg")
	flags.StringVarP(&w.quality, "quality", "q", "", "quality of the file, up to 100")
	flags.StringVarP(&w.outputs, "outputs", "n", "", "how many pictures")
	flags.StringVarP(&w.seed, "seed", "s", "", "seed; the same one makes the same picture")
	flags.StringArrayVar(&w.set, "set", nil, "any other parameter, as key=value; may be repeated. An image is a file, a URL or a data: URI")
	flags.BoolVar(&noWait, "no-wait", false, "leave once the id is on disk; follow takes it up")
	flags.StringVar(&timeout, "timeout", "", "leave after a time such as 90s or 2m; the job goes on")
	return c
}

// run buys one prediction and follows it.
func (p *program) run(ctx context.Context, args []string, w wish, noWait bool, limit time.Duration) (int, error) {
	prompt, err := p.prompt(args, w.set)
	if err != nil {
		return 0, err
	}
	s, err := p.open()
	if err != nil {
		return 0, err
	}
	defer s.close()
	draft, err := w.draft(prompt, s.settings.Model)
	if err != nil {
		return 0, err
	}
	if draft, err = p.takeImages(s, draft); err != nil {
		return 0, err
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	if err := s.ready(); err != nil {
		return 0, err
	}
	return p.buy(ctx, s, draft, patience{noWait: noWait, limit: limit})
}

// buy submits a draft, follows it as long as there is patience, and reports what came of it.
func (p *program) buy(ctx context.Context, s *session, draft runner.Draft, wait patience) (int, error) {
	ctx, stop := interruptible(ctx)
	defer stop()
	row, task := s.studio.Submit(draft)
	tell := newTeller(p, s, false)
	tell.begins(row)
	last := wait.run(ctx, s.studio, row, task, tell.change)
	s.settled()
	entry, err := s.history.Get(last.Key)
	if err != nil {
		entry = unwritten(last.Entry)
	}
	return p.report(ctx, s, entry, wait.noWait)
}

// unwritten is a purchase that the journal does not hold, as it stood last. What was never written down was never sent.
func unwritten(e history.Entry) history.Entry {
	if e.State == history.Creating && len(e.Attempts) == 0 {
		e.State, e.CancelReason = history.Stopped, neverSent
	}
	return e
}

// neverSent is the studio's word for what it stopped before a byte had left, as an interrupt makes it do.
const neverSent = "never_sent"

// report prints what came of a purchase, and gives its exit code.
func (p *program) report(ctx context.Context, s *session, e history.Entry, noWait bool) (int, error) {
	code := entryCode(e)
	switch {
	case e.CancelReason == neverSent:
		code = exitInterrupted
		p.progress("Stopped before it was sent; nothing is billed.")
	case e.State.Ended() || e.State == history.Unconfirmed:
	case noWait && e.ID != "":
		code = exitDone
	case ctx.Err() != nil:
		code = exitInterrupted
	}
	if !e.State.Ended() && (code == exitTime || code == exitInterrupted) {
		p.progress("Not finished yet. It goes on at " + s.provider.Title + ". Take it up with: " + p.followingOne(e))
	}
	if p.json {
		return code, p.writeJSON(objectOf(e, s.history.Path))
	}
	if noWait && !e.State.Ended() {
		p.say(p.out, e.Key)
	}
	p.pictures(s, e)
	return code, nil
}

// pictures prints the path of each picture.
func (p *program) pictures(s *session, e history.Entry) {
	for _, output := range e.Outputs {
		if output.Path != "" {
			p.say(p.out, s.history.Path(output.Path))
		}
	}
}

// searching is how long a command waits while an unconfirmed purchase is looked for in the provider's list. What is listed
// at all is listed within seconds; each later start looks again.
const searching = 12 * time.Second

// patience is how long a command follows one job.
type patience struct {
	noWait bool          // until the id is on disk
	limit  time.Duration // 0: for ever
}

// run follows a job until it ends, ctx ends, or patience does. A purchase that has left is never abandoned half way: when
// the time is up, its answer is awaited and written down first.
func (w patience) run(ctx context.Context, st *runner.Runner, row runner.Row, task runner.Task, each func(runner.Change)) runner.Row {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watch := &watch{patience: w, row: row, leave: cancel}
	defer watch.begin().Stop()
	return st.Run(ctx, task, func(c runner.Change) {
		each(c)
		watch.saw(c.Row)
	})
}

// watch ends the following of a job when patience does.
type watch struct {
	patience
	leave func()

	mu     sync.Mutex
	row    runner.Row
	late   bool // the time is up
	unsure bool // it is being looked for
}

// begin starts the clock; the timer that it returns is to be stopped.
func (w *watch) begin() *time.Timer {
	const never = 1<<63 - 1
	limit := w.limit
	if limit == 0 {
		limit = never
	}
	return time.AfterFunc(limit, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.late = true
		w.decide()
	})
}

func (w *watch) saw(row runner.Row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.row = row
	if row.State == history.Unconfirmed && !w.unsure {
		w.unsure = true
		time.AfterFunc(searching, w.giveUp)
	}
	w.decide()
}

// giveUp leaves what is still unconfirmed.
func (w *watch) giveUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.row.State == history.Unconfirmed {
		w.leave()
	}
}

func (w *watch) decide() {
	if w.noWait && w.row.ID != "" || w.late && leavable(w.row) {
		w.leave()
	}
}

// leavable tells whether a job can be left alone without losing sight of money.
func leavable(row runner.Row) bool {
	return row.State != history.Creating || row.Live != nil && row.Live.Waiting != runner.NotWaiting
}
