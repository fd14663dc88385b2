package ui

import (
	"encoding/json"
	"strings"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
)

// keyVariable returns the environment variable that holds the key of an entry's provider.
func keyVariable(e history.Entry) string {
	if p, ok := api.FindProvider(e.Provider); ok && len(p.KeyNames) > 0 {
		return p.KeyNames[0]
	}
	return "KEY"
}

// curl returns the request that made an entry as a shell command. The key stays a variable.
func curl(e history.Entry, keyVariable string) string {
	path, fields := "/models/"+e.Model+"/predictions", map[string]any{"input": e.Input}
	if version := model.CleanVersion(e.Version); version != "" {
		path, fields["version"] = "/predictions", version
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return ""
	}
	return strings.Join([]string{
		"curl -sS -X POST " + shellQuote(e.BaseURL+path),
		`-H "Authorization: Bearer $` + keyVariable + `"`,
		"-H 'Content-Type: application/json'",
		"-d " + shellQuote(string(body)),
	}, " \\\n  ")
}

// shellQuote quotes s as one word of a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
