package cli

import (
	"context"
	"fmt"

	"tintype/ui/format"

	"github.com/spf13/cobra"
)

func (p *program) compactCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Rewrite the history with one line for each prediction",
		Long: "Rewrites the history with one line for each prediction, puts the new file in the old one's place by a rename, and keeps " +
			"the old one beside it. Nothing that was recorded is lost; lines that cannot be read stay as they are. Other running " +
			"tintypes wait for it, and go on with the new file.",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usageError("compact takes no words; --data-dir names another folder")
			}
			return p.compact(ctx)
		}),
	}
}

func (p *program) compact(ctx context.Context) (int, error) {
	s, err := p.openToBuy() // Compact itself says if the history cannot be read
	if err != nil {
		return 0, err
	}
	defer s.close()
	ctx, stop := withInterrupt(ctx)
	defer stop()
	done, err := s.history.Compact(ctx)
	switch {
	case ctx.Err() != nil:
		return exitInterrupted, nil
	case err != nil:
		return 0, err
	case p.json:
		return exitOK, p.writeJSON(done)
	}
	p.printLine(p.out, fmt.Sprintf("%s: %s became %s, %s became %s. The old one is kept as %s.", done.Path,
		format.Plural(done.LinesBefore, "line"), format.Plural(done.LinesAfter, "line"), format.Bytes(done.BytesBefore), format.Bytes(done.BytesAfter), done.Backup))
	return exitOK, nil
}
