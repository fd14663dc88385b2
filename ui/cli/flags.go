package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tintype/config"
	"tintype/ui/format"
)

// globalSettings are the settings that every command has as flags. The others are flags of the full screen.
var globalSettings = map[string]bool{"provider": true, "base_url": true, "data_dir": true, "config": true, "key_file": true, "colour": true}

// addSettingFlags declares the settings as flags: the global ones for all commands, the others for the full screen.
func addSettingFlags(root *cobra.Command) {
	for _, setting := range config.All() {
		flags := root.Flags()
		if globalSettings[setting.Name] {
			flags = root.PersistentFlags()
		}
		if setting.Name == "model" {
			addModelFlag(root)
			continue
		}
		flags.String(setting.Flag(), "", settingHelp(setting))
	}
	root.PersistentFlags().Bool("demo", false, "use the demo, which paints on this machine and costs nothing")
	root.PersistentFlags().Bool("json", false, "print results as JSON")
}

// addSettingFlag declares a setting as a flag of a command.
func addSettingFlag(flags *pflag.FlagSet, name string) {
	all := config.All()
	if i := slices.IndexFunc(all, func(s config.Setting) bool { return s.Name == name }); i >= 0 {
		flags.String(all[i].Flag(), "", settingHelp(all[i]))
	}
}

func addModelFlag(c *cobra.Command) {
	c.Flags().StringP("model", "m", "", "model, as owner/name or a short name such as flux-dev")
}

// settingHelp is the description of a setting in the help.
func settingHelp(s config.Setting) string {
	line := s.Help
	if len(s.Choices) > 0 {
		line += ": " + strings.Join(s.Choices, ", ")
	}
	return line + " (or " + s.Env[0] + ")"
}

// readFlags reads the settings that were given as flags, --json and --demo.
func (p *program) readFlags(c *cobra.Command) {
	for _, setting := range config.All() {
		if flag := c.Flags().Lookup(setting.Flag()); flag != nil && flag.Changed {
			p.flagValues[setting.Name] = flag.Value.String()
		}
	}
	p.json, _ = c.Flags().GetBool("json")
	p.demo, _ = c.Flags().GetBool("demo")
}

// neverEmpty are flags whose empty value is a mistake: --budget "$LIMIT" with a variable that is not set would be no limit.
var neverEmpty = []string{"budget", "jobs", "lab-seed", "random", "how", "as", "preset"}

// emptyFlag returns an error for a flag that was given without the value that it needs.
func emptyFlag(c *cobra.Command) error {
	for _, name := range neverEmpty {
		if flag := c.Flags().Lookup(name); flag != nil && flag.Changed && strings.TrimSpace(flag.Value.String()) == "" {
			return usageError("--%s is empty. Write a value behind it, or leave it out", name)
		}
	}
	return nil
}

// flagError prints an error of pflag as wrong use.
func (p *program) flagError(c *cobra.Command, err error) error {
	suggestion := ""
	if name, ok := strings.CutPrefix(err.Error(), "unknown flag: "); ok {
		suggestion = format.DidYouMean(name, flagNames(c))
	}
	p.code = p.printError(usageError("%s.%s See: %s --help", flagErrorText(err.Error()), suggestion, c.CommandPath()))
	return nil
}

// flagNames returns the flags of a command, with their dashes.
func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, "--"+f.Name)
		}
	})
	return names
}

// flagErrorText rewords the messages of pflag 1.0.6. It returns other messages unchanged.
func flagErrorText(s string) string {
	if name, ok := strings.CutPrefix(s, "unknown flag: "); ok {
		return "There is no flag " + name
	}
	if rest, ok := strings.CutPrefix(s, "unknown shorthand flag: "); ok {
		letter, in, _ := strings.Cut(rest, " in ")
		return "There is no flag -" + strings.Trim(letter, "'") + " (in " + in +
			"). Put -- before a word that begins with -"
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: "); ok {
		if _, letter, ok := strings.Cut(name, " in "); ok {
			name = letter
		}
		return "The flag " + name + " needs a value"
	}
	if value, rest, ok := strings.Cut(strings.TrimPrefix(s, "invalid argument "), " for "); ok { // only of flags that are on or off
		flag, _, _ := strings.Cut(strings.TrimPrefix(rest, `"`), `"`)
		return "The flag " + flag + " is on without a value, or takes true or false; " + value + " is neither"
	}
	return s
}

// parsePositive parses a whole number above zero.
func parsePositive(flag, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, usageError("--%s takes a whole number above zero; %q is not", flag, s)
	}
	return n, nil
}

// parseTimeout parses a duration such as 90s or 2m; a bare number means seconds. An empty text is 0, no limit.
func parseTimeout(flag, s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	given := s
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		s += "s"
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, usageError("--%s takes a time such as 90s or 2m; %q is not", flag, given)
	}
	return d, nil
}
