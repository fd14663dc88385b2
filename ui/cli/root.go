package cli

import (
	"context"
	"io"
	"runtime/debug"
	"slices"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
)

// rootCommand builds the root command with all others.
func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "tintype",
		Short: "A terminal studio for FLUX pictures",
		Long: "A terminal studio for FLUX pictures: type a prompt, watch predictions develop, keep everything you made. " +
			"Without a command it opens the full screen; tintype --demo needs no key and bills nothing.\n\n" +
			"The key is read from COMETAPI_KEY (also COMETAPI_API_KEY, COMET_API_KEY), for Replicate from " +
			"REPLICATE_API_TOKEN, or from a file of mode 0600. It is never an argument.\n\n" + exitHelp,
		Example: "tintype --demo\n" +
			"tintype run --demo \"A paper boat floating on calm water at sunrise.\"\n" +
			"tintype run -m flux-dev -a 16:9 -s 42 --json \"A red bicycle.\"\n" +
			"tintype list boat --limit 5",
		Args: cobra.ArbitraryArgs,
		RunE: p.runE(p.fullScreen),
	}
	addSettingFlags(root)
	root.SetFlagErrorFunc(p.flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		p.runCommand(), p.listCommand(), p.showCommand(), p.cancelCommand(), p.followCommand(),
		p.modelsCommand(), p.serveCommand(), p.doctorCommand(), p.compactCommand(), p.previewCommand(),
	)
	root.SetHelpCommand(p.helpCommand(root))
	addCompletions(append(root.Commands(), root)...)
	return root
}

// unknownCommand is the error for a name that no command has.
func unknownCommand(name string) error {
	return usageError("there is no command %q. To make a picture: tintype run PROMPT; for all commands: tintype --help", name)
}

// execute lets fang run the command line. Our own commands print their errors and return none; the error handler gets only those
// of cobra.
func (p *program) execute(ctx context.Context, root *cobra.Command, args []string) {
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	if slices.Contains(args, "-h") || slices.Contains(args, "--help") || slices.Contains(args, "help") {
		defer hideTerminal()()
	}
	onError := func(_ io.Writer, _ fang.Styles, err error) { p.code = p.printError(usageError("%w", err)) }
	_ = fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithColorSchemeFunc(colourScheme),
		fang.WithErrorHandler(onError))
}

// version is the tag or the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "built from source"
	}
	return info.Main.Version
}
