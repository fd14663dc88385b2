package cli

import (
	"context"
	"image/color"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

// root builds the commands, a file each.
func (p *program) root() *cobra.Command {
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
		RunE: p.does(p.fullScreen),
	}
	addSettings(root)
	root.SetFlagErrorFunc(p.flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		p.runCommand(), p.listCommand(), p.showCommand(), p.cancelCommand(), p.followCommand(),
		p.modelsCommand(), p.serveCommand(), p.doctorCommand(), p.compactCommand(), p.previewCommand(),
	)
	root.SetHelpCommand(p.helpCommand(root))
	complete(append(root.Commands(), root)...)
	return root
}

// helpCommand is cobra's, but of a command that there is not it says so.
func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		RunE: p.does(func(_ context.Context, args []string) (int, error) {
			about, left, err := root.Find(args)
			if err != nil || len(left) > 0 {
				return 0, noCommand(strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag()
			return exitDone, about.Help()
		}),
	}
}

// noCommand says that a word is the name of none.
func noCommand(name string) error {
	return wrong("there is no command %q. To make a picture: tintype run PROMPT; for all commands: tintype --help", name)
}

// execute lets fang carry out the command line. Our actions print their own errors and return none; what is left comes
// from cobra's own commands.
func (p *program) execute(ctx context.Context, root *cobra.Command, args []string) {
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	if slices.Contains(args, "-h") || slices.Contains(args, "--help") || slices.Contains(args, "help") {
		defer unaskable()()
	}
	complain := func(_ io.Writer, _ fang.Styles, err error) { p.code = p.complain(wrong("%w", err)) }
	_ = fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithColorSchemeFunc(colours),
		fang.WithErrorHandler(complain))
}

// version is what the build says of itself: a tag, or the commit it was made from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "built from source"
	}
	return info.Main.Version
}

// unaskable hides the terminal from fang while it draws help, and gives back what brings it again: whatever colours it is
// told, fang (2.0.1) asks the terminal for its background first, and waits up to two seconds for an answer. It asks only
// where both standard streams are terminals; on Windows it opens the console by itself, unless the output is none.
func unaskable() (restore func()) {
	if !term.IsTerminal(os.Stdout.Fd()) {
		return func() {}
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return func() {}
	}
	hidden := &os.Stdin
	if runtime.GOOS == "windows" {
		hidden = &os.Stdout
	}
	saved := *hidden
	*hidden = null
	return func() {
		*hidden = saved
		_ = null.Close()
	}
}

// colours are fixed: the terminal's own text, and three of its 16 colours, which stand on any background.
func colours(lipgloss.LightDarkFunc) fang.ColorScheme {
	plain := lipgloss.NoColor{}
	return fang.ColorScheme{
		Base: plain, Title: lipgloss.Yellow, Description: plain, Codeblock: plain, Program: lipgloss.Yellow,
		DimmedArgument: plain, Comment: plain, Flag: lipgloss.Green, FlagDefault: plain, Command: lipgloss.Yellow,
		QuotedString: plain, Argument: plain, Help: plain, Dash: plain,
		ErrorHeader: [2]color.Color{plain, plain}, ErrorDetails: plain,
	}
}
