//go:build unix

package cli_test

import (
	"strings"
	"testing"
)

// TestSecurityPasteNeverBuys: neither a bracketed paste, with or without an end of its own in its midst, nor an enter with
// text behind it in the same read is a purchase. The last enter of the last one has nothing behind it, and is the only one
// that may be meant. Rule “a paste never confirms a purchase”, moment 4.
func TestSecurityPasteNeverBuys(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	x := h.demo(t)
	x.keys("\x1b[200~first\nsecond\r\nthird\r\x1b[201~")
	x.sees("first", "second", "third")
	x.keys("fourth")
	x.sees("fourth")
	x.keys("\x1b[200~fifth\x1b[201~\r\x1b[201~") // a clipboard that ends the paste by itself, unfiltered
	x.sees("fifth", "That enter came with the paste.")
	x.keys(ctrlC) // asks nothing, since nothing runs
	x.leaves()
	if n := h.bought(t); n != 0 {
		t.Fatalf("a bracketed paste bought %d predictions", n)
	}
	x = h.demo(t)
	x.seesDraft("first")
	x.keys("\x15\x0b") // readline's: to the line's ends
	x.keys("one line\rone more\r")
	x.sees("✓")
	made := h.made(t)
	if len(made) != 1 || !strings.HasSuffix(made[0].Input.Prompt, "one line\none more") {
		t.Errorf("the history holds %+v", made)
	}
	if n := h.bought(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// heldEnterBuysOnce is the other half: 30 repeats make one purchase.
func heldEnterBuysOnce(t *testing.T, h *house) {
	x := h.demo(t)
	x.keys("A boat.")
	x.sees("A boat.")
	for range 30 {
		x.keys(enter)
	}
	x.sees("✓ A boat.")
	x.keys(ctrlC)
	x.leaves()
	if n, made := h.bought(t), h.made(t); n != 1 || len(made) != 1 {
		t.Errorf("%d predictions were bought, the history holds %+v", n, made)
	}
}
