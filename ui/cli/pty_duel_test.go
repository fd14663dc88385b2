//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// TestDuelKilled: after a kill in a duel, each duel whose count was on the screen is there, and the next start goes on from it.
func TestDuelKilled(t *testing.T) {
	t.Parallel()
	server := newServer(t, quick)
	h := newHome(t)
	for i := range 3 {
		h.firstPicture(t, server.args(), fmt.Sprintf("Boat %d.", i))
	}
	options := server.options()
	options.args = append(options.args, "duel")
	seen := 0
	for range 2 {
		x := h.open(t, options)
		x.waitFor(" · 3 pictures")
		if n := x.duelsOnScreen(); n < seen {
			t.Errorf("after a kill %d duels are left of %d", n, seen)
		}
		for range 2 {
			seen = x.answerDuel()
		}
		if err := x.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		x.waitForExit()
	}
	var ranked []struct {
		Duels int `json:"duels"`
	}
	if err := json.Unmarshal(h.output(append(server.args(), "rank", "--json")...), &ranked); err != nil {
		t.Fatal(err)
	}
	sides := 0
	for _, r := range ranked {
		sides += r.Duels
	}
	if sides < 2*seen {
		t.Errorf("%d duels are left of %d", sides/2, seen)
	}
	if n := server.Counts().Posts; n != 3 {
		t.Errorf("%d were bought, want 3", n)
	}
}

// answerDuel presses an arrow until the number of duels on the screen has grown, and returns it. A key that comes before both pictures were
// in sight for a moment is ignored.
func (x *terminal) answerDuel() (n int) {
	x.t.Helper()
	before := x.duelsOnScreen()
	for deadline := time.Now().Add(waitLimit); time.Now().Before(deadline); {
		x.send("\x1b[D")
		if x.within(time.Second, func() bool { return x.duelsOnScreen() > before }) {
			return x.duelsOnScreen()
		}
	}
	x.t.Fatalf("an arrow answers no duel. The screen:\n%s", x.screenText())
	return 0
}

var duelCount = regexp.MustCompile(`(\d+) duels? · `)

// duelsOnScreen returns the number of duels on the screen; -1 if there is none.
func (x *terminal) duelsOnScreen() int {
	found := duelCount.FindStringSubmatch(x.screen.String())
	if found == nil {
		return -1
	}
	n, _ := strconv.Atoi(found[1])
	return n
}
