package cli

import (
	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/config"
)

// addCompletions registers the values that the flags of the commands take. All come from tables in memory, since completion must be
// fast.
func addCompletions(commands ...*cobra.Command) {
	for _, c := range commands {
		for _, setting := range config.All() {
			if values := choicesOf(setting); len(values) > 0 {
				addCompletion(c, setting.Flag(), values)
			}
		}
		schnell := model.Find(model.Default)
		for flag, name := range map[string]string{"aspect-ratio": "aspect_ratio", "format": "output_format"} {
			if parameter, ok := schnell.Parameter(name); ok {
				addCompletion(c, flag, parameter.Choices)
			}
		}
	}
}

func choicesOf(s config.Setting) []string {
	switch s.Name {
	case "provider":
		return providerNames()
	case "model":
		return modelNames()
	}
	return s.Choices
}

func modelNames() []string {
	names := make([]string, 0, 32)
	for _, m := range model.All() {
		names = append(names, m.Name())
	}
	return names
}

// addCompletion registers the values of a flag, if the command itself has that flag.
func addCompletion(c *cobra.Command, flag string, values []string) {
	if c.Flags().Lookup(flag) == nil && c.PersistentFlags().Lookup(flag) == nil {
		return
	}
	// It fails only for a flag that is unknown or has completions already.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
