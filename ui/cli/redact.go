package cli

import (
	"encoding/json"
	"strings"

	"tintype/api"
)

// shortestKey is the least length of a key that is searched for: a shorter text could be part of any sentence.
const shortestKey = 8

// redactKeys removes the keys of the environment from a line: a key that was given as an argument by mistake would be quoted in an
// error. Keys in a provider's answers are removed by package api.
func (p *program) redactKeys(line string) string {
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
