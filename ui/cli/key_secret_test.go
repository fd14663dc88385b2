//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// faults are one of each kind that the demo server has, with the key in every text that it sends.
func faults() []demo.Fault {
	text := `{"detail":"` + canary + `","title":"Bearer ` + canary + `","status":1}`
	header := http.Header{"X-Request-Id": {canary}, "Retry-After": {canary}, "Server": {canary}}
	var all []demo.Fault
	for _, status := range []int{200, 204, 301, 400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504} {
		all = append(all, demo.Fault{On: demo.Create, Status: status, Body: text, Header: header})
	}
	for _, on := range []demo.RequestKind{demo.Create, demo.Get, demo.Output, demo.Metadata, demo.List} {
		all = append(all,
			demo.Fault{On: on, Reset: true}, demo.Fault{On: on, Cut: true, CutAt: 40},
			demo.Fault{On: on, Status: 200, Body: "<html><title>" + canary + "</title>" + canary, Header: header},
			demo.Fault{On: on, Status: 500, Body: text}, demo.Fault{On: on, Delay: 200 * time.Millisecond},
		)
	}
	return append(all, demo.Fault{On: demo.Create, Accept: true, Reset: true}, demo.Fault{On: demo.Get, Drip: 5 * time.Millisecond},
		demo.Fault{On: demo.Get, Hang: true}, demo.Fault{On: demo.Output, Hang: true},
		demo.Fault{On: demo.Output, Status: 404, Body: text}, demo.Fault{On: demo.Create, Status: 302, Header: http.Header{"Location": {"/" + canary}}})
}

// output runs the built program with the key in its environment and returns what it printed on both streams. It interrupts a command
// that waits for a job which never ends.
func (h *home) output(args ...string) []byte {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, h.binary, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = waitLimit
	cmd.Dir = h.dir
	cmd.Env = append(h.env(), "REPLICATE_API_TOKEN="+canary, "COMETAPI_KEY="+canary)
	output, _ := cmd.CombinedOutput() // many commands are expected to fail
	return output
}

// keyOnTheCommandLine runs about two hundred commands, fewer in the short form.
func keyOnTheCommandLine(t *testing.T) {
	purchases, leastCommands := 1, 150
	if longTests() {
		purchases, leastCommands = 2, 200
	}
	h, hostile := newHome(t), newHostile(t)
	c := &keySearch{t: t, h: h, pool: newPool(12)}
	for i, fault := range faults() {
		c.buyWithFault(fault, i%2 == 0)
	}
	at := []string{"--provider", "cometapi", "--base-url", hostile.URL}
	for i, kind := range slices.Concat(answerKinds, redirectKinds) {
		for range purchases {
			at[1] = []string{"cometapi", "replicate"}[i%2]
			c.run(slices.Concat(at, []string{"run", "--timeout", "1s", fmt.Sprintf("!%s %d A boat.", kind, keyPayload(t))}, argsIf(i%3 == 0, "--json"))...)
		}
	}
	c.pool.wait()
	made := h.list(t, "--limit", "1000")
	if len(made) < 50 {
		t.Fatalf("only %d predictions are in the history", len(made))
	}
	for i, p := range made {
		at[1] = []string{"cometapi", "replicate"}[i%2]
		c.run(slices.Concat(at, []string{"show", p.Key}, argsIf(i%2 == 0, "--json"))...)
		switch i % 6 {
		case 0:
			c.run(slices.Concat(at, []string{"cancel", p.Key})...)
		case 3:
			c.run(slices.Concat(at, []string{"follow", p.Key, "--timeout", "300ms"})...)
		}
	}
	for _, args := range furtherCommands {
		c.run(slices.Concat(at, args)...)
	}
	c.pool.wait()
	if c.commands < leastCommands {
		t.Errorf("only %d commands were run", c.commands)
	}
	checkNoKeyIn(t, h.dir)
	hostile.checkNothingLeaked(t)
}

// buyWithFault buys at a server with one fault, and runs doctor --reach if that meets the fault too.
func (c *keySearch) buyWithFault(fault demo.Fault, asJSON bool) {
	server := newServer(c.t, demo.Behaviour{Rate: 100, Faults: []demo.Fault{fault}})
	prompt := fmt.Sprintf("A boat. %v", fault.On)
	c.run(append(server.args(), slices.Concat([]string{"run", "--timeout", "400ms", prompt}, argsIf(asJSON, "--json"))...)...)
	if fault.On == demo.List || fault.On == demo.Metadata {
		c.run(append(server.args(), slices.Concat([]string{"doctor", "--reach"}, argsIf(!asJSON, "--json"))...)...)
	}
}

// furtherCommands are commands over the history.
var furtherCommands = [][]string{
	{"list"},
	{"list", "--json"},
	{"doctor"},
	{"doctor", "--json"},
	{"doctor", "--verify"},
	{"doctor", "--reach"},
	{"doctor", "--reach", "--json"},
	{"models"},
	{"models", "--json"},
	{"models", "flux-dev"},
	{"compact"},
	{"--help"},
	{"--version"},
	{"follow", "--timeout", "300ms"},
	{"nonsense"},
	{"run", "--wings", "x"},
	{"list", "state:done"},
	{"list", "--limit", "0"},
	{"preview", "none.png"},
	{"show"},
	{"completion", "bash"},
}

// argsIf returns args if yes is set.
func argsIf(yes bool, args ...string) []string {
	if !yes {
		return nil
	}
	return args
}

// keySearch runs commands, several at once, and looks for the key in what they print.
type keySearch struct {
	t        *testing.T
	h        *home
	pool     *pool
	commands int
}

// run runs one command in the background.
func (c *keySearch) run(args ...string) {
	c.commands++
	c.pool.add(func() {
		output := c.h.output(args...)
		if form := demotest.FindKey(output); form != "" {
			c.t.Errorf("tintype %s: the key was printed, as %q: %.300q", strings.Join(args, " "), form, output)
		}
		if bytes.Contains(output, []byte("panic:")) {
			c.t.Errorf("tintype %s: %s", strings.Join(args, " "), output)
		}
	})
}
