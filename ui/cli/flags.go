package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tintype/config"
)

// global lists the settings that every command takes; the others belong to the full screen.
var global = map[string]bool{"provider": true, "base_url": true, "data_dir": true, "config": true, "key_file": true}

// addSettings declares the settings as flags: the global ones for all commands, the rest for the full screen.
func addSettings(root *cobra.Command) {
	for _, setting := range config.All() {
		flags := root.Flags()
		if global[setting.Name] {
			flags = root.PersistentFlags()
		}
		if setting.Name == "model" {
			addModel(root)
			continue
		}
		flags.String(setting.Flag(), "", describe(setting))
	}
	root.PersistentFlags().Bool("demo", false, "the demo: it paints on this machine and bills nothing")
	root.PersistentFlags().Bool("json", false, "results as objects of JSON")
}

func addModel(c *cobra.Command) {
	c.Flags().StringP("model", "m", "", "model, as owner/name or a short name such as flux-dev")
}

// describe is a setting's line in the help.
func describe(s config.Setting) string {
	line := s.Help
	if len(s.Choices) > 0 {
		line += ": " + strings.Join(s.Choices, ", ")
	}
	return line + " (or " + s.Env[0] + ")"
}

// readFlags takes the settings that were given as flags.
func (p *program) readFlags(c *cobra.Command) {
	for _, setting := range config.All() {
		if flag := c.Flags().Lookup(setting.Flag()); flag != nil && flag.Changed {
			p.given[setting.Name] = flag.Value.String()
		}
	}
	p.json, _ = c.Flags().GetBool("json")
	p.demo, _ = c.Flags().GetBool("demo")
}

// flagError words what pflag found wrong, and ends the command there.
func (p *program) flagError(c *cobra.Command, err error) error {
	p.code = p.complain(wrong("%s. See: %s --help", flagSentence(err.Error()), c.CommandPath()))
	return nil
}

// flagSentence rewords pflag's messages (1.0.6); what it does not know stays as it is.
func flagSentence(s string) string {
	if name, ok := strings.CutPrefix(s, "unknown flag: "); ok {
		return "There is no flag " + name
	}
	if rest, ok := strings.CutPrefix(s, "unknown shorthand flag: "); ok {
		letter, in, _ := strings.Cut(rest, " in ")
		return "There is no flag -" + strings.Trim(letter, "'") + " (in " + in +
			"). Words that begin with - come after --"
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: "); ok {
		if _, letter, ok := strings.Cut(name, " in "); ok {
			name = letter
		}
		return "The flag " + name + " needs a value"
	}
	return s
}

// positive reads a whole number above zero.
func positive(flag, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, wrong("--%s takes a whole number above zero; %q is not", flag, s)
	}
	return n, nil
}

// span reads a time to wait, such as 90s or 2m; a bare number counts seconds. "" is none, as 0.
func span(flag, s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		s += "s"
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, wrong("--%s takes a time such as 90s or 2m; %q is not", flag, strings.TrimSuffix(s, "s"))
	}
	return d, nil
}
