//go:build unix

package cli_test

import (
	"strings"
	"testing"
	"time"
)

// TestSecurityPasteNeverBuys: neither a bracketed paste, even if it contains an end of paste, nor one without brackets is a purchase. Only
// an enter that comes later buys.
func TestSecurityPasteNeverBuys(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	x := h.openDemo(t)
	x.send("\x1b[200~first\nsecond\r\nthird\r\x1b[201~")
	x.waitFor("first", "second", "third")
	x.send("fourth")
	x.waitFor("fourth")
	x.send("\x1b[200~fifth\x1b[201~\r\x1b[201~") // a clipboard with an end of paste in it
	x.waitFor("fifth", "That enter came with the paste;")
	x.send(ctrlC) // asks nothing, since nothing runs
	x.waitForExit()
	if n := h.demoPurchases(t); n != 0 {
		t.Fatalf("a bracketed paste bought %d predictions", n)
	}
	x = h.openDemo(t)
	x.waitForDraft("first")
	x.send("\x15\x0b") // ctrl+u ctrl+k: delete the line
	x.send("one line\rone more\r")
	x.waitFor("one line", "one more")
	if n := h.demoPurchases(t); n != 0 {
		t.Errorf("a paste without brackets bought %d predictions", n)
	}
	x.pressEnter()
	x.waitFor("✓")
	made := h.listDemo(t)
	if len(made) != 1 || !strings.HasSuffix(made[0].Input.Prompt, "one line\none more") {
		t.Errorf("the history holds %+v", made)
	}
	if n := h.demoPurchases(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// TestPasteWithoutEnd: a paste whose end never comes is text after a second, and the keys work again.
func TestPasteWithoutEnd(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	x := h.openDemo(t)
	x.send("\x1b[200~never\rends\r\x1b[20")
	x.waitFor("never", "ends")
	x.send(" !")
	x.waitFor("!")
	x.send(ctrlC)
	x.waitForExit()
	if n := h.demoPurchases(t); n != 0 {
		t.Errorf("it bought %d predictions", n)
	}
}

// heldEnterBuysOnce: an enter repeated 30 times makes one purchase.
func heldEnterBuysOnce(t *testing.T, h *home) {
	x := h.openDemo(t)
	x.send("A boat.")
	x.waitFor("A boat.")
	time.Sleep(enterPause)
	for range 30 {
		x.send(enter)
	}
	x.waitFor("✓ A boat.")
	x.send(ctrlC)
	x.waitForExit()
	if n, made := h.demoPurchases(t), h.listDemo(t); n != 1 || len(made) != 1 {
		t.Errorf("%d predictions were bought, the history holds %+v", n, made)
	}
}
