package cli

import (
	"slices"
	"strings"

	"tintype/api"
)

// withoutKeys returns the environment for child processes (viewer, editor), which must not see a provider's key. Case is ignored, as
// Windows does for names of variables.
func withoutKeys(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.ContainsFunc(api.Providers(), func(provider api.Provider) bool {
			return slices.ContainsFunc(provider.KeyNames, func(key string) bool { return strings.EqualFold(key, name) })
		})
	})
}
