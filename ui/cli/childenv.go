package cli

import (
	"slices"
	"strings"

	"tintype/api"
)

// withoutKeys is the environment for other programs (viewer, editor): a key is no business of theirs.
func withoutKeys(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.ContainsFunc(api.Providers(), func(provider api.Provider) bool {
			return slices.Contains(provider.KeyNames, name)
		})
	})
}
