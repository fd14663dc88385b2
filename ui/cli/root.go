package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"tintype/ui/format"
)

// rootCommand builds the root command with all others.
func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "tintype",
		Short: "A terminal studio for FLUX pictures",
		Long: "A terminal studio for FLUX pictures: type a prompt, watch pictures develop, keep everything you made. " +
			"Without a command it opens the full screen; tintype --demo needs no key and costs nothing.\n\n" +
			"The key is read from COMETAPI_KEY (also COMETAPI_API_KEY, COMET_API_KEY), for Replicate from " +
			"REPLICATE_API_TOKEN, or from a file of mode 0600. It is never an argument.\n\n" + exitHelp,
		Example: "tintype --demo\n" +
			"tintype run --demo \"A paper boat floating on calm water at sunrise.\"\n" +
			"tintype run -m flux-dev -a 16:9 -s 42 --json \"A red bicycle.\"\n" +
			"tintype list boat --limit 5",
		Args: cobra.ArbitraryArgs,
	}
	// Cobra's own flag would need one of its templates, with which the linker keeps every method: 5 MB of a program, and 3 MB in memory.
	showVersion := root.Flags().BoolP("version", "v", false, "Print the version: tag or commit, and Go")
	root.RunE = p.runE(func(ctx context.Context, args []string) (int, error) {
		switch {
		case *showVersion:
			p.printVersion()
			return exitOK, nil
		case len(args) > 0:
			return 0, unknownCommand(root, args[0])
		}
		return p.fullScreen(ctx, nil)
	})
	addSettingFlags(root)
	root.SetFlagErrorFunc(p.flagError)
	root.AddCommand(
		p.runCommand(), p.listCommand(), p.showCommand(), p.cancelCommand(), p.followCommand(),
		p.modelsCommand(), p.serveCommand(), p.doctorCommand(), p.compactCommand(), p.previewCommand(),
		p.versionCommand(), sweepCommand(p), batchCommand(p), watchCommand(p), newCommand(p), expandCommand(p), budgetCommand(p), presetsCommand(p), rankCommand(p),
		treeCommand(p), impactCommand(p), bisectCommand(p), duelCommand(p),
	)
	root.SetHelpCommand(p.helpCommand(root))
	p.refuseUnknownShells(root)
	addCompletions(append(root.Commands(), root)...)
	return root
}

// refuseUnknownShells makes an unknown word after completion an error; cobra would print the help and exit with 0, which a shell then runs.
func (p *program) refuseUnknownShells(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	c, _, err := root.Find([]string{"completion"})
	if err != nil || c == root {
		return
	}
	c.Args = cobra.ArbitraryArgs
	c.RunE = p.runE(func(_ context.Context, args []string) (int, error) {
		if len(args) == 0 {
			return exitOK, c.Help()
		}
		var shells []string
		for _, shell := range c.Commands() {
			shells = append(shells, shell.Name())
		}
		return 0, usageError("completion takes %s; %q is not.%s", strings.Join(shells, ", "), args[0], format.DidYouMean(args[0], shells))
	})
}

// unknownCommand is the error for a name that no command has.
func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return usageError("there is no command %q.%s To make a picture: tintype run PROMPT; for all commands: tintype --help",
		name, format.DidYouMean(name, names))
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
	_ = fang.Execute(ctx, root, fang.WithoutVersion(), fang.WithColorSchemeFunc(colourScheme(args)),
		fang.WithErrorHandler(onError))
}
