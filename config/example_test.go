package config_test

import (
	"fmt"

	"tintype/config"
)

// A flag has precedence over the environment, and the environment over the default.
func ExampleLoad() {
	env := map[string]string{"HOME": "/home/ada", "USERPROFILE": `C:\ada`, "TINTYPE_THEME": "dark", "TINTYPE_MOTION": "none"}
	flags := config.Values{"theme": "light"}
	known := config.Allowed{Providers: []string{"replicate", "demo"}, Demo: "demo", Model: "black-forest-labs/flux-schnell"}
	s, _, err := config.Load(func(name string) string { return env[name] }, flags, known)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"theme", "motion", "mouse"} {
		fmt.Println(name, s.Value(name), s.SourceOf(name))
	}
	// Output:
	// theme light --theme
	// motion none TINTYPE_MOTION
	// mouse on default
}
