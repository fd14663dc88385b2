package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui"
)

func duelCommand(p *program) *cobra.Command {
	var plan string
	c := &cobra.Command{
		Use:   "duel [QUERY]",
		Short: "Choose which of two pictures is better, again and again",
		Long: "Opens the full screen in a duel: two pictures in equal places, and nothing about them. The arrows say which is better (← →), that " +
			"both are equally good (↑), or that both are bad (↓); space skips a pair, u undoes the last duel, and esc shows the ranking. Nothing is " +
			"bought.\n\n" +
			"A query as in list chooses pictures; without one, all are compared, at most the newest thousand. --plan takes the pictures of a plan, " +
			"whose axes the ranking then tells apart.",
		Example: "tintype duel\ntintype duel fox model:dev\ntintype duel --plan 4k2x",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			begin := ui.DuelStart{Query: strings.Join(args, " "), Plan: plan}
			if _, err := history.ParseQuery(begin.Query, p.now()); err != nil {
				return 0, usageError("%s", err)
			}
			return p.fullScreen(ctx, &begin)
		}),
	}
	c.Flags().StringVar(&plan, "plan", "", "the pictures of a plan, by its key or its beginning")
	return c
}
