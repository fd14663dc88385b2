//go:build unix

package cli_test

import (
	"encoding/json"
	"testing"
)

// TestBisectAsksAgain: one y agrees to as many pictures as were told. More, because several changes are bad only together, are asked for again.
func TestBisectAsksAgain(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	args := []string{"bisect"}
	for _, prompt := range []string{"A red fox in snow at dawn", "A blue fox in rain at dusk"} {
		_, stdout, stderr := h.sweep(t, nil, append([]string{"run", prompt, "-s", "7", "-f", "jpg", "--set", "megapixels=0.25"}, server.args()...)...)
		var made struct{ Key string }
		if err := json.Unmarshal(stdout, &made); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		args = append(args, made.Key)
	}
	x := h.askAt(t, server, args...)
	x.waitFor("Make at most 3 pictures, about $0.009? y makes them, anything else does not:")
	bought := func(want int) {
		t.Helper()
		if n := server.Counts().Posts - 2; n != want {
			t.Fatalf("%d were bought, want %d\n%s", n, want, x.screenText())
		}
	}
	bought(0)
	x.send("y\r")
	for i, said := range []string{"3 changes in question, at most 2 more pictures.", "2 changes in question, at most 1 more picture.", "2 changes in question, the last picture."} {
		x.waitFor(said)
		bought(i + 1)
		x.send("g\r")
	}
	x.waitFor("Make at most 2 pictures, about $0.006? y makes them")
	bought(3)
	x.send("n\r")
	if code := x.waitForExit(); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	bought(3)
}
