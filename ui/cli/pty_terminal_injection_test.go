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

// ownSequences are all the sequences that the screen may use. Anything else that begins with ESC is foreign.
var ownSequences = []*regexp.Regexp{
	regexp.MustCompile(`^\x1b\[(?:0|1|2|3|4|7|9|2[2-57-9]|[345][0-9]|9[0-7]|10[0-7]|[345]8[:;](?:2|5)[:;0-9]*|[:;])*m`), // styles, but neither blinking nor hidden
	regexp.MustCompile(`^\x1b\[(?:[0-9]|[1-3][0-9]|40)?(?:;[0-9]{1,3})?H`),                                              // within 40 rows
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}[ABCDEFGdXPLM@IZbc]`),                                                          // moves, erasing, repeats, DA1
	regexp.MustCompile(`^\x1b\[[012]?[JK]`),
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}(?:;[0-9]{0,3})?r`),
	regexp.MustCompile(`^\x1b\[[0-9]{0,3}[ST]`),
	regexp.MustCompile(`^\x1b\[\?5W`), // tab stops
	regexp.MustCompile(`^\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1049|2004|2026|2027|2031|2048)[hl]`),
	regexp.MustCompile(`^\x1b\[\?(?:1006|1016|2026|2027|2031|2048)\$p`),
	regexp.MustCompile(`^\x1b\[(?:14|16|18)t`),
	regexp.MustCompile(`^\x1b\[>0?q`),
	regexp.MustCompile(`^\x1b\[(?:\?u|[<>=][0-9;]*u|>4(?:;[012])?m|>4n)`),
	regexp.MustCompile(`^\x1b\[[0-6]? q`),
	regexp.MustCompile(`^\x1b(?:7|8|M|=|>)`),
	regexp.MustCompile(`^\x1b\]1[012];\?(?:\a|\x1b\\)`),                         // colour queries
	regexp.MustCompile(`^\x1b\]11[0-2](?:\a|\x1b\\)`),                           // colour resets
	regexp.MustCompile(`^\x1b\]9;4;[0-4](?:;[0-9]{0,3})?(?:\a|\x1b\\)`),         // progress bar
	regexp.MustCompile(`^\x1b\]52;c;[A-Za-z0-9+/=]+(?:\a|\x1b\\)`),              // the clipboard, when the user copies
	regexp.MustCompile(`^\x1b\]8;[^;\x1b\a]*;(?:https://[!-~]*)?(?:\a|\x1b\\)`), // links, only to https
	regexp.MustCompile(`^\x1b\][02];[^\x1b\a]*(?:\a|\x1b\\)`),                   // the title, whose text is checked too
	regexp.MustCompile(`^\x1b_G[a-zA-Z0-9=,+-]*(?:;[A-Za-z0-9+/=]*)?\x1b\\`),    // kitty graphics
	regexp.MustCompile(`^\x1bP\+q[0-9A-Fa-f;]*\x1b\\`),
}

// foreignSequence returns the first part of the output that is not the program's own; "" if there is none.
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
		line := r == '\n' || r == '\r' || r == '\b' || r == '\t' // the renderer's moves
		picture := r == '\U0010eeee'                             // kitty's placeholder for a picture
		if r == utf8.RuneError && n == 1 || !line && !picture && isInterpreted(r) {
			return string(written[i:min(len(written), i+60)])
		}
		i += n
	}
	return ""
}

// ownSequenceLength is the length of the own sequence at the beginning of b, 0 if there is none.
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

// isCleanCopy reports whether a copied text is harmless when it is pasted into a shell.
func isCleanCopy(sequence string) bool {
	text, err := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(sequence, "\x1b]52;c;"), "\x1b\\\a"))
	return err == nil && string(text) != "STOLEN" && foreignSequence(text) == "" && !bytes.ContainsAny(text, "\r\x1b") && demotest.FindKey(text) == ""
}

// TestForeignSequences: ownSequences match none of the payloads, and match what the program writes.
func TestForeignSequences(t *testing.T) {
	for _, payload := range payloads {
		interpreted := strings.ContainsFunc(payload, func(r rune) bool {
			return r == utf8.RuneError || !strings.ContainsRune("\r\n\b\t", r) && isInterpreted(r)
		})
		if interpreted && foreignSequence([]byte("some text "+payload+" and more")) == "" {
			t.Errorf("%q passes", payload)
		}
	}
	for _, fine := range []string{"", "a\r\nb ✓ 👨‍👩‍👧", "\x1b[1;38;2;10;20;30mx\x1b[m", "\x1b[?1049h\x1b[H\x1b[2J", "\x1b]52;c;YSBib2F0\a", "\x1b]2;tintype\x1b\\"} {
		if what := foreignSequence([]byte(fine)); what != "" {
			t.Errorf("%q is taken for %q", fine, what)
		}
	}
}

// TestSecurityTerminalInjection shows hostile text in every place of the built program that shows text, and checks that all its
// output is made of its own sequences. The text comes from the history, from each field and header of each answer, the list of
// predictions, an editor, a paste, names of files and folders, and the environment. It is shown in rows, details, logs, menus,
// gallery, comparison, title and clipboard.
func TestSecurityTerminalInjection(t *testing.T) {
	t.Parallel()
	inParallel(t, "by a provider and a history", injectByProvider)
	inParallel(t, "by the name of an editor", injectByEditorName)
}

// injectByProvider uses the program with a hostile provider, history, environment, editor and clipboard.
func injectByProvider(t *testing.T) {
	h := newHostile(t)
	payload := payloads[14]
	home := newHome(t).renamed(t, "home"+payload+"\u202e\u009b")
	env := append(home.addChildPrograms(t), "REPLICATE_API_TOKEN="+canary, "EDITOR="+home.payloadEditor(t), "TERM_PROGRAM="+payload, "TERM_PROGRAM_VERSION="+payload, "LANG=C.UTF-8"+payload)
	s := newCommandLine(t, home.dir)
	s.writeHostileHistory(h.URL)
	x := home.open(t, startOptions{args: []string{"--provider", "replicate", "--base-url", h.URL}, env: env})
	x.waitFor("ctrl+c quit")
	x.buyFrom(h)
	x.browse(len(payloads) + len(answerKinds))
	x.focusList()
	x.send(ctrlX)
	x.waitFor("editor") // the menu is open
	x.send("e")         // which puts payloads into the prompt
	x.waitFor("edited")
	for _, p := range payloads { // as a terminal pastes its clipboard
		x.send("\x05\x15\x1b[200~" + strings.ReplaceAll(p, "\x1b[201~", "") + "\x1b[201~")
	}
	x.quit()
	if what := foreignSequence(x.written); what != "" {
		t.Errorf("foreign sequence: %q", what)
	}
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	checkNoKeyIn(t, home.dir)
	h.checkNothingLeaked(t)
}

// injectByEditorName names a hostile editor in the environment, which cannot be started.
func injectByEditorName(t *testing.T) {
	for _, p := range []string{"\x1b]0;OWNED\a", "\x1b[3J \u202e", "\u009b3JOWNED"} {
		x := newHome(t).open(t, startOptions{args: []string{"--demo"}, env: []string{"EDITOR=" + p, "VISUAL=" + p}})
		x.waitForDemo()
		x.send(ctrlX + "e")
		x.waitFor("The editor ended with an error")
		x.quit()
		if what := foreignSequence(x.written); what != "" {
			t.Errorf("foreign sequence: %q", what)
		}
	}
}

// renamed renames the home folder.
func (h *home) renamed(t *testing.T, name string) *home {
	t.Helper()
	dir := filepath.Join(filepath.Dir(h.dir), name)
	if err := os.Rename(h.dir, dir); err != nil {
		t.Skip("no such names here: ", err)
	}
	return &home{binary: h.binary, dir: dir}
}

// payloadEditor returns an editor that writes the payloads into the prompt.
func (h *home) payloadEditor(t *testing.T) string {
	t.Helper()
	h.writeFile(t, "payloads.txt", strings.Join(payloads, "\n")+"\nedited")
	script := filepath.Join(t.TempDir(), "injector") // the path has no blank, after which the editor's arguments would begin
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncat \"$HOME/payloads.txt\" > \"$1\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return script
}

// browse goes through so many rows of the list, opens each, and shows its details, its log and its menus. Then it compares two, and
// opens the gallery and the filter.
func (x *terminal) browse(rows int) {
	x.t.Helper()
	x.focusList()
	for range rows {
		x.press("i", "i", "i", "yp", "yi", "yu", "yf", "yc", "yj") // a third letter in the list would be taken for typing
		x.focusList()
		x.send("\r")
		x.focusList()
		x.send("j")
	}
	x.sendToList("g ", "▪") // marks the newest
	x.sendToList("c", "Compare")
	x.send(esc)
	x.send("\x07") // the gallery
	x.send("jj")
	x.focusList()
	x.send("\x06OWNED") // find
	x.pressEnter()
	x.waitFor("▸Filter OWNED")
	x.focusList()
}

// focusList presses esc until the list has the focus. Each esc is given time to take effect on a busy machine, since one too many leads
// from the list back to the prompt; if several were needed, it waits to see that none is still running.
func (x *terminal) focusList() {
	x.t.Helper()
	for sent := 0; sent < 20; sent++ {
		if x.within(0, x.isListFocused) && (sent < 2 || !x.within(time.Second, func() bool { return !x.isListFocused() })) {
			return
		}
		fromPrompt, patience := x.isPromptFocused(), time.Second
		if fromPrompt {
			patience = 10 * time.Second // the next screen is the list
		}
		x.send(esc)
		x.within(patience, func() bool { return x.isListFocused() || !fromPrompt && x.isPromptFocused() })
	}
	x.t.Fatalf("esc leads nowhere. The screen:\n%s", x.screenText())
}

func (x *terminal) isPromptFocused() bool { return strings.Contains(x.screen.String(), "▸Prompt") }

// sendToList types keys in the list until a text appears. They are ignored while the list is left, and after a third letter, which
// is taken for typing.
func (x *terminal) sendToList(keys, text string) {
	x.t.Helper()
	for range 10 {
		x.focusList()
		x.send(keys)
		if x.within(time.Second, func() bool { return strings.Contains(x.screen.String(), text) }) {
			return
		}
	}
	x.t.Fatalf("%q never leads to %q. The screen:\n%s", keys, text, x.screenText())
}

// isListFocused reports whether the list has the focus. The screen is locked.
func (x *terminal) isListFocused() bool { return strings.Contains(x.screen.String(), "▸Pictures") }

// waitForListLeft waits a moment for a screen that enter has opened in the list, if it opens one.
func (x *terminal) waitForListLeft() {
	x.within(time.Second, func() bool { return !x.isListFocused() })
}

// buyFrom develops a prompt for each kind of answer, and waits until the provider has received all.
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
