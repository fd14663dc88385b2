package cli

import (
	"encoding/json"
	"strings"

	"tintype/api"
)

// shortestKey is from when on a word of the environment is taken for a key: what is shorter may stand in any sentence.
const shortestKey = 8

// keyless takes the keys of the environment out of what is about to be printed: one may have been given as an argument by
// mistake, and would be quoted. What a provider sends back of a key is taken out where it comes in, in package api.
func (p *program) keyless(line string) string {
	for _, provider := range api.Providers() {
		for _, name := range provider.KeyNames {
			key := strings.TrimSpace(p.env(name))
			if len(key) < shortestKey {
				continue
			}
			quoted, _ := json.Marshal(key) // a string always can be
			line = strings.NewReplacer(key, "[redacted]", string(quoted[1:len(quoted)-1]), "[redacted]").Replace(line)
		}
	}
	return line
}
