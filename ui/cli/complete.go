package cli

import (
	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/config"
)

// complete tells the shell which values a command's flags take. Nothing is looked up: completion must not be slow.
func complete(commands ...*cobra.Command) {
	for _, c := range commands {
		for _, setting := range config.All() {
			if values := choicesOf(setting); len(values) > 0 {
				offer(c, setting.Flag(), values)
			}
		}
		schnell := model.Find(model.Default)
		for flag, name := range map[string]string{"aspect-ratio": "aspect_ratio", "format": "output_format"} {
			if parameter, ok := schnell.Parameter(name); ok {
				offer(c, flag, parameter.Choices)
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

// offer offers values for a flag, if the command has it itself.
func offer(c *cobra.Command, flag string, values []string) {
	if c.Flags().Lookup(flag) == nil && c.PersistentFlags().Lookup(flag) == nil {
		return
	}
	// It fails only for a flag that is unknown or was offered before.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
