package runner_test

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
)

// TestFaultCancelRacesCompletion cancels at each quarter of a second around the moment when the prediction ends, over a fast or
// slow connection that may lose the cancel or its answer. What the provider says last is true: a success is saved, and reported
// as too late to cancel. (api/job tests all orders of the events.)
func TestFaultCancelRacesCompletion(t *testing.T) {
	t.Parallel()
	outcomes := map[history.State]int{}
	for _, line := range []struct {
		name  string
		fault demo.Fault
	}{
		{"quick", demo.Fault{}},
		{"slow there", demo.Fault{Delay: time.Second}},
		{"cancel lost", demo.Fault{Reset: true, Times: 2}},
		{"answer lost", demo.Fault{Reset: true, Accept: true, Times: 1}},
		{"never through", demo.Fault{Status: 503, Body: "{}"}},
		{"answer cut", demo.Fault{Cut: true, CutAt: 30, Accept: true, Times: 1}},
	} {
		for at := time.Second; at <= 4*time.Second; at += 250 * time.Millisecond {
			scenario(t, fmt.Sprint(line.name, " at ", at), withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				defer h.close()
				line.fault.On = demo.Cancel
				h.setDuration(3 * time.Second)
				h.setFaults(line.fault, onePixel())
				key := h.submit("x")
				h.advance(at)
				h.cancel(key)
				h.advance(2 * time.Minute)
				row, _ := h.runner.Row(key)
				outcomes[row.State]++
				switch there := h.remoteStatus(row.ID); {
				case there == "succeeded" && row.State == history.Done && len(h.pictures()) == 1:
				case there == "canceled" && row.State == history.Stopped && row.CancelReason == "canceled":
				default:
					t.Errorf("%s at the provider, and here %s %q", there, row.State, row.CancelReason)
				}
				if e := h.entry(key); e.State != row.State || server.Counts().Accepted != 1 {
					t.Errorf("on disk %s", e.State)
				}
			})
		}
	}
	if outcomes[history.Done] < 10 || outcomes[history.Stopped] < 10 {
		t.Errorf("hardly a race: %v", outcomes)
	}
}

// remoteStatus is the status of a prediction at the provider.
func (h *harness) remoteStatus(id string) string {
	h.t.Helper()
	h.setFaults()
	p, err := newClient(h.t, withList, h.server.Transport()).Get(h.t.Context(), id)
	must(h.t, err)
	return string(p.Status)
}

// TestI05MonotoneStatus: a gateway says “succeeded” before it has the pictures, and then “processing” once more. An ended
// status stays ended.
func TestI05MonotoneStatus(t *testing.T) {
	t.Parallel()
	scenario(t, "and then processing", withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(
			demo.Fault{On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":null}`, Times: 1},
			demo.Fault{On: demo.Get, Status: 200, Body: `{"status":"processing"}`, Times: 2}, onePixel(),
		)
		key := h.submit("x")
		h.waitFor(key, history.Done)
		seen := false
		for _, c := range h.changes {
			if seen = seen || c.Row.Status == "succeeded"; seen && c.Row.Status != "succeeded" {
				t.Fatalf("it succeeded, and then became %s", c.Row.Status)
			}
		}
		if c := h.server.Counts(); !seen || c.Gets < 4 {
			t.Errorf("%+v", c)
		}
	})
}
