package cli

import (
	"maps"
	"strings"

	"tintype/api"
	"tintype/config"
	"tintype/history"
)

// followHint is the command line that follows jobs bought from a provider at a base URL. It has as few flags as possible, beside
// the files and folders that were given for this run.
func (p *program) followHint(provider, base string) string {
	flags := p.flagsLeadingTo(provider, base)
	words := []string{"tintype follow"}
	for _, setting := range config.All() {
		switch value, ok := flags[setting.Name]; {
		case !ok:
		case setting.Name == "provider" && value == api.Demo:
			words = append(words, "--demo")
		default:
			words = append(words, "--"+setting.Flag(), shellQuote(value))
		}
	}
	return strings.Join(words, " ")
}

// flagsLeadingTo returns the fewest settings that select a provider and a base URL. For an unknown provider it returns only the
// given paths.
func (p *program) flagsLeadingTo(provider, base string) (flags config.Values) {
	if _, known := api.FindProvider(provider); !known {
		return givenPaths(p.flagValues)
	}
	for _, more := range []config.Values{{}, {"provider": provider}, {"provider": provider, "base_url": base}} {
		flags = givenPaths(p.flagValues)
		maps.Copy(flags, more)
		settings, row, _, err := loadFrom(p.env, flags)
		if err == nil && row.Name == provider && (base == "" || baseURLOf(settings, row) == base) {
			break
		}
	}
	return flags
}

// givenPaths are the files and folders that were given as flags.
func givenPaths(given config.Values) config.Values {
	paths := config.Values{}
	for _, name := range []string{"data_dir", "config", "key_file"} {
		if value, ok := given[name]; ok {
			paths[name] = value
		}
	}
	return paths
}

// followHintFor is the command line that follows one job.
func (p *program) followHintFor(e history.Entry) string {
	return p.followHint(e.Provider, e.BaseURL) + " " + e.Key
}

// baseURLOf is the base URL that the history records for a purchase with these settings.
func baseURLOf(settings config.Settings, provider api.Provider) string {
	switch base, err := api.CheckBaseURL(settings.BaseURL); {
	case err == nil:
		return base
	case provider.Name == api.Demo:
		return demoBaseURL
	}
	return provider.BaseURL
}

// shellQuote quotes a value for a shell, if it needs quotes.
func shellQuote(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
