package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/history"
)

// mostCompletions is how many predictions a completion offers at most, the newest first.
const mostCompletions = 100

// many is for commands that take any number of keys.
const many = 0

// completeKeys completes the short keys of wanted predictions, described by their prompts. most is how many names the command takes.
func (p *program) completeKeys(wanted func(history.Entry) bool, most int) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if most != many && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return p.keyCompletions(c, wanted, args), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// completeKeysAndFiles completes files, and the keys of predictions that have pictures.
func (p *program) completeKeysAndFiles() cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if strings.ContainsAny(typed, `./\`) {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return p.keyCompletions(c, hasPicture, args), cobra.ShellCompDirectiveDefault
	}
}

// keyCompletions returns the completions of wanted predictions that are not among the arguments. Without a history there are none; errors
// are not shown, since the user is typing.
func (p *program) keyCompletions(c *cobra.Command, wanted func(history.Entry) bool, args []string) (completions []cobra.Completion) {
	p.readFlags(c)
	settings, provider, _, err := p.loadWithWarnings()
	if err != nil {
		return nil
	}
	s, err := p.openWith(settings, provider)
	if err != nil {
		return nil
	}
	defer s.close()
	short, err := s.history.ShortKeys()
	if err != nil {
		return nil
	}
	entries, err := s.history.Latest(10 * mostCompletions)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		name := short.Of(e.Key)
		if len(completions) == mostCompletions || !wanted(e) || slices.Contains(args, name) {
			continue
		}
		completions = append(completions, cobra.CompletionWithDesc(name, promptLine(e)))
	}
	return completions
}

// anyEntry wants all predictions.
func anyEntry(history.Entry) bool { return true }

// isRunning wants those that have not ended.
func isRunning(e history.Entry) bool { return !e.State.Ended() && e.State != history.Unconfirmed }

// hasPicture wants those with a picture on this disk.
func hasPicture(e history.Entry) bool {
	return slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.LocalPath() != "" })
}
