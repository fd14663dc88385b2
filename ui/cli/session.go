package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/config"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// closeLimit is how long an ending command waits for the answer to a purchase that was sent, to record it.
const closeLimit = 900 * time.Millisecond

// session is what a command works with: settings, provider, history and runner.
type session struct {
	settings config.Settings
	provider api.Provider
	history  *history.History // nil in doctor if it has no folder
	client   *api.Client      // nil before connect
	runner   *runner.Runner   // nil before connect
	stopDemo func()           // stops the demo server; nil without one

	enteredKey string // a key that the user entered, which counts before any other; "" for none

	withoutID []runner.Row // purchases whose ids are not on the disk; set when the runner is closed
}

// loadSettings loads the settings, prints their warnings, and finds the provider.
func (p *program) loadSettings() (config.Settings, api.Provider, error) {
	settings, provider, warnings, err := p.loadWithWarnings()
	for _, warning := range warnings {
		p.printProgress(string(warning))
	}
	p.publishPrices(settings.CacheDir, provider)
	publishOwnPrices(settings, provider)
	return settings, provider, err
}

// loadWithWarnings loads the settings with the flags of this run, --demo included.
func (p *program) loadWithWarnings() (config.Settings, api.Provider, []config.Warning, error) {
	if p.demo {
		if name, ok := p.flagValues["provider"]; ok && name != api.Demo {
			return config.Settings{}, api.Provider{}, nil, usageError("--demo and --provider %s cannot both be meant", name)
		}
		p.flagValues["provider"] = api.Demo
	}
	settings, provider, warnings, err := loadFrom(p.env, p.flagValues)
	p.noColour, p.theme = settings.Colour == "none", settings.Theme
	return settings, provider, warnings, err
}

// loadFrom loads the settings with the given flags and prints nothing. With a *config.FileError it still returns settings that can be
// used to view the history.
func loadFrom(env func(string) string, given config.Values) (config.Settings, api.Provider, []config.Warning, error) {
	settings, warnings, err := config.Load(env, given, config.Allowed{Providers: providerNames(), Demo: api.Demo, Model: model.Default, ModelID: modelID, Suggest: format.DidYouMean})
	provider, _ := api.FindProvider(settings.Provider)
	if err != nil {
		err = usageError("%w", err)
	}
	return settings, provider, warnings, err
}

// modelID returns the owner/name of a model of the settings file, or why there is none of that name.
func modelID(name string) (string, error) { return model.Find(name).ID, checkModel(name) }

// settingsFileError returns the error of the settings file in err, nil if it is another error.
func settingsFileError(err error) *config.FileError {
	if d := (*config.FileError)(nil); errors.As(err, &d) {
		return d
	}
	return nil
}

func providerNames() []string {
	names := make([]string, 0, 3)
	for _, provider := range api.Providers() {
		names = append(names, provider.Name)
	}
	return names
}

// openToBuy loads the settings and opens the history to change it. Whoever changes it says why that cannot be done. The session must be
// closed.
func (p *program) openToBuy() (*session, error) {
	settings, provider, err := p.loadSettings()
	if err != nil {
		return nil, err
	}
	return p.openWith(settings, provider)
}

// openSession is openToBuy for all that looks at the history.
func (p *program) openSession() (*session, error) {
	s, err := p.openToBuy()
	if err == nil {
		p.warnUnreadable(s.history)
	}
	return s, err
}

// warnUnreadable says that a history cannot be read, and makes the command fail: it may lack what was asked for.
func (p *program) warnUnreadable(h *history.History) {
	if err := h.Unreadable(); err != nil {
		p.leastCode = p.printError(err)
	}
}

// warnUnreadableLines counts the lines of the history that could not be read, of those that were looked at: what was asked for may be
// in them.
func (p *program) warnUnreadableLines(h *history.History) {
	if n := h.UnreadableLines(); n > 0 && h.Unreadable() == nil {
		p.printProgress(format.Plural(n, "line") + " of the history cannot be read, and may be predictions: tintype doctor")
	}
}

// requireDataDir returns an error if there is no folder for the history.
func requireDataDir(settings config.Settings) error {
	if settings.DataDir != "" {
		return nil
	}
	home := "HOME"
	if runtime.GOOS == "windows" {
		home = "USERPROFILE"
	}
	return usageError("no folder is known for the history, since %s is not set: set it, or name a folder with TINTYPE_DATA_DIR or --data-dir", home)
}

func (p *program) openWith(settings config.Settings, provider api.Provider) (*session, error) {
	if err := requireDataDir(settings); err != nil {
		return nil, err
	}
	h, err := history.Open(history.Options{Dir: settings.DataDir, App: "tintype " + version(), Now: p.now})
	if err != nil {
		return nil, fmt.Errorf("the history in %s cannot be opened: %w", settings.DataDir, err)
	}
	return &session{settings: settings, provider: provider, history: h}, nil
}

// connect makes the client and the runner. It sends no request, and a missing key is not an error here: see requireKey.
func (p *program) connect(ctx context.Context, s *session) error {
	options := api.Options{Provider: s.provider, BaseURL: s.settings.BaseURL, Now: p.now, InlineDir: s.history.Path("pictures")}
	if err := p.addKey(s, &options); err != nil {
		return err
	}
	if s.provider.Name == api.Demo && s.settings.BaseURL == "" {
		if err := s.startDemo(ctx, &options); err != nil {
			return err
		}
	}
	client, err := api.New(options)
	if err != nil {
		return usageError("%w", err)
	}
	s.client = client
	s.runner = runner.New(runner.Options{Client: client, History: s.history, Now: p.now, Limits: newLimits(s.settings).read, Rule: pictureRule(s.settings)})
	return nil
}

// addKey sets the provider's key in the options, if there is one. For the demo the client has a key of its own.
func (p *program) addKey(s *session, options *api.Options) error {
	if s.provider.Free {
		return nil
	}
	if s.enteredKey != "" {
		options.Key = api.NewSecret(s.enteredKey)
		return nil
	}
	value, _, err := findKey(p.env, s)
	if err != nil {
		return errorWithCode(exitKey, "%w", err)
	}
	options.Key = api.NewSecret(value)
	return nil
}

// findKey returns the provider's key and where it was found, "" without one. A key file that the user named must have a key.
func findKey(env func(string) string, s *session) (value, from string, err error) {
	value, from, err = config.FindKey(env, s.provider.KeyNames, s.settings.KeyFile)
	if named := s.settings.SourceOf("key_file"); value == "" && err == nil && named != config.SourceDefault {
		err = fmt.Errorf("there is no key in %s (from %s)", s.settings.KeyFile, named)
	}
	return value, from, err
}

// requireKey returns an error if there is no key.
func (s *session) requireKey() error {
	if s.client.HasKey() {
		return nil
	}
	where := ""
	if s.provider.KeyURL != "" {
		where = " Keys are made at " + s.provider.KeyURL + "."
	}
	return errorWithCode(exitKey, "No key for %s: set %s, or try the demo with --demo.%s",
		s.provider.Title, s.provider.KeyNames[0], where)
}

// closeRunner stops buying and waits up to closeLimit for purchases that were sent.
func (s *session) closeRunner() {
	if s.runner == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	_ = s.runner.Close(ctx) // a purchase without an answer is unconfirmed at the next start
	s.withoutID = s.runner.WithoutID()
}

// close closes the runner and the history, and stops the demo.
func (s *session) close() {
	s.closeRunner()
	if s.history != nil {
		_ = s.history.Close() // all entries are on disk already
	}
	if s.stopDemo != nil {
		s.stopDemo()
	}
}

// withInterrupt returns a context that ends at an interrupt, SIGTERM, SIGHUP or SIGQUIT. A second signal kills the program.
func withInterrupt(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
