package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI11ExpiryRaceOverRestarts: the hour in which a picture is tried is one hour, however often the program is killed and
// started again, and whatever the provider's stamps say. Until it is over, each start goes on.
func TestI11ExpiryRaceOverRestarts(t *testing.T) {
	t.Parallel()
	for name, ahead := range map[string]time.Duration{"right stamps": 0, "stamps of the past": -30 * time.Hour, "stamps of the future": 30 * time.Hour} {
		scenario(t, name, withList, func(t *testing.T, dir string, _ *demo.Server, h *harness) {
			h.close()
			server := demotest.NewServer(t, demo.Options{Now: func() time.Time { return time.Now().Add(ahead) }})
			h = newHarness(t, dir, server, withList)
			h.setFaults(demo.Fault{On: demo.Output, Status: 404, Body: "no"})
			key := h.submit("x")
			h.waitFor(key, history.Saving)
			begun := time.Now()
			for range 6 {
				h.advance(9 * time.Minute)
				row, _ := h.runner.Row(key)
				if left := time.Until(row.Live.ExpiresAt) + time.Since(begun); row.State != history.Saving || left < time.Hour-2*time.Second || left > time.Hour+2*time.Second {
					t.Fatalf("after %v it is %s, and the hour has %v", time.Since(begun), row.State, left)
				}
				dir = h.folder
				h.kill()
				h = newHarness(t, dir, server, withList)
				h.resume()
			}
			tries := server.Counts().Outputs
			h.advance(7 * time.Minute)
			if e := h.entry(key); e.State != history.Lost || e.Error.Code != history.CodeExpired || !h.hasNotice(runner.Expired) || server.Counts().Outputs == tries {
				t.Errorf("after %v it is %s, %+v, with %d more tries", time.Since(begun), e.State, e.Error, server.Counts().Outputs-tries)
			}
			h.close()
		})
	}
}

// TestPictureWhileTheProviderIsAway: after a restart, the address that the journal has is enough, whatever the provider answers.
func TestPictureWhileTheProviderIsAway(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]demo.Fault{
		"unavailable": unavailable(demo.Get), "unknown": {On: demo.Get, Status: 404, Body: `{"detail":"not found","status":404}`},
		"without outputs": {On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":[]}`}, "no key": {On: demo.Get, Status: 401, Body: `{"detail":"no","status":401}`},
	} {
		scenario(t, name, withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			h.setFaults(unavailable(demo.Output))
			key := h.submit("x")
			h.waitFor(key, history.Saving)
			h.kill()
			h = newHarness(t, dir, server, withList)
			defer h.close()
			h.setFaults(away, onePixel())
			h.resume()
			h.advance(5 * time.Second)
			if e := h.entry(key); e.State != history.Done {
				t.Errorf("it is %s", e.State)
			}
		})
	}
}

// TestPictureOfARelativeAddress: an output's address without a host is one of the API's, over a restart too.
func TestPictureOfARelativeAddress(t *testing.T) {
	t.Parallel()
	scenario(t, "relative", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		h.setFaults(unavailable(demo.Output), demo.Fault{On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":["/outputs/x/out-0.webp"]}`})
		key := h.submit("x")
		h.waitFor(key, history.Saving)
		h.kill()
		h = newHarness(t, dir, server, withList)
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":["/outputs/x/out-0.webp"]}`}, onePixel())
		h.resume()
		h.waitFor(key, history.Done)
	})
}

// TestPictureMoved: a picture that is not where the provider said is fetched from where it says now.
func TestPictureMoved(t *testing.T) {
	t.Parallel()
	scenario(t, "moved", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		transport := &downloadLog{next: server.Transport()}
		h.connect(withList, transport)
		h.setFaults(demo.Fault{On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":["/outputs/before/out-0.png"]}`, Times: 1})
		key := h.submit("x")
		h.waitFor(key, history.Done)
		if _, paths := transport.asked(); len(paths) < 2 || paths[0] != "/outputs/before/out-0.png" || paths[len(paths)-1] == paths[0] {
			t.Errorf("asked for %q", paths)
		}
	})
}
