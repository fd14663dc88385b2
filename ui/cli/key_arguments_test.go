package cli_test

import (
	"strings"
	"testing"
)

// TestSecurityKeyNotInArguments: no flag of any command takes a key, and a key that is given as an argument is never printed.
// --key-file names a file.
func TestSecurityKeyNotInArguments(t *testing.T) {
	s := newCommandLine(t, t.TempDir())
	for _, command := range []string{"", "run", "list", "show", "follow", "cancel", "models", "doctor", "serve", "compact", "preview"} {
		for _, flag := range []string{"--key", "--api-key", "--apikey", "--token", "--api-token", "--auth", "--password", "-k"} {
			for _, args := range [][]string{{command, flag, canary}, {command, flag + "=" + canary}} {
				if args[0] == "" {
					args = args[1:]
				}
				code, out, output := s.run("", args...) // checks that neither stream has the key
				if code != 2 || len(out) > 0 || len(output) == 0 {
					t.Errorf("%s: code %d, %q", strings.ReplaceAll(strings.Join(args, " "), canary, "KEY"), code, output)
				}
			}
		}
	}
	for _, args := range [][]string{{canary}, {"show", canary}, {"--provider", canary, "list"}, {"run", "-a", canary, "x"}, {"list", "--base-url", canary}} {
		s.run("", args...)
	}
	_, help, _ := s.run("", "run", "--help")
	if strings.Contains(string(help), "--key ") || !strings.Contains(string(help), "--key-file") {
		t.Errorf("the help says %s", help)
	}
}
