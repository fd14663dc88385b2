package cli

import (
	"context"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/runner"
)

func (p *program) cancelCommand() *cobra.Command {
	var all, giveUp bool
	c := &cobra.Command{
		Use:   "cancel [KEY|ID…]",
		Short: "Cancel predictions",
		Long: "Cancel predictions and print what the provider answered; without a name the newest that is running, and which that is. " +
			"A picture that finished first is saved, since it is paid for. If the provider cannot cancel, the prediction is no longer " +
			"followed and may be billed.\n\n" +
			"--give-up is for one that is unconfirmed, after you saw that the provider does not have it: it no longer asks for a decision.\n\n" +
			"Exit codes: 0 each of them has ended, or nothing was running; 1 one could not be cancelled; 2 wrong use; " +
			"3 key missing or refused; 5 unreachable or unconfirmed; 130 interrupted.",
		Example:           "tintype cancel\ntintype cancel x7kq\ntintype cancel --all",
		ValidArgsFunction: p.completeKeys(isRunning, many),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			switch {
			case all && len(args) > 0:
				return 0, usageError("cancel takes keys or ids, or --all")
			case giveUp && len(args) == 0:
				return 0, usageError("--give-up takes the keys of unconfirmed predictions")
			}
			return p.cancel(ctx, args, all, giveUp)
		}),
	}
	c.Flags().BoolVar(&all, "all", false, "all running predictions of the provider")
	c.Flags().BoolVar(&giveUp, "give-up", false, "give up unconfirmed ones: the provider does not have them")
	return c
}

// cancel cancels the named jobs, all active jobs of the provider, or the newest that is running.
func (p *program) cancel(ctx context.Context, names []string, all, giveUp bool) (int, error) {
	return p.runGroup(ctx, names, func(ctx context.Context, g *group, entries []history.Entry) (int, error) {
		switch {
		case all:
			entries = g.s.ofProvider(entries)
		case len(names) == 0:
			e, ok := newestRunning(entries)
			if !ok {
				p.sayNothingRuns()
				return exitOK, nil
			}
			p.printProgress("Cancelling the newest: " + g.s.shortKey(e) + "  " + promptLine(e))
			entries = []history.Entry{e}
		}
		if err := g.s.requireKeyFor(entries); err != nil {
			return 0, err
		}
		for _, e := range entries {
			if giveUp && e.State == history.Unconfirmed {
				g.giveUp(e)
				continue
			}
			g.cancel(e)
		}
		g.run(ctx)
		code := exitOK
		for _, key := range g.keys {
			code = mostSevere(code, g.cancelCode(ctx, key))
		}
		return code, nil
	})
}

// cancelCode is the exit code of one cancelled job: any end is a success, whichever came first.
func (g *group) cancelCode(ctx context.Context, key string) int {
	e, err := g.s.history.Get(key)
	switch noticed := g.progress.noticesOf(key); {
	case err != nil, noticed[runner.CannotCancel]:
		return exitFailed
	case e.State.Ended(), noticed[runner.HandedOver]:
		return exitOK
	case ctx.Err() != nil:
		return exitInterrupted
	case noticed[runner.OtherProvider]:
		return exitUsage
	}
	return exitUnreachable
}

// cancel requests the end of one job. The runner takes it up first; if another program drives it, the request is handed to that
// program.
func (g *group) cancel(e history.Entry) {
	g.keys = append(g.keys, e.Key)
	if e.State.Ended() {
		g.progress.onChange(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.AlreadyEnded}})
		return
	}
	change, task := g.s.runner.Cancel(e.Key)
	g.add(change, task)
}

// giveUp settles a purchase without an answer: a person knows that the provider does not have it.
func (g *group) giveUp(e history.Entry) {
	g.keys = append(g.keys, e.Key)
	change, task := g.s.runner.Dismiss(e)
	g.add(change, task)
}
