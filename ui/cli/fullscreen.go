package cli

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"tintype/api"
	"tintype/config"
	"tintype/history"
	"tintype/ui"
)

// fullScreen opens the program that fills the terminal. History, key and demo are looked for behind its first frame.
func (p *program) fullScreen(ctx context.Context, args []string) (int, error) {
	if len(args) > 0 {
		return 0, noCommand(args[0])
	}
	in, out, err := terminalOf(p.in, p.out)
	if err != nil {
		return 0, err
	}
	settings, provider, closed, err := p.settleAnyway()
	if err != nil {
		return 0, err
	}
	o := ui.Options{
		Open:         func(ctx context.Context) (ui.Session, error) { return p.screenSession(ctx, settings, provider, closed) },
		MarshalEntry: p.describe(settings),
		Provider:     provider, Model: settings.Model, Appearance: p.look(settings), Keys: settings.Keys,
		Editor: strings.Fields(settings.Editor), Env: p.env, ChildEnv: withoutKeys(os.Environ()), Now: p.now,
	}
	if _, now := p.given["model"]; now {
		o.ModelOverride = settings.Model
	}
	if !provider.Free {
		o.OpenDemo = func(ctx context.Context) (ui.Session, error) { return p.screenDemo(ctx, settings.DataDir) }
	}
	return exitDone, ui.Run(ctx, o, in, out)
}

// settleAnyway is settle, but a settings file that cannot be used is no reason not to start: everything can be looked at.
// closed then says what is wrong with it, and that nothing is bought: the provider, the key's file and the folder of the
// history may be others than were meant. A file that was named on the command line is wrong use, as ever.
func (p *program) settleAnyway() (settings config.Settings, provider api.Provider, closed ui.ReadOnly, err error) {
	settings, provider, err = p.settle()
	if _, named := p.given["config"]; named || damaged(err) == nil {
		return settings, provider, closed, err
	}
	if provider.Free {
		p.complain(err)
		return settings, provider, closed, nil
	}
	return settings, provider, closedBy("settings unread", err), nil
}

// closedBy is what is wrong, for a screen that starts anyway and buys nothing.
func closedBy(words string, err error) ui.ReadOnly {
	return ui.ReadOnly{Short: words, Long: sentence(err.Error()) + " Nothing is bought until it is mended."}
}

// terminalOf is the terminal at both ends; without one the full screen cannot be.
func terminalOf(in io.Reader, out io.Writer) (*os.File, *os.File, error) {
	input, inOK := in.(*os.File)
	output, outOK := out.(*os.File)
	if !inOK || !outOK || !term.IsTerminal(input.Fd()) || !term.IsTerminal(output.Fd()) {
		return nil, nil, wrong("the full screen needs a terminal. Without one: tintype run PROMPT, tintype list")
	}
	return input, output, nil
}

// screenSession opens what the full screen works on. Without a key that can be used, or where closed says why nothing may be
// bought, it has no studio: everything can be looked at.
func (p *program) screenSession(ctx context.Context, settings config.Settings, provider api.Provider, closed ui.ReadOnly) (ui.Session, error) {
	s, err := p.openWith(settings, provider)
	if err != nil {
		return ui.Session{}, err
	}
	opened := ui.Session{Provider: provider, History: s.history, Close: s.close, ReadOnly: closed}
	if len(provider.KeyNames) > 0 {
		opened.KeyName = provider.KeyNames[0]
	}
	if closed != (ui.ReadOnly{}) {
		return opened, nil
	}
	var bad *failure
	switch err := p.connect(context.WithoutCancel(ctx), s); {
	case errors.As(err, &bad) && bad.code == exitKey:
		opened.ReadOnly = closedBy("key unusable", err)
	case err != nil:
		s.close()
		return ui.Session{}, errors.New(sentence(err.Error()))
	case s.client.HasKey():
		opened.Runner = s.studio
	}
	return opened, nil
}

// screenDemo opens the demo's session, with the demo's own history beside the real one.
func (p *program) screenDemo(ctx context.Context, real string) (ui.Session, error) {
	given := maps.Clone(p.given)
	given["provider"] = api.Demo
	delete(given, "base_url")
	settings, provider, _, err := p.load(given)
	if err != nil && damaged(err) == nil {
		return ui.Session{}, err
	}
	if settings.DataDir == real {
		settings.DataDir += "-demo" // a folder named by hand: play never mixes with what was paid for
	}
	return p.screenSession(ctx, settings, provider, ui.ReadOnly{})
}

// describe writes a prediction as --json does, indented as for people.
func (p *program) describe(settings config.Settings) func(history.Entry) []byte {
	return func(e history.Entry) []byte {
		b, err := encode(objectOf(e, pathsIn(settings.DataDir)), "")
		if err != nil {
			return nil
		}
		return b
	}
}

// look is how the settings want the screen.
func (p *program) look(settings config.Settings) ui.Appearance {
	look := ui.Appearance{
		Theme: settings.Theme, Glyphs: settings.Glyphs, Motion: settings.Motion, Mouse: settings.Mouse,
		Graphics: settings.Graphics, Colours: 1 << 24,
	}
	if settings.Colour == "none" {
		look.Colours = 0
	}
	return look
}
