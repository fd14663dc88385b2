package cli

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"tintype/api"
	"tintype/config"
	"tintype/ui"
)

// keyDesk is what the full screen does with keys that are entered: settings and provider are those of this run.
func (p *program) keyDesk(settings config.Settings, provider api.Provider) ui.KeyDesk {
	find := func(name string) (config.Settings, api.Provider, error) {
		return p.settingsFor(name, settings, provider)
	}
	return ui.KeyDesk{
		Try: func(ctx context.Context, name, key string) error {
			s, provider, err := find(name)
			if err != nil {
				return err
			}
			client, err := api.New(api.Options{Provider: provider, BaseURL: s.BaseURL, Key: api.NewSecret(key), Now: p.now})
			if err != nil {
				return err
			}
			defer client.CloseIdle()
			return client.CheckKey(ctx)
		},
		Keep: func(name, key string) error {
			s, _, err := find(name)
			if err != nil {
				return err
			}
			return config.KeepKey(s.KeyFile, key)
		},
		Open: func(ctx context.Context, name, key string) (ui.Session, error) {
			s, provider, err := find(name)
			if err != nil {
				return ui.Session{}, err
			}
			return p.openScreen(ctx, s, provider, ui.ReadOnly{}, key)
		},
	}
}

// settingsFor returns the settings of a run with another provider; those of this run for its own.
func (p *program) settingsFor(name string, settings config.Settings, provider api.Provider) (config.Settings, api.Provider, error) {
	if name == provider.Name {
		return settings, provider, nil
	}
	given := maps.Clone(p.flagValues)
	given["provider"] = name
	delete(given, "base_url")
	delete(given, "key_file")
	settings, provider, _, err := loadFrom(p.env, given)
	return settings, provider, err
}

// keyPlaces returns where the keys of the real providers are, that of this run first. It is empty for the demo.
func (p *program) keyPlaces(settings config.Settings, provider api.Provider) []ui.KeyPlace {
	if provider.Free {
		return nil
	}
	places := []ui.KeyPlace{p.keyPlace(settings, provider)}
	for _, other := range api.Providers() {
		if other.Name == provider.Name || other.Free {
			continue
		}
		if s, found, err := p.settingsFor(other.Name, settings, provider); err == nil {
			places = append(places, p.keyPlace(s, found))
		}
	}
	return places
}

// keyPlace returns where a provider's key is looked for.
func (p *program) keyPlace(settings config.Settings, provider api.Provider) ui.KeyPlace {
	place := ui.KeyPlace{Provider: provider, File: shortPath(p.env("HOME"), settings.KeyFile)}
	if value, from, err := config.FindKey(p.env, provider.KeyNames, settings.KeyFile); value != "" && err == nil {
		place.From = shortPath(p.env("HOME"), from)
	}
	for _, name := range provider.KeyNames {
		if place.Variable == "" && strings.TrimSpace(p.env(name)) != "" {
			place.Variable = name
		}
	}
	return place
}

// shortPath writes a path below the home folder with a ~.
func shortPath(home, path string) string {
	if below, err := filepath.Rel(home, path); home != "" && err == nil && filepath.IsAbs(path) && filepath.IsLocal(below) {
		return "~" + string(os.PathSeparator) + below
	}
	return path
}
