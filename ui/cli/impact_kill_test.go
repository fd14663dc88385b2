//go:build unix

package cli_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

// killing runs a command again and again, and kills it at random moments.
func (h *home) killing(t *testing.T, server *server, kills int, args []string) {
	t.Helper()
	random, killed := rand.New(rand.NewPCG(12, 1)), 0
	for range kills {
		if code, _, _ := h.sweep(t, server.killLater(random), args...); code < 0 {
			killed++
		}
	}
	t.Logf("%d of %d runs were killed", killed, kills)
	server.setBehaviour(quick)
}

// firstPicture makes a picture, and returns its key.
func (h *home) firstPicture(t *testing.T, args []string, prompt string) string {
	t.Helper()
	var e struct{ Key string }
	_, stdout, stderr := h.sweep(t, nil, append([]string{"run", "-m", "flux-dev", "-s", "7", "-f", "jpg", "--set", "megapixels=0.25", prompt}, args...)...)
	if err := json.Unmarshal(stdout, &e); err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	return e.Key
}

// TestImpactKilled: an impact whose purchases are killed at random moments and started again buys each picture once, and is measured in full.
func TestImpactKilled(t *testing.T) {
	t.Parallel()
	kills := 6
	if longTests() {
		kills = 40
	}
	h, server := newHome(t), newServer(t, quick)
	key := h.firstPicture(t, server.args(), "a red fox, masterpiece, inverted, in snow")
	server.setBehaviour(dripping)
	impact := append([]string{"impact", key, "--seeds", "2", "--yes", "--jobs", "1"}, server.args()...)
	h.killing(t, server, kills, impact)
	var result struct{ Phrases []struct{ Impact *float64 } }
	if err := json.Unmarshal(h.finish(t, impact), &result); err != nil || len(result.Phrases) != 4 {
		t.Fatalf("%+v %v", result, err)
	}
	for i, p := range result.Phrases {
		if p.Impact == nil {
			t.Errorf("phrase %d was not measured", i)
		}
	}
	if n := server.Counts().Accepted; n != 10 {
		t.Errorf("%d purchases of 10 pictures", n)
	}
}

// TestImpactTwice: two programs that start the same impact at once buy each picture once, and both measure it. What the other one makes is measured
// by the same command once it is here.
func TestImpactTwice(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	key := h.firstPicture(t, server.args(), "a red fox, masterpiece, inverted")
	impact := append([]string{"impact", key, "--seeds", "2", "--yes"}, server.args()...)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for deadline := time.Now().Add(2 * waitLimit); time.Now().Before(deadline); {
				code, stdout, stderr := h.sweep(t, nil, impact...)
				if strings.Contains(string(stderr), "by another program") || strings.Contains(string(stderr), "by another running tintype") {
					continue
				}
				var result struct{ Phrases []struct{ Impact *float64 } }
				if err := json.Unmarshal(stdout, &result); code != 0 || err != nil || len(result.Phrases) != 3 || result.Phrases[0].Impact == nil {
					t.Errorf("exit code %d, %v: %s %s", code, err, stdout, stderr)
				}
				return
			}
			t.Error("it does not come to an end")
		})
	}
	both.Wait()
	if n := server.Counts().Accepted; n != 8 {
		t.Errorf("%d purchases of 8 pictures", n)
	}
}
