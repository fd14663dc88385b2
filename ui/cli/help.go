package cli

import (
	"context"
	"image/color"
	"os"
	"runtime"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

// helpCommand is cobra's help command, but an unknown command is an error.
func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			about, left, err := root.Find(args)
			if err != nil || len(left) > 0 {
				return 0, unknownCommand(root, strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag()
			return exitOK, about.Help()
		}),
	}
}

// hideTerminal hides the terminal from fang while it draws the help, until restore is called. Before it draws, fang 2.0.1 asks the
// terminal for its background and waits up to two seconds for the answer, even if it is given fixed colours. It does so only if
// both standard streams are terminals; on Windows it opens the console unless standard output is redirected.
func hideTerminal() (restore func()) {
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

// colourScheme uses the terminal's default text and that of its 16 colours which is most legible on black and on white; none with --colour none.
// fang honours NO_COLOR itself.
func colourScheme(args []string) fang.ColorSchemeFunc {
	var plain, name color.Color = lipgloss.NoColor{}, lipgloss.Magenta
	if at := slices.Index(args, "--colour"); slices.Contains(args, "--colour=none") || at >= 0 && slices.Contains(args[at+1:min(at+2, len(args))], "none") {
		name = plain
	}
	scheme := fang.ColorScheme{
		Base: plain, Title: plain, Description: plain, Codeblock: plain, Program: name,
		DimmedArgument: plain, Comment: plain, Flag: name, FlagDefault: plain, Command: name,
		QuotedString: plain, Argument: plain, Help: plain, Dash: plain,
		ErrorHeader: [2]color.Color{plain, plain}, ErrorDetails: plain,
	}
	return func(lipgloss.LightDarkFunc) fang.ColorScheme { return scheme }
}
