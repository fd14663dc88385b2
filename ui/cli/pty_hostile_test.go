//go:build unix

package cli_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// ours is every sequence that our screen may use; whatever else begins with ESC is somebody else's.
var ours = []*regexp.Regexp{
	regexp.MustCompile(`^\x1b\[(?:0|1|2|3|4|7|9|2[2-57-9]|[345][0-9]|9[0-7]|10[0-7]|[345]8[:;](?:2|5)[:;0-9]*|[:;])*m`), // looks; none blinks or hides
	regexp.MustCompile(`^\x1b\[(?:[0-9]|[1-3][0-9]|40)?(?:;[0-9]{1,3})?H`),                                              // within 40 rows
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}[ABCDEFGdXPLM@IZbc]`),                                                          // moves, erasing within, repeats, DA1
	regexp.MustCompile(`^\x1b\[[012]?[JK]`),
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}(?:;[0-9]{0,3})?r`),
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}[ST]`),
	regexp.MustCompile(`^\x1b\[\?5W`), // tab stops
	regexp.MustCompile(`^\x1b\[\?(?:25|1000|1002|1003|1004|1006|1049|2004|2026|2027|2031|2048)[hl]`),
	regexp.MustCompile(`^\x1b\[\?(?:1006|1016|2026|2027|2031|2048)\$p`),
	regexp.MustCompile(`^\x1b\[(?:14|16|18)t`),
	regexp.MustCompile(`^\x1b\[>0?q`),
	regexp.MustCompile(`^\x1b\[(?:\?u|[<>=][0-9;]*u|>4(?:;[012])?m|>4n)`),
	regexp.MustCompile(`^\x1b\[[0-6]? q`),
	regexp.MustCompile(`^\x1b(?:7|8|M|=|>)`),
	regexp.MustCompile(`^\x1b\]1[012];\?(?:\a|\x1b\\)`),                         // asks for colours
	regexp.MustCompile(`^\x1b\]11[0-2](?:\a|\x1b\\)`),                           // and gives them back
	regexp.MustCompile(`^\x1b\]9;4;[0-4](?:;[0-9]{0,3})?(?:\a|\x1b\\)`),         // progress in the taskbar
	regexp.MustCompile(`^\x1b\]52;c;[A-Za-z0-9+/=]+(?:\a|\x1b\\)`),              // the user's own copy key
	regexp.MustCompile(`^\x1b\]8;[^;\x1b\a]*;(?:https://[!-~]*)?(?:\a|\x1b\\)`), // links, to https alone
	regexp.MustCompile(`^\x1b\][02];[^\x1b\a]*(?:\a|\x1b\\)`),                   // the title; its text is looked at as well
	regexp.MustCompile(`^\x1b_G[a-zA-Z0-9=,+-]*(?:;[A-Za-z0-9+/=]*)?\x1b\\`),    // kitty's pictures
	regexp.MustCompile(`^\x1bP\+q[0-9A-Fa-f;]*\x1b\\`),
}

// foreign finds the first thing in what was written that is not ours; "" when there is none.
func foreign(written []byte) string {
	for i := 0; i < len(written); {
		if written[i] == 0x1b {
			n := sequence(written[i:])
			if n == 0 {
				return string(written[i:min(len(written), i+60)])
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRune(written[i:])
		line := r == '\n' || r == '\r' || r == '\b' || r == '\t' // the renderer's own moves
		picture := r == '\U0010eeee'                             // kitty's placeholder; it draws our own pictures alone
		if r == utf8.RuneError && n == 1 || !line && !picture && obeyed(r) {
			return string(written[i:min(len(written), i+60)])
		}
		i += n
	}
	return ""
}

// sequence is the length of the sequence of ours at the beginning, 0 if it is none.
func sequence(b []byte) int {
	for _, known := range ours {
		at := known.FindIndex(b)
		if at == nil {
			continue
		}
		text := string(b[:at[1]])
		switch {
		case strings.Contains(text, "OWNED"), strings.HasPrefix(text, "\x1b_G") && strings.Contains(text, "t=") && !strings.Contains(text, "t=d"):
			return 0
		case strings.HasPrefix(text, "\x1b]52;") && !cleanCopy(text):
			return 0
		case strings.HasPrefix(text, "\x1b]0;"), strings.HasPrefix(text, "\x1b]2;"):
			if foreign([]byte(strings.Trim(text[4:], "\x1b\\\a"))) != "" {
				return 0
			}
		}
		return at[1]
	}
	return 0
}

// cleanCopy checks what is copied: a paste of it into a shell must do nothing by itself.
func cleanCopy(sequence string) bool {
	text, err := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(sequence, "\x1b]52;c;"), "\x1b\\\a"))
	return err == nil && string(text) != "STOLEN" && foreign(text) == "" && !bytes.ContainsAny(text, "\r\x1b") && sings(text) == ""
}

// TestForeign: the list lets none of the payloads pass, and lets what we write pass.
func TestForeign(t *testing.T) {
	for _, nasty := range payloads {
		obeyedSomewhere := strings.ContainsFunc(nasty, func(r rune) bool { return r == utf8.RuneError || !strings.ContainsRune("\r\n\b\t", r) && obeyed(r) })
		if obeyedSomewhere && foreign([]byte("some text "+nasty+" and more")) == "" {
			t.Errorf("%q passes", nasty)
		}
	}
	for _, fine := range []string{"", "a\r\nb ✓ 👨‍👩‍👧", "\x1b[1;38;2;10;20;30mx\x1b[m", "\x1b[?1049h\x1b[H\x1b[2J", "\x1b]52;c;YSBib2F0\a", "\x1b]2;tintype\x1b\\"} {
		if what := foreign([]byte(fine)); what != "" {
			t.Errorf("%q is taken for %q", fine, what)
		}
	}
}

// TestSecurityTerminalInjection shows hostile text in the built program, in every place that shows text, and parses all that it
// writes against the list of our own sequences: a history, each field and header of each answer, the listing, what an editor
// and a paste bring, names of files and folders, the environment; rows, facts, logs, menus, gallery, comparison, title,
// clipboard. Rule “terminal injection”.
func TestSecurityTerminalInjection(t *testing.T) {
	t.Parallel()
	t.Run("by a provider and a history", injectedByProvider)
	t.Run("by an editor that is none", injectedByEditorsName)
}

// injectedByProvider is the session in which everything is hostile that can be.
func injectedByProvider(t *testing.T) {
	h := newHostile(t)
	nasty := payloads[14]
	home := newHouse(t).movedTo(t, "home"+nasty+"\u202e\u009b")
	env := append(home.withChildren(t), "REPLICATE_API_TOKEN="+canary, "EDITOR="+home.injector(t), "TERM_PROGRAM="+nasty, "TERM_PROGRAM_VERSION="+nasty, "LANG=C.UTF-8"+nasty)
	s := newShell(t, home.dir)
	s.lay(h.URL)
	x := home.open(t, how{args: []string{"--provider", "replicate", "--base-url", h.URL}, env: env})
	x.sees("enter develop")
	x.buysFrom(h)
	x.lookAround(len(payloads) + len(manners))
	x.toList()
	x.keys(ctrlX)
	x.sees("editor") // the menu is open
	x.keys("e")      // which puts payloads into the prompt
	x.sees("edited")
	for _, p := range payloads { // as a terminal hands over what stands in its clipboard
		x.keys("\x05\x15\x1b[200~" + strings.ReplaceAll(p, "\x1b[201~", "") + "\x1b[201~")
	}
	x.leavesAnyhow()
	if what := foreign(x.written); what != "" {
		t.Errorf("somebody else's sequence: %q", what)
	}
	if form := sings(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	noKeyIn(t, home.dir)
	h.isIntact(t)
}

// injectedByEditorsName has the environment name an editor that cannot be started.
func injectedByEditorsName(t *testing.T) {
	for _, p := range []string{"\x1b]0;OWNED\a", "\x1b[3J \u202e", "\u009b3JOWNED"} {
		x := newHouse(t).open(t, how{args: []string{"--demo"}, env: []string{"EDITOR=" + p, "VISUAL=" + p}})
		x.seesOpen()
		x.keys(ctrlX + "e")
		x.sees("The editor ended with an error")
		x.leavesAnyhow()
		if what := foreign(x.written); what != "" {
			t.Errorf("somebody else's sequence: %q", what)
		}
	}
}

// movedTo gives the home folder another name.
func (h *house) movedTo(t *testing.T, name string) *house {
	t.Helper()
	dir := filepath.Join(filepath.Dir(h.dir), name)
	if err := os.Rename(h.dir, dir); err != nil {
		t.Skip("no such names here: ", err)
	}
	return &house{binary: h.binary, dir: dir}
}

// injector is an editor that writes payloads into the prompt.
func (h *house) injector(t *testing.T) string {
	t.Helper()
	h.put(t, "payloads.txt", strings.Join(payloads, "\n")+"\nedited")
	script := filepath.Join(t.TempDir(), "injector") // a name without blanks, at which an editor's arguments would begin
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncat \"$HOME/payloads.txt\" > \"$1\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return script
}

// lookAround goes through so many rows of the list, opens each, and shows its facts, its log and its menus.
func (x *terminal) lookAround(rows int) {
	x.t.Helper()
	x.toList()
	for range rows {
		for _, keys := range []string{"i", "i", "i", "yp", "yi", "yu", "yf", "yc", "yj"} { // more different letters would be typing
			x.keys(keys)
		}
		x.toList()
		x.keys("\r")
		x.toList()
		x.keys("j")
	}
	time.Sleep(700 * time.Millisecond) // letters are verbs again
	x.keys("g c")                      // marks one, compares
	x.keys(esc)
	x.keys("\x07") // the gallery
	x.keys("jj")
	x.toList()
	x.keys("\x06OWNED\r") // find
	x.sees("▸/ OWNED")
	x.toList()
}

// toList presses esc until the list has the focus.
func (x *terminal) toList() {
	x.t.Helper()
	for range 20 {
		if strings.Contains(x.text(), "▸Predictions") {
			return
		}
		x.keys(esc)
		for over := time.Now().Add(time.Second); time.Now().Before(over); time.Sleep(5 * time.Millisecond) {
			if strings.Contains(x.text(), "▸Predictions") {
				return
			}
		}
	}
	x.t.Fatalf("esc leads nowhere. The screen:\n%s", x.text())
}

// leavesList waits for what enter opens in the list, where it opens anything.
func (x *terminal) leavesList() {
	for over := time.Now().Add(time.Second); time.Now().Before(over); time.Sleep(5 * time.Millisecond) {
		if !strings.Contains(x.text(), "▸Predictions") {
			return
		}
	}
}

// buysFrom develops a prompt in each manner, and waits until all have left.
func (x *terminal) buysFrom(h *hostile) {
	x.t.Helper()
	for i, manner := range manners {
		x.developsAnew(fmt.Sprintf("!%s %d A boat.", manner, 3*i))
	}
	x.wait("all purchases", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		bought := 0
		for what, n := range h.asked {
			if strings.HasPrefix(what, "!") && n > 0 {
				bought++
			}
		}
		return bought >= len(manners)
	})
}
