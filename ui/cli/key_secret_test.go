//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// faults are one of each kind that the demo's server knows, with the key in whatever text it sends.
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

// output runs the built program with the key in its environment and gives what it printed, on both streams.
func (h *home) output(args ...string) []byte {
	cmd := exec.Command(h.binary, args...)
	cmd.Dir = h.dir
	cmd.Env = append(h.env(), "REPLICATE_API_TOKEN="+canary, "COMETAPI_KEY="+canary)
	output, _ := cmd.CombinedOutput() // most of them fail, as they should
	return output
}

// keyOnTheCommandLine runs some two hundred commands.
func keyOnTheCommandLine(t *testing.T) {
	h, hostile := newHome(t), newHostile(t)
	c := &keySearch{t: t, h: h, slots: make(chan struct{}, 4)}
	for i, fault := range faults() {
		c.buyWithFault(fault, i%2 == 0)
	}
	at := []string{"--provider", "cometapi", "--base-url", hostile.URL}
	for i, kind := range slices.Concat(answerKinds, redirectKinds) {
		for range 2 {
			at[1] = []string{"cometapi", "replicate"}[i%2]
			c.run(slices.Concat(at, []string{"run", "--timeout", "1s", fmt.Sprintf("!%s %d A boat.", kind, keyPayload(t))}, argsIf(i%3 == 0, "--json"))...)
		}
	}
	c.wait()
	for i, key := range h.listKeys(t) {
		at[1] = []string{"cometapi", "replicate"}[i%2]
		c.run(slices.Concat(at, []string{"show", key}, argsIf(i%2 == 0, "--json"))...)
		switch i % 6 {
		case 0:
			c.run(slices.Concat(at, []string{"cancel", key})...)
		case 3:
			c.run(slices.Concat(at, []string{"follow", key, "--timeout", "300ms"})...)
		}
	}
	for _, args := range furtherCommands {
		c.run(append(slices.Clone(at), args...)...)
	}
	c.wait()
	if c.commands < 200 {
		t.Errorf("only %d commands were run", c.commands)
	}
	checkNoKeyIn(t, h.dir)
	hostile.checkNothingLeaked(t)
}

// buyWithFault buys at a server with one fault, and has doctor ask it where the fault is in what doctor asks for.
func (c *keySearch) buyWithFault(fault demo.Fault, asJSON bool) {
	server := newServer(c.t, demo.Behaviour{Rate: 100, Faults: []demo.Fault{fault}})
	prompt := fmt.Sprintf("A boat. %v", fault.On)
	c.run(append(server.args(), slices.Concat([]string{"run", "--timeout", "400ms", prompt}, argsIf(asJSON, "--json"))...)...)
	if fault.On == demo.List || fault.On == demo.Metadata {
		c.run(append(server.args(), slices.Concat([]string{"doctor", "--reach"}, argsIf(!asJSON, "--json"))...)...)
	}
}

// furtherCommands are commands over what was bought.
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

// argsIf is args when yes.
func argsIf(yes bool, args ...string) []string {
	if !yes {
		return nil
	}
	return args
}

// listKeys are the keys of all that a house bought.
func (h *home) listKeys(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command(h.binary, "list", "--json", "--limit", "1000")
	cmd.Dir, cmd.Env = h.dir, h.env()
	output, err := cmd.Output()
	var made []struct{ Key string }
	if err != nil || json.Unmarshal(output, &made) != nil || len(made) < 50 {
		t.Fatalf("list: %v, %d made", err, len(made))
	}
	keys := make([]string, len(made))
	for i, m := range made {
		keys[i] = m.Key
	}
	return keys
}

// keySearch runs commands, a few at once, and hears whether one of them sings.
type keySearch struct {
	t        *testing.T
	h        *home
	slots    chan struct{}
	running  sync.WaitGroup
	commands int
}

func (c *keySearch) run(args ...string) {
	c.commands++
	c.slots <- struct{}{}
	c.running.Go(func() {
		defer func() { <-c.slots }()
		output := c.h.output(args...)
		if form := demotest.FindKey(output); form != "" {
			c.t.Errorf("tintype %s: the key was printed, as %q: %.300q", strings.Join(args, " "), form, output)
		}
		if bytes.Contains(output, []byte("panic:")) {
			c.t.Errorf("tintype %s: %s", strings.Join(args, " "), output)
		}
	})
}

func (c *keySearch) wait() { c.running.Wait() }
