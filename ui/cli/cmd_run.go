package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/runner"
)

func (p *program) runCommand() *cobra.Command {
	var given runFlags
	var noWait bool
	var timeout string
	c := &cobra.Command{
		Use:   "run PROMPT|-",
		Short: "Create one prediction, follow it, save its pictures",
		Long: "Create one prediction, follow it until it ends, and save its pictures. Standard output gets the paths of the " +
			"pictures, or with --json the prediction as one object; standard error a line an event.\n\n" + exitHelp,
		Example: "tintype run --demo \"A paper boat floating on calm water at sunrise.\"\n" +
			"echo \"A red bicycle.\" | tintype run -m flux-dev -a 16:9 -",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			limit, err := parseTimeout("timeout", timeout)
			if err != nil {
				return 0, err
			}
			return p.run(ctx, args, given, noWait, limit)
		}),
	}
	addModelFlag(c)
	flags := c.Flags()
	flags.StringVarP(&given.aspectRatio, "aspect-ratio", "a", "", "shape, such as 16:9")
	flags.StringVarP(&given.format, "format", "f", "", "file format, such as webp, png or jpg")
	flags.StringVarP(&given.quality, "quality", "q", "", "quality of the file, up to 100")
	flags.StringVarP(&given.outputs, "outputs", "n", "", "how many pictures")
	flags.StringVarP(&given.seed, "seed", "s", "", "seed; the same one makes the same picture")
	flags.StringArrayVar(&given.set, "set", nil, "any other parameter, as key=value; may be repeated. An image is a file, a URL or a data: URI")
	flags.BoolVar(&noWait, "no-wait", false, "leave once the id is on disk; follow takes it up")
	flags.StringVar(&timeout, "timeout", "", "leave after a time such as 90s or 2m; the job goes on")
	return c
}

// run buys one prediction and follows it.
func (p *program) run(ctx context.Context, args []string, given runFlags, noWait bool, limit time.Duration) (int, error) {
	prompt, err := p.readPrompt(args, given.set)
	if err != nil {
		return 0, err
	}
	s, err := p.openToBuy()
	if err != nil {
		return 0, err
	}
	defer s.close()
	draft, err := given.draft(prompt, s.settings.Model)
	if err != nil {
		return 0, err
	}
	if draft, err = p.resolveImages(ctx, s, draft); err != nil {
		return 0, err
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	if err := s.requireKey(); err != nil {
		return 0, err
	}
	return p.buy(ctx, s, draft, waitPolicy{noWait: noWait, limit: limit})
}

// buy submits a draft, follows the job as long as the policy says, and prints the result.
func (p *program) buy(ctx context.Context, s *session, draft runner.Draft, wait waitPolicy) (int, error) {
	ctx, stop := withInterrupt(ctx)
	defer stop()
	row, task := s.runner.Submit(draft)
	printer := newProgress(p, s, false)
	printer.printStart(row)
	last, timedOut := wait.run(ctx, s.runner, row, task, printer.onChange)
	s.closeRunner()
	entry, err := s.history.Get(last.Key)
	if err != nil {
		entry = withoutJournal(last.Entry)
	}
	if bought, ok := s.lackingID(last.Key); ok {
		entry = bought
	}
	p.printWithoutID(s.withoutID)
	leftCode := exitInterrupted
	if timedOut {
		leftCode = exitTimeout
	}
	return p.reportPurchase(ctx, printer, entry, wait.noWait, leftCode)
}

// withoutJournal is the last known state of a purchase that the history does not have: what was not recorded was not sent.
func withoutJournal(e history.Entry) history.Entry {
	if e.State == history.Creating && len(e.Attempts) == 0 {
		e.State, e.CancelReason = history.Stopped, neverSent
	}
	return e
}

// neverSent is the runner's cancel reason for a purchase that an interrupt or --timeout stopped before a byte was sent.
const neverSent = "never_sent"

// reportPurchase prints the result of a purchase and returns its exit code: leftCode if the user left before it was sent.
func (p *program) reportPurchase(ctx context.Context, printer *progress, e history.Entry, noWait bool, leftCode int) (int, error) {
	s := printer.s
	code := entryCode(e)
	switch {
	case isWithoutID(e):
		code = exitUnreachable
	case e.CancelReason == neverSent:
		code = leftCode
		printer.onChange(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.StoppedUnsent}})
	case e.State.Ended() || e.State == history.Unconfirmed:
	case noWait && e.ID != "":
		code = exitOK
	case ctx.Err() != nil:
		code = exitInterrupted
	}
	if !e.State.Ended() && (code == exitTimeout || code == exitInterrupted) {
		left := "Not finished yet. It goes on at " + s.provider.Title + "."
		if e.State == history.Saving {
			left = "It is paid for, but not saved yet."
		}
		p.printProgress(left + " Take it up with: " + p.followHintFor(e))
	}
	if p.json {
		return code, p.writeJSON(newPredictionJSON(e, s.history.Path))
	}
	if noWait && !e.State.Ended() {
		p.printLine(p.out, e.Key)
	}
	p.printPicturePaths(s, e)
	return code, nil
}

// printPicturePaths prints the path of each saved picture, one per line.
func (p *program) printPicturePaths(s *session, e history.Entry) {
	for _, output := range e.Outputs {
		if path := output.LocalPath(); path != "" {
			p.printLine(p.out, s.history.Path(path))
		}
	}
}
