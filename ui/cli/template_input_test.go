package cli

import "testing"

// TestAsWritten: a text from a file or from standard input has line feeds, and no mark before it. JSON keeps its bytes.
func TestAsWritten(t *testing.T) {
	for raw, want := range map[string]string{
		"\ufeffa {red|blue} fox\r\nat dusk\r\n": "a {red|blue} fox\nat dusk\n",
		"a\rb\n":                                "a\rb\n",
		"{\"scene\":\r\n \"a fox\"}\r\n":        "{\"scene\":\r\n \"a fox\"}\r\n",
	} {
		if got := asWritten([]byte(raw)); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}
