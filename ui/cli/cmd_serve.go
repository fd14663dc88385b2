package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tintype/api"
	"tintype/api/demo"
)

func (p *program) serveCommand() *cobra.Command {
	var addr string
	var faults []string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run only the demo server, and print its address",
		Long: "Runs only the demo server: Replicate's dialect under /v1, CometAPI's under /replicate/v1 of the same address. The first " +
			"line on standard output is the address. It takes any key, paints on this machine, and costs nothing.\n\n" +
			"Faults of providers, to test clients with:\n" + demo.KnobHelp(),
		Example: "tintype serve --addr 127.0.0.1:8089\ntintype serve --fault late=5s --fault errors=problem",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usageError("serve takes no words, only --addr HOST:PORT")
			}
			return p.serve(ctx, addr, faults)
		}),
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "address on this machine; port 0 takes a free one")
	c.Flags().StringArrayVar(&faults, "fault", nil, "a fault, as NAME=VALUE; may be repeated")
	return c
}

// serve runs the demo server until it is interrupted.
func (p *program) serve(ctx context.Context, addr string, faults []string) (int, error) {
	var behaviour demo.Behaviour
	for _, fault := range faults {
		if err := behaviour.Set(fault); err != nil {
			return 0, usageError("%w", err)
		}
	}
	p.flagValues["provider"] = api.Demo
	settings, _, err := p.loadSettings()
	if err != nil {
		return 0, err
	}
	if err := requireDataDir(settings); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(settings.DataDir, 0o700); err != nil {
		return 0, fmt.Errorf("the folder %s cannot be made: %w", settings.DataDir, err)
	}
	server, err := newDemo(settings.DataDir, p.now)
	if err != nil {
		return 0, err
	}
	server.UpdateBehaviour(func(b *demo.Behaviour) { *b = behaviour })
	ctx, stop := withInterrupt(ctx)
	defer stop()
	base, err := server.Listen(ctx, addr)
	if err != nil {
		return 0, usageError("%w", err)
	}
	p.printLine(p.out, base)
	p.printProgress("Replicate's dialect at " + base + "/v1, CometAPI's at " + base + "/replicate/v1. ctrl+c stops it.")
	<-ctx.Done()
	return exitInterrupted, nil
}
