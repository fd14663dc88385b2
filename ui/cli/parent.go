package cli

import "github.com/spf13/cobra"

// addParentFlag adds --parent, with the keys of predictions as its completions.
func addParentFlag(p *program, c *cobra.Command, f *planFlags) {
	c.Flags().StringVar(&f.parent, "parent", "", "the prediction that it is made from, for tree: a key or id")
	_ = c.RegisterFlagCompletionFunc("parent", p.completeKeys(anyEntry, many)) // it fails only for a flag that is unknown
}

// parentKey returns the key of the prediction that --parent names, or else another key.
func (f planFlags) parentKey(s *session, otherwise string) (string, error) {
	if f.parent == "" {
		return otherwise, nil
	}
	e, err := s.find(f.parent)
	if err != nil {
		return "", usageError("--parent: %w", err)
	}
	return e.Key, nil
}
