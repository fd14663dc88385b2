package cli

import (
	"maps"
	"strings"

	"tintype/api"
	"tintype/config"
	"tintype/history"
)

// following is the command line that takes up jobs which were bought from a provider at a base URL: with as few flags as lead a
// later start there, and with the files and folders that were named for this one.
func (p *program) following(provider, base string) string {
	flags := p.flagsTo(provider, base)
	words := []string{"tintype follow"}
	for _, setting := range config.All() {
		switch value, ok := flags[setting.Name]; {
		case !ok:
		case setting.Name == "provider" && value == api.Demo:
			words = append(words, "--demo")
		default:
			words = append(words, "--"+setting.Flag(), shellWord(value))
		}
	}
	return strings.Join(words, " ")
}

// flagsTo are the settings to be given as flags. Of a provider that nobody knows here nothing is given.
func (p *program) flagsTo(provider, base string) (flags config.Values) {
	if _, known := api.FindProvider(provider); !known {
		return p.placesGiven()
	}
	for _, more := range []config.Values{{}, {"provider": provider}, {"provider": provider, "base_url": base}} {
		flags = p.placesGiven()
		maps.Copy(flags, more)
		settings, row, _, err := p.load(flags)
		if err == nil && row.Name == provider && (base == "" || baseOf(settings, row) == base) {
			break
		}
	}
	return flags
}

// placesGiven are the files and folders that were named for this run.
func (p *program) placesGiven() config.Values {
	places := config.Values{}
	for _, name := range []string{"data_dir", "config", "key_file"} {
		if value, ok := p.given[name]; ok {
			places[name] = value
		}
	}
	return places
}

// followingOne is the command line that takes up one job again.
func (p *program) followingOne(e history.Entry) string {
	return p.following(e.Provider, e.BaseURL) + " " + e.Key
}

// baseOf is the base URL under which the history holds what is bought with these settings.
func baseOf(settings config.Settings, provider api.Provider) string {
	switch base, err := api.CheckBaseURL(settings.BaseURL); {
	case err == nil:
		return base
	case provider.Name == api.Demo:
		return demoBase
	}
	return provider.BaseURL
}

// shellWord quotes a value that a shell would take apart.
func shellWord(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
