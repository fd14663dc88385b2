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
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if all == (len(args) > 0) {
				return 0, usageError("cancel takes keys or ids, or --all")
			}
			return p.cancel(ctx, args)
		}),
	}
	c.Flags().BoolVar(&all, "all", false, "every job of the provider that has not ended")
	return c
}

// cancel cancels the named jobs, or all active jobs of the provider.
func (p *program) cancel(ctx context.Context, names []string) (int, error) {
	return p.runGroup(ctx, names, func(ctx context.Context, g *group, entries []history.Entry) (int, error) {
		if len(names) == 0 {
			entries = g.s.ofProvider(entries)
		}
		if err := g.s.requireKeyFor(entries); err != nil {
			return 0, err
		}
		for _, e := range entries {
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
