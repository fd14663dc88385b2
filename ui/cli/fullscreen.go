package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"

	"github.com/charmbracelet/x/term"

	"tintype/api"
	"tintype/config"
	"tintype/history"
	"tintype/ui"
	"tintype/ui/format"
	"tintype/ui/preset"
	"tintype/ui/runner"
	"tintype/ui/tty"
)

// fullScreen runs the full screen, which begins with a duel unless that is nil. History, key and demo are opened after the first frame.
func (p *program) fullScreen(ctx context.Context, begin *ui.DuelStart) (int, error) {
	in, out, err := terminalFiles(p.in, p.out)
	if err != nil && begin != nil {
		err = usageError("a duel needs a terminal, since pictures are compared by eye. Without one, tintype rank prints who won")
	}
	if err != nil {
		return 0, err
	}
	if isDumb(p.env) {
		return 0, usageError("the full screen needs a terminal that can move its cursor, and %s. These work there: tintype run PROMPT, tintype list", dumbReason(p.env))
	}
	settings, provider, readOnly, err := p.loadEvenIfDamaged()
	if err != nil {
		return 0, err
	}
	if err := requireDataDir(settings); err != nil {
		return 0, err
	}
	trouble, err := modelTrouble(settings)
	if err != nil {
		return 0, err
	}
	o := p.screenOptions(settings, provider, readOnly, trouble)
	o.Duel = begin
	return p.leaveScreen(ui.Run(ctx, o, in, out))
}

// leaveScreen prints what goes on after the full screen, which has ended with an error or nil, and returns the exit code.
func (p *program) leaveScreen(err error) (int, error) {
	withoutID, left := p.keptRows()
	p.printGoodbye(left)
	p.printWithoutID(withoutID)
	code := exitOK
	if errors.Is(err, ui.ErrInterrupted) {
		code, err = exitInterrupted, nil
	}
	if len(withoutID) > 0 {
		code = exitUnreachable
	}
	return code, err
}

// screenOptions returns what the full screen needs. trouble is a sentence about the settings, or "".
func (p *program) screenOptions(settings config.Settings, provider api.Provider, readOnly ui.ReadOnly, trouble string) ui.Options {
	o := ui.Options{
		Open: func(ctx context.Context) (ui.Session, error) {
			s, err := p.openScreen(ctx, settings, provider, readOnly, "")
			s.Problem = cmp.Or(s.Problem, trouble)
			return s, err
		},
		KeyDesk:      p.keyDesk(settings, provider),
		MarshalEntry: entryMarshaler(settings),
		Provider:     provider, Model: settings.Model, Appearance: appearance(settings), Keys: settings.Keys,
		Editor: tty.EditorCommand(settings.Editor), Env: p.env, ChildEnv: withoutKeys(os.Environ()), Now: p.now,
	}
	if len(o.Editor) == 0 {
		o.Editor = tty.UsualEditor(exec.LookPath)
	}
	if tty.HasOpenQuote(settings.Editor) {
		o.EditorTrouble = fmt.Sprintf("The editor (from %s) has a quotation mark that is not closed: %s", settings.SourceOf("editor"), format.Clean(settings.Editor))
	}
	if _, given := p.flagValues["model"]; given {
		o.ModelOverride = settings.Model
	}
	if !provider.Free {
		o.OpenDemo = func(ctx context.Context) (ui.Session, error) { return p.openDemoScreen(ctx, settings.DataDir) }
	}
	return o
}

// modelTrouble checks the model of the settings, in whose place the form would take the default. One that is named for this run is an
// error; one in the settings file is a sentence, so that the history can be viewed.
func modelTrouble(settings config.Settings) (sentence string, err error) {
	err = checkModel(settings.Model)
	if err == nil || settings.SourceOf("model") != config.SourceFile {
		return "", err
	}
	return "In the settings file: " + format.Sentence(err.Error()), nil
}

// printGoodbye says how many jobs go on after the full screen, and how to follow them.
func (p *program) printGoodbye(left []runner.Row) {
	if len(left) == 0 {
		return
	}
	hints := map[string]int{}
	for _, row := range left {
		hints[p.followHint(row.Provider, row.BaseURL)]++
	}
	for _, hint := range slices.Sorted(maps.Keys(hints)) {
		p.printProgress(fmt.Sprintf("%d still running – %s", hints[hint], hint))
	}
}

// leftRunning returns the jobs of a session that go on at the provider after it was closed.
func (s *session) leftRunning() (left []runner.Row) {
	if s.runner == nil {
		return nil
	}
	for _, row := range s.runner.Live() {
		if row.ID != "" && row.State != history.Unconfirmed {
			left = append(left, row)
		}
	}
	return left
}

// loadEvenIfDamaged is loadSettings, but it succeeds even if the settings file cannot be used, so that the history can be viewed.
// readOnly then says what is wrong and that nothing is bought: provider, key file and data folder may not be the ones that the user
// meant. A damaged file that was named on the command line is an error.
func (p *program) loadEvenIfDamaged() (settings config.Settings, provider api.Provider, readOnly ui.ReadOnly, err error) {
	settings, provider, err = p.loadSettings()
	if _, named := p.flagValues["config"]; named || settingsFileError(err) == nil {
		return settings, provider, readOnly, err
	}
	if provider.Free {
		p.printError(err)
		return settings, provider, readOnly, nil
	}
	return settings, provider, readOnlyBecause("settings unread", err), nil
}

// readOnlyBecause makes the reason why the full screen buys nothing.
func readOnlyBecause(short string, err error) ui.ReadOnly {
	return ui.ReadOnly{Short: short, Long: format.Sentence(err.Error()) + " Nothing is bought until it is fixed."}
}

// terminalFiles returns both streams as files, or an error if one of them is not a terminal.
func terminalFiles(in io.Reader, out io.Writer) (*os.File, *os.File, error) {
	input, inOK := in.(*os.File)
	output, outOK := out.(*os.File)
	if !inOK || !outOK || !term.IsTerminal(input.Fd()) || !term.IsTerminal(output.Fd()) {
		return nil, nil, usageError("the full screen needs a terminal. Without one: tintype run PROMPT, tintype list")
	}
	return input, output, nil
}

// openScreen opens the session of the full screen. Without a usable key, or if readOnly is set, the session has no runner: the
// history can be viewed and nothing can be bought. key counts before the one that is found; "" for none.
func (p *program) openScreen(ctx context.Context, settings config.Settings, provider api.Provider, readOnly ui.ReadOnly, key string) (ui.Session, error) {
	s, err := p.openWith(settings, provider)
	if err != nil {
		return ui.Session{}, err
	}
	session := ui.Session{Provider: provider, History: s.history, ReadOnly: readOnly, Lab: newLab(p, s), Presets: preset.In(settings.Config), FinalModel: settings.FinalModel}
	session.Close = func() {
		s.close()
		p.keepRows(s.withoutID, s.leftRunning())
	}
	if len(provider.KeyNames) > 0 {
		session.KeyName = provider.KeyNames[0]
	}
	if readOnly != (ui.ReadOnly{}) {
		return session, nil
	}
	session.Keys, s.enteredKey = p.keyPlaces(settings, provider), key
	var bad *exitError
	switch err := p.connect(context.WithoutCancel(ctx), s); {
	case errors.As(err, &bad) && bad.code == exitKey:
		session.ReadOnly = readOnlyBecause("key unusable", err)
	case err != nil:
		s.close()
		return ui.Session{}, errors.New(format.Sentence(err.Error()))
	case s.client.HasKey():
		session.Runner = s.runner
	}
	return session, nil
}

// openDemoScreen opens a session of the demo, whose history is kept apart from the one in realDir.
func (p *program) openDemoScreen(ctx context.Context, realDir string) (ui.Session, error) {
	given := maps.Clone(p.flagValues)
	given["provider"] = api.Demo
	delete(given, "base_url")
	settings, provider, _, err := loadFrom(p.env, given)
	if err != nil && settingsFileError(err) == nil {
		return ui.Session{}, err
	}
	if settings.DataDir == realDir {
		settings.DataDir += "-demo" // the user named the folder: demo predictions never mix with paid ones
	}
	return p.openScreen(ctx, settings, provider, ui.ReadOnly{}, "")
}

// entryMarshaler returns a function that writes a prediction as --json does.
func entryMarshaler(settings config.Settings) func(history.Entry) []byte {
	return func(e history.Entry) []byte {
		b, err := marshalJSON(newPredictionJSON(e, pathsIn(settings.DataDir)), "")
		if err != nil {
			return nil
		}
		return b
	}
}

// appearance is the part of the settings that decides how the screen looks.
func appearance(settings config.Settings) ui.Appearance {
	a := ui.Appearance{
		Theme: settings.Theme, Glyphs: settings.Glyphs, Motion: settings.Motion, Mouse: settings.Mouse,
		Graphics: settings.Graphics, Colours: 1 << 24,
	}
	if settings.Colour == "none" {
		a.Colours = 0
	}
	return a
}
