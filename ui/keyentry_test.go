package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
)

// enteredKey is a key as the provider of these tests makes them.
const enteredKey = "sk-CANARY0123456789abcdef"

// keyTests is a desk of keys that writes down what it is asked, and a program without a key.
type keyTests struct {
	*app
	calls []string
	taken error // the provider's answer
	kept  error // of the key's file
}

// newKeyTests starts a program without a key, with the demo at hand.
func newKeyTests(t *testing.T, o appOptions) *keyTests {
	t.Helper()
	o.provider, o.noKey, o.withDemo = "cometapi", true, true
	k := &keyTests{}
	k.app = newApp(t, o)
	k.m.options.KeyDesk.Try = func(_ context.Context, provider, key string) error {
		k.calls = append(k.calls, "try "+provider+" "+key)
		return k.taken
	}
	k.m.options.KeyDesk.Keep = func(provider, key string) error {
		k.calls = append(k.calls, "keep "+provider+" "+key)
		return k.kept
	}
	open := k.m.options.KeyDesk.Open
	k.m.options.KeyDesk.Open = func(ctx context.Context, provider, key string) (Session, error) {
		k.calls = append(k.calls, "open "+provider+" "+key)
		return open(ctx, provider, key)
	}
	return k
}

// openPanel opens the panel for a key, and waits until it takes keys.
func (k *keyTests) openPanel() {
	k.press("ctrl+x", "K")
	k.wait(time.Second)
}

// expectCalls fails the test unless the desk was asked for exactly these.
func (k *keyTests) expectCalls(want ...string) {
	k.t.Helper()
	if got := fmt.Sprint(k.calls); got != fmt.Sprint(want) {
		k.t.Fatalf("the desk was asked for %s, want %s:\n%s", got, want, k.screenText())
	}
}

// expectHidden fails the test if a part of the key is anywhere in the program but where it was entered.
func (k *keyTests) expectHidden() {
	k.t.Helper()
	f := k.m.currentForm()
	for name, text := range map[string]string{
		"on the screen": k.screenText(), "in the form": fmt.Sprintf("%+v", f), "in the title": k.m.View().WindowTitle,
		"in the notes": fmt.Sprint(k.m.dialogs.Notes()), "in what was written beside the frames": strings.Join(k.rawOutput, ""),
	} {
		if strings.Contains(text, "CANARY") {
			k.t.Fatalf("the key is %s:\n%s", name, text)
		}
	}
}

// TestKeyIsPasted: without a key enter opens the panel. What is pasted there is hidden, tried, kept and used; the draft stays, and nothing is
// bought before an enter in the prompt.
func TestKeyIsPasted(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.typeText("A red bicycle.")
		k.press("enter")
		k.expectText("No key for CometAPI", "https://api.cometapi.com/console/token", "cometapi.key", "start the demo")
		k.wait(time.Second)
		k.pasteText(enteredKey + "\n")
		k.expectText("Key for CometAPI", strings.Repeat("•", len(enteredKey)), fmt.Sprint(len(enteredKey)))
		k.expectHidden()
		k.expectCalls()
		k.wait(time.Second)
		k.press("enter")
		k.wait(time.Second)
		k.expectCalls("try cometapi "+enteredKey, "keep cometapi "+enteredKey, "open cometapi "+enteredKey)
		k.expectSentence("The key is kept in ~/.config/tintype/cometapi.key.")
		k.expectText("A red bicycle.")
		k.expectNoText("no key")
		k.expectHidden()
		k.expectPurchases(0)
		k.useSmallPictures()
		k.press("enter")
		k.waitForState(k.m.list.Cursor(), history.Done)
		k.expectPurchases(1)
		demotest.CheckNoKey(t, k.dir)
		k.expectHidden()
	})
}

// TestKeyPastedInParts: a terminal that does not mark pastes may deliver one in parts; each is put after what is there.
func TestKeyPastedInParts(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.openPanel()
		k.pasteText(enteredKey[:9])
		k.pasteText(enteredKey[9:] + "\n")
		k.expectText(strings.Repeat("•", len(enteredKey)), fmt.Sprint(len(enteredKey)))
		k.press("enter")
		k.expectCalls("try cometapi "+enteredKey, "keep cometapi "+enteredKey, "open cometapi "+enteredKey)
	})
}

// TestKeyIsRefused: a key that the provider refuses is not kept, and the line is empty for another one.
func TestKeyIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.taken = &api.Error{Code: api.CodeUnauthorized, HTTPStatus: 401}
		k.openPanel()
		k.press("k")
		k.wait(time.Second)
		k.typeText("sk-CANARY")
		k.expectText(strings.Repeat("•", len("sk-CANARY")))
		k.press("enter")
		k.expectText("CometAPI refused this key. It is not", "kept.")
		k.expectNoText("•")
		k.expectCalls("try cometapi sk-CANARY")
		k.taken = nil
		k.pasteText(enteredKey)
		k.wait(time.Second)
		k.press("enter")
		k.expectCalls("try cometapi sk-CANARY", "try cometapi "+enteredKey, "keep cometapi "+enteredKey, "open cometapi "+enteredKey)
		k.expectHidden()
	})
}

// TestKeyCannotBeTried: without a network a key can be kept untested, or tried again.
func TestKeyCannotBeTried(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.taken = &api.Error{Code: api.CodeOffline}
		k.openPanel()
		k.pasteText(enteredKey)
		k.wait(time.Second)
		k.press("enter")
		k.expectText("This key could not be tried", "keep it untested")
		k.wait(time.Second)
		k.press("r")
		k.wait(time.Second)
		k.press("enter")
		k.wait(time.Second)
		k.press("y")
		k.wait(time.Second)
		k.expectCalls("try cometapi "+enteredKey, "try cometapi "+enteredKey, "keep cometapi "+enteredKey, "open cometapi "+enteredKey)
		k.expectHidden()
	})
}

// TestKeyOfAnotherProvider: the panel leads to the other provider, and says how to start with it the next time.
func TestKeyOfAnotherProvider(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.openPanel()
		k.press("p")
		k.expectText("Key for Replicate", "replicate.com")
		k.wait(time.Second)
		k.pasteText("r8_CANARY0123456789abcdef")
		k.wait(time.Second)
		k.press("enter")
		k.wait(time.Second)
		k.expectCalls("try replicate r8_CANARY0123456789abcdef", "keep replicate r8_CANARY0123456789abcdef", "open replicate r8_CANARY0123456789abcdef")
		k.expectSentence("At the next start: tintype --provider replicate")
		k.expectText("tintype  Replicate")
	})
}

// TestPasteThatIsNoKey: a text with spaces is refused with a sentence; esc forgets what was entered, also while it is tried.
func TestPasteThatIsNoKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.openPanel()
		k.pasteText("A paper boat\nfloating")
		k.expectText("This is not a key")
		k.wait(time.Second)
		k.press("enter")
		k.expectText("There is no key yet: paste or type one.")
		k.pasteText(enteredKey)
		k.wait(time.Second)
		k.holdCommands()
		k.sendKey("enter")
		k.expectText("Asking CometAPI")
		k.sendKey("x")
		k.sendKey("esc")
		k.releaseCommands()
		k.wait(time.Second)
		if k.m.dialogs.IsModal() || strings.Contains(fmt.Sprint(k.calls), "keep") {
			t.Fatalf("after esc %s:\n%s", k.calls, k.screenText())
		}
		k.expectHidden()
	})
}

// TestKeyPastedIntoThePrompt: a paste that looks like a key never becomes a prompt, from wherever it is pasted; the panel takes it.
func TestKeyPastedIntoThePrompt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.typeText("A boat.")
		k.pasteText(enteredKey + "\n")
		k.expectText("Key for CometAPI", "•••")
		k.expectHidden()
		k.wait(time.Second)
		k.press("esc")
		if k.m.prompt.Value() != "A boat." {
			t.Errorf("the prompt is %q", k.m.prompt.Value())
		}
		k.press("esc", "/")
		k.pasteText(enteredKey)
		k.expectHidden()
		k.wait(time.Second)
		k.goHome()
		k.pasteText("sk-ateboard")
		if k.m.prompt.Value() != "A boat.sk-ateboard" {
			t.Errorf("the prompt is %q", k.m.prompt.Value())
		}
	})
}

// TestKeyThatIsNotKept: if the file cannot be written the key is used in this session, and the sentence says so.
func TestKeyThatIsNotKept(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.kept = errors.New("the key file is a link")
		k.openPanel()
		k.pasteText(enteredKey)
		k.wait(time.Second)
		k.press("enter")
		k.wait(time.Second)
		k.expectSentence("This key is used until you quit, but it is not kept: the key file is a link.")
		if k.m.session.Runner == nil {
			t.Error("nothing can be bought")
		}
	})
}

// TestVariableCountsBeforeTheFile: where a variable is set the panel says that it counts before the file.
func TestVariableCountsBeforeTheFile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		k := newKeyTests(t, appOptions{})
		k.m.session.Keys[0].Variable = "COMETAPI_KEY"
		k.openPanel()
		k.pasteText(enteredKey)
		k.expectText("COMETAPI_KEY is set too")
		k.wait(time.Second)
		k.press("enter")
		k.wait(time.Second)
		k.expectSentence("The key is kept in ~/.config/tintype/cometapi.key. At the next start COMETAPI_KEY counts before it: unset that.")
	})
}

// TestNewKeyWhileJobsRun: a key can be replaced while jobs run: the session is closed and opened again, and its jobs go on.
func TestNewKeyWhileJobsRun(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.m.options.KeyDesk.Try = func(context.Context, string, string) error { return nil }
		s.m.options.KeyDesk.Keep = func(string, string) error { return nil }
		s.useSmallPictures()
		s.server.UpdateBehaviour(takeEightSeconds)
		key := s.develop("a boat")
		s.wait(2 * time.Second)
		s.press("ctrl+x", "K")
		s.wait(time.Second)
		s.pasteText("r8_CANARY0123456789abcdef")
		s.wait(time.Second)
		s.press("enter")
		s.wait(time.Second)
		s.expectText("a boat")
		s.waitForState(key, history.Done)
		s.expectPurchases(1)
		s.develop("a ship")
		s.wait(time.Second)
		s.expectPurchases(2)
	})
}

// TestRefusedKeyNamesTheWay: a run that failed because its key was refused says how to enter another one, from where the keys go.
func TestRefusedKeyNamesTheWay(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", w: 160, h: 50})
		s.injectFaults(demo.Fault{On: demo.Create, Status: 401, Body: `{"error":{"message":"Invalid token"}}`, Times: 1})
		s.waitForState(s.develop("a boat"), history.Failed)
		s.wait(10 * time.Second)
		s.expectSentence("ctrl+x K enters another key.")
		s.press("ctrl+x", "K")
		s.expectText("Key for CometAPI")
	})
}

// TestKeyPastedInTheDemo: the demo needs no key, and puts none into the prompt.
func TestKeyPastedInTheDemo(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "demo"})
		s.pasteText(enteredKey)
		s.expectSentence("That looks like a key, so it was not put in here.")
		if s.m.prompt.Value() != "" {
			t.Errorf("the prompt is %q", s.m.prompt.Value())
		}
		s.press("ctrl+x", "K")
		s.expectSentence("The demo needs no key.")
	})
}
