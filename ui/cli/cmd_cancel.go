package cli

import (
	"context"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/runner"
)

func (p *program) cancelCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "cancel KEY|ID…",
		Short: "Cancel, and say what the provider said",
		Long: "Cancel predictions, and say what the provider said. What was finished first is saved, since it is paid for. Where the " +
			"provider cannot cancel, the job is no longer followed, and may be billed.\n\n" +
			"Exit codes: 0 each of them has ended, 1 one could not be cancelled, 2 wrong use, 3 key missing or refused, " +
			"5 unreachable or unconfirmed, 130 interrupted.",
		Example: "tintype cancel 01k9\ntintype cancel --all",
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			if all == (len(args) > 0) {
				return 0, wrong("cancel takes keys or ids, or --all")
			}
			return p.cancel(ctx, args)
		}),
	}
	c.Flags().BoolVar(&all, "all", false, "every job of the provider that has not ended")
	return c
}

// cancel ends the named jobs, or all of the provider.
func (p *program) cancel(ctx context.Context, names []string) (int, error) {
	s, entries, err := p.openNamed(names)
	if err != nil {
		return 0, err
	}
	defer s.close()
	if len(entries) == 0 {
		p.progress("Nothing is under way.")
		return exitDone, p.results(s, nil)
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	if len(names) == 0 {
		entries = s.ours(entries)
	}
	if len(entries) > 0 {
		if err := s.ready(); err != nil {
			return 0, err
		}
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	g := &group{p: p, s: s, tell: newTeller(p, s, true)}
	for _, e := range entries {
		g.cancel(e)
	}
	g.run(ctx)
	code := exitDone
	for _, key := range g.keys {
		code = worst(code, g.cancelled(ctx, key))
	}
	return code, p.results(s, g.keys)
}

// cancelled is the exit code of one job whose end was asked for: that it ended is what was wanted.
func (g *group) cancelled(ctx context.Context, key string) int {
	e, err := g.s.history.Get(key)
	switch heard := g.tell.heard(key); {
	case err != nil, heard[runner.CannotCancel]:
		return exitFailed
	case e.State.Ended(), heard[runner.HandedOver]:
		return exitDone
	case ctx.Err() != nil:
		return exitInterrupted
	case heard[runner.OtherProvider]:
		return exitWrong
	}
	return exitUnreached
}

// cancel asks for the end of one job. The studio takes it up first; where another program drives it, that one is asked.
func (g *group) cancel(e history.Entry) {
	g.keys = append(g.keys, e.Key)
	if e.State.Ended() {
		g.tell.change(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.AlreadyEnded}})
		return
	}
	change, task := g.s.studio.Cancel(e.Key)
	g.add(change, task)
}
