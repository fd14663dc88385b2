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

	"tintype/api/demo/demotest"
)

// ownSequences is every sequence that our screen may use; whatever else begins with ESC is somebody else's.
var ownSequences = []*regexp.Regexp{
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

// foreignSequence finds the first thing in what was written that is not ours; "" when there is none.
func foreignSequence(written []byte) string {
	for i := 0; i < len(written); {
		if written[i] == 0x1b {
			n := ownSequenceLength(written[i:])
			if n == 0 {
				return string(written[i:min(len(written), i+60)])
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRune(written[i:])
		line := r == '\n' || r == '\r' || r == '\b' || r == '\t' // the renderer's own moves
		picture := r == '\U0010eeee'                             // kitty's placeholder; it draws our own pictures alone
		if r == utf8.RuneError && n == 1 || !line && !picture && isInterpreted(r) {
			return string(written[i:min(len(written), i+60)])
		}
		i += n
	}
	return ""
}

// ownSequenceLength is the length of the sequence of ours at the beginning, 0 if it is none.
func ownSequenceLength(b []byte) int {
	for _, known := range ownSequences {
		at := known.FindIndex(b)
		if at == nil {
			continue
		}
		text := string(b[:at[1]])
		switch {
		case strings.Contains(text, "OWNED"), strings.HasPrefix(text, "\x1b_G") && strings.Contains(text, "t=") && !strings.Contains(text, "t=d"):
			return 0
		case strings.HasPrefix(text, "\x1b]52;") && !isCleanCopy(text):
			return 0
		case strings.HasPrefix(text, "\x1b]0;"), strings.HasPrefix(text, "\x1b]2;"):
			if foreignSequence([]byte(strings.Trim(text[4:], "\x1b\\\a"))) != "" {
				return 0
			}
		}
		return at[1]
	}
	return 0
}

// isCleanCopy checks what is copied: a paste of it into a shell must do nothing by itself.
func isCleanCopy(sequence string) bool {
	text, err := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(sequence, "\x1b]52;c;"), "\x1b\\\a"))
	return err == nil && string(text) != "STOLEN" && foreignSequence(text) == "" && !bytes.ContainsAny(text, "\r\x1b") && demotest.FindKey(text) == ""
}

// TestForeignSequences: the list lets none of the payloads pass, and lets what we write pass.
func TestForeignSequences(t *testing.T) {
	for _, payload := range payloads {
		obeyedSomewhere := strings.ContainsFunc(payload, func(r rune) bool {
			return r == utf8.RuneError || !strings.ContainsRune("\r\n\b\t", r) && isInterpreted(r)
		})
		if obeyedSomewhere && foreignSequence([]byte("some text "+payload+" and more")) == "" {
			t.Errorf("%q passes", payload)
		}
	}
	for _, fine := range []string{"", "a\r\nb ✓ 👨‍👩‍👧", "\x1b[1;38;2;10;20;30mx\x1b[m", "\x1b[?1049h\x1b[H\x1b[2J", "\x1b]52;c;YSBib2F0\a", "\x1b]2;tintype\x1b\\"} {
		if what := foreignSequence([]byte(fine)); what != "" {
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
	payload := payloads[14]
	home := newHome(t).renamed(t, "home"+payload+"\u202e\u009b")
	env := append(home.addChildPrograms(t), "REPLICATE_API_TOKEN="+canary, "EDITOR="+home.payloadEditor(t), "TERM_PROGRAM="+payload, "TERM_PROGRAM_VERSION="+payload, "LANG=C.UTF-8"+payload)
	s := newCommandLine(t, home.dir)
	s.writeHostileHistory(h.URL)
	x := home.open(t, startOptions{args: []string{"--provider", "replicate", "--base-url", h.URL}, env: env})
	x.waitFor("enter develop")
	x.buyFrom(h)
	x.browse(len(payloads) + len(answerKinds))
	x.focusList()
	x.send(ctrlX)
	x.waitFor("editor") // the menu is open
	x.send("e")         // which puts payloads into the prompt
	x.waitFor("edited")
	for _, p := range payloads { // as a terminal hands over what stands in its clipboard
		x.send("\x05\x15\x1b[200~" + strings.ReplaceAll(p, "\x1b[201~", "") + "\x1b[201~")
	}
	x.quit()
	if what := foreignSequence(x.written); what != "" {
		t.Errorf("somebody else's sequence: %q", what)
	}
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	checkNoKeyIn(t, home.dir)
	h.checkNothingLeaked(t)
}

// injectedByEditorsName has the environment name an editor that cannot be started.
func injectedByEditorsName(t *testing.T) {
	for _, p := range []string{"\x1b]0;OWNED\a", "\x1b[3J \u202e", "\u009b3JOWNED"} {
		x := newHome(t).open(t, startOptions{args: []string{"--demo"}, env: []string{"EDITOR=" + p, "VISUAL=" + p}})
		x.waitForDemo()
		x.send(ctrlX + "e")
		x.waitFor("The editor ended with an error")
		x.quit()
		if what := foreignSequence(x.written); what != "" {
			t.Errorf("somebody else's sequence: %q", what)
		}
	}
}

// renamed gives the home folder another name.
func (h *home) renamed(t *testing.T, name string) *home {
	t.Helper()
	dir := filepath.Join(filepath.Dir(h.dir), name)
	if err := os.Rename(h.dir, dir); err != nil {
		t.Skip("no such names here: ", err)
	}
	return &home{binary: h.binary, dir: dir}
}

// payloadEditor is an editor that writes payloads into the prompt.
func (h *home) payloadEditor(t *testing.T) string {
	t.Helper()
	h.writeFile(t, "payloads.txt", strings.Join(payloads, "\n")+"\nedited")
	script := filepath.Join(t.TempDir(), "injector") // a name without blanks, at which an editor's arguments would begin
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncat \"$HOME/payloads.txt\" > \"$1\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return script
}

// browse goes through so many rows of the list, opens each, and shows its facts, its log and its menus.
func (x *terminal) browse(rows int) {
	x.t.Helper()
	x.focusList()
	for range rows {
		for _, keys := range []string{"i", "i", "i", "yp", "yi", "yu", "yf", "yc", "yj"} { // more different letters would be typing
			x.send(keys)
		}
		x.focusList()
		x.send("\r")
		x.focusList()
		x.send("j")
	}
	time.Sleep(700 * time.Millisecond) // letters are verbs again
	x.send("g c")                      // marks one, compares
	x.send(esc)
	x.send("\x07") // the gallery
	x.send("jj")
	x.focusList()
	x.send("\x06OWNED\r") // find
	x.waitFor("▸/ OWNED")
	x.focusList()
}

// focusList presses esc until the list has the focus.
func (x *terminal) focusList() {
	x.t.Helper()
	for range 20 {
		if strings.Contains(x.screenText(), "▸Predictions") {
			return
		}
		x.send(esc)
		for over := time.Now().Add(time.Second); time.Now().Before(over); time.Sleep(5 * time.Millisecond) {
			if strings.Contains(x.screenText(), "▸Predictions") {
				return
			}
		}
	}
	x.t.Fatalf("esc leads nowhere. The screen:\n%s", x.screenText())
}

// waitForListLeft waits for what enter opens in the list, where it opens anything.
func (x *terminal) waitForListLeft() {
	for over := time.Now().Add(time.Second); time.Now().Before(over); time.Sleep(5 * time.Millisecond) {
		if !strings.Contains(x.screenText(), "▸Predictions") {
			return
		}
	}
}

// buyFrom develops a prompt in each manner, and waits until all have left.
func (x *terminal) buyFrom(h *hostile) {
	x.t.Helper()
	for i, kind := range answerKinds {
		x.developNext(fmt.Sprintf("!%s %d A boat.", kind, 3*i))
	}
	x.waitUntil("all purchases", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		bought := 0
		for what, n := range h.asked {
			if strings.HasPrefix(what, "!") && n > 0 {
				bought++
			}
		}
		return bought >= len(answerKinds)
	})
}
