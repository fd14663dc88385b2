package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/config"
	"tintype/history"
	"tintype/ui/runner"
)

// leaving is how long a command that ends waits for a purchase that has left to be answered and written down.
const leaving = 900 * time.Millisecond

// session is what a command works with: where it keeps things, and whom it talks to.
type session struct {
	settings config.Settings
	provider api.Provider
	history  *history.History
	client   *api.Client    // nil before connect
	studio   *runner.Runner // nil before connect
	stop     func()         // ends the demo's server; nil without one
}

// settle puts the settings together, says what was left aside of them, and finds the provider's row.
func (p *program) settle() (config.Settings, api.Provider, error) {
	settings, provider, warnings, err := p.asked()
	for _, warning := range warnings {
		p.progress(string(warning))
	}
	return settings, provider, err
}

// asked puts the settings together as the command line asks for them.
func (p *program) asked() (config.Settings, api.Provider, []config.Warning, error) {
	if p.demo {
		if name, ok := p.given["provider"]; ok && name != api.Demo {
			return config.Settings{}, api.Provider{}, nil, wrong("--demo and --provider %s cannot both be meant", name)
		}
		p.given["provider"] = api.Demo
	}
	return p.load(p.given)
}

// load puts the settings together in silence. Beside a *config.Damaged there are some, to look at things with.
func (p *program) load(given config.Values) (config.Settings, api.Provider, []config.Warning, error) {
	settings, warnings, err := config.Load(p.env, given, config.Allowed{Providers: providerNames(), Model: model.Default})
	provider, _ := api.FindProvider(settings.Provider)
	if err != nil {
		err = wrong("%w", err)
	}
	return settings, provider, warnings, err
}

// damaged is what cannot be used of the settings file; nil where err is something else.
func damaged(err error) *config.FileError {
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

// open opens the history. The session must be closed.
func (p *program) open() (*session, error) {
	settings, provider, err := p.settle()
	if err != nil {
		return nil, err
	}
	return p.openWith(settings, provider)
}

func (p *program) openWith(settings config.Settings, provider api.Provider) (*session, error) {
	h, err := history.Open(history.Options{Dir: settings.DataDir, App: "tintype " + version(), Now: p.now})
	if err != nil {
		return nil, fmt.Errorf("the history in %s cannot be opened: %w", settings.DataDir, err)
	}
	return &session{settings: settings, provider: provider, history: h}, nil
}

// connect makes the client and the studio; nothing is asked of the provider yet. A missing key is no error here: see ready.
func (p *program) connect(ctx context.Context, s *session) error {
	options := api.Options{Provider: s.provider, BaseURL: s.settings.BaseURL, Now: p.now}
	if err := p.findKey(s, &options); err != nil {
		return err
	}
	if s.provider.Name == api.Demo && s.settings.BaseURL == "" {
		if err := s.startDemo(ctx, &options); err != nil {
			return err
		}
	}
	client, err := api.New(options)
	if err != nil {
		return wrong("%w", err)
	}
	s.client = client
	s.studio = runner.New(runner.Options{Client: client, History: s.history, Now: p.now})
	return nil
}

// demoKey is what the demo is sent: it takes any key that is not empty.
const demoKey = "demo"

// findKey puts the provider's key into the options, if there is one.
func (p *program) findKey(s *session, options *api.Options) error {
	if s.provider.Free {
		options.Key = api.NewSecret(demoKey)
		return nil
	}
	value, _, err := p.key(s)
	if err != nil {
		return fails(exitKey, "%w", err)
	}
	options.Key = api.NewSecret(value)
	return nil
}

// key finds the provider's key, and where it was; "" without one. A file that was named for it has to hold one.
func (p *program) key(s *session) (value, from string, err error) {
	value, from, err = config.FindKey(p.env, s.provider.KeyNames, s.settings.KeyFile)
	if named := s.settings.From("key_file"); value == "" && err == nil && named != config.SourceDefault {
		err = fmt.Errorf("there is no key in %s (from %s)", s.settings.KeyFile, named)
	}
	return value, from, err
}

// ready tells whether the provider can be asked for anything.
func (s *session) ready() error {
	if s.client.HasKey() {
		return nil
	}
	where := ""
	if s.provider.KeyURL != "" {
		where = " Keys are made at " + s.provider.KeyURL + "."
	}
	return fails(exitKey, "No key for %s: set %s, or try the demo with --demo.%s",
		s.provider.Title, s.provider.KeyNames[0], where)
}

// settled stops buying, and lets a purchase that has left be answered and written down.
func (s *session) settled() {
	if s.studio == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), leaving)
	defer cancel()
	_ = s.studio.Close(ctx) // what was not answered in time is unconfirmed at the next start
}

// close gives everything back.
func (s *session) close() {
	s.settled()
	_ = s.history.Close() // every entry is on disk already
	if s.stop != nil {
		s.stop()
	}
}

// interruptible is ctx until the person or the system asks the program to leave. A second signal ends it the hard way.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
