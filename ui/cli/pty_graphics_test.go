//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The controls of kitty's sequences and the arguments of iTerm2's.
var (
	kittyControls  = regexp.MustCompile(`\x1b_G([^;\x1b]*)`)
	itermArguments = regexp.MustCompile(`\x1b\]1337;(?:File|MultipartFile)=([^:\a\x1b]*)`)
	readByName     = regexp.MustCompile("[,\"`]t=[fts][,;\"`]")
)

// TestSecurityGraphicsReadNoFiles: in each protocol, pictures are sent to the terminal as data. The terminal is never told to open a
// file (t=f, t=t) or shared memory (t=s) by its name.
func TestSecurityGraphicsReadNoFiles(t *testing.T) {
	path := orangePicture(t)
	kitty, iterm := 0, 0
	for _, c := range []struct{ name, answers string }{
		{"kitty", "\x1bP>|kitty(0.41.1)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;52;c"},
		{"konsole", "\x1bP>|Konsole 22.12.3\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;1;4c"},
		{"iterm2", "\x1bP>|iTerm2 3.5.0\x1b\\\x1b[?62;4;22c"},
		{"sixel", "\x1bP>|foot(1.13.1)\x1b\\\x1b[6;20;10t\x1b[?62;4;22c"},
	} {
		_, written, code := runInTerminal(t, c.answers, map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "preview", path)
		if code != 0 {
			t.Errorf("%s: code %d", c.name, code)
		}
		for _, m := range kittyControls.FindAllStringSubmatch(written, -1) {
			kitty++
			for control := range strings.SplitSeq(m[1], ",") {
				if strings.HasPrefix(control, "t=") && control != "t=d" {
					t.Errorf("%s: the terminal would read by name: %q", c.name, m[0])
				}
			}
		}
		for _, m := range itermArguments.FindAllStringSubmatch(written, -1) {
			iterm++
			if slices.Contains(strings.Split(m[1], ";"), "inline=0") {
				t.Errorf("%s: the terminal would save a file: %q", c.name, m[0])
			}
		}
		if strings.Contains(written, path) {
			t.Errorf("%s: the output contains the path of the picture", c.name)
		}
	}
	if kitty < 2 || iterm < 1 {
		t.Errorf("%d pictures by kitty's protocol, %d by iTerm2's", kitty, iterm)
	}
	t.Run("in the sources", checkSourcesReadNoFiles)
}

// checkSourcesReadNoFiles searches the sources for controls with which a terminal reads by name.
func checkSourcesReadNoFiles(t *testing.T) {
	sources, err := filepath.Glob("../picture/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if at := readByName.Find(text); at != nil && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s writes %q", name, at)
		}
	}
}
